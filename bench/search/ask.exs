# Asks a store, from Elixir, what `search_bench` asks of all engines.
#
#     mix run bench/search/ask.exs STORE QUESTIONS ANSWERS
#
# QUESTIONS has one line for each question: kind, ecosystem, text. ANSWERS gets one line for each
# kind: p50 and p99 in microseconds, how many questions, results per question.

alias PackageRegistry.Store
alias PackageRegistryKnowledge, as: Knowledge

[path, questions, answers] = System.argv()
{:ok, store} = Store.start_link(path: path)

questions =
  for line <- File.stream!(questions), [kind, ecosystem, text] = String.split(line, "\t") do
    ecosystem = if ecosystem == "", do: [], else: [String.to_existing_atom(ecosystem)]
    {kind, String.trim_trailing(text, "\n"), ecosystem}
  end

ask = fn
  {"search_snippets" <> _rest, text, ecosystem} ->
    Knowledge.search_snippets(text, ecosystem: ecosystem, store: store)

  {_kind, text, ecosystem} ->
    Knowledge.search(text, ecosystem: ecosystem, store: store)
end

timed = fn name, items, work ->
  Enum.each(items, work)

  {times, hits} =
    items
    |> Enum.map(fn item ->
      begun = System.monotonic_time(:nanosecond)
      found = work.(item)
      {System.monotonic_time(:nanosecond) - begun, length(List.wrap(found))}
    end)
    |> Enum.unzip()

  sorted = times |> Enum.sort() |> List.to_tuple()
  at = fn share -> elem(sorted, trunc((tuple_size(sorted) - 1) * share)) / 1000 end
  count = length(times)
  Enum.join([name, at.(0.5), at.(0.99), count, Enum.sum(hits) / count], "\t")
end

kinds = questions |> Enum.map(&elem(&1, 0)) |> Enum.uniq()

searches =
  for kind <- kinds do
    timed.(kind, Enum.filter(questions, &(elem(&1, 0) == kind)), ask)
  end

# Packages from all over the store.
names =
  Enum.flat_map([:npm, :cargo, :hex, :pypi, :github], fn ecosystem ->
    Knowledge.list_packages(ecosystem: ecosystem, limit: 1000, store: store)
  end)
  |> Enum.map(&{&1.name, &1.ecosystem})

:rand.seed(:exsss, {1, 2, 3})
lookups = for _round <- 1..4, name <- Enum.shuffle(names), do: name
get = fn {name, ecosystem} -> Knowledge.get_package!(name, ecosystem, store: store) end

memory =
  case File.read("/proc/self/status") do
    {:ok, status} ->
      [_line, kib] = Regex.run(~r/^VmRSS:\s+(\d+)/m, status)
      ["#\tmemory of the VM after the questions\t#{String.to_integer(kib) * 1024 / 1.0e6}\tMB"]

    {:error, _missing} ->
      []
  end

lines = searches ++ [timed.("get_package", lookups, get)] ++ memory
File.write!(answers, Enum.map(lines, &[&1, "\n"]))
