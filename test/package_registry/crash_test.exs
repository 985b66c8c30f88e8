defmodule PackageRegistry.CrashTest do
  use RegistryCase, async: true

  alias PackageRegistry.Store
  alias PackageRegistryKnowledge, as: Knowledge

  @kills 10

  @tag timeout: 300_000
  test "a VM killed during collects loses nothing it had reported", context do
    %{fixture: fixture, tmp_dir: directory} = context
    path = Path.join(directory, "killed.redb")

    collected =
      for _kill <- 1..@kills, reduce: %{} do
        collected ->
          collected = Map.merge(collected, killed(path, fixture))
          assert_kept(path, collected)
          collected
      end

    assert map_size(collected) > 0
  end

  defp assert_kept(path, collected) do
    {:ok, store} = Store.start_link(path: path)

    for {target, snippets} <- collected do
      release = Knowledge.get_release!(target, store: store)
      assert {target, release.snippet_count} == {target, snippets}
      assert length(Knowledge.snippets(target, public_only: false, store: store)) == snippets
    end

    # The index follows the store: what is found is there, what is there is found.
    found = Knowledge.search("ember", limit: 100, store: store)
    for %{package: package} <- found, do: Knowledge.get_package!(package.purl, store: store)
    assert Knowledge.stats(store: store).packages >= length(found)
    assert {:ok, %{faults: [], file_intact: true, index_intact: true}} = Store.check(store)
    Store.close(store)
  end

  # Runs a VM of its own, kills it at a random moment, and answers with what it had reported.
  defp killed(path, fixture) do
    code = for dir <- :code.get_path(), dir = to_string(dir), dir =~ "/_build/", do: ["-pa", dir]
    script = Path.join(__DIR__, "../support/crash_child.exs")
    endpoints = for {name, value} <- fixture.endpoints, do: "#{name}=#{value}"

    port =
      Port.open({:spawn_executable, System.find_executable("elixir")}, [
        :binary,
        :exit_status,
        {:line, 4096},
        args: Enum.concat(code) ++ [script, path] ++ endpoints
      ])

    {:os_pid, pid} = Port.info(port, :os_pid)
    assert_receive {^port, {:data, {:eol, "open"}}}, 30_000
    # A random moment, counted in work done, so that a slow machine gets somewhere too.
    collected = for _line <- 1..:rand.uniform(6), into: %{}, do: reported(port)
    Process.sleep(:rand.uniform(200))
    {_output, 0} = System.cmd("kill", ["-KILL", "#{pid}"])
    rest(port, collected)
  end

  defp reported(port) do
    assert_receive {^port, {:data, {:eol, line}}}, 60_000
    entry(line)
  end

  defp rest(port, collected) do
    receive do
      {^port, {:data, {:eol, line}}} ->
        {target, snippets} = entry(line)
        rest(port, Map.put(collected, target, snippets))

      {^port, {:data, {:noeol, _cut}}} ->
        rest(port, collected)

      {^port, {:exit_status, status}} ->
        assert status == 137
        collected
    end
  end

  defp entry(line) do
    [target, snippets] = String.split(line, " ")
    {target, String.to_integer(snippets)}
  end
end
