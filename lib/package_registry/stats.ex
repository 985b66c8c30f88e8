defmodule PackageRegistry.Stats do
  @moduledoc """
  What a store holds.

    * `:packages`, `:releases`, `:snippets`, `:documents`, `:advisories` - how many
    * `:ecosystems` - the same for each ecosystem that has any
    * `:file_bytes` - the size of the store file, `:index_bytes` of the search index inside it
    * `:generation` - grows with each write
    * `:path` - the store file
  """

  @type ecosystem :: %{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          packages: non_neg_integer,
          releases: non_neg_integer,
          snippets: non_neg_integer,
          documents: non_neg_integer,
          advisories: non_neg_integer
        }

  @type t :: %__MODULE__{
          packages: non_neg_integer,
          releases: non_neg_integer,
          snippets: non_neg_integer,
          documents: non_neg_integer,
          advisories: non_neg_integer,
          ecosystems: [ecosystem],
          file_bytes: non_neg_integer,
          index_bytes: non_neg_integer,
          generation: non_neg_integer,
          path: Path.t()
        }

  @enforce_keys [:packages, :releases, :path]
  defstruct [
    :packages,
    :releases,
    :snippets,
    :documents,
    :advisories,
    :file_bytes,
    :index_bytes,
    :generation,
    :path,
    ecosystems: []
  ]
end
