defmodule PackageRegistry.VersionAdvice do
  @moduledoc """
  Which version of a package to take, and why not the others.

    * `:ecosystem`, `:package`, `:purl` - the package; the purl has the recommended version
    * `:current` - the version in use, as asked
    * `:recommended` - the version to take; `nil` when every version is malware or yanked
    * `:clean` - whether nothing is to be said against it
    * `:reason` - why it is this one, in a line
    * `:smallest_upgrade` - the first version above the current one with nothing to be said against it
    * `:cooldown_lifted` - whether the current version must be left at once, cooldown or not
    * `:candidates` - the table, newest first, see `t:candidate/0`
    * `:versions` - how many versions there are in all
    * `:dependencies` - what is known of the dependencies of the recommended version, see `t:tree/0`; `nil`
      when its release is not in the store
    * `:replacements` - what to take in its place where the package is dead, a list of
      `PackageRegistry.Replacement`
    * `:advisories_known` - whether advisories were asked for; without, no version is known to be free of
      them
  """

  alias PackageRegistry.{Advisory, DependencyTree, Replacement}

  @typedoc """
  What speaks for or against a version. Against, the gravest first: `:malicious`, `:yanked`, `:vulnerable`,
  `:retired`, `:deprecated`, `:runtime`, `:too_new` and `:date_unknown` (cooldown), `:prerelease`; these
  two do not keep it from being taken: `:older`, `:runtime_unknown`. For: `:newest`, `:stable`, `:runs`,
  `:settled`, `:fixes`, `:current`.
  """
  @type reason :: %{kind: atom, text: String.t()}

  @typedoc "A version with what speaks for it and against it."
  @type candidate :: %{
          version: String.t(),
          published_at: DateTime.t() | nil,
          prerelease: boolean,
          clean: boolean,
          reasons_for: [reason],
          reasons_against: [reason],
          advisories: [String.t()],
          severity: Advisory.severity() | nil
        }

  @typedoc "The dependency tree of the recommended version: so many releases looked into, and what was not."
  @type tree :: %{
          version: String.t(),
          checked: pos_integer,
          missing: [String.t()],
          advisories: DependencyTree.advisories(),
          truncated: boolean
        }

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          package: String.t(),
          purl: String.t(),
          current: String.t() | nil,
          recommended: String.t() | nil,
          clean: boolean,
          reason: String.t(),
          smallest_upgrade: String.t() | nil,
          cooldown_lifted: boolean,
          candidates: [candidate],
          versions: pos_integer,
          dependencies: tree | nil,
          replacements: [Replacement.t()],
          advisories_known: boolean
        }

  @enforce_keys [:ecosystem, :package, :purl, :clean, :reason, :versions]
  defstruct [
    :ecosystem,
    :package,
    :purl,
    :current,
    :recommended,
    :clean,
    :reason,
    :smallest_upgrade,
    :versions,
    :dependencies,
    cooldown_lifted: false,
    candidates: [],
    replacements: [],
    advisories_known: false
  ]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(advice, opts) do
      Brief.inspect(advice, opts, [
        :purl,
        :current,
        :recommended,
        :clean,
        :reason,
        :smallest_upgrade,
        {:candidates, length(advice.candidates)},
        :replacements
      ])
    end
  end
end
