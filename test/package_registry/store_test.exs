defmodule PackageRegistry.StoreTest do
  use RegistryCase, async: true

  import ExUnit.CaptureLog

  alias PackageRegistry.{Error, Native, Store}
  alias PackageRegistryCollector, as: Collector
  alias PackageRegistryKnowledge, as: Knowledge

  test "keeps what was collected when it is closed and opened", %{store: store, path: path} do
    release = Collector.collect!("ember-rt", "1.2.0", :cargo, store: store)
    assert Store.path(store) == {:ok, path}
    assert Store.close(store) == :ok
    {:ok, again} = Store.start_link(path: path)
    assert Knowledge.get_release!("ember-rt", "1.2.0", :cargo, store: again) == release
    assert [_found | _rest] = Knowledge.search("async runtime", store: again)
  end

  test "is found by name; several stand side by side", %{tmp_dir: directory, store: store} do
    name = :"store #{inspect(self())}"
    start_supervised!({Store, name: name, path: Path.join(directory, "second.redb")})
    Collector.collect!("ember-rt", :cargo, store: store)
    assert Knowledge.stats(store: name).packages == 0
    assert Knowledge.stats(store: store).packages == 1
  end

  test "says when it is closed or was never there", %{store: store} do
    assert Store.close(store) == :ok
    assert Store.close(store) == :ok

    for gone <- [store, :no_such_store, {:global, :no_such_store}] do
      assert {:error, %Error{kind: :store_closed, message: message}} =
               Knowledge.get_package("tokio", :cargo, store: gone)

      assert message =~ "start_link"
      assert {:error, %Error{kind: :store_closed}} = Store.check(gone)
      assert_raise Error, fn -> Knowledge.search("tokio", store: gone) end
    end
  end

  test "a killed store's file is free again", %{store: store, path: path} do
    Collector.collect!("ember-rt", :cargo, store: store)
    Process.flag(:trap_exit, true)
    {:ok, other} = Store.start_link(path: path <> "2")
    Process.exit(other, :kill)
    assert_receive {:EXIT, ^other, :killed}
    assert {:ok, again} = Store.start_link(path: path <> "2")
    assert Knowledge.stats(store: again).packages == 0
  end

  test "the default store opens when it is first used and closes with the application", context do
    path = Path.join(context.tmp_dir, "default.redb")

    script = """
    Logger.configure(level: :error)
    Application.put_env(:package_registry_indexer, :store_path, #{inspect(path)})
    {:ok, _} = Application.ensure_all_started(:package_registry_indexer)
    IO.inspect(File.exists?(#{inspect(path)}))
    IO.inspect(PackageRegistryKnowledge.stats().packages)
    :ok = PackageRegistry.Store.close()
    IO.inspect(PackageRegistryKnowledge.stats().packages)
    :ok = Application.stop(:package_registry_indexer)
    {:ok, _} = PackageRegistry.Store.start_link(path: #{inspect(path)})
    """

    assert elixir(script) == "false\n0\n0\n"
  end

  test "an application starts whose default store cannot be opened", %{tmp_dir: directory} do
    file = Path.join(directory, "a file")
    File.write!(file, "")

    script = """
    Application.put_env(:package_registry_indexer, :store_path, #{inspect(file <> "/store.redb")})
    {:ok, _} = Application.ensure_all_started(:package_registry_indexer)
    {:error, error} = PackageRegistryKnowledge.get_package("tokio", :cargo)
    IO.puts(error.message)
    """

    assert elixir(script) =~ file
  end

  test "reindex, check and compact", %{store: store} do
    Collector.collect!("ember-rt", :cargo, store: store)
    assert Store.reindex(store) == :ok
    assert [%{package: %{name: "ember-rt"}} | _] = Knowledge.search("async", store: store)

    assert {:ok, %{faults: [], file_intact: true, index_intact: true, records: records}} =
             Store.check(store)

    assert records > 0
    Collector.delete!("ember-rt", :all, :cargo, store: store)
    assert %{bytes_before: before, bytes_after: later} = Store.compact!(store)
    assert later <= before
  end

  describe "a file that cannot be used" do
    test "in the hands of another process of the system", %{store: store, path: path} do
      script = """
      {:ok, _} = Application.ensure_all_started(:package_registry_indexer)
      {:error, error} = PackageRegistry.Store.start_link(path: #{inspect(path)})
      IO.puts(error.kind)
      IO.puts(error.message)
      """

      assert [kind, message] = script |> elixir() |> String.split("\n", trim: true)
      assert kind == "store_locked"
      assert message =~ path
      assert Knowledge.stats(store: store).packages == 0
    end

    test "twice in this one", %{path: path} do
      assert {:error, %Error{kind: :store_locked, message: message}} =
               Store.start_link(path: path)

      assert message =~ path
    end

    test "no store at all, truncated or empty: kept aside", %{store: store, path: path} do
      Collector.collect!("ember-rt", :cargo, store: store)
      Store.close(store)
      good = File.read!(path)

      for {name, bytes} <- [
            {"text", String.duplicate("not a store\n", 1000)},
            {"truncated", binary_part(good, 0, div(byte_size(good), 2))}
          ] do
        file = "#{path}.#{name}"
        File.write!(file, bytes)

        log =
          capture_log(fn ->
            assert {:ok, opened} = Store.start_link(path: file)
            assert Knowledge.stats(store: opened).packages == 0
            Store.close(opened)
          end)

        assert log =~ file

        assert [kept] =
                 (Path.wildcard(file <> ".corrupt*") ++ Path.wildcard(file <> "*corrupt-*"))
                 |> Enum.uniq()

        assert log =~ kept
        assert File.read!(kept) == bytes
      end
    end

    test "in a directory that may not be written, or that is a file", %{tmp_dir: directory} do
      file = Path.join(directory, "a file")
      File.write!(file, "")

      assert {:error, %Error{kind: kind, message: message}} =
               Store.start_link(path: Path.join(file, "store.redb"))

      assert kind in [:storage_full, :invalid_argument]
      assert message =~ file

      # root may write anywhere.
      unless System.get_env("USER") == "root" or match?({"0\n", 0}, System.cmd("id", ["-u"])) do
        closed = Path.join(directory, "closed")
        File.mkdir!(closed)
        File.chmod!(closed, 0o500)

        assert {:error, %Error{kind: :storage_full, message: message}} =
                 Store.start_link(path: Path.join(closed, "store.redb"))

        assert message =~ closed
      end
    end

    test "settings of the wrong form are named", %{tmp_dir: directory} do
      for {setting, word} <- [
            {[limits: [no_such_limit: 1]], "no_such_limit"},
            {[limits: [rows: "many"]], ":rows"},
            {[limits: 7], ":limits"},
            {[endpoints: [npm: 7]], ":endpoints"},
            {[endpoints: [rubygems: "http://localhost"]], "rubygems"},
            {[github_token: 7], ":github_token"},
            {[concurrency: 0], ":concurrency"},
            {[sync: :never], ":sync"},
            {[path: 7], "path"}
          ] do
        opts = Keyword.merge([path: Path.join(directory, "other.redb")], setting)

        assert {^word, {:error, %Error{kind: :invalid_argument, message: message}}} =
                 {word, Store.start_link(opts)}

        assert message =~ word
      end
    end
  end

  describe "the documentation" do
    test "lists every limit with its default" do
      listed =
        for [_match, name, default] <-
              listed("Limits", ~r/^\s+\* `:(\w+)` .*?Default: `(\d+)`$/ms),
            into: %{},
            do: {String.to_existing_atom(name), String.to_integer(default)}

      assert listed == Native.limits_default()
    end

    test "lists every endpoint and every setting" do
      endpoints = for [_match, name] <- listed("Endpoints", ~r/^\s+\* `:(\w+)` - /m), do: name
      assert endpoints == Enum.map(Native.vocabulary().endpoints, &to_string/1)

      settings = for [_match, name] <- listed("Settings", ~r/^\s+\* `:(\w+)` - /m), do: name
      assert settings == ~w(endpoints github_token limits concurrency sync)
    end

    defp listed(section, pattern) do
      {:docs_v1, _line, _language, _format, %{"en" => doc}, _meta, _docs} = Code.fetch_docs(Store)
      [_before, rest] = String.split(doc, "## #{section}\n")
      Regex.scan(pattern, rest |> String.split("\n## ") |> hd())
    end
  end

  test "no one sees the references inside", %{store: store} do
    {:ok, handle} = Store.handle(store)
    refute inspect(handle) =~ "#Reference"
  end

  @doc false
  def elixir(script) do
    paths =
      for path <- :code.get_path(), path = to_string(path), path =~ "/_build/", do: ["-pa", path]

    {output, 0} = System.cmd("elixir", Enum.concat(paths) ++ ["-e", script])
    output
  end
end
