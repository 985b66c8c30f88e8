defmodule PackageRegistry.Stats do
  @moduledoc """
  What a store holds.

    * `:packages`, `:releases`, `:snippets`, `:documents`, `:advisories` - how many
    * `:ecosystems` - the same for each ecosystem that has any
    * `:file_bytes` - the size of the store file
    * `:index_bytes` - of the search index in it: `:package_index_bytes` and `:snippet_index_bytes`
    * `:text_bytes` - of READMEs and other documents in it, compressed
    * `:snippet_bytes` - of snippets in it, compressed
    * `:bytes_per_package` - of the file for each package, snippets and their index left out; `nil`
      without packages
    * `:bytes_per_snippet` - of each snippet and its index; `nil` without snippets
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
          package_index_bytes: non_neg_integer,
          snippet_index_bytes: non_neg_integer,
          text_bytes: non_neg_integer,
          snippet_bytes: non_neg_integer,
          bytes_per_package: non_neg_integer | nil,
          bytes_per_snippet: non_neg_integer | nil,
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
    :package_index_bytes,
    :snippet_index_bytes,
    :text_bytes,
    :snippet_bytes,
    :bytes_per_package,
    :bytes_per_snippet,
    :generation,
    :path,
    ecosystems: []
  ]
end
