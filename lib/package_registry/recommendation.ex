defmodule PackageRegistry.Recommendation do
  @moduledoc """
  A package to take for a purpose.

    * `:package` - a `PackageRegistry.Package`
    * `:version` - the version to take; `nil` when none will do
    * `:score` - 0 to 1: `relevance * (0.4 + 0.6 * quality)`, halved when no version is free of reasons
      against it, and times 0.2 for a dead package
    * `:relevance` - how well it fits, 1 for the best hit of the search
    * `:quality` - see `PackageRegistry.Quality`; `nil` when nothing is known
    * `:reasons` - what speaks for it and against it, a line each
    * `:replacements` - what to take in its place where it is dead, a list of `PackageRegistry.Replacement`
  """

  alias PackageRegistry.{Package, Replacement}

  @type t :: %__MODULE__{
          package: Package.t(),
          version: String.t() | nil,
          score: float,
          relevance: float,
          quality: float | nil,
          reasons: [String.t()],
          replacements: [Replacement.t()]
        }

  @enforce_keys [:package, :score, :relevance]
  defstruct [:package, :version, :score, :relevance, :quality, reasons: [], replacements: []]
end
