defmodule PackageRegistry.Store.Opening do
  @moduledoc false
  # Opens a store file with its indexer, and closes both.

  require Logger

  alias PackageRegistry.{Error, Native, Settings}
  alias PackageRegistry.Store.Handle

  # A store whose process was killed is closed by the library a moment after: wait for it.
  @patience 10
  @pause 50

  @spec open(keyword) :: {:ok, Handle.t()} | {:error, Error.t()}
  def open(opts) do
    with {:ok, settings} <- Settings.load(opts),
         {:ok, path} <- path(settings.path),
         {:ok, {store, recovered, reindexed?}} <- open_file(path, settings, @patience) do
      if recovered, do: warn(path, recovered)
      if reindexed?, do: Logger.info("the search index of #{path} was built anew")

      case Native.indexer_new(store, config(settings)) do
        {:ok, indexer} ->
          {:ok,
           %Handle{
             store: store,
             indexer: indexer,
             path: path,
             concurrency: settings.concurrency
           }}

        {:error, _error} = error ->
          Native.store_close(store)
          error
      end
    end
  end

  @doc "Ties an open store to the calling process: should it be killed, the file is closed."
  @spec own(Handle.t()) :: :ok
  def own(%Handle{indexer: indexer}), do: Native.indexer_own(indexer)

  @spec close(Handle.t()) :: :ok | {:error, Error.t()}
  def close(%Handle{store: store, indexer: indexer}) do
    Native.indexer_close(indexer)
    Native.store_close(store)
  end

  defp path(path) do
    if is_binary(path) and String.valid?(path) and not String.contains?(path, <<0>>),
      do: {:ok, Path.expand(path)},
      else: Error.invalid("the store's path must be text, not #{inspect(path)}")
  end

  defp open_file(path, settings, patience) do
    case Native.store_open(path, Map.take(settings, [:limits, :sync])) do
      {:error, %Error{kind: :store_locked}} when patience > 0 ->
        Process.sleep(@pause)
        open_file(path, settings, patience - 1)

      result ->
        result
    end
  end

  defp config(settings) do
    settings
    |> Map.take([:endpoints, :github_token, :limits, :concurrency])
    |> Map.put(:parser_program, Settings.parser_program())
  end

  defp warn(path, recovered) do
    Logger.warning(
      "the store #{path} could not be used (#{recovered.reason}): it was kept as " <>
        "#{recovered.kept_as} and a new one was begun"
    )
  end
end
