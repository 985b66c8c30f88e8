defmodule PackageRegistry.Jobs do
  @moduledoc false
  # Runs collects: hands each to the library's own threads and waits for their messages, so that a
  # waiting caller holds no scheduler. One loop serves one release and many.
  #
  # A job is the reference under which its messages come. The library watches the calling process
  # and cancels its jobs when it dies. Once `job_cancel` has returned, no message of the job is sent
  # any more.

  alias PackageRegistry.{Error, Native, Progress}
  alias PackageRegistry.Store.Handle

  @type request :: map

  @grace 500

  @doc "Answers in the order of the requests; an element may already be an error."
  @spec run(Handle.t(), [{:ok, request} | {:error, Error.t()}], map, function) ::
          [{:ok, term} | {:error, Error.t()}]
  def run(%Handle{} = handle, requests, opts, start \\ &Native.collect/2) do
    waiting = Enum.with_index(requests)

    state = %{
      handle: handle,
      opts: opts,
      start: start,
      waiting: waiting,
      running: %{},
      results: %{}
    }

    results = state |> start() |> loop()
    for {_request, index} <- waiting, do: Map.fetch!(results, index)
  end

  defp loop(%{running: running, results: results}) when running == %{}, do: results

  defp loop(%{running: running} = state), do: state |> await(running) |> start() |> loop()

  defp start(%{waiting: []} = state), do: state

  defp start(%{running: running, opts: opts} = state)
       when map_size(running) >= opts.concurrency,
       do: state

  defp start(%{waiting: [{request, index} | waiting], handle: handle} = state) do
    state = %{state | waiting: waiting}

    with {:ok, request} <- request,
         {:ok, job} <- state.start.(handle.indexer, request) do
      start(put_in(state.running[job], {index, request, deadline(state.opts.timeout)}))
    else
      {:error, _error} = error -> start(put_in(state.results[index], error))
    end
  end

  defp await(state, running) do
    receive do
      {job, {:progress, progress}} when is_map_key(running, job) ->
        report(state, progress)
        state

      {job, {outcome, _value} = result}
      when is_map_key(running, job) and outcome in [:ok, :error] ->
        finish(state, job, result)
    after
      patience(running) -> expire(state)
    end
  end

  defp finish(state, job, result) do
    {{index, _request, _deadline}, running} = Map.pop!(state.running, job)
    %{state | running: running, results: Map.put(state.results, index, result)}
  end

  defp expire(state) do
    now = now()

    for {job, {_index, request, deadline}} <- state.running, deadline <= now, reduce: state do
      state ->
        stop(job)
        finish(state, job, {:error, timeout(request, state.opts.timeout)})
    end
  end

  defp stop(job) do
    Native.job_cancel(job)
    flush(job)
  end

  defp flush(job) do
    receive do
      {^job, _message} -> flush(job)
    after
      0 -> :ok
    end
  end

  defp report(%{opts: %{on_progress: nil}}, _progress), do: :ok

  defp report(%{opts: %{on_progress: pid}}, %Progress{} = progress) when is_pid(pid),
    do: send(pid, {:progress, progress})

  defp report(%{opts: %{on_progress: fun}} = state, %Progress{} = progress) do
    fun.(progress)
  catch
    # The caller's function ended the call: it ends the work too.
    class, reason ->
      Enum.each(state.running, fn {job, _entry} -> stop(job) end)
      :erlang.raise(class, reason, __STACKTRACE__)
  end

  # The library keeps the time itself and says what it was at; here is only the last resort.
  # Atoms are greater than numbers: :infinity is later than any deadline.
  defp deadline(:infinity), do: :infinity
  defp deadline(timeout), do: now() + timeout + @grace

  defp patience(running) do
    case running
         |> Enum.map(fn {_job, {_index, _request, deadline}} -> deadline end)
         |> Enum.min() do
      :infinity -> :infinity
      deadline -> max(deadline - now(), 0)
    end
  end

  defp now, do: System.monotonic_time(:millisecond)

  defp timeout(request, timeout) do
    %Error{
      kind: :timeout,
      message:
        "#{what(request)} within #{timeout} ms. " <>
          "Give `timeout:` more time, or try again when the registry is faster",
      details: %{timeout_ms: Integer.to_string(timeout)}
    }
  end

  defp what(%{path: path}), do: "#{path}: not imported"
  defp what(%{name: name} = request), do: "#{request.ecosystem} #{name}: not collected"
  defp what(request), do: "the advisories of #{request.ecosystem}: not refreshed"
end
