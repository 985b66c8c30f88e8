defmodule PackageRegistryKnowledgeTest do
  use RegistryCase, async: true

  alias PackageRegistry.{
    Document,
    Error,
    Package,
    SearchResult,
    Snippet,
    SnippetResult,
    Stats
  }

  alias PackageRegistryKnowledge, as: Knowledge

  doctest PackageRegistryKnowledge

  setup_all do
    collected([
      {"ember-rt", "1.0.0", :cargo},
      {"ember-rt", "1.2.0", :cargo},
      {"http_cache", :cargo},
      {"@ember/ui", :npm},
      {"ember_router", :hex},
      {"ember-client", "1.0.0", :pypi}
    ])
  end

  describe "similar" do
    test "finds others, never itself, also elsewhere", %{store: store} do
      for ecosystem <- [[], [:cargo, :hex, :npm, :pypi]] do
        results =
          Knowledge.similar("ember-rt", :cargo, ecosystem: ecosystem, explain: true, store: store)

        refute Enum.any?(results, &(&1.package.purl == "pkg:cargo/ember-rt"))
        for result <- results, do: assert(result.why != [] and result.missing == [])
      end

      assert Knowledge.similar("pkg:cargo/ember-rt", store: store) ==
               Knowledge.similar("ember-rt", :cargo, store: store)
    end

    test "an unknown package is not found", %{store: store} do
      error = assert_raise Error, fn -> Knowledge.similar("nobody", :npm, store: store) end
      assert error.kind == :not_found
    end
  end

  describe "search" do
    test "finds by purpose, in one ecosystem or several", %{store: store} do
      assert [%SearchResult{package: %Package{name: "ember-rt"}} = first | _rest] =
               Knowledge.search("async runtime", ecosystem: :cargo, store: store)

      assert first.score > 0
      assert "description" in first.matched or "keywords" in first.matched
      assert first.why == []

      assert Knowledge.search("async runtime", ecosystem: [:npm, :hex], store: store)
             |> Enum.all?(&(&1.package.ecosystem in [:npm, :hex]))
    end

    test "splits names and forgives a typo", %{store: store} do
      for query <- ["http cache", "http-cache", "http_cache", "htpt_cache"] do
        assert {^query, [%{package: %{name: "http_cache"}} | _rest]} =
                 {query, Knowledge.search(query, store: store)}
      end
    end

    test "explains, limits and skips", %{store: store} do
      assert [%{why: [%{part: part, value: value, evidence: _} | _]}] =
               Knowledge.search("ember", explain: true, limit: 1, store: store)

      assert is_binary(part) and is_float(value)
      all = Knowledge.search("ember", store: store)
      assert length(all) > 2
      assert Knowledge.search("ember", offset: 1, limit: 2, store: store) == Enum.slice(all, 1, 2)
    end

    test "takes conditions, phrases and what is to be left out", %{store: store} do
      names = fn query, opts ->
        for result <- Knowledge.search(query, [store: store] ++ opts), do: result.package.name
      end

      assert names.("ecosystem:cargo has:readme", []) == ["ember-rt"]
      assert names.("ecosystem:cargo -has:readme", []) == ["http_cache"]
      refute "http_cache" in names.("ember -ecosystem:cargo", [])
      assert names.("ember -name:rt ecosystem:cargo", []) == []
      assert names.("ember ecosystem:cargo", fields: [:name]) == ["ember-rt"]
      assert names.(~s("no such phrase anywhere"), []) == []
    end

    test "tells the words that a result lacks", %{store: store} do
      assert [%{missing: ["xylophone"]} | _rest] =
               Knowledge.search("xylophone ember runtime", ecosystem: :cargo, store: store)
    end

    test "names the place of what cannot be read", %{store: store} do
      error = assert_raise Error, fn -> Knowledge.search("ember updated:soon", store: store) end

      assert {error.kind, error.details["position"] || error.details[:position]} ==
               {:invalid_argument, "6"}

      assert_raise Error, ~r/:fields must be a list of/, fn ->
        Knowledge.search("ember", fields: [:nose], store: store)
      end
    end

    test "bad queries are refused by kind", %{store: store} do
      for {query, kinds} <- [
            {"", [:invalid_argument]},
            {"   ", [:invalid_argument]},
            {String.duplicate("a", 1_000_000), [:limit_exceeded]},
            {<<255, 254>>, [:invalid_argument]},
            {nil, [:invalid_argument]}
          ] do
        for search <- [&Knowledge.search/2, &Knowledge.search_snippets/2] do
          error = assert_raise Error, fn -> search.(query, store: store) end
          assert error.kind in kinds
          assert byte_size(error.message) < 500
        end
      end

      error = assert_raise Error, fn -> Knowledge.search("a", limit: 1_000_000, store: store) end
      assert error.kind in [:invalid_argument, :limit_exceeded]
      error = assert_raise Error, fn -> Knowledge.search("a", ecosystem: :gem, store: store) end
      assert error.kind == :invalid_argument
    end
  end

  describe "search_snippets" do
    test "finds symbols by their words", %{store: store} do
      assert [%SnippetResult{snippet: %Snippet{} = snippet} | _rest] =
               Knowledge.search_snippets("spawn task", store: store)

      assert %{name: "spawn", kind: :function, ecosystem: :cargo, package: "ember-rt"} = snippet
      assert snippet.signature =~ "pub fn spawn"
      assert snippet.doc =~ "Spawns a task"
      assert snippet.visibility == :public
      assert snippet.source =~ "JoinHandle(None)"
      assert snippet.start_line < snippet.end_line

      assert [%{snippet: %{name: "AsyncRead"}} | _rest] =
               Knowledge.search_snippets("async read", kind: :trait, store: store)
    end

    test "says where the words stand, what is missing and why", %{store: store} do
      assert [%SnippetResult{} = result | _rest] =
               Knowledge.search_snippets("spawn task quickly", explain: true, store: store)

      assert result.snippet.name == "spawn"
      assert "name" in result.matched
      assert result.missing == ["quickly"]
      assert Enum.any?(result.highlights, &(&1 =~ "task"))
      assert Enum.any?(result.why, &match?(%{part: "coverage", value: value} when value < 1, &1))
      assert [%{why: []} | _rest] = Knowledge.search_snippets("spawn", store: store)
    end

    test "signatures and fields in the query", %{store: store} do
      assert [%{snippet: %{name: "spawn"}, matched: ["types"]} | _rest] =
               Knowledge.search_snippets("-> JoinHandle", store: store)

      assert Knowledge.search_snippets("spawn -task kind:function", store: store) == []
      assert Knowledge.search_snippets("spawn kind:trait", store: store) == []

      error =
        assert_raise Error, fn -> Knowledge.search_snippets("spawn kind:thing", store: store) end

      assert error.kind == :invalid_argument
      assert error.details.position == "6"
    end

    test "filters", %{store: store} do
      assert Knowledge.search_snippets("spawn", ecosystem: :npm, store: store) == []
      assert Knowledge.search_snippets("spawn", package: "http_cache", store: store) == []

      for %{snippet: snippet} <-
            Knowledge.search_snippets("spawn",
              package: "ember-rt",
              version: "1.0.0",
              language: "rust",
              kind: :function,
              store: store
            ) do
        assert %{version: "1.0.0", language: "rust", kind: :function} = snippet
      end
    end
  end

  describe "get_package and get_release" do
    test "a package with everything the contract names", %{store: store} do
      assert {:ok, %Package{} = package} = Knowledge.get_package("ember-rt", :cargo, store: store)
      assert package.purl == "pkg:cargo/ember-rt"
      assert package.keywords == ["async", "runtime"]
      assert package.repository == "https://github.com/ember/ember-rt"
      assert package.latest_version == "1.2.0"
      assert package.latest_stable_version == "1.2.0"
      assert package.downloads == %{total: 123_456, recent: 4567}
      assert package.created_at == ~U[2023-01-05 10:00:00Z]

      assert ["1.2.0", "1.2.0-beta.1", "1.1.0", "1.0.0", "0.9.0"] =
               Enum.map(package.versions, & &1.version)

      assert %{yanked: true, prerelease: false} = List.last(package.versions)
      assert Enum.at(package.versions, 1).prerelease
    end

    test "any spelling of a name, and a purl", %{store: store} do
      for call <- [
            fn -> Knowledge.get_package("Ember_RT", :cargo, store: store) end,
            fn -> Knowledge.get_package("pkg:cargo/ember-rt", store: store) end,
            fn -> Knowledge.get_package("pkg:cargo/ember-rt@1.0.0", store: store) end
          ] do
        assert {:ok, %{name: "ember-rt"}} = call.()
      end

      assert %{name: "ember-client"} = Knowledge.get_package!("Ember.Client", :pypi, store: store)
    end

    test "versions are resolved among the collected ones", %{store: store} do
      for {version, found} <- [{:latest, "1.2.0"}, {"1.0.0", "1.0.0"}, {"<1.1", "1.0.0"}] do
        assert {:ok, %{version: ^found}} =
                 Knowledge.get_release("ember-rt", version, :cargo, store: store)
      end

      assert {:error, %Error{kind: :version_not_found}} =
               Knowledge.get_release("ember-rt", "1.1.0", :cargo, store: store)

      assert {:error, %Error{kind: :version_not_found}} =
               Knowledge.get_release("ember-rt", "^2", :cargo, store: store)

      assert {:error, %Error{kind: :not_found, message: message}} =
               Knowledge.get_release("tokio", :cargo, store: store)

      assert message =~ "tokio"
      assert_raise Error, fn -> Knowledge.get_release!("tokio", :cargo, store: store) end
      assert_raise Error, fn -> Knowledge.get_package!("tokio", :cargo, store: store) end
    end
  end

  describe "lists" do
    test "packages in pages", %{store: store} do
      all = Knowledge.list_packages(store: store)
      assert length(all) == 5
      assert [first, second] = Knowledge.list_packages(limit: 2, store: store)
      assert [first, second] == Enum.take(all, 2)
      assert [third] = Knowledge.list_packages(limit: 1, after: second, store: store)
      assert third == Enum.at(all, 2)
      assert [^third] = Knowledge.list_packages(limit: 1, after: second.purl, store: store)
      assert Knowledge.list_packages(after: List.last(all), store: store) == []

      assert ["ember-rt", "http_cache"] =
               Knowledge.list_packages(ecosystem: :cargo, store: store) |> Enum.map(& &1.name)
    end

    test "snippets of a release", %{store: store} do
      all = Knowledge.snippets("ember-rt", "1.2.0", :cargo, store: store)
      assert Enum.all?(all, &match?(%Snippet{version: "1.2.0", visibility: :public}, &1))
      names = Enum.map(all, & &1.name)
      for name <- ["Runtime", "spawn", "AsyncRead", "block_on"], do: assert(name in names)

      functions = Knowledge.snippets("pkg:cargo/ember-rt@1.2.0", kind: :function, store: store)
      assert Enum.all?(functions, &(&1.kind == :function))
      assert length(functions) < length(all)

      assert [_, _] = Knowledge.snippets("ember-rt", :cargo, limit: 2, store: store)
      assert Knowledge.snippets("ember-rt", :cargo, language: "python", store: store) == []

      internal = Knowledge.snippets("ember-rt", :cargo, public_only: false, store: store)
      assert "drive" in Enum.map(internal, & &1.name)

      error = assert_raise Error, fn -> Knowledge.snippets("tokio", :cargo, store: store) end
      assert error.kind == :not_found
    end

    test "documents, README first", %{store: store} do
      assert {:ok, [%Document{kind: :readme, format: :markdown} = readme | rest]} =
               Knowledge.docs("ember-rt", "1.2.0", :cargo, store: store)

      assert readme.text =~ "## Features"
      assert :changelog in Enum.map(rest, & &1.kind)

      assert Knowledge.docs!("ember-client", :pypi, store: store) |> hd() |> Map.get(:format) ==
               :rst
    end

    test "advisories of a package, and of one version", %{store: store} do
      assert [%{id: "RUSTSEC-2024-9001"}] =
               Knowledge.get_security_advisories("ember-rt", :cargo, store: store)

      assert [] = Knowledge.get_security_advisories("ember-rt", "1.2.0", :cargo, store: store)

      assert [%{severity: :medium}] =
               Knowledge.get_security_advisories("pkg:pypi/ember-client@1.0.0", store: store)
    end

    test "stats", %{store: store, path: path} do
      assert %Stats{packages: 5, releases: 6, path: ^path} = stats = Knowledge.stats(store: store)
      assert stats.file_bytes == File.stat!(path).size
      assert %{packages: 2, releases: 3} = Enum.find(stats.ecosystems, &(&1.ecosystem == :cargo))
    end
  end

  test "answers have the fields of their structs, no more and no less", %{store: store} do
    answers = [
      Knowledge.list_packages(store: store),
      Knowledge.get_release!("ember-rt", "1.0.0", :cargo, store: store),
      Knowledge.get_release!("@ember/ui", :npm, store: store),
      Knowledge.snippets("ember-rt", :cargo, store: store),
      Knowledge.docs!("ember-rt", :cargo, store: store),
      Knowledge.get_security_advisories("ember-rt", :cargo, store: store),
      Knowledge.search("ember", explain: true, store: store),
      Knowledge.search_snippets("spawn", store: store),
      Knowledge.stats(store: store),
      Knowledge.get_package("none", :cargo, store: store)
    ]

    assert StructFields.misfits(answers) == []
  end
end
