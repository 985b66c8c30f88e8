defmodule StructFields do
  @moduledoc "Compares what the library answered with the structs as they are defined."

  @doc "Every struct in a term, however deep, that lacks a field of its module or has one more."
  def misfits(%module{} = struct) do
    wanted = module.__struct__() |> Map.keys() |> Enum.sort()
    given = struct |> Map.keys() |> Enum.sort()
    own = if wanted == given, do: [], else: [{module, given -- wanted, wanted -- given}]
    inside = if module == DateTime, do: [], else: struct |> Map.from_struct() |> misfits()
    own ++ inside
  end

  def misfits(map) when is_map(map), do: map |> Map.values() |> misfits()
  def misfits(list) when is_list(list), do: Enum.flat_map(list, &misfits/1)
  def misfits(tuple) when is_tuple(tuple), do: tuple |> Tuple.to_list() |> misfits()
  def misfits(_leaf), do: []
end
