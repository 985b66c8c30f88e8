defmodule PackageRegistry.AdvisoryFeed do
  @moduledoc """
  A feed of advisories about a whole ecosystem, as it was last loaded.

    * `:source` - `"osv"`, `"rustsec"`, or as the import named it
    * `:ecosystem`
    * `:asked_at` - when it was last loaded, or found to be unchanged
    * `:origin` - the address or the path it came from
    * `:modified_at` - when its newest record was changed: what the store knows of it is as of then
    * `:records` - how many of its records the store has
    * `:complete` - whether it was loaded whole: a package it does not speak of has no advisories there
  """

  @type t :: %__MODULE__{
          source: String.t(),
          ecosystem: PackageRegistryIndexer.ecosystem(),
          asked_at: DateTime.t(),
          origin: String.t(),
          modified_at: DateTime.t() | nil,
          records: non_neg_integer,
          complete: boolean
        }

  @enforce_keys [:source, :ecosystem, :asked_at]
  defstruct [:source, :ecosystem, :asked_at, :origin, :modified_at, records: 0, complete: false]
end
