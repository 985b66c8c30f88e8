defmodule PackageRegistry.Store.Handle do
  @moduledoc false
  # What the library's functions need of an open store. The references are of this VM only.

  @opaque t :: %__MODULE__{store: reference, indexer: reference, path: Path.t()}

  @enforce_keys [:store, :indexer, :path]
  @derive {Inspect, only: [:path]}
  defstruct [:store, :indexer, :path]
end
