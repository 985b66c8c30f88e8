defmodule PackageRegistry.Tree do
  @moduledoc false
  # Collects a release with its dependencies, level by level: each level is one call of `run`, which
  # collects many at a time.

  alias PackageRegistry.{Dependency, Release}

  @type release :: {String.t(), String.t() | :latest, PackageRegistryIndexer.ecosystem()}
  @type run :: ([release] -> [{:ok, Release.t()} | {:error, PackageRegistry.Error.t()}])

  @doc "The release and its dependencies, the nearest first; what could not be had as its warnings."
  @spec collect(release, map, run) ::
          {:ok, [Release.t()]} | {:error, PackageRegistry.Error.t()}
  def collect({_name, _version, ecosystem} = target, opts, run) do
    with [{:ok, root}] <- run.([target]) do
      state = %{ecosystem: ecosystem, opts: opts, run: run, seen: MapSet.new(), warnings: []}
      {found, state} = level([root], 0, state)
      [root | others] = Enum.uniq_by([root | found], &{&1.name, &1.version})
      {:ok, [%{root | warnings: root.warnings ++ Enum.reverse(state.warnings)} | others]}
    else
      [{:error, _error} = error] -> error
    end
  end

  defp level(releases, depth, state) do
    {targets, state} = targets(releases, depth, state)

    cond do
      targets == [] ->
        {[], state}

      depth >= state.opts.depth ->
        {[], warn(state, "the tree is cut short at depth #{depth}: raise :depth")}

      true ->
        {found, state} = targets |> state.run.() |> Enum.zip(targets) |> sort(state)
        {further, state} = level(found, depth + 1, state)
        {found ++ further, state}
    end
  end

  # What the releases need and nobody asked for yet.
  defp targets(releases, depth, state) do
    needed =
      for release <- releases,
          dependency <- release.dependencies,
          needed?(dependency, depth, state.opts),
          target = {dependency.name, requirement(dependency), state.ecosystem},
          target not in state.seen,
          uniq: true,
          do: target

    room = max(state.opts.releases - 1 - MapSet.size(state.seen), 0)
    {taken, left} = Enum.split(needed, room)
    state = %{state | seen: Enum.into(taken, state.seen)}

    if left == [],
      do: {taken, state},
      else: {taken, warn(state, "the tree is cut short: raise :releases")}
  end

  defp needed?(%Dependency{kind: :dev}, depth, opts), do: depth == 0 and opts.dev
  defp needed?(%Dependency{kind: :optional}, _depth, _opts), do: false
  defp needed?(%Dependency{optional: optional}, _depth, _opts), do: not optional

  defp requirement(%Dependency{requirement: any}) when any in ["", "*"], do: :latest
  defp requirement(%Dependency{requirement: requirement}), do: requirement

  defp sort(answers, state) do
    Enum.reduce(answers, {[], state}, fn
      {{:ok, release}, _target}, {found, state} ->
        {found ++ [release], state}

      {{:error, error}, {name, requirement, _ecosystem}}, {found, state} ->
        {found, warn(state, "dependency #{name} #{requirement}: #{Exception.message(error)}")}
    end)
  end

  defp warn(state, message) do
    warning = %{kind: :unavailable, message: message, path: nil}
    %{state | warnings: [warning | state.warnings]}
  end
end
