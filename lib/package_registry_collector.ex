defmodule PackageRegistryCollector do
  @moduledoc """
  Collects packages from their registries into a store.

  Whether a package comes from npm, cargo, Hex, PyPI or GitHub, the call is the same:

      {:ok, release} = PackageRegistryCollector.collect("tokio", "1.35.0", :cargo)
      {:ok, release} = PackageRegistryCollector.collect("react", :latest, :npm)
      {:ok, release} = PackageRegistryCollector.collect("pkg:pypi/requests@2.31.0")

  A collect resolves the version, downloads the archive, verifies its checksum, reads documents and
  public API out of it and stores all of that in one transaction: the store holds the old release or
  the new one, never a half. What could not be had beside that (say, the downloads of a registry
  whose statistics are down) is listed in `release.warnings`.

  The work is done by threads of the library. The caller waits for a message, and a caller that is
  killed cancels its work.
  """

  alias PackageRegistry.{Error, Jobs, Native, Options, Release, Store, Target, Tree}

  @typedoc """
  An exact version, a requirement in the ecosystem's own syntax, or `:latest`: the newest stable
  version that is not yanked, retired or deprecated.
  """
  @type version :: String.t() | :latest

  @typedoc """
  The name of a package, or a package URL such as `"pkg:cargo/tokio@1.35.0"` in place of all that
  follows but the options.
  """
  @type name :: String.t()

  @type ecosystem :: PackageRegistryIndexer.ecosystem()

  @type target :: name | {name, ecosystem} | {name, version, ecosystem}

  @type error :: {:error, Error.t()}

  @typedoc "What an import of advisories came to."
  @type import_report :: %{
          read: non_neg_integer,
          stored: non_neg_integer,
          changed: non_neg_integer,
          withdrawn: non_neg_integer,
          skipped: [%{path: String.t(), reason: String.t()}],
          feeds: [PackageRegistry.AdvisoryFeed.t()]
        }

  @typedoc "What a refresh of advisories came to."
  @type refresh_report :: %{
          read: non_neg_integer,
          stored: non_neg_integer,
          changed: non_neg_integer,
          withdrawn: non_neg_integer,
          removed: non_neg_integer,
          full: boolean,
          skipped: [%{path: String.t(), reason: String.t()}],
          feed: PackageRegistry.AdvisoryFeed.t()
        }

  @type option ::
          {:force, boolean}
          | {:snippets, boolean}
          | {:docs, boolean}
          | {:advisories, boolean}
          | {:quality, boolean}
          | {:timeout, timeout}
          | {:on_progress, pid | (PackageRegistry.Progress.t() -> term)}
          | {:store, Store.t()}

  @type opts :: [option]

  # A year of milliseconds.
  @eternity 365 * 24 * 60 * 60 * 1000

  @collect [
    force: {false, :boolean},
    snippets: {true, :boolean},
    docs: {true, :boolean},
    advisories: {true, :boolean},
    quality: {true, :boolean},
    timeout: {60_000, :milliseconds},
    on_progress: {nil, :progress}
  ]

  @collect_many [{:concurrency, {nil, :positive_or_nil}} | @collect]

  @collect_tree [
                  depth: {16, :count},
                  releases: {1_000, :positive},
                  dev: {false, :boolean}
                ] ++ @collect_many

  @doc """
  Collects one release: `collect(name, version \\\\ :latest, ecosystem, opts \\\\ [])`, or
  `collect(purl, opts \\\\ [])`.

  A release that is in the store and did not change costs one conditional request.

  ## Options

    * `:force` - collect anew even if nothing changed. Default: `false`
    * `:snippets` - parse the sources. Default: `true`
    * `:docs` - read documents beside the README. Default: `true`
    * `:advisories` - ask for security advisories. Default: `true`
    * `:quality` - ask for downloads and other figures. Default: `true`
    * `:timeout` - milliseconds, or `:infinity`. Default: `60_000`
    * `:on_progress` - a function of one `PackageRegistry.Progress`, called by this process, or a pid
      that is sent `{:progress, progress}`. Default: none
    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found`, `:version_not_found`, `:network`, `:timeout`, `:rate_limited`, `:unauthorized`,
  `:protocol`, `:integrity`, `:archive`, `:limit_exceeded`, `:unconfigured`, `:invalid_argument`,
  `:busy`, `:cancelled` and the kinds of the store. Nothing is stored then.

  ## Examples

      iex> {:ok, release} = PackageRegistryCollector.collect("ember-rt", "1.2.0", :cargo)
      iex> {release.name, release.version}
      {"ember-rt", "1.2.0"}

      iex> {:ok, release} = PackageRegistryCollector.collect("pkg:cargo/ember-rt")
      iex> release.version
      "1.2.0"

      iex> {:error, error} = PackageRegistryCollector.collect("ember-rt", "9.0.0", :cargo)
      iex> error.kind
      :version_not_found

  """
  @spec collect(name, version | ecosystem | opts, ecosystem | opts | nil, opts) ::
          {:ok, Release.t()} | error
  def collect(name, version \\ :latest, ecosystem \\ nil, opts \\ []) do
    with {:ok, release, opts} <- Target.release(name, version, ecosystem, opts, :collect),
         {:ok, opts, handle} <- Store.prepare(opts, @collect) do
      [result] = Jobs.run(handle, [{:ok, request(release, opts)}], Map.put(opts, :concurrency, 1))
      result
    end
  end

  @doc "As `collect/4`, but raises."
  @spec collect!(name, version | ecosystem | opts, ecosystem | opts | nil, opts) :: Release.t()
  def collect!(name, version \\ :latest, ecosystem \\ nil, opts \\ []),
    do: name |> collect(version, ecosystem, opts) |> Error.unwrap!()

  @doc """
  Collects many releases at a time; the answers come in the order of the targets.

  A target is `{name, version, ecosystem}`, `{name, ecosystem}` or a package URL. A release that fails does not
  stop the others.

  ## Options

  Those of `collect/4` (`:timeout` is for each release, counted from its own start), and

    * `:concurrency` - how many releases are collected at a time. Default: `concurrency` of the store

  ## Errors

  Raises `PackageRegistry.Error` when the options are wrong or the store cannot be used. What is
  wrong with a target is its own answer.

  ## Examples

      iex> targets = [{"ember-rt", "1.2.0", :cargo}, "pkg:cargo/no-such-package"]
      iex> [{:ok, release}, {:error, error}] = PackageRegistryCollector.collect_many(targets)
      iex> {release.name, error.kind}
      {"ember-rt", :not_found}

  """
  @spec collect_many([target], [option | {:concurrency, pos_integer}]) ::
          [{:ok, Release.t()} | {:error, Error.t()}]
  def collect_many(targets, opts \\ []) when is_list(targets) do
    with {:ok, opts, handle} <- Store.prepare(opts, @collect_many) do
      requests =
        for target <- targets do
          with {:ok, release} <- Target.element(target), do: {:ok, request(release, opts)}
        end

      {:ok,
       Jobs.run(handle, requests, %{opts | concurrency: opts.concurrency || handle.concurrency})}
    end
    |> Error.unwrap!()
  end

  @import [
    ecosystem: {[], :ecosystems},
    source: {nil, :text},
    complete: {nil, :boolean_or_nil},
    limits: {[], :import_limits},
    timeout: {:infinity, :milliseconds}
  ]

  @doc """
  Imports security advisories from a zip export, a directory or a single file.

  OSV's JSON, RustSec's Markdown and PyPA's YAML are read, by the endings of the files' names. A zip
  or a directory is taken for all that the feed has: a package it does not speak of is `:clean`
  afterwards, see `PackageRegistryKnowledge.advisory_report/4`. The same again costs little: records
  whose text has not changed are not written.

  ## Options

    * `:ecosystem` - only records about this one, or one of these. Default: all; what is loaded whole
      is then the ecosystem that all records speak of
    * `:source` - the feed under which they are kept. Default: `"osv"`, for RustSec's form `"rustsec"`
    * `:complete` - whether this is all the feed has. Default: `true` for a zip and a directory
    * `:limits` - what strangers' files may cost: `:entries` (1 000 000), `:bytes` of a zip (1 GiB),
      `:unpacked_bytes` (8 GiB), `:compression_ratio` (200), `:record_bytes` (4 MiB)
    * `:timeout` - milliseconds, or `:infinity`. Default: `:infinity`
    * `:store` - the pid or name of another store than the default one

  Answers with how many files were `:read`; how many records are `:stored` now, were `:withdrawn`,
  and of both how many `:changed`; what was `:skipped`, and why; and the `:feeds` that are loaded now.

  ## Errors

  `:not_found`, `:archive`, `:limit_exceeded`, `:invalid_argument`, `:cancelled` and the kinds of the
  store. Some hundred records are stored at a time: those before an error stay, and the feed does not
  count as loaded.

  ## Examples

      iex> file = "RUSTSEC-2024-0001-\#{System.unique_integer([:positive])}.md"
      iex> path = Path.join(System.tmp_dir!(), file)
      iex> head = ~s(id = "RUSTSEC-2024-0001"\\npackage = "soot"\\ndate = "2024-01-01")
      iex> versions = ~s(patched = [">= 1.2.0"])
      iex> toml = "[advisory]\\n" <> head <> "\\n[versions]\\n" <> versions
      iex> File.write!(path, "```toml\\n" <> toml <> "\\n```\\n# Sparks fly\\n")
      iex> {:ok, report} = PackageRegistryCollector.import_advisories(path)
      iex> File.rm!(path)
      iex> {report.read, report.stored, report.skipped}
      {1, 1, []}
      iex> [advisory] = PackageRegistryKnowledge.get_security_advisories("soot", "1.1.0", :cargo)
      iex> advisory.summary
      "Sparks fly"

  """
  @spec import_advisories(Path.t(), keyword) :: {:ok, import_report} | error
  def import_advisories(path, opts \\ []) do
    with {:ok, opts, handle} <- Store.prepare(opts, @import),
         {:ok, path} <- path(path) do
      request = Map.merge(Map.take(opts, [:ecosystem, :source, :complete]), import_request(opts))
      feed(handle, Map.put(request, :path, path), opts, &Native.import_advisories/2)
    end
  end

  @doc "As `import_advisories/2`, but raises."
  @spec import_advisories!(Path.t(), keyword) :: import_report
  def import_advisories!(path, opts \\ []),
    do: path |> import_advisories(opts) |> Error.unwrap!()

  @refresh [
    full: {false, :boolean},
    most_changes: {500, :positive},
    limits: {[], :import_limits},
    timeout: {:infinity, :milliseconds}
  ]

  @doc """
  Brings OSV's advisories about a whole ecosystem up to date: the first time its export is loaded,
  later what changed.

  ## Options

    * `:full` - load the whole export again. Default: `false`
    * `:most_changes` - from so many changes on the whole export is loaded. Default: `500`
    * `:limits`, `:timeout`, `:store` - as for `import_advisories/2`

  Answers as `import_advisories/2`, with how many records were `:removed`, whether the `:full` export
  was loaded, and the `:feed` as it is now.

  ## Errors

  Those of the network (`:network`, `:timeout`, `:rate_limited`, `:protocol`), of an import, and
  `:unconfigured` when `endpoints: [osv_export: "off"]`.

  ## Examples

      iex> {:ok, report} = PackageRegistryCollector.refresh_advisories(:cargo)
      iex> {report.feed.source, report.feed.ecosystem, report.feed.complete}
      {"osv", :cargo, true}
      iex> {:ok, again} = PackageRegistryCollector.refresh_advisories(:cargo)
      iex> {again.full, again.changed}
      {false, 0}

  """
  @spec refresh_advisories(ecosystem, keyword) :: {:ok, refresh_report} | error
  def refresh_advisories(ecosystem, opts \\ []) do
    with {:ok, opts, handle} <- Store.prepare(opts, @refresh),
         :ok <- ecosystem(ecosystem) do
      request = Map.merge(Map.take(opts, [:full, :most_changes]), import_request(opts))
      feed(handle, Map.put(request, :ecosystem, ecosystem), opts, &Native.refresh_advisories/2)
    end
  end

  @doc "As `refresh_advisories/2`, but raises."
  @spec refresh_advisories!(ecosystem, keyword) :: refresh_report
  def refresh_advisories!(ecosystem, opts \\ []),
    do: ecosystem |> refresh_advisories(opts) |> Error.unwrap!()

  defp feed(handle, request, opts, start) do
    opts = Map.merge(opts, %{concurrency: 1, on_progress: nil})
    [result] = Jobs.run(handle, [{:ok, request}], opts, start)
    result
  end

  defp import_request(opts),
    do: %{limits: Map.merge(Native.import_limits_default(), Map.new(opts.limits))}

  defp path(path) do
    path = IO.chardata_to_string(path)

    if String.valid?(path),
      do: {:ok, path},
      else: Error.invalid("the path must be UTF-8 text, not #{Options.brief(path)}")
  rescue
    _not_chardata -> Error.invalid("the path must be a path, not #{Options.brief(path)}")
  end

  defp ecosystem(ecosystem) do
    if ecosystem in Options.ecosystems(),
      do: :ok,
      else: Error.invalid("unknown ecosystem #{Options.brief(ecosystem)}")
  end

  @doc """
  Collects a release with its dependencies: `collect_tree(name, version \\\\ :latest, ecosystem, opts \\\\ [])` or
  `collect_tree(purl, opts \\\\ [])`.

  Answers with the release first, then with its dependencies, the nearest first, each once. Each requirement
  is resolved by its registry; optional dependencies are left out. A dependency that could not be had does
  not fail the call: it is among the `:warnings` of the first release in the answer, as is a bound that cut
  the tree short.

  ## Options

  Those of `collect_many/2`, and

    * `:depth` - at most so many steps from the release. Default: `16`
    * `:releases` - at most so many collects. Default: `1_000`
    * `:dev` - what the release itself needs for development as well. Default: `false`

  ## Errors

  Those of `collect/4`, for the release itself.

  ## Examples

      iex> {:ok, releases} = PackageRegistryCollector.collect_tree("ember_wire", :hex, depth: 0)
      iex> Enum.map(releases, & &1.name)
      ["ember_wire"]

  """
  @spec collect_tree(name, version | ecosystem | opts, ecosystem | opts | nil, keyword) ::
          {:ok, [Release.t()]} | error
  def collect_tree(name, version \\ :latest, ecosystem \\ nil, opts \\ []) do
    with {:ok, release, opts} <- Target.release(name, version, ecosystem, opts, :collect),
         {:ok, opts, handle} <- Store.prepare(opts, @collect_tree) do
      opts = %{opts | concurrency: opts.concurrency || handle.concurrency}
      Tree.collect(release, opts, fn targets -> run(handle, targets, opts) end)
    end
  end

  @doc "As `collect_tree/4`, but raises."
  @spec collect_tree!(name, version | ecosystem | opts, ecosystem | opts | nil, keyword) ::
          [Release.t()]
  def collect_tree!(name, version \\ :latest, ecosystem \\ nil, opts \\ []),
    do: name |> collect_tree(version, ecosystem, opts) |> Error.unwrap!()

  defp run(handle, releases, opts),
    do: Jobs.run(handle, Enum.map(releases, &{:ok, request(&1, opts)}), opts)

  @doc """
  Removes a release, or with `:all` (or a package URL without a version) a package with all its
  releases: `delete(name, version | :all, ecosystem, opts \\\\ [])` or `delete(purl, opts \\\\ [])`.

  ## Options

    * `:store` - the pid or name of another store than the default one

  ## Errors

  `:not_found` and `:version_not_found`.

  ## Examples

      iex> {:ok, _release} = PackageRegistryCollector.collect("ember-macros", "0.1.0", :cargo)
      iex> PackageRegistryCollector.delete("ember-macros", "0.1.0", :cargo)
      :ok
      iex> {:error, error} = PackageRegistryCollector.delete("ember-macros", :all, :cargo)
      iex> error.kind
      :not_found

  """
  @spec delete(name, String.t() | :all | keyword | nil, ecosystem | nil, keyword) :: :ok | error
  def delete(name, version \\ nil, ecosystem \\ nil, opts \\ []) do
    with {:ok, {name, version, ecosystem}, opts} <-
           Target.release(name, version, ecosystem, opts, :delete),
         {:ok, _opts, handle} <- Store.prepare(opts) do
      Native.store_delete(handle.store, ecosystem, name, exact(version))
    end
  end

  @doc "As `delete/4`, but raises."
  @spec delete!(name, String.t() | :all | keyword | nil, ecosystem | nil, keyword) :: :ok
  def delete!(name, version \\ nil, ecosystem \\ nil, opts \\ []),
    do: name |> delete(version, ecosystem, opts) |> Error.unwrap!()

  defp exact(:all), do: nil
  defp exact(version), do: version

  defp request({name, version, ecosystem}, opts) do
    opts
    |> Map.take([:force, :snippets, :docs, :advisories, :quality])
    |> Map.merge(%{name: name, version: version, ecosystem: ecosystem})
    |> Map.put(:timeout, if(opts.timeout == :infinity, do: @eternity, else: opts.timeout))
  end
end
