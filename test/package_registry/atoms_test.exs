defmodule PackageRegistry.AtomsTest do
  # Alone: it counts the atoms of the whole VM.
  use RegistryCase, async: false

  alias PackageRegistryCollector, as: Collector
  alias PackageRegistryKnowledge, as: Knowledge

  test "foreign words never become atoms", %{store: store} do
    round = fn targets ->
      for {:ok, release} <- Collector.collect_many(targets, store: store, quality: false) do
        Knowledge.get_package!(release.purl, store: store)
        Knowledge.get_release!(release.purl, store: store)
        Knowledge.snippets(release.purl, store: store)
        Knowledge.docs!(release.purl, store: store)
        Knowledge.get_security_advisories(release.purl, store: store)
      end

      Knowledge.list_packages(store: store)
      Knowledge.search("ember", explain: true, store: store)
      Collector.collect("no-such-package", :npm, store: store)
    end

    # The first round loads code.
    round.(["pkg:cargo/http_cache"])
    before = :erlang.system_info(:atom_count)

    round.([
      "pkg:cargo/ember-rt@1.0.0",
      "pkg:npm/%40ember/ui",
      "pkg:npm/left-trim",
      "pkg:hex/ember_router",
      "pkg:hex/ember_wire",
      "pkg:pypi/ember-client",
      "pkg:pypi/ember-accel"
    ])

    # Our own words (`:yanked`, `:trait` …) appear as they are first needed; those of seven packages
    # would be hundreds.
    assert :erlang.system_info(:atom_count) - before < 50
  end
end
