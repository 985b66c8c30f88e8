defmodule PackageRegistry.SearchResult do
  @moduledoc """
  One package found.

    * `:package` - a `PackageRegistry.Package`
    * `:score` - higher is better; comparable within one answer only
    * `:matched` - fields in which a word of the query was found: `"name"`, `"keywords"`, …
    * `:highlights` - excerpts with the words found
    * `:why` - the parts of the score, with `explain: true`
  """

  @type part :: %{part: String.t(), value: float, evidence: String.t()}

  @type t :: %__MODULE__{
          package: PackageRegistry.Package.t(),
          score: float,
          matched: [String.t()],
          highlights: [String.t()],
          why: [part]
        }

  @enforce_keys [:package, :score]
  defstruct [:package, :score, matched: [], highlights: [], why: []]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(%{package: package} = result, opts) do
      Brief.inspect(result, opts, [
        {:purl, package.purl},
        :score,
        {:description, package.description},
        :matched,
        :why
      ])
    end
  end
end
