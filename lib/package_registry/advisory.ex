defmodule PackageRegistry.Advisory do
  @moduledoc """
  A security advisory about one package.

    * `:id`, `:aliases` - `"GHSA-…"`, `"RUSTSEC-…"`, `"CVE-…"`; all names of the same vulnerability
    * `:summary`, `:details`
    * `:severity` - `:none`, `:low`, `:medium`, `:high`, `:critical` or `:unknown`
    * `:cvss` - the scored vector, or `nil`
    * `:affected` - ranges as given
    * `:fixed_versions` - the first versions without the fault
    * `:symbols` - the parts of the package's API that carry the fault, where the database names them
    * `:operating_systems`, `:architectures` - where it can be met; empty: everywhere
    * `:informational` - `nil`, or `:unmaintained`, `:unsound`, `:notice`: no vulnerability
    * `:malicious` - whether the package is malware
    * `:references` - addresses to read on
    * `:published_at`, `:modified_at`, `:withdrawn_at`
    * `:sources` - which feeds named it
  """

  @type severity :: :none | :low | :medium | :high | :critical | :unknown

  @type range :: %{
          kind: String.t(),
          events: [{:introduced | :fixed | :last_affected | :limit, String.t()}],
          versions: [String.t()],
          requirement: String.t() | nil
        }

  @type t :: %__MODULE__{
          id: String.t(),
          aliases: [String.t()],
          summary: String.t() | nil,
          details: String.t() | nil,
          severity: severity,
          cvss: %{version: String.t(), vector: String.t(), score: float} | nil,
          affected: [range],
          fixed_versions: [String.t()],
          symbols: [String.t()],
          operating_systems: [String.t()],
          architectures: [String.t()],
          informational: nil | :unmaintained | :unsound | :notice,
          malicious: boolean,
          references: [String.t()],
          published_at: DateTime.t() | nil,
          modified_at: DateTime.t() | nil,
          withdrawn_at: DateTime.t() | nil,
          sources: [String.t()]
        }

  @typedoc "What an advisory is about: a fault, malware, or no vulnerability at all."
  @type kind :: :vulnerability | :malicious | :informational

  @kinds [:vulnerability, :malicious, :informational]

  @doc false
  def kinds, do: @kinds

  @doc """
  What an advisory is about.

  ## Examples

      iex> PackageRegistry.Advisory.kind(%PackageRegistry.Advisory{id: "GHSA-1"})
      :vulnerability
      iex> notice = %PackageRegistry.Advisory{id: "RUSTSEC-1", informational: :unmaintained}
      iex> PackageRegistry.Advisory.kind(notice)
      :informational

  """
  @spec kind(t) :: kind
  def kind(%{malicious: true}), do: :malicious
  def kind(%{informational: nil}), do: :vulnerability
  def kind(%{}), do: :informational

  @enforce_keys [:id]
  defstruct [
    :id,
    :summary,
    :details,
    :cvss,
    :informational,
    :published_at,
    :modified_at,
    :withdrawn_at,
    severity: :unknown,
    malicious: false,
    aliases: [],
    affected: [],
    fixed_versions: [],
    symbols: [],
    operating_systems: [],
    architectures: [],
    references: [],
    sources: []
  ]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(advisory, opts) do
      Brief.inspect(advisory, opts, [
        :id,
        :severity,
        :summary,
        :fixed_versions,
        :informational,
        {:malicious, advisory.malicious || nil}
      ])
    end
  end
end
