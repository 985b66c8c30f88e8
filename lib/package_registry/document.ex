defmodule PackageRegistry.Document do
  @moduledoc """
  A document of a release.

    * `:kind` - `:readme`, `:changelog` or `:guide`
    * `:format` - `:markdown`, `:rst`, `:asciidoc`, `:html` (brought down to text) or `:plain`
    * `:path` - inside the archive, or the metadata field it came from
    * `:title` - its first heading, or `nil`
    * `:text` - as written
  """

  @type t :: %__MODULE__{
          kind: :readme | :changelog | :guide,
          format: :markdown | :rst | :asciidoc | :html | :plain,
          path: String.t(),
          title: String.t() | nil,
          text: String.t()
        }

  @enforce_keys [:kind, :format, :path, :text]
  defstruct [:kind, :format, :path, :title, :text]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(document, opts) do
      Brief.inspect(document, opts, [
        :kind,
        :path,
        :title,
        :format,
        {:bytes, byte_size(document.text)}
      ])
    end
  end
end
