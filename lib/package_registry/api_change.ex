defmodule PackageRegistry.ApiChange do
  @moduledoc """
  One item of a public API that is not what it was in another release.

    * `:kind`, `:name`, `:qualified_name`, `:language` - as in `PackageRegistry.Snippet`; those of the
      former release if it was removed
    * `:before`, `:after` - how it was and is, see `t:state/0`; `nil` where it is not there
    * `:what` - in what the two differ; empty if it was added or removed
    * `:impact` - what that means for code that uses it: `:breaking` and `:compatible` are certain,
      `:possibly_breaking` is what signatures alone do not settle
    * `:reason` - why, in one line for a person
  """

  alias PackageRegistry.Snippet

  @type impact :: :compatible | :possibly_breaking | :breaking

  @type aspect :: :kind | :signature | :condition | :deprecated | :paths

  @type state :: %{
          kind: Snippet.kind(),
          qualified_name: String.t(),
          signature: String.t(),
          condition: String.t() | nil,
          deprecated: boolean,
          path: String.t(),
          start_line: pos_integer
        }

  @type t :: %__MODULE__{
          kind: Snippet.kind(),
          name: String.t(),
          qualified_name: String.t(),
          language: String.t(),
          before: state | nil,
          after: state | nil,
          what: [aspect],
          impact: impact,
          reason: String.t()
        }

  @enforce_keys [:kind, :name, :qualified_name, :impact]
  defstruct [
    :kind,
    :name,
    :qualified_name,
    :language,
    :before,
    :after,
    :impact,
    :reason,
    what: []
  ]

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(change, opts) do
      Brief.inspect(change, opts, [
        :kind,
        :qualified_name,
        :impact,
        :reason,
        {:before, change.before[:signature]},
        {:after, change.after[:signature]}
      ])
    end
  end
end
