defmodule PackageRegistry.Brief do
  @moduledoc false
  # A struct in one short line or two: the fields that tell it apart, long texts cut.

  import Inspect.Algebra

  @text 80

  def inspect(%module{} = struct, opts, fields) do
    shown =
      for field <- fields,
          {key, value} = pair(struct, field),
          value not in [nil, []],
          do: {key, cut(value)}

    open = "##{Kernel.inspect(module)}<"
    container_doc(open, shown, ">", opts, &field/2, break: :flex)
  end

  defp pair(_struct, {key, value}), do: {key, value}
  defp pair(struct, key), do: {key, Map.fetch!(struct, key)}

  defp field({key, value}, opts), do: concat("#{key}: ", to_doc(value, opts))

  defp cut(text) when is_binary(text) do
    # Before anything is done to all of a long text.
    start = String.slice(text, 0, 4 * @text)
    line = start |> String.split() |> Enum.join(" ")

    if String.length(line) > @text or byte_size(start) < byte_size(text),
      do: String.slice(line, 0, @text) <> "…",
      else: line
  end

  defp cut(other), do: other
end
