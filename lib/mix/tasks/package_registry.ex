defmodule Mix.Tasks.PackageRegistry do
  @moduledoc false
  # What `mix package_registry.reindex`, `.check` and `.compact` share: the store they are about.

  alias PackageRegistry.{Error, Store}

  @doc "Opens the store that the arguments name, runs `work` with it and closes it."
  @spec with_store([String.t()], String.t(), (pid -> result)) :: result when result: var
  def with_store(arguments, task, work) do
    opts =
      case OptionParser.parse(arguments, strict: [store: :string]) do
        {opts, [], []} -> opts
        {_opts, extra, []} -> Mix.raise("#{task} takes no #{inspect(hd(extra))}: #{usage(task)}")
        {_opts, _extra, [{wrong, _} | _]} -> Mix.raise("#{wrong} is unknown: #{usage(task)}")
      end

    # The configuration of the application, without starting it: its store may be this very file.
    Mix.Task.run("app.config")

    with {:ok, store} <- Store.start_link(if(opts[:store], do: [path: opts[:store]], else: [])) do
      try do
        work.(store)
      after
        Store.close(store)
      end
    else
      {:error, %Error{} = error} -> Mix.raise(Exception.message(error))
    end
  end

  @doc "The value of `{:ok, value}`; an error ends the task with its message."
  @spec unwrap(:ok | {:ok, value} | {:error, Error.t()}) :: :ok | value when value: var
  def unwrap(:ok), do: :ok
  def unwrap({:ok, value}), do: value
  def unwrap({:error, %Error{} = error}), do: Mix.raise(Exception.message(error))

  defp usage(task), do: "mix #{task} [--store PATH]"
end
