defmodule PackageRegistry.Replacement do
  @moduledoc """
  A package to take in place of a dead one.

    * `:name` - its name, as the notice writes it. That there is such a package is not checked
    * `:ecosystem` - where it lives
    * `:source` - where this was read, see `t:source/0`
    * `:sentence` - the sentence that says so
  """

  @typedoc """
  `:deprecation` (npm, the reason of a yank), `:retirement` (Hex), `:advisory` (RustSec's unmaintained),
  `:status` (PyPI), `:description` or `:readme`.
  """
  @type source :: :deprecation | :retirement | :advisory | :status | :description | :readme

  @type t :: %__MODULE__{
          name: String.t(),
          ecosystem: PackageRegistryIndexer.ecosystem(),
          source: source,
          sentence: String.t()
        }

  @enforce_keys [:name, :ecosystem, :source, :sentence]
  defstruct [:name, :ecosystem, :source, :sentence]
end
