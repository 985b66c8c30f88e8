defmodule RegistryCase do
  @moduledoc """
  A test with a store of its own in its temporary directory, which collects from a fixture registry.

  The fixture is shared by all tests; a test that makes it misbehave says `@tag :own_fixture`. `@tag
  store: opts` are settings of the store. Tests that only read share one: `setup_all do:
  collected(targets)`.
  """

  use ExUnit.CaseTemplate

  alias PackageRegistry.Store

  using do
    quote do
      import RegistryCase

      @moduletag :tmp_dir
    end
  end

  setup context do
    cond do
      is_pid(context[:store]) ->
        :ok

      context[:own_fixture] ->
        fixture = FixtureRegistry.info(start_supervised!(FixtureRegistry))
        {:ok, open(Path.join(context.tmp_dir, "store.redb"), fixture, context[:store])}

      true ->
        {:ok, open(Path.join(context.tmp_dir, "store.redb"), shared_fixture(), context[:store])}
    end
  end

  @doc "A store with packages in it, for all tests of a module."
  def collected(targets) do
    directory =
      Path.join(System.tmp_dir!(), "package_registry_#{System.unique_integer([:positive])}")

    ExUnit.Callbacks.on_exit(fn -> File.rm_rf!(directory) end)
    context = open(Path.join(directory, "store.redb"), shared_fixture(), [])
    results = PackageRegistryCollector.collect_many(targets, store: context[:store])
    for {:error, error} <- results, do: raise(error)
    {:ok, context}
  end

  defp open(path, fixture, opts) do
    opts = [path: path, endpoints: fixture.endpoints] ++ (opts || [])
    [fixture: fixture, path: path, store: start_supervised!({Store, opts})]
  end

  defp shared_fixture, do: :persistent_term.get(FixtureRegistry)

  @doc "Waits until `fun` answers something true, for at most two seconds."
  def eventually(fun, tries \\ 100) do
    cond do
      answer = fun.() -> answer
      tries == 0 -> ExUnit.Assertions.flunk("it never came true")
      true -> Process.sleep(20) && eventually(fun, tries - 1)
    end
  end
end
