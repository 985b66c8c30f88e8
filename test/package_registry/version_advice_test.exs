defmodule PackageRegistry.VersionAdviceTest do
  use ExUnit.Case, async: true

  alias PackageRegistry.Error
  alias PackageRegistryKnowledge, as: Knowledge

  test "the runtime of the caller counts" do
    advice = Knowledge.recommend_version!("pkg:cargo/ember-rt", runtime: %{rust: "1.70"})
    row = Enum.find(advice.candidates, &(&1.version == "1.2.0"))
    assert %{kind: :runtime, text: "needs rust 1.80, not 1.70"} in row.reasons_against
    assert advice.recommended != "1.2.0"
  end

  test "a cooldown that nothing has reached leaves the least grave choice" do
    advice = Knowledge.recommend_version!("ember-rt", :cargo, cooldown: "99999d")
    refute advice.clean
    assert Enum.all?(advice.candidates, &(not &1.clean))

    assert Enum.any?(
             advice.candidates,
             &Enum.any?(&1.reasons_against, fn r -> r.kind == :too_new end)
           )
  end

  test "the tree of the version says what is not in it" do
    advice = Knowledge.recommend_version!("ember-rt", :cargo)
    assert %{version: "1.2.0", checked: 1, missing: ["autocfg", "mio"]} = advice.dependencies
    assert inspect(advice) =~ "recommended: \"1.2.0\""
  end

  test "what is wrong is named" do
    for {opts, word} <- [
          {[cooldown: "soon"], "soon"},
          {[cooldown: 7], ":cooldown"},
          {[runtime: %{"rust" => "1.70"}], ":runtime"},
          {[runtime: %{rust: 1.7}], ":runtime"},
          {[candidates: 0], ":candidates"}
        ] do
      assert {:error, %Error{kind: :invalid_argument, message: message}} =
               Knowledge.recommend_version("ember-rt", :cargo, opts)

      assert message =~ word
    end

    assert {:error, %Error{kind: :not_found}} = Knowledge.recommend_version("nobody", :npm)
  end

  test "quality says what it rests on and what it does not know" do
    quality = Knowledge.quality!("ember_router", :hex)
    assert quality.score > 0 and quality.score < 1
    popularity = Enum.find(quality.parts, &(&1.part == :popularity))
    downloads = Enum.find(popularity.evidence, &(&1.name == "recent_downloads"))
    assert %{value: "1234 in 90 days", weight: 0.6, date: %DateTime{}} = downloads
    assert "popularity.dependents" in quality.unknown
    assert quality.percentiles["recent_downloads"] == 0.5
    assert {:ok, package} = Knowledge.get_package("ember_router", :hex)
    assert package.quality > 0
  end

  test "licences bound what is recommended" do
    assert [_best | _rest] = Knowledge.get_recommendations("async runtime", licenses: ["mit"])
    assert Knowledge.get_recommendations("async runtime", licenses: ["GPL"]) == []
  end
end
