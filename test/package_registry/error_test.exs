defmodule PackageRegistry.ErrorTest do
  use ExUnit.Case, async: true

  alias PackageRegistry.Error

  doctest PackageRegistry.Error

  test "the documentation lists exactly the kinds there are" do
    {:docs_v1, _line, _language, _format, %{"en" => doc}, _meta, _docs} = Code.fetch_docs(Error)
    [_before, list] = String.split(doc, "## Kinds")
    [list, _after] = String.split(list, "## Examples")
    listed = for [_match, kind] <- Regex.scan(~r/^\s+\* `:(\w+)` - /m, list), do: kind
    assert listed == Enum.map(Error.kinds(), &to_string/1)
  end

  test "the type lists them too" do
    {:ok, types} = Code.Typespec.fetch_types(Error)
    [atoms] = for {:type, {:kind, {:type, _line, :union, atoms}, []}} <- types, do: atoms
    assert Enum.map(atoms, fn {:atom, _line, kind} -> kind end) == Error.kinds()
  end

  test "raises with its message" do
    error = %Error{kind: :not_found, message: "tokio: no such crate"}
    assert Exception.message(error) == "tokio: no such crate"
    assert Error.unwrap!({:ok, 1}) == 1
    assert Error.unwrap!(:ok) == :ok
    assert_raise Error, "tokio: no such crate", fn -> Error.unwrap!({:error, error}) end
  end
end
