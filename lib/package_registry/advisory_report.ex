defmodule PackageRegistry.AdvisoryReport do
  @moduledoc """
  What is known of the faults of a package, or of one version, and from whom.

    * `:status` - `:affected`: a vulnerability or malware is known; `:clean`: none is, and a feed was
      asked that would know; `:unknown`: none is, but nobody was asked who would know
    * `:advisories` - vulnerabilities
    * `:informational` - notices: unmaintained, unsound and the like
    * `:malicious` - reports that the package is malware
    * `:feeds` - what the answer rests on: which feed was asked when (`nil`: never), for what
      (`:ecosystem`, `:package`, or one `:version`), the state it was in, and whether it told all
  """

  alias PackageRegistry.Advisory

  @type status :: :affected | :clean | :unknown

  @type feed :: %{
          source: String.t(),
          asked_at: DateTime.t() | nil,
          scope: :ecosystem | :package | :version,
          version: String.t() | nil,
          snapshot: String.t() | nil,
          complete: boolean
        }

  @type t :: %__MODULE__{
          status: status,
          advisories: [Advisory.t()],
          informational: [Advisory.t()],
          malicious: [Advisory.t()],
          feeds: [feed]
        }

  @enforce_keys [:status]
  defstruct [:status, advisories: [], informational: [], malicious: [], feeds: []]
end
