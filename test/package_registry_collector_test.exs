defmodule PackageRegistryCollectorTest do
  use RegistryCase, async: true

  alias PackageRegistry.{Advisory, Dependency, Error, Package, Progress, Release}
  alias PackageRegistryCollector, as: Collector
  alias PackageRegistryKnowledge, as: Knowledge

  doctest PackageRegistryCollector

  describe "collect" do
    test "cargo: a release with everything the contract names", %{store: store} do
      assert {:ok, %Release{} = release} =
               Collector.collect("ember-rt", "1.2.0", :cargo, store: store)

      assert %{ecosystem: :cargo, name: "ember-rt", version: "1.2.0"} = release
      assert release.purl == "pkg:cargo/ember-rt@1.2.0"
      assert release.description == "A small async runtime"
      assert release.license == "MIT OR Apache-2.0"
      assert release.published_at == ~U[2024-09-10 10:00:00Z]
      assert %DateTime{time_zone: "Etc/UTC"} = release.collected_at
      assert release.checksum =~ ~r/\Asha256:[0-9a-f]{64}\z/
      assert release.size > 0
      assert release.runtime["rust"] == "1.80"
      assert release.readme =~ "A small async runtime"
      assert release.snippet_count > 0
      assert release.languages == ["rust"]
      assert release.source.endpoint =~ "/cargo/index/"
      refute release.yanked

      assert %Dependency{kind: :runtime, target: "cfg(unix)", rename: "poll"} =
               Enum.find(release.dependencies, &(&1.name == "mio"))

      assert Enum.frequencies_by(release.dependencies, &{&1.kind, &1.optional}) == %{
               {:build, false} => 1,
               {:dev, false} => 1,
               {:runtime, false} => 1,
               {:runtime, true} => 1
             }

      assert Knowledge.get_release("ember-rt", "1.2.0", :cargo, store: store) == {:ok, release}
    end

    test "npm, Hex and PyPI by the same call", %{store: store} do
      assert {:ok, %{version: "2.0.0"}} = Collector.collect("@ember/ui", :npm, store: store)
      assert {:ok, %{version: "1.1.0"}} = Collector.collect("ember_router", :hex, store: store)
      assert {:ok, %{version: "2.0"}} = Collector.collect("Ember_Client", :pypi, store: store)
      assert {:ok, %{version: "0.3.1"}} = Collector.collect("ember-accel", :pypi, store: store)
      assert Knowledge.stats(store: store).releases == 4
    end

    test "version: newest live stable, a requirement, a purl", %{store: store} do
      assert {:ok, %{version: "1.2.0"}} =
               Collector.collect("ember-rt", :cargo, store: store, quality: false)

      assert {:ok, %{version: "1.1.0"}} =
               Collector.collect("ember-rt", "~1.1", :cargo, store: store, quality: false)

      assert {:ok, %{version: "1.0.0"}} =
               Collector.collect("pkg:cargo/ember-rt@1.0.0", store: store, quality: false)

      assert {:ok, %{version: "1.2.0"}} =
               Collector.collect("pkg:cargo/ember-rt", store: store, quality: false)
    end

    test "a withdrawn version is collected when it is asked for by name", %{store: store} do
      assert {:ok, %{yanked: true}} =
               Collector.collect("ember-rt", "0.9.0", :cargo, store: store, quality: false)

      assert {:ok, %{deprecated: "memory leak" <> _}} =
               Collector.collect("@ember/ui", "1.1.0", :npm, store: store, quality: false)

      assert {:ok, %{retired: %{reason: "deprecated", message: "see 1.0.0"}}} =
               Collector.collect("ember_router", "0.1.0", :hex, store: store, quality: false)
    end

    test "advisories come with the release", %{store: store} do
      assert {:ok, release} = Collector.collect("ember-rt", "1.0.0", :cargo, store: store)
      assert release.advisories == ["RUSTSEC-2024-9001"]

      assert [
               %Advisory{id: "RUSTSEC-2024-9001", severity: :high, fixed_versions: ["1.1.0"]} =
                 one
             ] = Knowledge.get_security_advisories("ember-rt", "1.0.0", :cargo, store: store)

      assert one.aliases == ["CVE-2024-90009"]
      assert one.published_at == ~U[2024-02-10 00:00:00Z]
      assert one.cvss.score > 7
    end

    @tag :own_fixture
    test "a second collect costs one conditional request", %{store: store, fixture: fixture} do
      assert {:ok, first} =
               Collector.collect("ember-rt", "1.2.0", :cargo, store: store, quality: false)

      FixtureRegistry.control(fixture, "forget")

      assert {:ok, second} =
               Collector.collect("ember-rt", "1.2.0", :cargo, store: store, quality: false)

      assert {first.checksum, first.snippet_count} == {second.checksum, second.snippet_count}
      assert FixtureRegistry.control(fixture, "count /cargo/index/em/be/ember-rt 304") == "1\n"
      assert FixtureRegistry.count(fixture, "/cargo/dl/*") == 0

      assert {:ok, _third} =
               Collector.collect("ember-rt", "1.2.0", :cargo,
                 store: store,
                 quality: false,
                 force: true
               )

      assert FixtureRegistry.count(fixture, "/cargo/dl/*") == 1
    end

    test "progress goes to a function, in the calling process, or to a pid", %{store: store} do
      test = self()
      fun = &send(test, {:told, self(), &1})

      Collector.collect!("ember-rt", "1.2.0", :cargo,
        store: store,
        quality: false,
        on_progress: fun
      )

      assert_received {:told, ^test, %Progress{ecosystem: :cargo, name: "ember-rt"} = progress}
      assert progress.stage in [:queue, :resolve, :download, :archive, :parse, :store, :done]
      assert StructFields.misfits(progress) == []

      Collector.collect!("http_cache", :cargo, store: store, quality: false, on_progress: self())
      assert_received {:progress, %Progress{name: "http_cache"}}
    end

    test "leaves nothing in the mailbox", %{store: store} do
      Collector.collect!("ember-rt", :cargo, store: store, quality: false)
      Collector.collect("no-such-package", :cargo, store: store, quality: false)
      assert Process.info(self(), :messages) == {:messages, []}
    end

    test "a progress function that raises ends the collect and its messages", %{store: store} do
      assert_raise RuntimeError, "enough", fn ->
        Collector.collect("ember-rt", :cargo,
          store: store,
          on_progress: fn _ -> raise "enough" end
        )
      end

      Process.sleep(100)
      assert Process.info(self(), :messages) == {:messages, []}
    end

    test "the twin raises", %{store: store} do
      assert %Release{} = Collector.collect!("ember-rt", :cargo, store: store)

      assert_raise Error, ~r/no-such-package/, fn ->
        Collector.collect!("no-such-package", :cargo, store: store)
      end
    end
  end

  describe "errors" do
    test "unknown package and version name what was asked for", %{store: store} do
      for {name, ecosystem} <- [
            {"no-such-package", :cargo},
            {"no-such-package", :npm},
            {"no_such_package", :hex},
            {"no-such-package", :pypi},
            {"gone-away", :npm}
          ] do
        assert {:error, %Error{kind: :not_found} = error} =
                 Collector.collect(name, ecosystem, store: store)

        assert error.message =~ name
      end

      assert {:error, %Error{kind: :version_not_found} = error} =
               Collector.collect("ember-rt", "7.0.0", :cargo, store: store)

      assert error.message =~ "7.0.0"
      assert Knowledge.stats(store: store).packages == 0
    end

    @tag :own_fixture
    test "what a registry does wrong has its kind", %{store: store, fixture: fixture} do
      index = "/cargo/index/em/be/ember-rt"
      archive = "/cargo/dl/ember-rt/1.2.0/download"

      for {fault, kind} <- [
            {"status #{index} 503", :network},
            {"status #{index} 401", :unauthorized},
            {"status #{index} 429 3600", :rate_limited},
            {"close #{index}", :network},
            {"body #{index} text/plain not-json", :protocol},
            {"corrupt #{archive}", :integrity},
            {"status #{archive} 404", :not_found}
          ] do
        FixtureRegistry.control(fixture, fault)

        assert {^fault, {:error, %Error{kind: ^kind} = error}} =
                 {fault, Collector.collect("ember-rt", "1.2.0", :cargo, store: store)}

        assert error.message != ""
        FixtureRegistry.control(fixture, "clear")
      end

      assert Knowledge.stats(store: store).releases == 0
      assert {:ok, _release} = Collector.collect("ember-rt", "1.2.0", :cargo, store: store)
    end

    @tag store: [endpoints: [cargo: "http://127.0.0.1:9/"], limits: [retries: 0]]
    test "no network", %{path: path} do
      opts = [path: path <> "2", endpoints: [cargo: "http://127.0.0.1:9/"], limits: [retries: 0]]
      {:ok, store} = PackageRegistry.Store.start_link(opts)

      assert {:error, %Error{kind: :network, message: message}} =
               Collector.collect("ember-rt", :cargo, store: store)

      assert message =~ "127.0.0.1"
    end

    @tag store: [limits: [archive_bytes: 100]]
    test "a limit that is exceeded is named", %{store: store} do
      assert {:error, %Error{kind: :limit_exceeded, details: %{limit: "archive_bytes"}}} =
               Collector.collect("ember-rt", :cargo, store: store)
    end

    test "arguments of the wrong form are named", %{store: store} do
      for {call, word} <- [
            {fn -> Collector.collect("tokio", :rubygems) end, "rubygems"},
            {fn -> Collector.collect("tokio", "1.0.0", :rubygems) end, "rubygems"},
            {fn -> Collector.collect("tokio") end, "ecosystem"},
            {fn -> Collector.collect(:tokio, :cargo) end, ":tokio"},
            {fn -> Collector.collect("tokio", 1.35, :cargo) end, "1.35"},
            {fn -> Collector.collect("tokio", :cargo, forced: true) end, ":forced"},
            {fn -> Collector.collect("tokio", :cargo, timeout: -1) end, ":timeout"},
            {fn -> Collector.collect("tokio", :cargo, on_progress: :me) end, ":on_progress"},
            {fn -> Collector.collect("pkg:gem/rails@7") end, "gem"},
            {fn -> Collector.collect("pkg:cargo/a@1", "2", :cargo) end, "alone"},
            {fn -> Collector.collect(<<255>>, :cargo) end, "UTF-8"},
            {fn -> Collector.collect("../etc/passwd", :cargo, store: store) end, "passwd"},
            {fn -> Collector.collect("", :npm, store: store) end, "name"},
            {fn -> Collector.collect("ember-rt", ">>1", :cargo, store: store) end, ">>1"}
          ] do
        assert {^word, {:error, %Error{kind: :invalid_argument, message: message}}} =
                 {word, call.()}

        assert message =~ word
      end
    end

    @tag :own_fixture
    test "time runs out", %{store: store, fixture: fixture} do
      FixtureRegistry.control(fixture, "hang /cargo/index/*")

      assert {:error, %Error{kind: :timeout} = error} =
               Collector.collect("ember-rt", :cargo, store: store, timeout: 200)

      assert error.message =~ "200 ms"
      assert Process.info(self(), :messages) == {:messages, []}
    end
  end

  describe "cancelling" do
    @describetag :own_fixture

    @tag store: [concurrency: 1]
    test "a killed caller cancels its collect", %{store: store, fixture: fixture} do
      FixtureRegistry.control(fixture, "hang /cargo/dl/*")
      opts = [store: store, timeout: :infinity]
      caller = spawn(fn -> Collector.collect("ember-rt", "1.2.0", :cargo, opts) end)
      eventually(fn -> FixtureRegistry.count(fixture, "/cargo/dl/*") > 0 end)
      # There is one place, and it is taken.
      assert {:error, %Error{kind: :timeout}} =
               Collector.collect("left-trim", :npm, store: store, timeout: 300)

      Process.exit(caller, :kill)
      assert {:ok, _release} = Collector.collect("left-trim", :npm, store: store)
      assert [%{name: "left-trim"}] = Knowledge.list_packages(store: store)
    end

    test "a store that closes cancels what collects into it", %{store: store, fixture: fixture} do
      FixtureRegistry.control(fixture, "hang /cargo/dl/*")
      task = Task.async(fn -> Collector.collect("ember-rt", "1.2.0", :cargo, store: store) end)
      eventually(fn -> FixtureRegistry.count(fixture, "/cargo/dl/*") > 0 end)
      PackageRegistry.Store.close(store)
      assert {:error, %Error{kind: kind}} = Task.await(task)
      assert kind in [:cancelled, :store_closed]
    end
  end

  describe "collect_many" do
    test "answers in the order of the targets", %{store: store} do
      targets = [
        {"ember-rt", "1.0.0", :cargo},
        "pkg:cargo/no-such-package",
        {"@ember/ui", :npm},
        {"ember-rt", "1.2.0", :cargo},
        {"tokio", "1.0.0", :rubygems},
        "pkg:pypi/ember-client@1.1.0"
      ]

      for concurrency <- [1, 3, 100] do
        results =
          Collector.collect_many(targets, store: store, quality: false, concurrency: concurrency)

        assert [
                 {:ok, %{version: "1.0.0"}},
                 {:error, %Error{kind: :not_found}},
                 {:ok, %{name: "@ember/ui"}},
                 {:ok, %{version: "1.2.0"}},
                 {:error, %Error{kind: :invalid_argument}},
                 {:ok, %{name: "ember-client"}}
               ] = results
      end

      assert Process.info(self(), :messages) == {:messages, []}
    end

    test "of nothing is nothing, and wrong options raise", %{store: store} do
      assert Collector.collect_many([], store: store) == []

      assert_raise Error, ~r/:concurrency/, fn ->
        Collector.collect_many([], concurrency: 0, store: store)
      end
    end

    @tag :own_fixture
    test "keeps to its concurrency, and time is each release's own", context do
      %{store: store, fixture: fixture} = context
      FixtureRegistry.control(fixture, "hang /cargo/index/*")
      targets = for n <- 1..6, do: {"never-#{n}", :cargo}
      opts = [store: store, concurrency: 2, timeout: 150]
      {micros, results} = :timer.tc(fn -> Collector.collect_many(targets, opts) end)
      assert Enum.all?(results, &match?({:error, %Error{kind: :timeout}}, &1))
      assert micros in 450_000..2_000_000
    end

    test "tells the progress of each", %{store: store} do
      targets = [{"ember-rt", :cargo}, {"http_cache", :cargo}]
      Collector.collect_many(targets, store: store, quality: false, on_progress: self())
      assert_received {:progress, %Progress{name: "ember-rt"}}
      assert_received {:progress, %Progress{name: "http_cache"}}
    end
  end

  describe "delete" do
    test "one release, then the package with its last", %{store: store} do
      for version <- ["1.0.0", "1.2.0"],
          do: Collector.collect!("ember-rt", version, :cargo, store: store, quality: false)

      assert :ok = Collector.delete("ember-rt", "1.0.0", :cargo, store: store)

      assert {:error, %Error{kind: :version_not_found}} =
               Knowledge.get_release("ember-rt", "1.0.0", :cargo, store: store)

      assert {:ok, %Package{}} = Knowledge.get_package("ember-rt", :cargo, store: store)
      assert :ok = Collector.delete("pkg:cargo/ember-rt", store: store)

      assert {:error, %Error{kind: :not_found}} =
               Knowledge.get_package("ember-rt", :cargo, store: store)

      assert Knowledge.search("async runtime", store: store) == []
      assert Knowledge.search_snippets("spawn", store: store) == []
    end

    test "wants to be told what to delete", %{store: store} do
      assert {:error, %Error{kind: :invalid_argument, message: message}} =
               Collector.delete("ember-rt", :cargo, store: store)

      assert message =~ ":all"

      assert {:error, %Error{kind: :not_found}} =
               Collector.delete("ember-rt", :all, :cargo, store: store)

      assert_raise Error, fn -> Collector.delete!("ember-rt", :all, :cargo, store: store) end
    end
  end
end
