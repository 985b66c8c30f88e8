FixtureRegistry.build!()
{:ok, fixture} = FixtureRegistry.start_link()
fixture = FixtureRegistry.info(fixture)
:persistent_term.put(FixtureRegistry, fixture)

# The default store, for the doctests: with packages of the fixture in it.
directory = Path.join(System.tmp_dir!(), "package_registry_test_#{System.pid()}")
File.mkdir_p!(directory)
System.at_exit(fn _status -> File.rm_rf!(directory) end)
Application.put_env(:package_registry_indexer, :store_path, Path.join(directory, "default.redb"))
Application.put_env(:package_registry_indexer, :endpoints, fixture.endpoints)

for target <-
      ["pkg:cargo/ember-rt@1.2.0", "pkg:npm/%40ember/ui", "pkg:hex/ember_router"] ++
        ["pkg:cargo/ember-shape@1.0.0", "pkg:cargo/ember-shape@1.1.0"] do
  PackageRegistryCollector.collect!(target)
end

# `mix test --include registries` collects real packages: it needs the network.
ExUnit.start(exclude: [:registries])
