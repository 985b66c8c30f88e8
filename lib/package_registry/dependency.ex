defmodule PackageRegistry.Dependency do
  @moduledoc """
  A requirement of one release on another package.

    * `:name` - the package required, under its registry name
    * `:requirement` - as its ecosystem writes it
    * `:kind` - `:runtime`, `:dev`, `:build`, `:optional` or `:peer`
    * `:optional` - whether the release works without it
    * `:target` - the platform or marker under which it applies, or `nil`
    * `:rename` - the local name where the manifest renames the package, or `nil`
  """

  @type kind :: :runtime | :dev | :build | :optional | :peer

  @type t :: %__MODULE__{
          name: String.t(),
          requirement: String.t(),
          kind: kind,
          optional: boolean,
          target: String.t() | nil,
          rename: String.t() | nil
        }

  @kinds [:runtime, :dev, :build, :optional, :peer]

  @doc "All kinds."
  @spec kinds() :: [kind]
  def kinds, do: @kinds

  @enforce_keys [:name, :requirement, :kind]
  defstruct [:name, :requirement, :kind, :target, :rename, optional: false]
end
