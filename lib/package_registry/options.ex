defmodule PackageRegistry.Options do
  @moduledoc false
  # Options of a call: known, of the right type, with defaults. What is wrong is named.

  alias PackageRegistry.{Dependency, Error, Package, SearchResult, Snippet}

  @ecosystems [:npm, :cargo, :hex, :pypi, :github]

  @type spec :: [{atom, {default :: term, type :: atom}}]

  def ecosystems, do: @ecosystems

  @doc "The options as a map, with the defaults of `spec`; `store` is known everywhere."
  @spec validate(term, spec) :: {:ok, map} | {:error, Error.t()}
  def validate(opts, spec) do
    spec = Keyword.put_new(spec, :store, {PackageRegistry.Store, :server})

    if Keyword.keyword?(opts) do
      defaults = Map.new(spec, fn {key, {default, _type}} -> {key, default} end)

      Enum.reduce_while(opts, {:ok, defaults}, fn {key, value}, {:ok, known} ->
        case check(key, value, spec) do
          :ok -> {:cont, {:ok, Map.put(known, key, value)}}
          {:error, _error} = error -> {:halt, error}
        end
      end)
    else
      Error.invalid("options must be a keyword list, not #{brief(opts)}")
    end
  end

  defp check(key, value, spec) do
    with {:ok, {_default, type}} <- Keyword.fetch(spec, key),
         {:type, true} <- {:type, type?(type, value)} do
      :ok
    else
      :error ->
        names = Enum.map_join(spec, ", ", fn {name, _rule} -> inspect(name) end)
        Error.invalid("unknown option #{inspect(key)}: known are #{names}")

      {:type, false} ->
        {_default, type} = spec[key]
        Error.invalid("option #{inspect(key)} must be #{words(type)}, not #{brief(value)}")
    end
  end

  defp type?(:boolean, value), do: is_boolean(value)
  defp type?(:count, value), do: is_integer(value) and value in 0..0xFFFFFFFF
  defp type?(:positive, value), do: is_integer(value) and value in 1..0xFFFFFFFF
  defp type?(:milliseconds, value), do: value == :infinity or type?(:positive, value)
  defp type?(:positive_or_nil, value), do: value == nil or type?(:positive, value)
  defp type?(:cursor, value), do: value == nil or is_binary(value) or is_struct(value, Package)
  defp type?(:text, value), do: value == nil or (is_binary(value) and String.valid?(value))
  defp type?(:ecosystem, value), do: value == nil or value in @ecosystems

  defp type?(:ecosystems, value),
    do: value in @ecosystems or (is_list(value) and Enum.all?(value, &(&1 in @ecosystems)))

  defp type?(:kind, value), do: value == nil or value in Snippet.kinds()

  defp type?(:fields, value),
    do: is_list(value) and Enum.all?(value, &(&1 in SearchResult.fields()))

  defp type?(:boolean_or_nil, value), do: value == nil or is_boolean(value)

  defp type?(:advisory_kinds, value),
    do: is_list(value) and Enum.all?(value, &(&1 in PackageRegistry.Advisory.kinds()))

  defp type?(:import_limits, value) do
    known = PackageRegistry.Native.import_limits_default()

    Keyword.keyword?(value) and
      Enum.all?(value, fn {key, limit} -> is_map_key(known, key) and type?(:positive64, limit) end)
  end

  defp type?(:positive64, value), do: is_integer(value) and value in 1..0xFFFFFFFFFFFFFFFF

  defp type?(:dependency_kinds, value),
    do: is_list(value) and Enum.all?(value, &(&1 in Dependency.kinds()))

  defp type?(:texts, value),
    do: is_list(value) and Enum.all?(value, &(is_binary(&1) and String.valid?(&1)))

  defp type?(:runtime, value) do
    is_map(value) and not is_struct(value) and
      Enum.all?(value, fn {runtime, version} ->
        is_atom(runtime) and is_binary(version) and String.valid?(version)
      end)
  end

  defp type?(:server, value), do: is_pid(value) or is_atom(value) or is_tuple(value)

  defp type?(:progress, value),
    do: value == nil or is_pid(value) or is_function(value, 1)

  defp words(:boolean), do: "true or false"
  defp words(:count), do: "a number from 0 on"
  defp words(:positive), do: "a number from 1 on"
  defp words(:milliseconds), do: "a number of milliseconds or :infinity"
  defp words(:positive_or_nil), do: "a number from 1 on or nil"
  defp words(:cursor), do: "a PackageRegistry.Package or a package URL"
  defp words(:text), do: "UTF-8 text"
  defp words(:ecosystem), do: "one of #{atoms(@ecosystems)}"
  defp words(:ecosystems), do: "one or a list of #{atoms(@ecosystems)}"
  defp words(:kind), do: "one of #{atoms(Snippet.kinds())}"
  defp words(:fields), do: "a list of #{atoms(SearchResult.fields())}"
  defp words(:boolean_or_nil), do: "true, false or nil"

  defp words(:advisory_kinds),
    do: "a list of #{atoms(PackageRegistry.Advisory.kinds())}"

  defp words(:import_limits) do
    known = PackageRegistry.Native.import_limits_default() |> Map.keys() |> Enum.sort()
    "a keyword list of numbers from 1 on, out of #{atoms(known)}"
  end

  defp words(:dependency_kinds), do: "a list of #{atoms(Dependency.kinds())}"
  defp words(:texts), do: "a list of UTF-8 texts"
  defp words(:runtime), do: "a map such as %{rust: \"1.70\", node: \"18\"}"
  defp words(:server), do: "the pid or the name of a PackageRegistry.Store"
  defp words(:progress), do: "a pid or a function of one argument"

  defp atoms(list), do: Enum.map_join(list, ", ", &inspect/1)

  @doc "A stranger's term in an error message, at a length that a person reads."
  def brief(term), do: inspect(term, limit: 5, printable_limit: 60)
end
