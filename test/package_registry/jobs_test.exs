defmodule PackageRegistry.JobsTest do
  # Alone: it measures time.
  use RegistryCase, async: false

  alias PackageRegistryCollector, as: Collector
  alias PackageRegistryKnowledge, as: Knowledge

  @collects 50
  @reads 200
  @attempts 5
  # Milliseconds.
  @bound 5

  @tag :own_fixture
  test "collects that wait for a silent registry hold up nobody", context do
    %{fixture: fixture, store: store, path: path} = context
    Collector.collect!("ember-rt", :cargo, store: store)
    FixtureRegistry.control(fixture, "hang /npm/*")

    callers =
      for n <- 1..@collects do
        spawn_link(fn ->
          Collector.collect("never-#{n}", :npm, store: store, timeout: :infinity)
        end)
      end

    # Per host there are 8 connections: the rest waits in our own queue.
    eventually(fn -> FixtureRegistry.count(fixture, "/npm/*") >= 8 end)

    # A busy machine makes any single reading meaningless: one quiet attempt is the proof, since
    # collects that did hold threads would hold them in every attempt.
    assert Enum.any?(1..@attempts, fn _attempt ->
             percentile(95, fn -> File.read!(path) end) < @bound
           end)

    assert Enum.any?(1..@attempts, fn _attempt ->
             percentile(95, fn ->
               [_found | _rest] = Knowledge.search("async runtime", store: store)
             end) < @bound
           end)

    assert Enum.all?(callers, &Process.alive?/1)

    for caller <- callers do
      Process.unlink(caller)
      Process.exit(caller, :kill)
    end

    # All places are free again: what is asked next is answered at once.
    FixtureRegistry.control(fixture, "clear")
    assert {:ok, _release} = Collector.collect("@ember/ui", :npm, store: store, timeout: 10_000)
  end

  defp percentile(percent, fun) do
    task =
      Task.async(fn ->
        for _ <- 1..@reads, do: fun |> :timer.tc() |> elem(0)
      end)

    times = task |> Task.await(60_000) |> Enum.sort()
    Enum.at(times, div(@reads * percent, 100)) / 1000
  end
end
