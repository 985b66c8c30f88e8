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
    Document,
    Error,
    Native,
    Options,
    Package,
    Release,
    SearchResult,
    Snippet,
    SnippetResult,
    Stats,
    Store,
    Target
  }

  @type ecosystem :: PackageRegistryIndexer.ecosystem()
  @type version :: PackageRegistryCollector.version()

  @typedoc "The name of a package, or a package URL in place of all that follows but the options."
  @type name :: String.t()

  @typedoc "As documented at each function; `:store` everywhere."
  @type opts :: keyword

  @type error :: {:error, Error.t()}

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

  @snippets [
    kind: {nil, :kind},
    language: {nil, :text},
    public_only: {true, :boolean},
    limit: {nil, :positive_or_nil},
    offset: {0, :count}
  ]

  @list [ecosystem: {nil, :ecosystem}, limit: {100, :positive}, after: {nil, :cursor}]

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
      ** (PackageRegistry.Error) invalid_argument: the query at byte 8: there is no field licence: known are ecosystem, license, keyword, depends, has, is, updated, name, description, readme, docs, symbol; to search for the text itself put it into quotation marks

  """
  @spec search(String.t(), opts) :: [SearchResult.t()]
  def search(query, opts \\ []) do
    with {:ok, query} <- query(query),
         {:ok, opts, handle} <- Store.prepare(opts, @search) do
      Native.search(handle.store, query, opts)
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
      Native.get_package(handle.store, ecosystem, name)
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
      Native.list_packages(handle.store, %{opts | after: cursor})
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
