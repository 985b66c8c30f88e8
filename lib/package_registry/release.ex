defmodule PackageRegistry.Release do
  @moduledoc """
  One published version of a package, as collected.

    * `:ecosystem`, `:name`, `:version`, `:purl` - its identity
    * `:description`, `:license`, `:published_at`
    * `:yanked`, `:deprecated`, `:retired` - whether and why its publisher took it back
    * `:checksum` - `"sha256:…"` of the archive that was read, `:size` its bytes
    * `:dependencies` - a list of `PackageRegistry.Dependency`
    * `:features` - cargo features or Python extras: name to what it turns on
    * `:runtime` - what it runs on, such as `%{"rust" => "1.63"}` or `%{"node" => ">=0.10.0"}`
    * `:readme` - as text
    * `:snippet_count`, `:languages` - of the parsed sources, most files first
    * `:skipped` - how many files of the archive gave no snippets, by reason (see `t:skip_reason/0`);
      those that are neither sources, documents nor manifests are not counted
    * `:advisories` - ids of the advisories that affect it
    * `:collected_at`, `:source` - when and from where it was collected
    * `:warnings` - what could not be had, which did not fail the collect. The `:kind` is
      `:unavailable`, `:parse`, `:archive`, `:metadata` or `:truncated`
  """

  @type warning :: %{
          kind: :unavailable | :parse | :archive | :metadata | :truncated,
          message: String.t(),
          path: String.t() | nil
        }

  @typedoc """
  Why a file was left out: tests, examples, vendored, generated, minified and tooling files, builds
  and twins of files that are there as well (`:bundle`), files in a language that the ecosystem's users
  do not call; links, over-long and unreadable ones; text that no language claims.
  """
  @type skip_reason ::
          :not_wanted
          | :test
          | :example
          | :vendored
          | :generated
          | :minified
          | :bundle
          | :tooling
          | :other_language
          | :too_large
          | :too_much
          | :link
          | :special
          | :name_not_utf8
          | :name_too_long
          | :outside_root
          | :duplicate
          | :unreadable
          | :not_text
          | :unknown_language

  @type source :: %{
          endpoint: String.t(),
          etag: String.t() | nil,
          last_modified: String.t() | nil
        }

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          name: String.t(),
          version: String.t(),
          purl: String.t(),
          description: String.t() | nil,
          license: String.t() | nil,
          published_at: DateTime.t() | nil,
          yanked: boolean,
          deprecated: String.t() | nil,
          retired: PackageRegistry.Package.retirement() | nil,
          checksum: String.t() | nil,
          size: non_neg_integer | nil,
          dependencies: [PackageRegistry.Dependency.t()],
          features: %{optional(String.t()) => [String.t()]},
          runtime: %{optional(String.t()) => String.t()},
          readme: String.t() | nil,
          snippet_count: non_neg_integer,
          languages: [String.t()],
          skipped: %{optional(skip_reason) => pos_integer},
          advisories: [String.t()],
          collected_at: DateTime.t() | nil,
          source: source,
          warnings: [warning]
        }

  @enforce_keys [:ecosystem, :name, :version, :purl]
  defstruct [
    :ecosystem,
    :name,
    :version,
    :purl,
    :description,
    :license,
    :published_at,
    :deprecated,
    :retired,
    :checksum,
    :size,
    :readme,
    :collected_at,
    yanked: false,
    dependencies: [],
    features: %{},
    runtime: %{},
    snippet_count: 0,
    languages: [],
    skipped: %{},
    advisories: [],
    source: %{endpoint: "", etag: nil, last_modified: nil},
    warnings: []
  ]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(release, opts) do
      Brief.inspect(release, opts, [
        :purl,
        :description,
        :license,
        :published_at,
        {:yanked, release.yanked || nil},
        :deprecated,
        {:dependencies, length(release.dependencies)},
        {:snippets, release.snippet_count},
        :advisories,
        {:warnings, length(release.warnings)}
      ])
    end
  end
end
