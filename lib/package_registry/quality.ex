defmodule PackageRegistry.Quality do
  @moduledoc """
  How good a package is, as far as figures can say.

    * `:ecosystem`, `:package`, `:purl` - which package
    * `:score` - 0 to 1: the weighted mean of the parts that are known; `nil` when none is
    * `:parts` - popularity (weight 0.25), maintenance (0.3), quality (0.2) and security (0.25), each with
      what it rests on, see `t:part/0`
    * `:unknown` - what is not known, and so not in the score: `"security"`, `"popularity.stars"`
    * `:percentiles` - the share of the stored packages of its ecosystem that have less of it, 0 to 1, for
      `"recent_downloads"`, `"dependents"` and `"stars"`, as far as known
    * `:assessed_at` - when this was computed

  Popularity is the logarithm of recent downloads (0.6), dependents (0.25) and stars (0.15), each against
  the most that its ecosystem knows. Maintenance is the age of the last release (0.5; a mature package
  does not fall below 0.6), the releases of two years (0.25) and the age of the package (0.25), and 0 for
  a package that is deprecated, retired or called unmaintained. Quality is README (0.3), licence (0.2),
  repository (0.2), description, documentation and a version from 1.0.0 on (0.1 each). Security falls with
  the gravest advisory that affects the newest version. `registry_types::quality` has the formula in full.
  """

  @typedoc "A part of the score; its evidence says value, score, weight and date of each figure."
  @type part :: %{
          part: :popularity | :maintenance | :quality | :security,
          score: float | nil,
          weight: float,
          evidence: [
            %{
              name: String.t(),
              value: String.t(),
              score: float | nil,
              weight: float,
              date: DateTime.t() | nil
            }
          ]
        }

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          package: String.t(),
          purl: String.t(),
          score: float | nil,
          parts: [part],
          unknown: [String.t()],
          percentiles: %{String.t() => float},
          assessed_at: DateTime.t()
        }

  @enforce_keys [:ecosystem, :package, :purl, :assessed_at]
  defstruct [
    :ecosystem,
    :package,
    :purl,
    :score,
    :assessed_at,
    parts: [],
    unknown: [],
    percentiles: %{}
  ]
end
