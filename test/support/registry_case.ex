defmodule RegistryCase do
  @moduledoc """
  A test with a store of its own in its temporary directory, which collects from a fixture registry.

  The fixture is shared by all tests; a test that makes it misbehave says `@tag :own_fixture`.
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
    fixture =
      if context[:own_fixture] do
        FixtureRegistry.info(start_supervised!(FixtureRegistry))
      else
        :persistent_term.get(FixtureRegistry)
      end

    path = Path.join(context.tmp_dir, "store.redb")
    opts = [path: path, endpoints: fixture.endpoints] ++ Map.get(context, :store, [])
    {:ok, fixture: fixture, path: path, store: start_supervised!({Store, opts})}
  end

  @doc "Waits until `fun` answers something true, for at most two seconds."
  def eventually(fun, tries \\ 100) do
    cond do
      answer = fun.() -> answer
      tries == 0 -> ExUnit.Assertions.flunk("it never came true")
      true -> Process.sleep(20) && eventually(fun, tries - 1)
    end
  end
end
