# How long an answer takes from Elixir, and what a release costs on the disk.
#
#     mix run bench/lookup.exs [--packages 1000] [--snippets 10] [--rounds 2000]
#
# The store is generated (deterministic, no network) by the example `bench_store` of registry_store.

alias PackageRegistry.Store
alias PackageRegistryKnowledge, as: Knowledge

{opts, [], []} =
  OptionParser.parse(System.argv(),
    strict: [packages: :integer, snippets: :integer, rounds: :integer]
  )

packages = Keyword.get(opts, :packages, 1000)
snippets = Keyword.get(opts, :snippets, 10)
rounds = Keyword.get(opts, :rounds, 2000)
directory = Path.join(System.tmp_dir!(), "package_registry_bench_#{System.pid()}")
File.mkdir_p!(directory)
System.at_exit(fn _status -> File.rm_rf!(directory) end)
path = Path.join(directory, "bench.redb")

# The example fills the file before it measures on its own account.
build =
  ~w(run --release --quiet -p registry_store --example bench_store --target-dir) ++
    [Mix.Tasks.Compile.Cargo.target_dir(), "--", "#{packages}", "#{snippets}", path]

{_output, 0} = System.cmd(Mix.Tasks.Compile.Cargo.cargo(), build, into: IO.stream(:stderr, :line))

{:ok, store} = Store.start_link(path: path)
stats = Knowledge.stats(store: store)

IO.puts(
  "#{stats.packages} packages, #{stats.releases} releases, #{stats.snippets} snippets; " <>
    "#{stats.file_bytes} bytes of file, #{div(stats.file_bytes, max(stats.releases, 1))} per release"
)

listed = Knowledge.list_packages(limit: min(packages, 1000), store: store) |> List.to_tuple()
any = fn -> elem(listed, :rand.uniform(tuple_size(listed)) - 1) end

# Words that stand in the packages themselves, so that every query finds something.
words = fn package ->
  case Regex.scan(~r/[[:alpha:]]{4,}/, package.description || package.name) do
    [] -> [package.name]
    found -> Enum.map(found, &hd/1)
  end
end

questions = [
  {"get_package", fn p -> Knowledge.get_package!(p.name, p.ecosystem, store: store) end},
  {"search, 1 word", fn p -> Knowledge.search(hd(words.(p)), store: store) end},
  {"search, 2 words",
   fn p -> Knowledge.search(p |> words.() |> Enum.take(2) |> Enum.join(" "), store: store) end},
  {"search, 2 words, ecosystem",
   fn p ->
     query = p |> words.() |> Enum.take(2) |> Enum.join(" ")
     Knowledge.search(query, ecosystem: p.ecosystem, store: store)
   end},
  {"search, exact name", fn p -> Knowledge.search(p.name, store: store) end},
  {"search_snippets, 1 word", fn p -> Knowledge.search_snippets(hd(words.(p)), store: store) end}
]

:rand.seed(:exsss, {1, 2, 3})
IO.puts("\n#{String.pad_trailing("", 28)}     p50      p99   (microseconds, #{rounds} rounds)")

for {name, question} <- questions do
  for _warm <- 1..100, do: question.(any.())

  times =
    for(_round <- 1..rounds, do: any.() |> then(&:timer.tc(fn -> question.(&1) end)) |> elem(0))
    |> Enum.sort()

  at = fn percent -> Enum.at(times, div((rounds - 1) * percent, 100)) end

  IO.puts(
    String.pad_trailing(name, 28) <>
      String.pad_leading("#{at.(50)}", 8) <> String.pad_leading("#{at.(99)}", 9)
  )
end
