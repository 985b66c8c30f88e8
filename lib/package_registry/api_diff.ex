defmodule PackageRegistry.ApiDiff do
  @moduledoc """
  What changed in the public API of a package from one release to another.

    * `:ecosystem`, `:package`, `:purl`, `:from`, `:to` - the package and the versions compared
    * `:added`, `:removed`, `:changed`, `:moved` - lists of `PackageRegistry.ApiChange`, by name. What
      was removed from one path and added under another with the same kind, name and signature is in
      `:moved` alone
    * `:verdict` - what that means under the ecosystem's version rules, see `t:verdict/0`
    * `:incomplete` - why not all of a release could be parsed, in a line for each such release: what is
      missing there may seem added or removed here
  """

  alias PackageRegistry.ApiChange

  @typedoc "A number of a version; `:none` where two versions have the same numbers."
  @type step :: :none | :patch | :minor | :major

  @typedoc """
  What the rules say of the changes.

    * `:impact` - the gravest of the changes; `nil` when there are none
    * `:expected` - the number which the rules want raised for the changes that are certain. Below 1.0.0
      cargo and npm take the first number that is not zero for the major one: a breaking change of
      0.3.1 expects `:minor`
    * `:step` - the first number in which the versions differ; `nil` when `:to` is not the newer one
    * `:allowed` - whether that is enough; `nil` when the rules have no say (PyPI's order versions and
      promise nothing), or when it depends on changes that are possibly breaking
    * `:reason` - one line for a person
  """
  @type verdict :: %{
          impact: ApiChange.impact() | nil,
          expected: step,
          step: step | nil,
          allowed: boolean | nil,
          reason: String.t()
        }

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          package: String.t(),
          purl: String.t(),
          from: String.t(),
          to: String.t(),
          added: [ApiChange.t()],
          removed: [ApiChange.t()],
          changed: [ApiChange.t()],
          moved: [ApiChange.t()],
          incomplete: [String.t()],
          verdict: verdict
        }

  @enforce_keys [:ecosystem, :package, :purl, :from, :to, :verdict]
  defstruct [
    :ecosystem,
    :package,
    :purl,
    :from,
    :to,
    :verdict,
    added: [],
    removed: [],
    changed: [],
    moved: [],
    incomplete: []
  ]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(diff, opts) do
      Brief.inspect(diff, opts, [
        :purl,
        :from,
        :to,
        {:added, length(diff.added)},
        {:removed, length(diff.removed)},
        {:changed, length(diff.changed)},
        {:moved, length(diff.moved)},
        {:impact, diff.verdict.impact},
        {:expected, diff.verdict.expected},
        {:allowed, diff.verdict.allowed},
        {:reason, diff.verdict.reason}
      ])
    end
  end
end
