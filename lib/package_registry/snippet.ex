defmodule PackageRegistry.Snippet do
  @moduledoc """
  One definition read out of a package's sources.

    * `:ecosystem`, `:package`, `:version` - the release it was read from
    * `:language` - in lower case: `"rust"`, `"typescript"`, …
    * `:kind` - `:function`, `:method`, `:class`, `:struct`, `:enum`, `:trait`, `:interface`,
      `:module`, `:type`, `:constant`, `:macro` or `:field`
    * `:name`, `:qualified_name` - bare, and as a user writes it
    * `:signature` - one line, up to the body
    * `:doc` - the doc comment without its markers, or `nil`
    * `:visibility` - `:public` or `:internal`
    * `:aliases` - further public paths to it, when there are several
    * `:condition` - the compile-time condition it exists under, as written (`feature = "rt"`), or `nil`
    * `:deprecated` - whether it is marked as deprecated
    * `:open` - whether it may gain members without that being a breaking change (`#[non_exhaustive]`)
    * `:path`, `:start_line`, `:end_line` - where it stands in the archive
    * `:source` - the text of those lines
  """

  @kinds [
    :function,
    :method,
    :class,
    :struct,
    :enum,
    :trait,
    :interface,
    :module,
    :type,
    :constant,
    :macro,
    :field
  ]

  @type kind ::
          :function
          | :method
          | :class
          | :struct
          | :enum
          | :trait
          | :interface
          | :module
          | :type
          | :constant
          | :macro
          | :field

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          package: String.t(),
          version: String.t(),
          language: String.t(),
          kind: kind,
          name: String.t(),
          qualified_name: String.t(),
          signature: String.t(),
          doc: String.t() | nil,
          visibility: :public | :internal,
          aliases: [String.t()],
          condition: String.t() | nil,
          deprecated: boolean,
          open: boolean,
          path: String.t(),
          start_line: pos_integer,
          end_line: pos_integer,
          source: String.t()
        }

  @enforce_keys [:ecosystem, :package, :version, :language, :kind, :name]
  defstruct [
    :ecosystem,
    :package,
    :version,
    :language,
    :kind,
    :name,
    :qualified_name,
    :signature,
    :doc,
    :visibility,
    :condition,
    :path,
    :start_line,
    :end_line,
    :source,
    aliases: [],
    deprecated: false,
    open: false
  ]

  @doc """
  Every kind of snippet.

      iex> :function in PackageRegistry.Snippet.kinds()
      true

  """
  @spec kinds() :: [kind]
  def kinds, do: @kinds

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(snippet, opts) do
      Brief.inspect(snippet, opts, [
        :kind,
        :qualified_name,
        :signature,
        {:visibility, if(snippet.visibility == :internal, do: :internal)},
        {:deprecated, snippet.deprecated || nil},
        :condition,
        {:at, "#{snippet.package} #{snippet.version} #{snippet.path}:#{snippet.start_line}"}
      ])
    end
  end
end
