defmodule PackageRegistry.BriefTest do
  use ExUnit.Case, async: true

  alias PackageRegistry.{Advisory, Document, Package, Release, SearchResult, Snippet}

  @long String.duplicate("word ", 10_000)

  test "structs are told in a few lines, however long their texts" do
    package = %Package{
      ecosystem: :cargo,
      name: "tokio",
      purl: "pkg:cargo/tokio",
      description: @long,
      versions: List.duplicate(%{version: "1.0.0"}, 500)
    }

    release = %Release{
      ecosystem: :cargo,
      name: "tokio",
      version: "1.0.0",
      purl: "pkg:cargo/tokio@1.0.0",
      readme: @long
    }

    snippet = %Snippet{
      ecosystem: :cargo,
      package: "tokio",
      version: "1.0.0",
      language: "rust",
      kind: :function,
      name: "spawn",
      qualified_name: "tokio::spawn",
      signature: @long,
      source: @long,
      path: "src/lib.rs",
      start_line: 7
    }

    document = %Document{kind: :readme, format: :plain, path: "README", text: @long}
    advisory = %Advisory{id: "RUSTSEC-2024-0001", details: @long, summary: "first\nsecond"}
    result = %SearchResult{package: package, score: 1.5}

    for struct <- [package, release, snippet, document, advisory, result] do
      text = inspect(struct)
      assert String.length(text) < 500
      assert text =~ ~r/\A#PackageRegistry\.\w+<.*>\z/s
    end

    assert inspect(package) =~ ~s(purl: "pkg:cargo/tokio")
    assert inspect(package) =~ "versions: 500"
    assert inspect(snippet) =~ ~s(at: "tokio 1.0.0 src/lib.rs:7")
    assert inspect(advisory) =~ ~s(summary: "first second")
  end

  test "the whole struct is still to be had" do
    document = %Document{kind: :readme, format: :plain, path: "README", text: "all of it"}
    assert inspect(document, structs: false) =~ "all of it"
  end
end
