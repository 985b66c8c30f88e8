defmodule PackageRegistryIndexerTest do
  use ExUnit.Case, async: true

  doctest PackageRegistryIndexer

  @modules [
    PackageRegistryIndexer,
    PackageRegistryCollector,
    PackageRegistryKnowledge,
    PackageRegistry.Store,
    PackageRegistry.Error
  ]

  test "the README is the documentation of the main module" do
    assert File.read!("README.md") =~ moduledoc(PackageRegistryIndexer)
  end

  test "the README names every ecosystem and only functions there are" do
    readme = File.read!("README.md")

    for ecosystem <- PackageRegistryIndexer.ecosystems(),
        do: assert(readme =~ "`#{inspect(ecosystem)}`")

    for [_match, module, function] <- Regex.scan(~r/(PackageRegistry\w+)\.(\w+)\(/, readme) do
      module = Module.concat([module])
      assert function in Enum.map(exports(module), fn {name, _arity} -> to_string(name) end)
    end

    for [_match, module, functions] <-
          Regex.scan(~r/^\| `([\w.]+)` \| [^:|]+: ([^|]+) \|$/m, readme),
        [_match, function] <- Regex.scan(~r/`(\w+)`/, functions) do
      assert function in Enum.map(exports(Module.concat([module])), fn {n, _} -> to_string(n) end)
    end
  end

  test "every public function has a spec and documentation" do
    for module <- @modules do
      {:ok, specs} = Code.Typespec.fetch_specs(module)
      specified = for {{name, _arity}, _spec} <- specs, do: name

      {:docs_v1, _line, _language, _format, _moduledoc, _meta, docs} = Code.fetch_docs(module)

      for {{:function, name, _arity}, _line, _signature, doc, _meta} <- docs,
          doc != :hidden,
          name not in [:exception, :message, :child_spec] do
        assert {module, name, true} == {module, name, doc != :none}
        assert {module, name, true} == {module, name, name in specified}
      end
    end
  end

  test "functions that answer ok or error have a twin that raises" do
    for {module, plain} <- [
          {PackageRegistryCollector, [:collect, :delete]},
          {PackageRegistryKnowledge, [:get_package, :get_release, :docs]},
          {PackageRegistry.Store, [:reindex, :check, :compact]}
        ],
        function <- plain,
        {^function, arity} <- exports(module) do
      assert {:"#{function}!", arity} in exports(module)
    end
  end

  defp exports(module), do: module.__info__(:functions)

  defp moduledoc(module) do
    {:docs_v1, _line, _language, _format, %{"en" => doc}, _meta, _docs} = Code.fetch_docs(module)
    doc
  end
end
