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
  Opens a store and starts the process that owns it.

  ## Options

    * `:path` - the store file, made if it is missing. Default: `store_path` of the application's
      configuration, else `priv/package_cache.redb` of the application
    * `:name` - the name under which functions find it. Default: none
    * `:endpoints`, `:github_token`, `:limits`, `:concurrency`, `:sync` - as in the application's
      configuration, which is their default: see `PackageRegistryIndexer`

  ## Errors

  `:store_locked`, `:storage_full` and `:invalid_argument`, with the file or the option named.
  """
  @spec start_link([option]) :: GenServer.on_start() | {:error, Error.t()}
  def start_link(opts) do
    {start, opts} = Keyword.split(opts, [:name])
    {lazy?, opts} = Keyword.pop(opts, :lazy, false)

    # Opened by the caller: a failure in `init` would take a caller that is linked down with it.
    with {:ok, handle} <- if(lazy?, do: {:ok, nil}, else: Opening.open(opts)) do
      GenServer.start_link(__MODULE__, %{opts: opts, lazy?: lazy?, handle: handle}, start)
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
  Reads every record and verifies its checksum.

  Answers `%{records: count, faults: [text], file_intact: boolean, index_intact: boolean}`.
  """
  @spec check(t) :: {:ok, report} | {:error, Error.t()}
        when report: %{
               records: non_neg_integer,
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
