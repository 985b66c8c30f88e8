defmodule Mix.Tasks.PackageRegistry.Reindex do
  @shortdoc "Builds the search index of a store again"
  @moduledoc """
  Drops the search index of a store and builds it from what is stored.

      mix package_registry.reindex [--store PATH]

  Without `--store` it is the store of the application's configuration. No other program may have it
  open. See `PackageRegistry.Store.reindex/1`.
  """
  use Mix.Task

  alias Mix.Tasks.PackageRegistry, as: Shared
  alias PackageRegistry.Store

  @impl true
  def run(arguments) do
    Shared.with_store(arguments, "package_registry.reindex", fn store ->
      Shared.unwrap(Store.reindex(store))
      stats = PackageRegistryKnowledge.stats(store: store)
      Mix.shell().info("#{stats.packages} packages and #{stats.snippets} snippets indexed")
    end)
  end
end
