defmodule PackageRegistry.Store do
  @moduledoc """
  A store: one file with everything that was collected, and the process that owns it.

  The default store needs no setting up: its file is opened at first use and closed when the
  application stops. More stores are started by name or under a supervisor, and every function of
  `PackageRegistryCollector` and `PackageRegistryKnowledge` takes one as `store:`:

      children = [
        {PackageRegistry.Store, name: MyApp.Packages, path: "/var/lib/my_app/packages.redb"}
      ]

      PackageRegistryKnowledge.search("async runtime", store: MyApp.Packages)

  One process of the operating system owns a store file. A second one gets an error of kind
  `:store_locked`. A file that turns out to be damaged or no store at all is kept aside under a new
  name, a new one is begun, and the log says so.

  ## Settings

  Each is an option of `start_link/1`, and as `config :package_registry_indexer` the default of all
  stores.

    * `:endpoints` - addresses of registries, see below
    * `:github_token` - for GitHub's API. Default: `GITHUB_TOKEN` or `GH_TOKEN` of the environment
    * `:limits` - what strangers' data may cost, see below
    * `:concurrency` - how many collects run at a time. Default: `8`
    * `:sync` - `:always`, or `:deferred`: writes reach the disk within about a second, which is
      faster, and a crash loses the last of them. Default: `:always`

  ## Endpoints

  What is not named is found where the ecosystem's own client finds it (its configuration files and
  environment), so mirrors that work for those clients work here. Those marked * may be `"off"`.

    * `:npm` - the npm registry
    * `:npm_downloads` - npm's downloads API *
    * `:cargo` - a sparse index
    * `:hex` - a Hex repository
    * `:hex_api` - the Hex API *
    * `:hex_public_key` - the repository's public key: PEM text, or the path of a PEM file
    * `:pypi` - a Python index
    * `:pypi_downloads` - the downloads API of Python packages *
    * `:github` - GitHub's API *
    * `:osv` - the OSV API *
    * `:osv_export` - OSV's exports, for `refresh_advisories` *
    * `:docs_rs` - docs.rs *

  ## Limits

  Sizes are bytes, times are milliseconds.

    * `:metadata_bytes` - of a metadata answer, unpacked. Default: `67108864`
    * `:archive_bytes` - of an archive as downloaded. Default: `67108864`
    * `:unpacked_bytes` - of an archive's contents. Default: `536870912`
    * `:archive_entries` - of an archive. Default: `50000`
    * `:compression_ratio` - unpacked to packed bytes. Default: `200`
    * `:source_bytes` - of one source file; larger ones are skipped. Default: `1048576`
    * `:document_bytes` - of one document; longer ones are cut. Default: `1048576`
    * `:documents` - of a release. Default: `500`
    * `:parse_timeout` - of one source file. Default: `500`
    * `:outline_bytes` - of memory for a release's definitions while they are put together; those of
      its last files are left out beyond. Default: `268435456`
    * `:snippets` - of a release, public ones first. Default: `20000`
    * `:query_bytes` - of a search. Default: `1024`
    * `:rows` - of an answer. Default: `1000`
    * `:connect_timeout` - Default: `10000`
    * `:request_timeout` - of one request with its answer. Default: `60000`
    * `:redirects` - followed by one request. Default: `5`
    * `:retries` - of a request that may be retried. Default: `3`
    * `:connections_per_host` - Default: `8`
  """

  use GenServer, restart: :transient

  alias PackageRegistry.{Error, Native, Options}
  alias PackageRegistry.Store.{Handle, Opening}

  @type t :: GenServer.server()

  @type option ::
          {:name, GenServer.name()}
          | {:path, Path.t()}
          | {:endpoints, Enumerable.t()}
          | {:github_token, String.t() | nil}
          | {:limits, Enumerable.t()}
          | {:concurrency, pos_integer}
          | {:sync, :always | :deferred}

  @doc """
  The specification of a store under a supervisor, where several stand side by side.
  """
  @spec child_spec([option]) :: Supervisor.child_spec()
  def child_spec(opts) do
    %{super(opts) | id: opts[:name] || opts[:path] || __MODULE__}
  end

  @doc """
  Opens a store and starts the process that owns it.

  ## Options

    * `:path` - the store file, made if it is missing. Default: `store_path` of the application's
      configuration, else `priv/package_cache.redb` of the application
    * `:name` - the name under which functions find it. Default: none
    * `:endpoints`, `:github_token`, `:limits`, `:concurrency`, `:sync` - the settings described
      above. Default: those of the application's configuration

  ## Errors

  `:store_locked`, `:storage_full` and `:invalid_argument`, with the file or the option named.
  """
  @spec start_link([option]) :: GenServer.on_start() | {:error, Error.t()}
  def start_link(opts) do
    {start, opts} = Keyword.split(opts, [:name])
    {lazy?, opts} = Keyword.pop(opts, :lazy, false)

    # Opened by the caller: a failure in `init` would take a caller that is linked down with it.
    with :ok <- free(start[:name]),
         {:ok, handle} <- if(lazy?, do: {:ok, nil}, else: Opening.open(opts)),
         state = %{opts: opts, lazy?: lazy?, handle: handle},
         {:error, _reason} = error <- GenServer.start_link(__MODULE__, state, start) do
      if handle, do: Opening.close(handle)
      error
    end
  end

  defp free(nil), do: :ok

  defp free(name) do
    case GenServer.whereis(name) do
      nil -> :ok
      pid -> {:error, {:already_started, pid}}
    end
  end

  @doc """
  Closes a store: what still collects into it is cancelled, the file is synced and released.

  The process of the store ends, and its functions answer `:store_closed` from then on; the default
  store is opened again at next use.
  """
  @spec close(t) :: :ok
  def close(store \\ __MODULE__) do
    GenServer.call(store, :close, :infinity)
  catch
    :exit, _not_running -> :ok
  end

  @doc """
  Drops the search index and builds it from what is stored, at about 10 000 packages a second.

  Needed after `check/1` found the index damaged; never in daily use.
  """
  @spec reindex(t) :: :ok | {:error, Error.t()}
  def reindex(store \\ __MODULE__) do
    with {:ok, handle} <- handle(store), do: Native.store_reindex(handle.store)
  end

  @doc "As `reindex/1`, but raises."
  @spec reindex!(t) :: :ok
  def reindex!(store \\ __MODULE__), do: store |> reindex() |> Error.unwrap!()

  @doc """
  Reads every record and verifies its checksum, and that the search index has each package and each
  snippet exactly once.

  Answers with `:records` read, `:indexed_packages` and `:indexed_snippets`, `:faults` (one text for
  each thing that is wrong), `:file_intact` and `:index_intact`. A damaged index is mended by
  `reindex/1`.
  """
  @spec check(t) :: {:ok, report} | {:error, Error.t()}
        when report: %{
               records: non_neg_integer,
               indexed_packages: non_neg_integer,
               indexed_snippets: non_neg_integer,
               faults: [String.t()],
               file_intact: boolean,
               index_intact: boolean
             }
  def check(store \\ __MODULE__) do
    with {:ok, handle} <- handle(store), do: Native.store_check(handle.store)
  end

  @doc "As `check/1`, but raises."
  @spec check!(t) :: map
  def check!(store \\ __MODULE__), do: store |> check() |> Error.unwrap!()

  @doc """
  Gives the space of what was deleted back to the file system.

  Answers `%{bytes_before: bytes, bytes_after: bytes}`.
  """
  @spec compact(t) :: {:ok, result} | {:error, Error.t()}
        when result: %{bytes_before: non_neg_integer, bytes_after: non_neg_integer}
  def compact(store \\ __MODULE__) do
    with {:ok, handle} <- handle(store), do: Native.store_compact(handle.store)
  end

  @doc "As `compact/1`, but raises."
  @spec compact!(t) :: map
  def compact!(store \\ __MODULE__), do: store |> compact() |> Error.unwrap!()

  @doc "The file of a store."
  @spec path(t) :: {:ok, Path.t()} | {:error, Error.t()}
  def path(store \\ __MODULE__) do
    with {:ok, handle} <- handle(store), do: {:ok, handle.path}
  end

  @doc false
  # What every call of the API begins with: its options checked, and the store they name.
  @spec prepare(term, Options.spec()) :: {:ok, map, Handle.t()} | {:error, Error.t()}
  def prepare(opts, spec \\ []) do
    with {:ok, opts} <- Options.validate(opts, spec),
         {:ok, handle} <- handle(opts.store),
         do: {:ok, opts, handle}
  end

  @doc false
  @spec handle(t) :: {:ok, Handle.t()} | {:error, Error.t()}
  def handle(store) do
    GenServer.call(store, :handle, :infinity)
  catch
    :exit, _not_running -> {:error, not_running(store)}
  end

  defp not_running(__MODULE__) do
    %Error{
      kind: :store_closed,
      message: "the default store is not running: start the application :package_registry_indexer"
    }
  end

  defp not_running(store) do
    %Error{
      kind: :store_closed,
      message:
        "no store is running as #{inspect(store)}: start one with PackageRegistry.Store.start_link/1"
    }
  end

  @impl true
  def init(state) do
    # So that `terminate` runs when a supervisor stops the process.
    Process.flag(:trap_exit, true)
    if state.handle, do: Opening.own(state.handle)
    {:ok, state}
  end

  @impl true
  def handle_call(:handle, _from, %{handle: nil} = state) do
    case Opening.open(state.opts) do
      {:ok, handle} ->
        Opening.own(handle)
        {:reply, {:ok, handle}, %{state | handle: handle}}

      {:error, _error} = error ->
        {:reply, error, state}
    end
  end

  def handle_call(:handle, _from, state), do: {:reply, {:ok, state.handle}, state}

  def handle_call(:close, _from, %{lazy?: true} = state) do
    terminate(:normal, state)
    {:reply, :ok, %{state | handle: nil}}
  end

  # Answered once `terminate` is through.
  def handle_call(:close, _from, state), do: {:stop, :normal, :ok, state}

  @impl true
  def handle_info(_message, state), do: {:noreply, state}

  @impl true
  def terminate(_reason, %{handle: nil}), do: :ok
  def terminate(_reason, %{handle: handle}), do: Opening.close(handle)
end
