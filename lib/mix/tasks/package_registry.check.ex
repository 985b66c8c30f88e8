defmodule Mix.Tasks.PackageRegistry.Check do
  @shortdoc "Verifies every record of a store and its search index"
  @moduledoc """
  Reads every record of a store, verifies checksums, and compares the search index with the records.

      mix package_registry.check [--store PATH]

  Without `--store` it is the store of the application's configuration. No other program may have it
  open. Each fault is a line on standard error, and the task fails where there is one. See
  `PackageRegistry.Store.check/1`.
  """
  use Mix.Task

  alias Mix.Tasks.PackageRegistry, as: Shared
  alias PackageRegistry.Store

  @impl true
  def run(arguments) do
    Shared.with_store(arguments, "package_registry.check", fn store ->
      report = Shared.unwrap(Store.check(store))
      Enum.each(report.faults, &Mix.shell().error/1)

      unless report.file_intact,
        do: Mix.shell().error("the file is damaged: collect its packages into a new one")

      unless report.index_intact,
        do: Mix.shell().error("the search index is damaged: mix package_registry.reindex")

      unless report.file_intact and report.index_intact and report.faults == [],
        do: Mix.raise("#{elem(Store.path(store), 1)} has faults")

      Mix.shell().info(
        "#{report.records} records, #{report.indexed_packages} packages and " <>
          "#{report.indexed_snippets} snippets in the index: all intact"
      )
    end)
  end
end
