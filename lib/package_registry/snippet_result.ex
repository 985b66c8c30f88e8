defmodule PackageRegistry.SnippetResult do
  @moduledoc """
  One snippet found: the `:snippet` and its `:score`, comparable within one answer only.
  """

  @type t :: %__MODULE__{snippet: PackageRegistry.Snippet.t(), score: float}

  @enforce_keys [:snippet, :score]
  defstruct [:snippet, :score]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(%{snippet: snippet} = result, opts) do
      Brief.inspect(result, opts, [
        :score,
        {:kind, snippet.kind},
        {:qualified_name, snippet.qualified_name},
        {:signature, snippet.signature},
        {:at, "#{snippet.package} #{snippet.version} #{snippet.path}:#{snippet.start_line}"}
      ])
    end
  end
end
