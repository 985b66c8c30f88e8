defmodule PackageRegistry.DependencyTree do
  @moduledoc """
  What a release requires, and what that requires, as far as it is stored.

    * `:ecosystem`, `:name`, `:version`, `:purl` - the root
    * `:nodes` - the releases, each once: the root first, then by how near they are, see `t:tree_node/0`
    * `:edges` - the requirements: `:from` and `:to` are places in `:nodes`, see `t:edge/0`
    * `:licenses` - which licence which nodes have: `%{license:, nodes:}`; `nil` is an unknown one
    * `:advisories` - the advisories about them, by how near they are, see `t:advisories/0`
    * `:missing` - packages that are not in the store: what they require, and what affects them, is not
      known
    * `:conflicts` - packages of which there is more than one version although the ecosystem's client takes
      one (Hex, PyPI)
    * `:truncated` - whether a bound on depth or number cut it short

  `render/2` draws it.
  """

  alias PackageRegistry.{Advisory, Dependency, Error, Native}

  @typedoc """
  A release. `:missing` says why there is no `:version`: `:package` (not in the store), `:release` (no stored
  release satisfies the requirement) or `:requirement` (it is none of the registry's, such as a path).
  """
  @type tree_node :: %{
          name: String.t(),
          version: String.t() | nil,
          purl: String.t(),
          missing: :package | :release | :requirement | nil,
          depth: non_neg_integer,
          license: String.t() | nil,
          dev_only: boolean,
          yanked: boolean,
          deprecated: boolean,
          advisories: [String.t()]
        }

  @typedoc "A requirement. `:cycle` marks one that leads back to a release on the way from the root."
  @type edge :: %{
          from: non_neg_integer,
          to: non_neg_integer,
          requirement: String.t(),
          kind: Dependency.kind(),
          optional: boolean,
          target: String.t() | nil,
          cycle: boolean
        }

  @typedoc "An advisory about a release of the tree."
  @type advisory :: %{
          package: String.t(),
          version: String.t(),
          id: String.t(),
          summary: String.t() | nil,
          severity: Advisory.severity(),
          informational: atom | nil,
          malicious: boolean,
          fixed_versions: [String.t()]
        }

  @typedoc """
  About the root, about what it requires itself, about what those require, and about what is needed for
  development only.
  """
  @type advisories :: %{
          own: [advisory],
          direct: [advisory],
          transitive: [advisory],
          dev_only: [advisory]
        }

  @type t :: %__MODULE__{
          ecosystem: PackageRegistryIndexer.ecosystem(),
          name: String.t(),
          version: String.t(),
          purl: String.t(),
          nodes: [tree_node],
          edges: [edge],
          licenses: [%{license: String.t() | nil, nodes: [non_neg_integer]}],
          advisories: advisories,
          missing: [String.t()],
          conflicts: [String.t()],
          truncated: boolean
        }

  @type format :: :tree | :mermaid | :dot | :svg | :json

  @formats [:tree, :mermaid, :dot, :svg, :json]

  @enforce_keys [:ecosystem, :name, :version, :purl, :nodes, :edges, :advisories]
  defstruct [
    :ecosystem,
    :name,
    :version,
    :purl,
    :nodes,
    :edges,
    :advisories,
    licenses: [],
    missing: [],
    conflicts: [],
    truncated: false
  ]

  @doc """
  Draws a tree: as lines (`:tree`), as a Mermaid flowchart, a Graphviz digraph (`:dot`), a picture (`:svg`) or
  as JSON of its nodes and edges. Foreign text in it is escaped.

  ## Examples

      iex> tree = PackageRegistryKnowledge.dependency_chain!("ember-shape", "1.0.0", :cargo)
      iex> PackageRegistry.DependencyTree.render(tree, :tree)
      "ember-shape 1.0.0\\n"

  """
  @spec render(t, format) :: String.t()
  def render(%__MODULE__{} = tree, format \\ :tree) when format in @formats do
    tree
    |> Map.from_struct()
    |> Native.dependency_render(Atom.to_string(format))
    |> Error.unwrap!()
  end

  @doc "The formats of `render/2`."
  @spec formats :: [format]
  def formats, do: @formats

  defimpl Inspect do
    alias PackageRegistry.Brief

    def inspect(tree, opts) do
      Brief.inspect(tree, opts, [
        :purl,
        {:nodes, length(tree.nodes)},
        {:edges, length(tree.edges)},
        :missing,
        :conflicts,
        :truncated
      ])
    end
  end
end
