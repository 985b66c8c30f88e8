defmodule PackageRegistry.Progress do
  @moduledoc """
  How far a collect has come; see the option `:on_progress` of `PackageRegistryCollector.collect/4`.

    * `:ecosystem`, `:name` - what is collected
    * `:version` - once it is resolved
    * `:stage` - `:resolve`, `:download`, `:extract`, `:parse` …
    * `:done`, `:total` - bytes or files of that stage; `:total` is `nil` while it is unknown
  """

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          name: String.t(),
          version: String.t() | nil,
          stage: atom,
          done: non_neg_integer,
          total: non_neg_integer | nil
        }

  @enforce_keys [:ecosystem, :name, :stage]
  defstruct [:ecosystem, :name, :version, :stage, :total, done: 0]
end
