# Collects for ever and tells what was reported as collected, until it is killed.
[store_path | endpoints] = System.argv()

endpoints =
  for pair <- endpoints do
    [name, value] = String.split(pair, "=", parts: 2)
    {String.to_atom(name), value}
  end

{:ok, _started} = Application.ensure_all_started(:package_registry_indexer)
{:ok, store} = PackageRegistry.Store.start_link(path: store_path, endpoints: endpoints)
IO.puts("open")

targets = [
  "pkg:cargo/ember-rt@1.0.0",
  "pkg:cargo/ember-rt@1.1.0",
  "pkg:cargo/ember-rt@1.2.0",
  "pkg:npm/%40ember/ui@2.0.0",
  "pkg:npm/left-trim@1.0.0",
  "pkg:hex/ember_router@1.1.0",
  "pkg:hex/ember_wire@0.3.0",
  "pkg:pypi/ember-client@2.0"
]

# Without figures: their API is asked once a second at most.
opts = [store: store, force: true, quality: false]

for target <- targets |> Stream.cycle() |> Stream.take(10_000) do
  release = PackageRegistryCollector.collect!(target, opts)
  IO.puts("#{target} #{release.snippet_count}")
end
