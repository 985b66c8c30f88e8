# The definitions of compiled Elixir modules: their docs chunks and type specifications.

encode = fn
  text when is_binary(text) and text != "" -> Base.encode64(text)
  _ -> "-"
end

text = fn
  %{"en" => doc} -> doc
  _ -> nil
end

specs = fn result ->
  case result do
    {:ok, specs} -> Map.new(specs)
    _ -> %{}
  end
end

for directory <- System.argv(), file <- Path.wildcard(Path.join(directory, "Elixir.*.beam")) do
  module = file |> Path.basename(".beam") |> String.to_atom()

  with {:docs_v1, module_line, :elixir, _, moduledoc, _, docs} <- Code.fetch_docs(file) do
    name = inspect(module)
    binary = String.to_charlist(file)

    {:ok, {_, [exports: exports, compile_info: info]}} =
      :beam_lib.chunks(binary, [:exports, :compile_info])

    source = to_string(info[:source])
    # What implements a protocol is called through the protocol: no documentation tool lists it.
    implementation = {:__impl__, 1} in exports
    shown = moduledoc != :hidden and not implementation

    IO.puts(
      Enum.join(
        [
          name,
          "module",
          if(shown, do: 1, else: 0),
          "-",
          encode.(text.(moduledoc)),
          "",
          "#{source}:#{:erl_anno.line(module_line)}:0"
        ],
        "\t"
      )
    )

    {:ok, contents} = File.read(file)
    functions = specs.(Code.Typespec.fetch_specs(contents))
    callbacks = specs.(Code.Typespec.fetch_callbacks(contents))

    for {{kind, function, arity}, line, _, doc, meta} <- docs, kind != :type or true do
      key =
        if kind in [:macro, :macrocallback],
          do: {:"MACRO-#{function}", arity + 1},
          else: {function, arity}

      found =
        case kind do
          kind when kind in [:function, :macro] -> Map.get(functions, key, [])
          kind when kind in [:callback, :macrocallback] -> Map.get(callbacks, key, [])
          _ -> []
        end

      # The compiler adds the caller to a macro's arguments.
      found = if kind in [:macro, :macrocallback], do: [], else: found

      signature =
        Enum.map_join(found, "; ", &Macro.to_string(Code.Typespec.spec_to_quoted(function, &1)))

      word =
        case kind do
          kind when kind in [:function, :macro] -> "function"
          kind when kind in [:callback, :macrocallback] -> "callback"
          _ -> "type"
        end

      generated = Map.get(meta, :generated, false) or :erl_anno.generated(line)

      note =
        cond do
          function in [:__struct__, :__impl__, :impl_for, :impl_for!, :__protocol__] ->
            "made by defstruct or defprotocol"

          kind == :callback and {:__protocol__, 1} in exports ->
            "a protocol's function again"

          generated ->
            "made by a macro"

          doc == :hidden ->
            "hidden and not written out: made by a macro"

          true ->
            ""
        end

      public = if shown and doc != :hidden, do: 1, else: 0

      IO.puts(
        Enum.join(
          [
            "#{name}.#{function}/#{arity}",
            word,
            public,
            encode.(signature),
            encode.(text.(doc)),
            note,
            "#{source}:#{:erl_anno.line(line)}:0"
          ],
          "\t"
        )
      )
    end
  end
end
