defmodule PackageRegistry.TargetTest do
  use ExUnit.Case, async: true

  alias PackageRegistry.Target

  test "the forms of a package" do
    assert Target.package("tokio", :cargo, []) == {:ok, {"tokio", :cargo}, []}
    assert Target.package("tokio", :cargo, a: 1) == {:ok, {"tokio", :cargo}, [a: 1]}
    assert Target.package("pkg:cargo/tokio", nil, []) == {:ok, {"tokio", :cargo}, []}
    assert Target.package("pkg:cargo/tokio@1", [a: 1], []) == {:ok, {"tokio", :cargo}, [a: 1]}
  end

  test "the forms of a release" do
    for {arguments, release, opts} <- [
          {["tokio", :cargo, nil, []], {"tokio", :latest, :cargo}, []},
          {["tokio", :cargo, [a: 1], []], {"tokio", :latest, :cargo}, [a: 1]},
          {["tokio", "1", :cargo, []], {"tokio", "1", :cargo}, []},
          {["tokio", :latest, :cargo, [a: 1]], {"tokio", :latest, :cargo}, [a: 1]},
          {["pkg:cargo/tokio", :latest, nil, []], {"tokio", :latest, :cargo}, []},
          {["pkg:cargo/tokio@1", :latest, nil, []], {"tokio", "1", :cargo}, []},
          {["pkg:npm/%40a/b@1", [a: 1], nil, []], {"@a/b", "1", :npm}, [a: 1]}
        ] do
      assert apply(Target, :release, arguments ++ [:collect]) == {:ok, release, opts}
    end
  end

  test "what a version is when it is left out" do
    assert {:ok, {_, :all, _}, []} = Target.release("tokio", :cargo, nil, [], :filter)
    assert {:ok, {_, :all, _}, []} = Target.release("pkg:cargo/tokio", :all, nil, [], :filter)
    assert {:ok, {_, :all, _}, []} = Target.release("pkg:cargo/tokio", nil, nil, [], :delete)
    assert {:error, _} = Target.release("tokio", :cargo, nil, [], :delete)
    assert {:error, _} = Target.release("tokio", :all, :cargo, [], :collect)
    assert {:error, _} = Target.release("tokio", :latest, :cargo, [], :delete)
  end

  test "elements of a list" do
    assert Target.element({"tokio", "1", :cargo}) == {:ok, {"tokio", "1", :cargo}}
    assert Target.element({"tokio", :cargo}) == {:ok, {"tokio", :latest, :cargo}}
    assert Target.element("pkg:cargo/tokio@1") == {:ok, {"tokio", "1", :cargo}}

    for bad <- [:tokio, {"tokio"}, {"tokio", "1"}, nil, 1],
        do: assert({:error, _} = Target.element(bad))
  end
end
