defmodule RegistriesTest do
  @moduledoc "Real packages: `mix test --include registries`, by hand and with a network."
  use ExUnit.Case, async: false

  alias PackageRegistry.Store
  alias PackageRegistryCollector, as: Collector
  alias PackageRegistryKnowledge, as: Knowledge

  @moduletag :registries
  @moduletag :tmp_dir
  @moduletag timeout: 300_000

  setup %{tmp_dir: directory} do
    # The endpoints of this user's machine, not the fixture's.
    opts = [path: Path.join(directory, "real.redb"), endpoints: []]
    {:ok, store: start_supervised!({Store, opts})}
  end

  for {name, version, ecosystem, query, symbol} <- [
        {"tokio", "1.35.0", :cargo, "async runtime", "spawn task"},
        {"react", "18.2.0", :npm, "user interfaces", "createElement"},
        {"requests", "2.31.0", :pypi, "http for humans", "session get"}
      ] do
    test "#{name} #{version}", %{store: store} do
      {name, version, ecosystem} = {unquote(name), unquote(version), unquote(ecosystem)}
      release = Collector.collect!(name, version, ecosystem, store: store, timeout: 120_000)
      assert %{name: ^name, version: ^version} = release
      assert release.readme
      assert release.snippet_count > 0

      assert [%{package: %{name: ^name}} | _rest] = Knowledge.search(unquote(query), store: store)
      assert [_snippet | _rest] = Knowledge.search_snippets(unquote(symbol), store: store)
    end
  end
end
