defmodule PackageRegistry.AdvisoriesTest do
  use RegistryCase, async: true

  alias PackageRegistry.{Advisory, AdvisoryFeed, AdvisoryReport, Error}
  alias PackageRegistryCollector, as: Collector
  alias PackageRegistryKnowledge, as: Knowledge

  doctest PackageRegistry.Advisory

  @record %{
    "GHSA-0001" => ~s({"id":"GHSA-0001","modified":"2024-05-01T00:00:00Z","affected":[
      {"package":{"ecosystem":"npm","name":"left-trim"},
       "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}]}]}),
    "MAL-0001" => ~s({"id":"MAL-0001","modified":"2024-05-02T00:00:00Z","affected":[
      {"package":{"ecosystem":"npm","name":"evil"},"versions":["6.6.6"]}]})
  }

  defp directory(%{tmp_dir: tmp_dir}) do
    path = Path.join(tmp_dir, "export")
    File.mkdir_p!(path)
    for {id, text} <- @record, do: File.write!(Path.join(path, id <> ".json"), text)
    path
  end

  test "no advisories and nobody asked are two answers", %{store: store} = context do
    report = fn name, version ->
      Knowledge.advisory_report!(name, version, :npm, store: store)
    end

    assert %AdvisoryReport{status: :unknown, feeds: feeds} = report.("left-trim", "1.0.0")
    assert Enum.all?(feeds, &(&1.asked_at == nil))
    assert Knowledge.get_security_advisories("left-trim", "0.9.0", :npm, store: store) == []

    assert {:ok, %{read: 2, stored: 2, skipped: [], feeds: [%AdvisoryFeed{} = feed]}} =
             Collector.import_advisories(directory(context), store: store)

    assert {feed.source, feed.ecosystem, feed.records, feed.complete} == {"osv", :npm, 2, true}
    assert feed.modified_at == ~U[2024-05-02 00:00:00Z]
    assert Knowledge.advisory_feeds(store: store) == [feed]

    assert %{status: :clean, advisories: []} = report.("left-trim", "1.0.0")
    assert %{status: :affected, advisories: [%Advisory{}]} = report.("left-trim", "0.9.0")
    assert %{status: :affected, malicious: [%{id: "MAL-0001"}]} = report.("evil", "6.6.6")
    assert %{status: :clean} = clean = report.("never-heard-of", :all)
    assert %{scope: :ecosystem, snapshot: "2024-05-02T00:00:00Z"} = hd(clean.feeds)
    assert StructFields.misfits([clean, report.("evil", :all), feed]) == []
  end

  test "kinds are told apart", %{store: store} = context do
    Collector.import_advisories!(directory(context), store: store)
    kinds = &Knowledge.get_security_advisories("evil", :all, :npm, include: &1, store: store)
    assert [%{id: "MAL-0001"}] = kinds.([:malicious])
    assert kinds.([:vulnerability, :informational]) == []

    assert_raise Error, ~r/:include/, fn -> kinds.([:virus]) end
  end

  test "importing again costs little, and parts say so", %{store: store} = context do
    path = directory(context)
    assert %{changed: 2} = Collector.import_advisories!(path, store: store)
    assert %{changed: 0, stored: 2} = Collector.import_advisories!(path, store: store)

    assert %{stored: 0, skipped: skipped, feeds: []} =
             Collector.import_advisories!(path, ecosystem: :hex, complete: false, store: store)

    assert [%{path: "GHSA-0001.json", reason: reason} | _rest] = skipped
    assert reason =~ "no package"
  end

  test "what is wrong is said", %{store: store, tmp_dir: tmp_dir} do
    assert {:error, %Error{kind: :not_found}} =
             Collector.import_advisories(Path.join(tmp_dir, "missing"), store: store)

    bomb = Path.join(tmp_dir, "bomb.zip")
    {:ok, _name} = :zip.create(to_charlist(bomb), [{'a.json', String.duplicate(" ", 9_000_000)}])

    assert {:error, %Error{kind: :limit_exceeded}} =
             Collector.import_advisories(bomb, limits: [bytes: 10], store: store)

    for opts <- [[limits: [byte: 1]], [ecosystem: :gem], [source: 1], [nope: 1]] do
      assert {:error, %Error{kind: :invalid_argument}} =
               Collector.import_advisories(bomb, opts ++ [store: store])
    end

    assert {:error, %Error{kind: :invalid_argument}} =
             Collector.refresh_advisories(:gem, store: store)

    assert {:error, %Error{kind: :invalid_argument}} =
             Collector.refresh_advisories(:github, store: store)
  end

  @tag :own_fixture
  test "a refresh loads the export, then what changed", %{store: store, fixture: fixture} do
    assert %{full: true, stored: 2, feed: feed} =
             Collector.refresh_advisories!(:cargo, store: store)

    assert {feed.records, feed.complete} == {2, true}

    assert %{status: :clean, informational: [%{informational: :unmaintained}]} =
             Knowledge.advisory_report!("ember-ash", "0.1.0", :cargo, store: store)

    assert %{full: false, changed: 0} = Collector.refresh_advisories!(:cargo, store: store)
    FixtureRegistry.control(fixture, "status /osv-export/crates.io/modified_id.csv 503")

    assert {:error, %Error{kind: :network}} = Collector.refresh_advisories(:cargo, store: store)

    assert [%{complete: true}] = Knowledge.advisory_feeds(store: store)
  end
end
