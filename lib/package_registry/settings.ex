defmodule PackageRegistry.Settings do
  @moduledoc false
  # The settings of a store: what `start_link/1` was given, else the application's configuration,
  # else the default. Checked here, where the name of a wrong setting is known.

  alias PackageRegistry.{Error, Native, Options}

  @app :package_registry_indexer
  @keys [:endpoints, :github_token, :limits, :concurrency, :sync]

  @type t :: %{
          path: Path.t(),
          endpoints: %{optional(String.t()) => String.t()},
          github_token: String.t() | nil,
          limits: %{atom => non_neg_integer},
          concurrency: pos_integer,
          sync: :always | :deferred
        }

  @spec load(keyword) :: {:ok, t} | {:error, Error.t()}
  def load(opts) do
    given = for key <- @keys, {:ok, value} <- [fetch(opts, key)], do: {key, value}
    path = opts[:path] || Application.get_env(@app, :store_path) || default_path()

    Enum.reduce_while(given, {:ok, Map.put(defaults(), :path, path)}, fn {key, value},
                                                                         {:ok, settings} ->
      case read(key, value) do
        {:ok, value} -> {:cont, {:ok, Map.put(settings, key, value)}}
        {:error, _error} = error -> {:halt, error}
      end
    end)
  end

  @doc "The worker program that parses strangers' code, beside the library."
  def parser_program do
    name =
      if match?({:win32, _}, :os.type()), do: "universal-parser.exe", else: "universal-parser"

    Application.app_dir(@app, Path.join("priv/native", name))
  end

  defp default_path, do: Application.app_dir(@app, "priv/package_cache.redb")

  defp defaults do
    %{
      endpoints: %{},
      github_token: nil,
      limits: Native.limits_default(),
      concurrency: 8,
      sync: :always
    }
  end

  defp fetch(opts, key) do
    with :error <- Keyword.fetch(opts, key), do: Application.fetch_env(@app, key)
  end

  defp read(:endpoints, endpoints) do
    if Enumerable.impl_for(endpoints) && Enum.all?(endpoints, &endpoint?/1),
      do: {:ok, Map.new(endpoints, fn {name, url} -> {to_string(name), url} end)},
      else: wrong(:endpoints, "a map or keyword list from endpoint to URL", endpoints)
  end

  defp read(:github_token, token) do
    if token == nil or (is_binary(token) and String.valid?(token)),
      do: {:ok, token},
      # Never the value: it may be a secret of a wrong form.
      else: Error.invalid("setting :github_token must be text or nil")
  end

  defp read(:limits, limits) do
    default = Native.limits_default()

    if Enumerable.impl_for(limits) && Enum.all?(limits, &match?({_name, _limit}, &1)),
      do: Enum.reduce_while(limits, {:ok, default}, &limit/2),
      else: wrong(:limits, "a map or keyword list from limit to number", limits)
  end

  defp read(:concurrency, number) do
    if is_integer(number) and number in 1..1024,
      do: {:ok, number},
      else: wrong(:concurrency, "a number from 1 to 1024", number)
  end

  defp read(:sync, sync) do
    if sync in [:always, :deferred],
      do: {:ok, sync},
      else: wrong(:sync, ":always or :deferred", sync)
  end

  defp limit({name, value}, {:ok, limits}) do
    cond do
      not is_map_key(limits, name) ->
        known = limits |> Map.keys() |> Enum.sort() |> Enum.map_join(", ", &inspect/1)
        {:halt, Error.invalid("unknown limit #{Options.brief(name)}: known are #{known}")}

      not (is_integer(value) and value in 0..0xFFFFFFFFFFFF) ->
        {:halt, wrong(name, "a number from 0 on", value)}

      true ->
        {:cont, {:ok, Map.put(limits, name, value)}}
    end
  end

  defp endpoint?({name, url}), do: is_atom(name) and is_binary(url) and String.valid?(url)
  defp endpoint?(_other), do: false

  defp wrong(name, expected, value),
    do: Error.invalid("setting #{inspect(name)} must be #{expected}, not #{Options.brief(value)}")
end
