defmodule PackageRegistry.Package do
  @moduledoc """
  What is known of a package across its releases.

  Whatever the registry did not say is `nil` ("unknown"), never `0` or `[]` ("none").

    * `:ecosystem`, `:name`, `:purl` - its identity, the name as the registry spells it
    * `:description`, `:homepage`, `:repository`, `:documentation` - as published
    * `:license` - an SPDX expression, or the text as given
    * `:keywords`, `:categories`, `:owners`
    * `:latest_version`, `:latest_stable_version` - the newest of all, and the newest that is neither
      a prerelease nor withdrawn
    * `:versions` - every version the registry lists, newest first, collected or not
    * `:downloads` - `:total` since ever; `:recent` in the registry's window (90 days for cargo and
      Hex, a month for npm and PyPI)
    * `:stars`, `:dependents_count`
    * `:created_at`, `:updated_at`, `:collected_at` - `DateTime`s in UTC
    * `:deprecated` - why the whole package should no longer be used
    * `:quality` - a score from 0 to 1
    * `:frameworks` - the frameworks it belongs to
  """

  @type version :: %{
          version: String.t(),
          published_at: DateTime.t() | nil,
          yanked: boolean,
          deprecated: String.t() | nil,
          retired: retirement | nil,
          prerelease: boolean
        }

  @typedoc "Why a Hex release was retired: `\"security\"`, `\"deprecated\"`, … and the maintainer's words."
  @type retirement :: %{reason: String.t(), message: String.t() | nil}

  @type owner :: %{name: String.t(), email: String.t() | nil}

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          name: String.t(),
          purl: String.t(),
          description: String.t() | nil,
          homepage: String.t() | nil,
          repository: String.t() | nil,
          documentation: String.t() | nil,
          license: String.t() | nil,
          keywords: [String.t()],
          categories: [String.t()],
          owners: [owner],
          latest_version: String.t() | nil,
          latest_stable_version: String.t() | nil,
          versions: [version],
          downloads: %{total: non_neg_integer | nil, recent: non_neg_integer | nil},
          stars: non_neg_integer | nil,
          dependents_count: non_neg_integer | nil,
          created_at: DateTime.t() | nil,
          updated_at: DateTime.t() | nil,
          collected_at: DateTime.t() | nil,
          deprecated: String.t() | nil,
          quality: float | nil,
          frameworks: [String.t()]
        }

  @enforce_keys [:ecosystem, :name, :purl]
  defstruct [
    :ecosystem,
    :name,
    :purl,
    :description,
    :homepage,
    :repository,
    :documentation,
    :license,
    :latest_version,
    :latest_stable_version,
    :stars,
    :dependents_count,
    :created_at,
    :updated_at,
    :collected_at,
    :deprecated,
    :quality,
    keywords: [],
    categories: [],
    owners: [],
    versions: [],
    downloads: %{total: nil, recent: nil},
    frameworks: []
  ]

  @doc false
  # An answer of the native library with the times and versions of its packages made into maps: here
  # that costs a fifth of what it costs there, and a search returns hundreds.
  @spec from_native(answer) :: answer when answer: term
  def from_native({:ok, answer}), do: {:ok, from_native(answer)}
  def from_native({:error, _error} = error), do: error
  def from_native(list) when is_list(list), do: Enum.map(list, &from_native/1)
  def from_native(%{package: package} = hit), do: %{hit | package: from_native(package)}

  def from_native(%__MODULE__{} = package) do
    %{
      package
      | versions: Enum.map(package.versions, &version/1),
        created_at: time(package.created_at),
        updated_at: time(package.updated_at),
        collected_at: time(package.collected_at)
    }
  end

  defp version({version, published_at, yanked, deprecated, retired, prerelease}) do
    %{
      version: version,
      published_at: time(published_at),
      yanked: yanked,
      deprecated: deprecated,
      retired: retired,
      prerelease: prerelease
    }
  end

  defp time(nil), do: nil

  defp time({year, month, day, hour, minute, second, micros}) do
    %DateTime{
      calendar: Calendar.ISO,
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: if(micros == 0, do: {0, 0}, else: {micros, 6}),
      time_zone: "Etc/UTC",
      zone_abbr: "UTC",
      utc_offset: 0,
      std_offset: 0
    }
  end

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(package, opts) do
      Brief.inspect(package, opts, [
        :purl,
        :description,
        :latest_stable_version,
        :license,
        :downloads,
        {:versions, length(package.versions)},
        :deprecated
      ])
    end
  end
end
