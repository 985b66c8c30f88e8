defmodule PackageRegistry.ApiDiffTest do
  use RegistryCase, async: true

  alias PackageRegistry.{ApiChange, ApiDiff, Error}
  alias PackageRegistryKnowledge, as: Knowledge

  setup_all do
    collected([
      {"ember-shape", "1.0.0", :cargo},
      {"ember-shape", "1.1.0", :cargo},
      {"ember-private", :pypi},
      {"@ember/paths", :npm}
    ])
  end

  test "tells what changed, how gravely and why", %{store: store} do
    assert {:ok, %ApiDiff{from: "1.0.0", to: "1.1.0"} = diff} =
             Knowledge.compare_api("ember-shape", "1.0.0", "1.1.0", :cargo, store: store)

    assert [%ApiChange{qualified_name: "ember_shape::leave", after: nil, impact: :breaking}] =
             diff.removed

    added = Map.new(diff.added, &{&1.qualified_name, &1.impact})

    assert %{
             "ember_shape::arrive" => :compatible,
             "ember_shape::Shape::Triangle" => :breaking,
             "ember_shape::DrawError::TooLarge" => :compatible,
             "ember_shape::Draw::border" => :breaking,
             "ember_shape::Draw::clear" => :compatible
           } = added

    changed = Map.new(diff.changed, &{&1.name, &1})
    assert %{what: [:signature], impact: :breaking, reason: reason} = changed["scale"]
    assert reason =~ "3 parameters instead of 2"
    assert changed["scale"].before.signature != changed["scale"].after.signature
    assert %{what: [:signature, :deprecated], impact: :compatible} = changed["shift"]
    assert changed["shift"].after.deprecated and not changed["shift"].before.deprecated

    assert %{impact: :breaking, expected: :major, step: :minor, allowed: false} = diff.verdict
    assert diff.verdict.reason =~ "major"
    assert {diff.moved, diff.incomplete} == {[], []}
    assert StructFields.misfits(diff) == []
    assert String.length(inspect(diff)) < 500
  end

  test "is asked by package URL and by requirement too", %{store: store} do
    diff = Knowledge.compare_api!("pkg:cargo/ember-shape", "=1.0", :latest, store: store)
    assert {diff.from, diff.to, diff.purl} == {"1.0.0", "1.1.0", "pkg:cargo/ember-shape"}
    same = Knowledge.compare_api!("ember-shape", "1.1.0", "1.1.0", :cargo, store: store)
    assert {same.added, same.removed, same.changed, same.moved} == {[], [], [], []}
    assert same.verdict.impact == nil
  end

  test "a release that is not there names the collect to make", %{store: store} do
    for {kind, name, from, to, missing} <- [
          {:version_not_found, "ember-shape", "0.5.0", "1.1.0",
           ~s|collect("ember-shape", "0.5.0", :cargo)|},
          {:version_not_found, "ember-shape", "1.0.0", "^3",
           ~s|collect("ember-shape", "^3", :cargo)|},
          {:not_found, "tokio", "1.0.0", "1.1.0", ~s|collect("tokio", "1.0.0", :cargo)|}
        ] do
      assert {:error, %Error{kind: ^kind} = error} =
               Knowledge.compare_api(name, from, to, :cargo, store: store)

      assert error.message =~ missing
    end

    assert_raise Error, fn ->
      Knowledge.compare_api!("tokio", "1.0.0", "1.1.0", :cargo, store: store)
    end
  end

  test "wrong arguments are told", %{store: store} do
    for {name, from, to, ecosystem} <- [
          {"ember-shape", nil, "1.1.0", :cargo},
          {"ember-shape", "1.0.0", :all, :cargo},
          {"ember-shape", "1.0.0", "1.1.0", :gem},
          {:name, "1.0.0", "1.1.0", :cargo}
        ] do
      assert {:error, %Error{kind: :invalid_argument}} =
               Knowledge.compare_api(name, from, to, ecosystem, store: store)
    end

    assert {:error, %Error{kind: :invalid_argument}} =
             Knowledge.compare_api("a", "1.0.0", "1.1.0", :cargo, limit: 1, store: store)
  end

  test "names are those which users write", %{store: store} do
    names = fn package, ecosystem ->
      snippets = Knowledge.snippets(package, ecosystem, store: store)
      Enum.flat_map(snippets, &[&1.qualified_name | &1.aliases])
    end

    crate = names.("ember-shape", :cargo)
    for name <- ["measure", "Area::get", "Length"], do: assert("ember_shape::#{name}" in crate)
    refute Enum.any?(crate, &(&1 =~ "unreachable"))

    python = names.("ember-private", :pypi)
    for name <- ["Client.send", "open_client"], do: assert("ember_private.#{name}" in python)
    refute Enum.any?(python, &(&1 =~ "helper"))

    npm = names.("@ember/paths", :npm)
    for name <- [".join", ".Kind", "/extra.deep"], do: assert("@ember/paths#{name}" in npm)
    refute Enum.any?(npm, &(&1 =~ "helper"))
  end

  test "a release says which files were left out", %{store: store} do
    release = PackageRegistryKnowledge.get_release!("@ember/paths", :npm, store: store)
    assert release.skipped == %{}
    assert release.snippet_count > 0
  end
end
