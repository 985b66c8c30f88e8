defmodule PackageRegistryIndexer do
  @external_resource "README.md"
  @moduledoc "README.md" |> File.read!() |> String.split("<!-- MDOC -->") |> Enum.at(1)

  @typedoc "Where packages come from."
  @type ecosystem :: :npm | :cargo | :hex | :pypi | :github

  @doc """
  Every ecosystem, in the order in which they are listed to a user.

      iex> PackageRegistryIndexer.ecosystems()
      [:npm, :cargo, :hex, :pypi, :github]

  """
  @spec ecosystems() :: [ecosystem]
  def ecosystems, do: PackageRegistry.Options.ecosystems()
end
