defmodule PackageRegistry.NativeTest do
  use ExUnit.Case, async: true

  alias PackageRegistry.{Error, Native, Options, SearchResult, Settings, Snippet}

  test "stubs and exports of the library are the same" do
    stubs = for {name, arity} <- Native.__info__(:functions), name != :load, do: {name, arity}

    assert Enum.sort(Native.module_info(:nifs)) == Enum.sort(stubs)
  end

  test "the words of the core and of the documentation are the same" do
    words = Native.vocabulary()
    assert words.ecosystems == Options.ecosystems()
    assert words.error_kinds == Error.kinds()
    assert words.snippet_kinds == Snippet.kinds()
    assert words.search_fields == SearchResult.fields()
    assert words.skip_reasons == words(PackageRegistry.Release, :skip_reason)
    assert words.aspects == words(PackageRegistry.ApiChange, :aspect)
    assert words.impacts == words(PackageRegistry.ApiChange, :impact)
    assert words.steps == words(PackageRegistry.ApiDiff, :step)
  end

  # The types of a compiled module, not a list beside the list.
  defp words(module, name) do
    {:ok, types} = Code.Typespec.fetch_types(module)
    [union] = for {:type, {^name, type, []}} <- types, do: type
    {:type, _, :union, words} = union
    for {:atom, _, word} <- words, do: word
  end

  test "every limit of the core is a setting" do
    limits = Native.limits_default()
    assert limits.archive_bytes == 64 * 1024 * 1024
    assert limits.parse_timeout == 500
    doubled = Map.new(limits, fn {name, value} -> {name, 2 * value} end)
    assert {:ok, %{limits: ^doubled}} = Settings.load(limits: doubled)
  end
end
