defmodule Mix.Tasks.PackageRegistry.Compact do
  @shortdoc "Gives the unused space of a store back to the disk"
  @moduledoc """
  Gives the space of what was deleted from a store back to the file system.

      mix package_registry.compact [--store PATH]

  Without `--store` it is the store of the application's configuration. No other program may have it
  open. See `PackageRegistry.Store.compact/1`.
  """
  use Mix.Task

  alias Mix.Tasks.PackageRegistry, as: Shared
  alias PackageRegistry.Store

  @impl true
  def run(arguments) do
    Shared.with_store(arguments, "package_registry.compact", fn store ->
      sizes = Shared.unwrap(Store.compact(store))
      Mix.shell().info("#{sizes.bytes_before} bytes before, #{sizes.bytes_after} now")
    end)
  end
end
