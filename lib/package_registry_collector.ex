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

  alias PackageRegistry.{Error, Jobs, Native, Release, Store, Target}

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
