defmodule PackageRegistry.Target do
  @moduledoc false
  # Which package or release a call is about: `(name, ecosystem, opts)`,
  # `(name, version, ecosystem, opts)` or `(purl, opts)`.

  alias PackageRegistry.{Error, Native, Options}

  @ecosystems Options.ecosystems()

  @type package :: {String.t(), PackageRegistryIndexer.ecosystem()}
  @type release :: {String.t(), String.t() | :latest | :all, PackageRegistryIndexer.ecosystem()}

  @doc "Reads the arguments of a function whose defaults are `(name, nil, [])`."
  @spec package(term, term, term) :: {:ok, package, term} | {:error, Error.t()}
  def package("pkg:" <> _rest = purl, nil, opts), do: purl_package(purl, opts)
  def package("pkg:" <> _rest = purl, opts, []) when is_list(opts), do: purl_package(purl, opts)

  def package(name, ecosystem, opts) do
    with :ok <- name(name), :ok <- ecosystem(ecosystem), do: {:ok, {name, ecosystem}, opts}
  end

  # What a version may be besides text, what it is when it is left out, and when a purl has none.
  @styles %{
    collect: %{words: [:latest], default: :latest, purl: :latest},
    filter: %{words: [:all, :latest], default: :all, purl: :all},
    delete: %{words: [:all], default: nil, purl: :all}
  }

  @doc """
  Reads the arguments of a function whose defaults are `(name, version, nil, [])`, where the
  default version is that of the style.
  """
  @spec release(term, term, term, term, :collect | :filter | :delete) ::
          {:ok, release, term} | {:error, Error.t()}
  def release(name, version, ecosystem, opts, style) do
    %{default: default} = style = Map.fetch!(@styles, style)

    case {name, version, ecosystem, opts} do
      {"pkg:" <> _rest, ^default, nil, opts} ->
        purl_release(name, opts, style)

      {"pkg:" <> _rest, opts, nil, []} when is_list(opts) ->
        purl_release(name, opts, style)

      {"pkg:" <> _rest, _version, _ecosystem, _opts} ->
        crowded(name)

      {_name, known, nil, []} when known in @ecosystems ->
        checked(name, default, known, [], style)

      {_name, known, opts, []} when known in @ecosystems ->
        checked(name, default, known, opts, style)

      # Two arguments, of which the second should be an ecosystem.
      {_name, word, nil, _opts} when is_atom(word) and word not in [nil, :latest, :all] ->
        ecosystem(word)

      {_name, _version, _ecosystem, _opts} ->
        checked(name, version, ecosystem, opts, style)
    end
  end

  @doc "Whether this may be the version of a release: text or `:latest`."
  @spec version(term) :: :ok | {:error, Error.t()}
  def version(version), do: version(version, [:latest])

  @doc "Reads an element of a list of releases."
  @spec element(term) :: {:ok, release} | {:error, Error.t()}
  def element(element) do
    {name, version, ecosystem} =
      case element do
        {name, version, ecosystem} -> {name, version, ecosystem}
        {name, ecosystem} -> {name, :latest, ecosystem}
        purl -> {purl, :latest, nil}
      end

    with {:ok, release, []} <- release(name, version, ecosystem, [], :collect), do: {:ok, release}
  end

  defp checked(name, version, ecosystem, opts, style) do
    with :ok <- name(name),
         :ok <- ecosystem(ecosystem),
         :ok <- version(version, style.words),
         do: {:ok, {name, version, ecosystem}, opts}
  end

  defp purl_package(purl, opts) do
    with {:ok, {ecosystem, name, _version}} <- purl(purl), do: {:ok, {name, ecosystem}, opts}
  end

  defp purl_release(purl, opts, style) do
    with {:ok, {ecosystem, name, version}} <- purl(purl),
         do: {:ok, {name, version || style.purl, ecosystem}, opts}
  end

  defp purl(purl) do
    if String.valid?(purl),
      do: Native.purl_parse(purl),
      else: Error.invalid("#{Options.brief(purl)} is no package URL: it is not UTF-8")
  end

  defp crowded(purl),
    do: Error.invalid("#{Options.brief(purl)} names version and ecosystem itself: pass it alone")

  defp name(name) do
    if is_binary(name) and String.valid?(name),
      do: :ok,
      else: Error.invalid("the name of a package must be UTF-8 text, not #{Options.brief(name)}")
  end

  defp ecosystem(ecosystem) when ecosystem in @ecosystems, do: :ok

  defp ecosystem(ecosystem) do
    known = Enum.map_join(@ecosystems, ", ", &inspect/1)

    case ecosystem do
      nil -> Error.invalid("say which ecosystem the package is of: one of #{known}")
      other -> Error.invalid("unknown ecosystem #{Options.brief(other)}: use one of #{known}")
    end
  end

  defp version(version, words) do
    if version in words or (is_binary(version) and String.valid?(version)) do
      :ok
    else
      words = Enum.map_join(words, "", &" or #{inspect(&1)}")
      Error.invalid("the version must be UTF-8 text#{words}, not #{Options.brief(version)}")
    end
  end
end
