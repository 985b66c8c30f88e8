# Look-ups of whole packages from Elixir: through the library, and from ETS.
#
#     mix run bench/lookup/lookup.exs STORE NAMES ANSWERS
#
# NAMES has one line for each look-up: ecosystem, name. ANSWERS gets one line for each kind: p50 and
# p99 in microseconds, how many look-ups, results per look-up.

alias PackageRegistry.Store
alias PackageRegistryKnowledge, as: Knowledge

[path, names, answers] = System.argv()
{:ok, store} = Store.start_link(path: path)

ecosystems = Map.new([:npm, :cargo, :hex, :pypi, :github], &{Atom.to_string(&1), &1})

names =
  for line <- File.stream!(names), [ecosystem, name] = String.split(String.trim(line), "\t") do
    {name, Map.fetch!(ecosystems, ecosystem)}
  end

get = fn {name, ecosystem} -> Knowledge.get_package!(name, ecosystem, store: store) end

table = :ets.new(:packages, [:set, read_concurrency: true])

for {name, ecosystem} <- names,
    do: :ets.insert(table, {{ecosystem, name}, get.({name, ecosystem})})

from_ets = fn {name, ecosystem} ->
  [{_key, package}] = :ets.lookup(table, {ecosystem, name})
  package
end

timed = fn what, work ->
  Enum.each(names, work)

  times =
    for name <- names do
      begun = System.monotonic_time(:nanosecond)
      package = work.(name)
      spent = System.monotonic_time(:nanosecond) - begun
      true = package.name == elem(name, 0)
      spent
    end

  sorted = times |> Enum.sort() |> List.to_tuple()
  at = fn share -> elem(sorted, trunc((tuple_size(sorted) - 1) * share)) / 1000 end
  Enum.join([what, at.(0.5), at.(0.99), length(times), 1.0], "\t") <> "\n"
end

File.write!(answers, [timed.("ours, Elixir", get), timed.("ETS, structs in memory", from_ets)])
