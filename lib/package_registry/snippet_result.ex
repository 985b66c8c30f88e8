defmodule PackageRegistry.SnippetResult do
  @moduledoc """
  One snippet found.

    * `:snippet` - a `PackageRegistry.Snippet`
    * `:score` - higher is better; comparable within one answer only
    * `:matched` - where a word of the query was found: `"name"`, `"path"`, `"signature"`, `"doc"`; and
      `"types"` where types of a signature were
    * `:highlights` - excerpts of signature and documentation with the words found
    * `:missing` - words and types of the query that it lacks, as they were typed
    * `:why` - the parts of the score, with `explain: true`
  """

  @type t :: %__MODULE__{
          snippet: PackageRegistry.Snippet.t(),
          score: float,
          matched: [String.t()],
          highlights: [String.t()],
          missing: [String.t()],
          why: [PackageRegistry.SearchResult.part()]
        }

  @enforce_keys [:snippet, :score]
  defstruct [:snippet, :score, matched: [], highlights: [], missing: [], why: []]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(%{snippet: snippet} = result, opts) do
      Brief.inspect(result, opts, [
        :score,
        {:kind, snippet.kind},
        {:qualified_name, snippet.qualified_name},
        {:signature, snippet.signature},
        {:at, "#{snippet.package} #{snippet.version} #{snippet.path}:#{snippet.start_line}"},
        :matched,
        :missing,
        :why
      ])
    end
  end
end
