defmodule PackageRegistry.SearchResult do
  @moduledoc """
  One package found.

    * `:package` - a `PackageRegistry.Package`
    * `:score` - higher is better; comparable within one answer only
    * `:matched` - fields in which a word of the query was found: `"name"`, `"keywords"`, …
    * `:highlights` - excerpts with the words found
    * `:missing` - words of the query that it lacks, as they were typed
    * `:replaced_by` - where it should no longer be used: names of the packages that are said to replace
      it
    * `:why` - the parts of the score, with `explain: true`
  """

  @type part :: %{part: String.t(), value: float, evidence: String.t()}

  @type t :: %__MODULE__{
          package: PackageRegistry.Package.t(),
          score: float,
          matched: [String.t()],
          highlights: [String.t()],
          missing: [String.t()],
          replaced_by: [String.t()],
          why: [part]
        }

  @enforce_keys [:package, :score]
  defstruct [:package, :score, matched: [], highlights: [], missing: [], replaced_by: [], why: []]

  @doc "The fields in which words are looked for: see `PackageRegistryKnowledge.search/2`."
  @spec fields() :: [atom]
  def fields, do: ~w(name keywords categories description readme docs symbols)a

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(%{package: package} = result, opts) do
      Brief.inspect(result, opts, [
        {:purl, package.purl},
        :score,
        {:description, package.description},
        :matched,
        :missing,
        :replaced_by,
        :why
      ])
    end
  end
end
