# The main job, end to end: collect real packages, then ask about them without the network.

defmodule Tour do
  alias PackageRegistry.Error

  @packages [
    {"tokio", "1.35.0", :cargo},
    {"react", "18.2.0", :npm},
    {"requests", "2.31.0", :pypi},
    {"plug", :latest, :hex}
  ]

  def run do
    heading("Collecting")
    results = PackageRegistryCollector.collect_many(@packages)
    Enum.zip(@packages, results) |> Enum.each(&report/1)

    heading(~s|search("async runtime", ecosystem: :cargo)|)

    for result <- PackageRegistryKnowledge.search("async runtime", ecosystem: :cargo) do
      package = result.package
      line("#{package.name} #{package.latest_stable_version}", package.description)
    end

    heading(~s|search_snippets("spawn task", limit: 3)|)

    for result <- PackageRegistryKnowledge.search_snippets("spawn task", limit: 3) do
      line(result.snippet.qualified_name, result.snippet.signature)
    end

    heading(~s|get_security_advisories("requests", "2.31.0", :pypi)|)
    advisories()

    heading("stats()")
    stats = PackageRegistryKnowledge.stats()

    IO.puts(
      "  #{stats.packages} packages, #{stats.releases} releases, #{stats.snippets} snippets, " <>
        "#{stats.documents} documents in #{div(stats.file_bytes, 1024)} KiB"
    )

    unless Enum.any?(results, &match?({:ok, _}, &1)), do: System.halt(1)
  end

  defp report({_package, {:ok, release}}) do
    line(
      "#{release.name} #{release.version}",
      "#{release.snippet_count} snippets in #{Enum.join(release.languages, ", ")}; " <>
        "#{length(release.dependencies)} dependencies; #{length(release.warnings)} warnings"
    )
  end

  defp report({{name, _version, ecosystem}, {:error, %Error{} = error}}) do
    line("#{name} (#{ecosystem})", "skipped: #{Exception.message(error)}")
  end

  defp advisories do
    case PackageRegistryKnowledge.get_security_advisories("requests", "2.31.0", :pypi) do
      [] -> IO.puts("  none known to the feeds that answered")
      found -> Enum.each(found, &line("#{&1.id} (#{&1.severity})", &1.summary || &1.details))
    end
  rescue
    error in Error -> IO.puts("  #{Exception.message(error)}")
  end

  defp heading(text), do: IO.puts(["\n" | IO.ANSI.format([:bright, text])])

  defp line(label, text) do
    text = text |> to_string() |> String.split("\n", parts: 2) |> hd() |> String.slice(0, 100)
    IO.puts("  " <> String.pad_trailing(label, 34) <> " " <> inspect_safe(text))
  end

  # Registry texts are strangers': control characters do not reach the terminal.
  defp inspect_safe(text), do: String.replace(text, ~r/[[:cntrl:]]/u, "·")
end

Tour.run()
