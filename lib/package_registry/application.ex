defmodule PackageRegistry.Application do
  @moduledoc false
  # The default store's process starts with the application; its file is opened at first use, so
  # that a file which cannot be opened is an error of that use and not of the start.

  use Application

  @impl true
  def start(_type, _args) do
    children = [
      {PackageRegistry.Store, name: PackageRegistry.Store, lazy: true}
    ]

    Supervisor.start_link(children, strategy: :one_for_one, name: PackageRegistry.Supervisor)
  end
end
