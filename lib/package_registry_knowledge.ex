defmodule PackageRegistryKnowledge do
  @moduledoc """
  Answers questions from a store. Nothing here ever uses the network: what was collected with
  `PackageRegistryCollector` is what is known.

  `version` is an exact version, a requirement in the ecosystem's own syntax, or `:latest`, of the
  releases in the store. Wherever name and ecosystem are taken, a package URL is taken instead:

      PackageRegistryKnowledge.get_release("tokio", "1.35.0", :cargo)
      PackageRegistryKnowledge.get_release("pkg:cargo/tokio@1.35.0")

  All functions take `store:`, the pid or name of another store than the default one. Those which
  answer with a list raise `PackageRegistry.Error` on failure; the others return `{:ok, _}` or
  `{:error, error}` and have a twin with `!` that raises.
  """

  alias PackageRegistry.{
    Advisory,
    AdvisoryFeed,
    AdvisoryReport,
    ApiDiff,
    DependencyTree,
    Document,
    Error,
    Framework,
    Native,
    Options,
    Package,
    Quality,
    Recommendation,
    Release,
    Replacement,
    SearchResult,
    Snippet,
    SnippetResult,
    Stats,
    Store,
    Target,
    VersionAdvice
  }

  @type ecosystem :: PackageRegistryIndexer.ecosystem()
  @type version :: PackageRegistryCollector.version()

  @typedoc "The name of a package, or a package URL in place of all that follows but the options."
  @type name :: String.t()

  @typedoc "As documented at each function; `:store` everywhere."
  @type opts :: keyword

  @type error :: {:error, Error.t()}

  @typedoc "A package or a release: a package URL, or a name with its ecosystem."
  @type target :: String.t() | {String.t(), ecosystem} | {String.t(), version, ecosystem}

  @typedoc "A package on a way through a dependency tree, and the requirement that led to it."
  @type path_step :: %{
          ecosystem: ecosystem,
          name: String.t(),
          version: String.t() | nil,
          purl: String.t(),
          requirement: String.t() | nil,
          kind: PackageRegistry.Dependency.kind() | nil
        }

  @search [
    ecosystem: {[], :ecosystems},
    fields: {[], :fields},
    limit: {20, :positive},
    offset: {0, :count},
    explain: {false, :boolean}
  ]

  @search_snippets [
    ecosystem: {[], :ecosystems},
    package: {nil, :text},
    version: {nil, :text},
    language: {nil, :text},
    kind: {nil, :kind},
    public_only: {true, :boolean},
    limit: {20, :positive},
    offset: {0, :count},
    explain: {false, :boolean}
  ]

  @similar [ecosystem: {[], :ecosystems}, limit: {10, :positive}, explain: {false, :boolean}]

  @snippets [
    kind: {nil, :kind},
    language: {nil, :text},
    public_only: {true, :boolean},
    limit: {nil, :positive_or_nil},
    offset: {0, :count}
  ]

  @list [ecosystem: {nil, :ecosystem}, limit: {100, :positive}, after: {nil, :cursor}]

  @advice [
    current: {nil, :text},
    runtime: {%{}, :runtime},
    cooldown: {nil, :text},
    allow_prerelease: {false, :boolean},
    candidates: {100, :positive}
  ]

  @recommendations [
                     ecosystem: {[], :ecosystems},
                     limit: {5, :positive},
                     licenses: {[], :texts}
                   ] ++ Keyword.delete(@advice, :current)

  @chain [
    depth: {64, :count},
    nodes: {5_000, :positive},
    kinds: {[:runtime, :build, :peer], :dependency_kinds}
  ]

  @doc """
  Searches packages by name, keywords, description, README, documents, symbols, and by what other
  packages say of them.

  A package whose name is the query stands first, unless it should no longer be used: then those do that
  replace it. The parts of a name are found by themselves (`"http cache"` finds `http_cache`,
  `"asyncstd"` finds `async-std`), and so are other words for the same (`"db"` finds a database); a typo
  or two are forgiven. Results that lack a word count less, and `:missing` names it.

  ## Query

  | in the query | finds |
  |---|---|
  | `http client` | packages with any of the words, those with all of them first |
  | `"web server"` | those in which the words stand one after the other |
  | `-cache`, `-"web server"` | those without |
  | `ecosystem:cargo,hex` | those of one of these ecosystems |
  | `license:MIT` | those whose license names it; `license:GPL` names the family |
  | `keyword:async` | those with exactly this keyword |
  | `depends:tokio` | those that need it in use |
  | `has:types` | or `readme`, `docs`, `changelog`, `symbols`, `repository`, `license`, `advisories` |
  | `is:alive` | or `deprecated`, `withdrawn`, `unmaintained`, `prerelease` |
  | `updated:>=2025-03` | by the day of the newest version: `2025`, `>2024`, `<2023-06-30`, `2023..2024`; a year or month is all of its days |
  | `name:http` | those with the word (or `"a phrase"`) there; also `description:`, `readme:`, `docs:`, `symbol:` |

  A `-` before any of these turns it round. Conditions alone list what fits, the likeliest first. Phrases
  and places are looked up in the texts of the best 1 000 candidates.

  Pages fit together although the store changes between them: a later page never repeats what an earlier
  one showed, and passes nothing over.

  ## Options

    * `:ecosystem` - one or a list of ecosystems. Default: all
    * `:fields` - a list of `:name`, `:keywords`, `:categories`, `:description`, `:readme`, `:docs`,
      `:symbols`; words elsewhere do not count. Default: `[]`, all of them
    * `:limit` - at most so many results, up to 1 000. Default: `20`
    * `:offset` - skip so many. Default: `0`
    * `:explain` - fill `:why` with the parts of each score. Default: `false`
    * `:store` - the pid or name of another store than the default one

  Raises `PackageRegistry.Error` of kind `:invalid_argument` for a query that asks for nothing or cannot
  be read (`error.details.position` tells where, in bytes), and `:limit_exceeded` for one of more than
  1 kB.

  ## Examples

      iex> [result | _rest] = PackageRegistryKnowledge.search("async runtime", ecosystem: :cargo)
      iex> result.package.name
      "ember-rt"

      iex> results = PackageRegistryKnowledge.search(~s(runtime license:MIT -is:deprecated))
      iex> Enum.map(results, & &1.package.name)
      ["ember-rt"]

      iex> PackageRegistryKnowledge.search("runtime licence:MIT")
      ** (PackageRegistry.Error) the query at byte 8: there is no field licence: known are ecosystem, license, keyword, depends, has, is, updated, name, description, readme, docs, symbol; to search for the text itself put it into quotation marks

  """
  @spec search(String.t(), opts) :: [SearchResult.t()]
  def search(query, opts \\ []) do
    with {:ok, query} <- query(query),
         {:ok, opts, handle} <- Store.prepare(opts, @search) do
      Package.from_native(Native.search(handle.store, query, opts))
    end
    |> Error.unwrap!()
  end

  @doc """
  Searches the public API of all packages: names, paths, signatures and doc comments.

  The likeliest symbol of the likeliest package comes first. A query may hold, in any order:

    * words: `spawn task`
    * a path, perhaps with an arity: `tokio::spawn`, `Enum.map/2`
    * a signature as a language writes it, with `_` and single capitals for any type:
      `fn(&str) -> Result`, `(str, int) -> bool`, `-> Future`, `&mut Vec<T>`,
      `String -> Result<Url, _>`, `String.t() :: {:ok, _}`, `(url: string) => Promise<Response>`,
      `def f(x: str) -> dict`, `func(string) error`. Types of one purpose (`&str`, `String`,
      `String.t()`) are near each other, the very one comes first
    * phrases, which must stand so: `"percent encoding"`
    * `-word`, which must not stand there
    * fields, which must hold: `package:tokio`, `version:1.35.0`, `language:rust`,
      `kind:function,method`, `ecosystem:cargo`, `visibility:internal`; `-kind:field` leaves out.
      A comma separates alternatives

  ## Options

    * `:ecosystem` - one or a list of ecosystems. Default: all
    * `:package`, `:version` - only of this package, of this version
    * `:language` - such as `"rust"`
    * `:kind` - see `PackageRegistry.Snippet`
    * `:public_only` - leave internal items out, unless the query has a `visibility:`. Default: `true`
    * `:limit` - at most so many results, up to 1 000. Default: `20`
    * `:offset` - skip so many. Default: `0`
    * `:explain` - fill `:why` with the parts of each score. Default: `false`
    * `:store` - the pid or name of another store than the default one

  Raises `PackageRegistry.Error` as `search/2` does; of kind `:invalid_argument` for a query that cannot
  be read, with the place in bytes as `details.position`; of kind `:not_found` or
  `:version_not_found` for a package or version that is not in the store.

  ## Examples

      iex> [result | _rest] = PackageRegistryKnowledge.search_snippets("spawn task")
      iex> {result.snippet.name, result.matched}
      {"spawn", ["name", "doc"]}

      iex> [result | _rest] =
      ...>   PackageRegistryKnowledge.search_snippets("fn(Future) -> JoinHandle package:ember-rt")
      iex> {result.snippet.qualified_name, result.matched, result.missing}
      {"ember_rt::spawn", ["types"], []}

  """
  @spec search_snippets(String.t(), opts) :: [SnippetResult.t()]
  def search_snippets(query, opts \\ []) do
    with {:ok, query} <- query(query),
         {:ok, opts, handle} <- Store.prepare(opts, @search_snippets) do
      Native.search_snippets(handle.store, query, opts)
    end
    |> Error.unwrap!()
  end

  @doc """
  The stored packages most like one: `similar(name, ecosystem, opts \\\\ [])` or
  `similar(purl, opts \\\\ [])`.

  They share the words that are rare elsewhere and stand in its keywords, name, description and README.
  `:matched` and `:highlights` of a result show where. Packages that should no longer be used are left
  out.

  ## Options

    * `:ecosystem` - look in this one or these, to find the counterpart of a package. Default: its own
    * `:limit` - at most so many results, up to 1 000. Default: `10`
    * `:explain` - fill `:why` with the words shared and what they count. Default: `false`
    * `:store` - the pid or name of another store than the default one

  Raises `PackageRegistry.Error` of kind `:not_found` when the package was never collected.

  ## Examples

      iex> results = PackageRegistryKnowledge.similar("ember_router", :hex, ecosystem: [:hex, :cargo])
      iex> Enum.any?(results, &(&1.package.name == "ember_router"))
      false

  """
  @spec similar(name, ecosystem | opts | nil, opts) :: [SearchResult.t()]
  def similar(name, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, ecosystem}, opts} <- Target.package(name, ecosystem, opts),
         {:ok, opts, handle} <- Store.prepare(opts, @similar) do
      Package.from_native(Native.similar(handle.store, ecosystem, name, opts))
    end
    |> Error.unwrap!()
  end

  @doc """
  What is known of a package: `get_package(name, ecosystem, opts \\\\ [])` or
  `get_package(purl, opts \\\\ [])`.

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found` when it was never collected.

  ## Examples

      iex> {:ok, package} = PackageRegistryKnowledge.get_package("ember-rt", :cargo)
      iex> {package.purl, package.latest_stable_version}
      {"pkg:cargo/ember-rt", "1.2.0"}

  """
  @spec get_package(name, ecosystem | opts | nil, opts) ::
          {:ok, Package.t()} | error
  def get_package(name, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, ecosystem}, opts} <- Target.package(name, ecosystem, opts),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Package.from_native(Native.get_package(handle.store, ecosystem, name))
    end
  end

  @doc "As `get_package/3`, but raises."
  @spec get_package!(name, ecosystem | opts | nil, opts) :: Package.t()
  def get_package!(name, ecosystem \\ nil, opts \\ []),
    do: name |> get_package(ecosystem, opts) |> Error.unwrap!()

  @doc """
  A release as it was collected: `get_release(name, version \\\\ :latest, ecosystem, opts \\\\ [])` or
  `get_release(purl, opts \\\\ [])`.

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found` when the package was never collected, `:version_not_found` when no such release of it
  was.

  ## Examples

      iex> {:ok, release} = PackageRegistryKnowledge.get_release("ember-rt", "^1.0", :cargo)
      iex> release.version
      "1.2.0"

  """
  @spec get_release(name, version | ecosystem | opts, ecosystem | opts | nil, opts) ::
          {:ok, Release.t()} | error
  def get_release(name, version \\ :latest, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, version, ecosystem}, opts} <-
           Target.release(name, version, ecosystem, opts, :collect),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.get_release(handle.store, ecosystem, name, version)
    end
  end

  @doc "As `get_release/4`, but raises."
  @spec get_release!(name, version | ecosystem | opts, ecosystem | opts | nil, opts) ::
          Release.t()
  def get_release!(name, version \\ :latest, ecosystem \\ nil, opts \\ []),
    do: name |> get_release(version, ecosystem, opts) |> Error.unwrap!()

  @doc """
  Lists the packages of the store, by ecosystem and name.

  ## Options

    * `:ecosystem` - only this one. Default: all
    * `:limit` - at most so many, up to 1 000. Default: `100`
    * `:after` - the last package of the page before, or its package URL. Default: from the start
    * `:store` - the pid or name of another store than the default one

  ## Examples

      iex> [package | _rest] = PackageRegistryKnowledge.list_packages(ecosystem: :cargo)
      iex> package.ecosystem
      :cargo

  """
  @spec list_packages(opts) :: [Package.t()]
  def list_packages(opts \\ []) do
    with {:ok, opts, handle} <- Store.prepare(opts, @list),
         {:ok, cursor} <- cursor(opts.after) do
      Package.from_native(Native.list_packages(handle.store, %{opts | after: cursor}))
    end
    |> Error.unwrap!()
  end

  defp cursor(nil), do: {:ok, nil}
  defp cursor(%Package{ecosystem: ecosystem, name: name}), do: {:ok, {ecosystem, name}}

  defp cursor(purl) do
    with {:ok, {name, ecosystem}, []} <- Target.package(purl, nil, []),
         do: {:ok, {ecosystem, name}}
  end

  @doc """
  The definitions in a release: `snippets(name, version \\\\ :latest, ecosystem, opts \\\\ [])` or
  `snippets(purl, opts \\\\ [])`.

  ## Options

    * `:kind` - see `PackageRegistry.Snippet`. Default: all
    * `:language` - such as `"rust"`. Default: all
    * `:public_only` - leave internal items out. Default: `true`
    * `:limit` - at most so many. Default: all
    * `:offset` - skip so many. Default: `0`
    * `:store` - the pid or name of another store than the default one

  Raises `PackageRegistry.Error` of kind `:not_found` or `:version_not_found`.

  ## Examples

      iex> snippets =
      ...>   PackageRegistryKnowledge.snippets("ember-rt", "1.2.0", :cargo, kind: :function)
      iex> Enum.any?(snippets, &(&1.name == "spawn"))
      true

  """
  @spec snippets(name, version | ecosystem | opts, ecosystem | opts | nil, opts) :: [Snippet.t()]
  def snippets(name, version \\ :latest, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, version, ecosystem}, opts} <-
           Target.release(name, version, ecosystem, opts, :collect),
         {:ok, opts, handle} <- Store.prepare(opts, @snippets) do
      Native.snippets(handle.store, ecosystem, name, version, opts)
    end
    |> Error.unwrap!()
  end

  @doc """
  The documents of a release, README first: `docs(name, version \\\\ :latest, ecosystem, opts \\\\ [])`
  or `docs(purl, opts \\\\ [])`.

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found` and `:version_not_found`.

  ## Examples

      iex> {:ok, [readme | _rest]} = PackageRegistryKnowledge.docs("ember-rt", :cargo)
      iex> readme.kind
      :readme

  """
  @spec docs(name, version | ecosystem | opts, ecosystem | opts | nil, opts) ::
          {:ok, [Document.t()]} | error
  def docs(name, version \\ :latest, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, version, ecosystem}, opts} <-
           Target.release(name, version, ecosystem, opts, :collect),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.documents(handle.store, ecosystem, name, version)
    end
  end

  @doc "As `docs/4`, but raises."
  @spec docs!(name, version | ecosystem | opts, ecosystem | opts | nil, opts) :: [Document.t()]
  def docs!(name, version \\ :latest, ecosystem \\ nil, opts \\ []),
    do: name |> docs(version, ecosystem, opts) |> Error.unwrap!()

  @advisories [include: {Advisory.kinds(), :advisory_kinds}]

  @doc """
  The known security advisories about a package, each vulnerability once:
  `get_security_advisories(name, version \\\\ :all, ecosystem, opts \\\\ [])` or
  `get_security_advisories(purl, opts \\\\ [])`.

  With a version, only those that affect it. What was taken back is not among them. An empty list
  does not say that anybody was asked: `advisory_report/4` does.

  The package need not have been collected: what
  `PackageRegistryCollector.import_advisories/2` loaded answers for all packages.

  ## Options

    * `:include` - which of `:vulnerability`, `:malicious` and `:informational` (notices, such as
      that nobody maintains the package). Default: all
    * `:store` - the pid or name of another store than the default one

  ## Examples

      iex> PackageRegistryKnowledge.get_security_advisories("ember-rt", "1.2.0", :cargo)
      []

  """
  @spec get_security_advisories(
          name,
          version | :all | ecosystem | opts,
          ecosystem | opts | nil,
          opts
        ) :: [Advisory.t()]
  def get_security_advisories(name, version \\ :all, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, version, ecosystem}, opts} <-
           Target.release(name, version, ecosystem, opts, :filter),
         {:ok, opts, handle} <- Store.prepare(opts, @advisories),
         {:ok, advisories} <- Native.advisories(handle.store, ecosystem, name, version) do
      {:ok, Enum.filter(advisories, &(Advisory.kind(&1) in opts.include))}
    end
    |> Error.unwrap!()
  end

  @doc """
  What is known of the faults of a package, and from whom:
  `advisory_report(name, version \\\\ :all, ecosystem, opts \\\\ [])` or
  `advisory_report(purl, opts \\\\ [])`.

  Vulnerabilities, notices and malware come apart, with the feeds that were asked and when.
  `:status` tells a package without advisories (`:clean`) from one that nobody was asked about
  (`:unknown`).

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:version_not_found` when a requirement or `:latest` fits no release in the store. A package and an
  exact version need not be in it.

  ## Examples

      iex> {:ok, report} = PackageRegistryKnowledge.advisory_report("ember-rt", "1.0.0", :cargo)
      iex> {report.status, Enum.map(report.advisories, & &1.id)}
      {:affected, ["RUSTSEC-2024-9001"]}
      iex> {:ok, report} = PackageRegistryKnowledge.advisory_report("never-heard-of", :npm)
      iex> {report.status, report.advisories}
      {:unknown, []}

  """
  @spec advisory_report(
          name,
          version | :all | ecosystem | opts,
          ecosystem | opts | nil,
          opts
        ) :: {:ok, AdvisoryReport.t()} | error
  def advisory_report(name, version \\ :all, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, version, ecosystem}, opts} <-
           Target.release(name, version, ecosystem, opts, :filter),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.advisory_report(handle.store, ecosystem, name, version)
    end
  end

  @doc "As `advisory_report/4`, but raises."
  @spec advisory_report!(
          name,
          version | :all | ecosystem | opts,
          ecosystem | opts | nil,
          opts
        ) :: AdvisoryReport.t()
  def advisory_report!(name, version \\ :all, ecosystem \\ nil, opts \\ []),
    do: name |> advisory_report(version, ecosystem, opts) |> Error.unwrap!()

  @doc """
  The feeds of advisories that were loaded for a whole ecosystem.

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Examples

      iex> feeds = PackageRegistryKnowledge.advisory_feeds()
      iex> Enum.all?(feeds, & &1.complete)
      true

  """
  @spec advisory_feeds(opts) :: [AdvisoryFeed.t()]
  def advisory_feeds(opts \\ []) do
    with {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.advisory_feeds(handle.store)
    end
    |> Error.unwrap!()
  end

  @doc """
  What changed in the public API of a package between two of its releases:
  `compare_api(name, from, to, ecosystem, opts \\\\ [])` or `compare_api(purl, from, to, opts \\\\ [])`.

  Each change says whether it is `:breaking`, `:possibly_breaking` or `:compatible`, and why; the verdict
  says what that means under the ecosystem's version rules, and whether the step from the one version to
  the other allows it.

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found` when the package is not in the store or a release was collected with `snippets: false`,
  `:version_not_found` when a release is not in the store; the message names the collect to make.

  ## Examples

      iex> {:ok, diff} = PackageRegistryKnowledge.compare_api("ember-shape", "1.0.0", "1.1.0", :cargo)
      iex> for change <- diff.removed, do: {change.qualified_name, change.impact}
      [{"ember_shape::leave", :breaking}]
      iex> {diff.verdict.expected, diff.verdict.step, diff.verdict.allowed}
      {:major, :minor, false}

  """
  @spec compare_api(name, version, version, ecosystem | opts | nil, opts) ::
          {:ok, ApiDiff.t()} | error
  def compare_api(name, from, to, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, ecosystem}, opts} <- Target.package(name, ecosystem, opts),
         :ok <- Target.version(from),
         :ok <- Target.version(to),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.compare_api(handle.store, ecosystem, name, from, to)
    end
  end

  @doc "As `compare_api/5`, but raises."
  @spec compare_api!(name, version, version, ecosystem | opts | nil, opts) :: ApiDiff.t()
  def compare_api!(name, from, to, ecosystem \\ nil, opts \\ []),
    do: name |> compare_api(from, to, ecosystem, opts) |> Error.unwrap!()

  @doc """
  Which version of a package to take, and why not the others:
  `recommend_version(name, ecosystem, opts \\\\ [])` or `recommend_version(purl, opts \\\\ [])`.

  The newest version with nothing to be said against it; where there is none, the one with the least grave
  reason against it, but never malware and never a yanked one.

  ## Options

    * `:current` - the version in use: the answer then has the smallest upgrade as well, and says what it
      repairs
    * `:runtime` - what it must run on: `%{rust: "1.70", node: "18", python: "3.9", elixir: "1.14"}`. Missing
      numbers count as 0. Known of the releases in the store
    * `:cooldown` - how old a version must be: `"7d"`, `"36h"`, `"2w"`. A version whose date is not known is
      never old enough. Lifted when the current version is vulnerable, retired, yanked or malware
    * `:allow_prerelease` - take prereleases like any other version. Default: `false`
    * `:candidates` - at most so many rows of the table, the newest. Default: `100`
    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found` when the package is not in the store, `:invalid_argument` for a cooldown that is none.

  ## Examples

      iex> {:ok, advice} = PackageRegistryKnowledge.recommend_version("ember-rt", :cargo, current: "1.0.0")
      iex> {advice.recommended, advice.smallest_upgrade, advice.clean}
      {"1.2.0", "1.1.0", true}
      iex> for c <- advice.candidates, r <- c.reasons_against, r.kind == :yanked, do: c.version
      ["0.9.0"]

  """
  @spec recommend_version(name, ecosystem | opts | nil, opts) :: {:ok, VersionAdvice.t()} | error
  def recommend_version(name, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, ecosystem}, opts} <- Target.package(name, ecosystem, opts),
         {:ok, opts, handle} <- Store.prepare(opts, @advice) do
      Native.recommend_version(handle.store, ecosystem, name, advice(opts))
    end
  end

  @doc "As `recommend_version/3`, but raises."
  @spec recommend_version!(name, ecosystem | opts | nil, opts) :: VersionAdvice.t()
  def recommend_version!(name, ecosystem \\ nil, opts \\ []),
    do: name |> recommend_version(ecosystem, opts) |> Error.unwrap!()

  # The names of runtimes as text: what a caller asks with need not be an atom of ours.
  defp advice(opts) do
    runtime =
      Map.new(opts.runtime, fn {runtime, version} -> {Atom.to_string(runtime), version} end)

    opts |> Map.put(:runtime, runtime) |> Map.put_new(:current, nil)
  end

  @doc """
  The packages to take for a purpose, the best first: found by the search, then weighed by quality,
  advisories, licence and maintenance.

  ## Options

    * `:ecosystem` - one or a list of ecosystems. Default: all
    * `:limit` - at most so many. Default: `5`
    * `:licenses` - licences that will do, by their beginning: `["MIT", "Apache"]`. Default: all
    * `:runtime`, `:cooldown`, `:allow_prerelease`, `:candidates` - as for `recommend_version/3`
    * `:store` - the pid or name of another store than the default one

  Raises `PackageRegistry.Error` as `search/2` does.

  ## Examples

      iex> [best | _rest] = PackageRegistryKnowledge.get_recommendations("async runtime")
      iex> {best.package.name, best.version}
      {"ember-rt", "1.2.0"}

  """
  @spec get_recommendations(String.t(), opts) :: [Recommendation.t()]
  def get_recommendations(purpose, opts \\ []) do
    with {:ok, purpose} <- query(purpose),
         {:ok, opts, handle} <- Store.prepare(opts, @recommendations) do
      opts = Map.put(opts, :version, advice(opts))
      Package.from_native(Native.get_recommendations(handle.store, purpose, opts))
    end
    |> Error.unwrap!()
  end

  @doc """
  How good a package is, with every figure it rests on: `quality(name, ecosystem, opts \\\\ [])` or
  `quality(purl, opts \\\\ [])`.

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found` when the package is not in the store.

  ## Examples

      iex> {:ok, quality} = PackageRegistryKnowledge.quality("ember-rt", :cargo)
      iex> quality.score > 0.3 and quality.score < 1.0
      true
      iex> Enum.map(quality.parts, & &1.part)
      [:popularity, :maintenance, :quality, :security]

  """
  @spec quality(name, ecosystem | opts | nil, opts) :: {:ok, Quality.t()} | error
  def quality(name, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, ecosystem}, opts} <- Target.package(name, ecosystem, opts),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.quality(handle.store, ecosystem, name)
    end
  end

  @doc "As `quality/3`, but raises."
  @spec quality!(name, ecosystem | opts | nil, opts) :: Quality.t()
  def quality!(name, ecosystem \\ nil, opts \\ []),
    do: name |> quality(ecosystem, opts) |> Error.unwrap!()

  @doc """
  What a release requires, and what that requires:
  `dependency_chain(name, version \\\\ :latest, ecosystem, opts \\\\ [])` or
  `dependency_chain(purl, opts \\\\ [])`.

  Each requirement is resolved to the best release in the store that satisfies it. Packages that are not in
  the store are nodes that say so: `PackageRegistryCollector.collect_tree/4` collects them.

  ## Options

    * `:depth` - at most so many steps from the root. Default: `64`
    * `:nodes` - at most so many releases. Default: `5_000`
    * `:kinds` - which dependencies are followed. `:optional` adds those that a release works without, `:dev`
      those of the root for development. Default: `[:runtime, :build, :peer]`
    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found` and `:version_not_found` when the root is not in the store.

  ## Examples

      iex> {:ok, tree} = PackageRegistryKnowledge.dependency_chain("ember-rt", "1.2.0", :cargo)
      iex> for edge <- tree.edges, do: {Enum.at(tree.nodes, edge.to).name, edge.requirement, edge.kind}
      [{"mio", "^1.0", :runtime}, {"autocfg", "^1", :build}]
      iex> tree.missing
      ["mio", "autocfg"]

  """
  @spec dependency_chain(name, version | ecosystem | opts, ecosystem | opts | nil, opts) ::
          {:ok, DependencyTree.t()} | error
  def dependency_chain(name, version \\ :latest, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, version, ecosystem}, opts} <-
           Target.release(name, version, ecosystem, opts, :collect),
         {:ok, opts, handle} <- Store.prepare(opts, @chain) do
      Native.dependency_chain(handle.store, ecosystem, name, version, opts)
    end
  end

  @doc "As `dependency_chain/4`, but raises."
  @spec dependency_chain!(name, version | ecosystem | opts, ecosystem | opts | nil, opts) ::
          DependencyTree.t()
  def dependency_chain!(name, version \\ :latest, ecosystem \\ nil, opts \\ []),
    do: name |> dependency_chain(version, ecosystem, opts) |> Error.unwrap!()

  @doc """
  Why a package is there: the ways to it from a release, the shortest first. Each way is a list of steps
  with the requirement that led to each; none when the package is not in the tree.

  `from` and `to` are package URLs, `{name, ecosystem}` or `{name, version, ecosystem}`, of one ecosystem.

  ## Options

    * `:limit` - at most so many ways. Default: `20`
    * `:depth`, `:nodes`, `:kinds` - as for `dependency_chain/4`
    * `:store` - the pid or name of another store than the default one

  Raises `PackageRegistry.Error` of kind `:not_found` or `:version_not_found` when `from` is not in the
  store.

  ## Examples

      iex> [path] = PackageRegistryKnowledge.dependency_paths("pkg:cargo/ember-rt", "pkg:cargo/mio")
      iex> for step <- path, do: {step.name, step.requirement}
      [{"ember-rt", nil}, {"mio", "^1.0"}]

  """
  @spec dependency_paths(target, target, opts) :: [[path_step]]
  def dependency_paths(from, to, opts \\ []) do
    with {:ok, {from, from_version, ecosystem}} <- Target.element(from),
         {:ok, {to, to_version, to_ecosystem}} <- Target.element(to),
         :ok <- same(ecosystem, to_ecosystem),
         {:ok, opts, handle} <- Store.prepare(opts, [{:limit, {20, :positive}} | @chain]) do
      to_version = if is_binary(to_version), do: to_version
      from = {from, from_version}
      Native.dependency_paths(handle.store, ecosystem, from, {to, to_version}, {opts, opts.limit})
    end
    |> Error.unwrap!()
  end

  defp same(ecosystem, ecosystem), do: :ok

  defp same(from, to),
    do: Error.invalid("no way leads from a package of #{inspect(from)} to one of #{inspect(to)}")

  @doc """
  The packages in the store whose newest stored release needs a package, development apart:
  `dependents(name, ecosystem, opts \\\\ [])` or `dependents(purl, opts \\\\ [])`. The package itself need not be
  in the store.

  ## Options

    * `:limit` - at most so many, up to 1 000. Default: `100`
    * `:store` - the pid or name of another store than the default one

  ## Examples

      iex> for package <- PackageRegistryKnowledge.dependents("mio", :cargo), do: package.name
      ["ember-rt"]

  """
  @spec dependents(name, ecosystem | opts | nil, opts) :: [Package.t()]
  def dependents(name, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, ecosystem}, opts} <- Target.package(name, ecosystem, opts),
         {:ok, opts, handle} <- Store.prepare(opts, limit: {100, :positive}) do
      Package.from_native(Native.dependents(handle.store, ecosystem, name, opts.limit))
    end
    |> Error.unwrap!()
  end

  @doc """
  The frameworks a package belongs to, the surest first, with what tells it:
  `frameworks(name, ecosystem, opts \\\\ [])` or `frameworks(purl, opts \\\\ [])`.

  ## Options

    * `:store` - the pid or name of another store than the default one

  Raises `PackageRegistry.Error` of kind `:not_found`.

  ## Examples

      iex> PackageRegistryKnowledge.frameworks("ember-rt", :cargo)
      []

  """
  @spec frameworks(name, ecosystem | opts | nil, opts) :: [Framework.t()]
  def frameworks(name, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, ecosystem}, opts} <- Target.package(name, ecosystem, opts),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.frameworks(handle.store, ecosystem, name)
    end
    |> Error.unwrap!()
  end

  @doc """
  The packages that notices in the store name in place of a package, with the sentence that says so:
  `replacements(name, ecosystem, opts \\\\ [])` or `replacements(purl, opts \\\\ [])`. None for one that is
  alive.

  ## Options

    * `:store` - the pid or name of another store than the default one

  Raises `PackageRegistry.Error` of kind `:not_found` when nothing is stored of it.

  ## Examples

      iex> PackageRegistryKnowledge.replacements("ember-rt", :cargo)
      []

  """
  @spec replacements(name, ecosystem | opts | nil, opts) :: [Replacement.t()]
  def replacements(name, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, ecosystem}, opts} <- Target.package(name, ecosystem, opts),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.replacements(handle.store, ecosystem, name)
    end
    |> Error.unwrap!()
  end

  @doc """
  What the store holds.

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Examples

      iex> stats = PackageRegistryKnowledge.stats()
      iex> stats.packages > 0
      true

  """
  @spec stats(opts) :: Stats.t()
  def stats(opts \\ []) do
    with {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.store_stats(handle.store)
    end
    |> Error.unwrap!()
  end

  defp query(query) do
    if is_binary(query) and String.valid?(query),
      do: {:ok, query},
      else: Error.invalid("the query must be UTF-8 text, not #{Options.brief(query)}")
  end
end
