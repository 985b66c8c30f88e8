defmodule PackageRegistry.Store.Handle do
  @moduledoc false
  # What the library's functions need of an open store. The references are of this VM only.

  @type t :: %__MODULE__{
          store: reference,
          indexer: reference,
          path: Path.t(),
          concurrency: pos_integer
        }

  @enforce_keys [:store, :indexer, :path, :concurrency]
  @derive {Inspect, only: [:path]}
  defstruct [:store, :indexer, :path, :concurrency]
end
