defmodule PackageRegistry.Progress do
  @moduledoc """
  How far a collect has come; see the option `:on_progress` of `PackageRegistryCollector.collect/4`.

    * `:ecosystem`, `:name` - what is collected
    * `:version` - once it is resolved
    * `:stage` - `:queue`, `:resolve`, `:download` (counts bytes), `:archive`, `:parse` (counts
      files), `:store` or `:done`
    * `:done`, `:total` - so much of the stage is done; `:total` is `nil` while it is unknown
    * `:elapsed` - milliseconds since the collect was asked for
  """

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          name: String.t(),
          version: String.t() | nil,
          stage: :queue | :resolve | :download | :archive | :parse | :store | :done,
          done: non_neg_integer,
          total: non_neg_integer | nil,
          elapsed: non_neg_integer
        }

  @enforce_keys [:ecosystem, :name, :stage]
  defstruct [:ecosystem, :name, :version, :stage, :total, done: 0, elapsed: 0]
end
