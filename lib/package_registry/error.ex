defmodule PackageRegistry.Error do
  @moduledoc """
  What went wrong: a `:kind` to match on, a `:message` that names the thing at fault and says what
  to do, and `:details` for programs.

  ## Kinds

    * `:invalid_argument` - an argument is of the wrong form: fix the call
    * `:not_found` - the package, repository or record does not exist
    * `:version_not_found` - the package exists, but no such version, or none that satisfies the
      requirement
    * `:network` - the registry could not be reached or kept failing
    * `:timeout` - the registry or the whole call took longer than its limit
    * `:rate_limited` - the registry asks for fewer requests
    * `:unauthorized` - the registry wants (other) credentials
    * `:protocol` - the registry's answer is not what its protocol says
    * `:integrity` - a checksum, signature or origin does not match: nothing was stored
    * `:archive` - the archive is malformed or hostile
    * `:limit_exceeded` - a documented limit was exceeded; `details.limit` names it
    * `:unsupported` - the request is understood but not supported
    * `:unconfigured` - a setting is missing; the message names it
    * `:store_locked` - another process of the system has the store file open
    * `:store_corrupt` - the store file, or one record of it, is damaged
    * `:storage_full` - the disk is full or the store may not be written
    * `:store_closed` - the store was closed, or none of that name is running
    * `:cancelled` - the caller cancelled the work or died
    * `:busy` - too much work is queued: try again later
    * `:internal` - a defect of this library

  ## Examples

      iex> {:error, error} = PackageRegistryKnowledge.get_package("no-such-package", :cargo)
      iex> error.kind
      :not_found

  """

  @kinds [
    :invalid_argument,
    :not_found,
    :version_not_found,
    :network,
    :timeout,
    :rate_limited,
    :unauthorized,
    :protocol,
    :integrity,
    :archive,
    :limit_exceeded,
    :unsupported,
    :unconfigured,
    :store_locked,
    :store_corrupt,
    :storage_full,
    :store_closed,
    :cancelled,
    :busy,
    :internal
  ]

  @typedoc "What to match on."
  @type kind ::
          :invalid_argument
          | :not_found
          | :version_not_found
          | :network
          | :timeout
          | :rate_limited
          | :unauthorized
          | :protocol
          | :integrity
          | :archive
          | :limit_exceeded
          | :unsupported
          | :unconfigured
          | :store_locked
          | :store_corrupt
          | :storage_full
          | :store_closed
          | :cancelled
          | :busy
          | :internal

  @typedoc "Facts for a program, such as `%{limit: \"unpacked_bytes\"}`; the values are text."
  @type details :: %{optional(atom | String.t()) => String.t()}

  @type t :: %__MODULE__{kind: kind, message: String.t(), details: details}

  defexception [:kind, :message, details: %{}]

  @doc "Every kind, in the order of the documentation."
  @spec kinds() :: [kind]
  def kinds, do: @kinds

  @doc false
  @spec invalid(String.t()) :: {:error, t}
  def invalid(message), do: {:error, %__MODULE__{kind: :invalid_argument, message: message}}

  @doc false
  @spec unwrap!(:ok | {:ok, value} | {:error, t}) :: :ok | value when value: term
  def unwrap!(:ok), do: :ok
  def unwrap!({:ok, value}), do: value
  def unwrap!({:error, %__MODULE__{} = error}), do: raise(error)
end
