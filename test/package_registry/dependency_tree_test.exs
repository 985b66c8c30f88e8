defmodule PackageRegistry.DependencyTreeTest do
  use RegistryCase, async: true

  alias PackageRegistry.{DependencyTree, Error}
  alias PackageRegistryKnowledge, as: Knowledge

  doctest DependencyTree

  test "a tree is drawn in every format" do
    tree = Knowledge.dependency_chain!("pkg:cargo/ember-rt@1.2.0")

    starts = %{
      tree: "ember-rt 1.2.0\n├── mio (not stored)  (^1.0)",
      mermaid: "flowchart LR\n  n0[",
      dot: "digraph dependencies {",
      svg: "<svg xmlns=",
      json: "{\n  \"ecosystem\": \"cargo\""
    }

    for format <- DependencyTree.formats() do
      assert String.starts_with?(DependencyTree.render(tree, format), starts[format])
    end
  end

  test "kinds and depth bound a tree" do
    chain = &Knowledge.dependency_chain!("ember-rt", "1.2.0", :cargo, &1)
    names = fn tree -> Enum.map(tree.nodes, & &1.name) end

    assert names.(chain.(kinds: [:runtime])) == ["ember-rt", "mio"]
    assert names.(chain.(kinds: [:dev])) == ["ember-rt", "loom"]
    assert names.(chain.(kinds: [:runtime, :optional])) == ["ember-rt", "ember-macros", "mio"]
    assert %{nodes: [_root], truncated: true} = chain.(depth: 0)
    assert [%{dev_only: false}, %{dev_only: true}] = chain.(kinds: [:dev]).nodes
  end

  test "a package is collected with its dependencies", %{store: store} do
    opts = [store: store, snippets: false]

    assert {:ok, [root, left, right, base]} =
             PackageRegistryCollector.collect_tree("tree-root", :npm, opts)

    assert Enum.map([root, left, right, base], & &1.name) ==
             ~w(tree-root tree-left tree-right tree-base)

    tree = Knowledge.dependency_chain!("tree-root", :npm, store: store)
    assert [%{id: "GHSA-tree-base-0001", package: "tree-base"}] = tree.advisories.transitive
    assert Enum.count(tree.edges, & &1.cycle) == 1

    ways = Knowledge.dependency_paths({"tree-root", :npm}, {"tree-base", :npm}, store: store)

    assert [["tree-root", "tree-left", "tree-base"], ["tree-root", "tree-right", "tree-base"]] =
             Enum.map(ways, fn way -> Enum.map(way, & &1.name) end)

    assert [%{name: "tree-left", source: :deprecation}] =
             Knowledge.replacements("tree-right", :npm, store: store)

    assert {:ok, [%{warnings: warnings}]} =
             PackageRegistryCollector.collect_tree("tree-root", :npm, [depth: 0] ++ opts)

    assert Enum.any?(warnings, &(&1.message =~ "raise :depth"))
  end

  test "what is wrong is named" do
    for {opts, word} <- [
          {[kinds: [:all]], ":kinds"},
          {[depth: -1], ":depth"},
          {[nodes: 0], ":nodes"}
        ] do
      assert {:error, %Error{kind: :invalid_argument, message: message}} =
               Knowledge.dependency_chain("ember-rt", :cargo, opts)

      assert message =~ word
    end

    assert {:error, %Error{kind: :not_found}} = Knowledge.dependency_chain("nobody", :cargo)

    assert_raise Error, ~r/no way leads/, fn ->
      Knowledge.dependency_paths("pkg:cargo/ember-rt", "pkg:npm/react")
    end
  end

  test "it is inspected in a line" do
    assert inspect(Knowledge.dependency_chain!("ember-rt", :cargo)) =~
             "#PackageRegistry.DependencyTree<purl: \"pkg:cargo/ember-rt@1.2.0\""
  end
end
