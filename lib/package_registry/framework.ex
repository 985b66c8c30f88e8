defmodule PackageRegistry.Framework do
  @moduledoc """
  A framework that a package belongs to.

    * `:name` - such as `"phoenix"`
    * `:confidence` - 0 to 1: one minus the product of what each kind of evidence leaves in doubt
    * `:evidence` - what tells it: `%{sign:, value:}`, see `t:sign/0`
  """

  @typedoc """
  `:core` (it is the framework), `:classifier` (0.9), `:peer` (a peer dependency on it, 0.8), `:name` (the
  form of its name, 0.6), `:dependency` (0.5) or `:keyword` (0.4).
  """
  @type sign :: :core | :classifier | :peer | :name | :dependency | :keyword

  @type t :: %__MODULE__{
          name: String.t(),
          confidence: float,
          evidence: [%{sign: sign, value: String.t()}]
        }

  @enforce_keys [:name, :confidence]
  defstruct [:name, :confidence, evidence: []]
end
