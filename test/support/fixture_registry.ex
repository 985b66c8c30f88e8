defmodule FixtureRegistry do
  @moduledoc """
  A loopback server that speaks the protocols of the registries: the program `registry-fixture` of
  `native/registry_fixture`, whose documentation lists what it serves and its commands.
  """

  use GenServer

  @deadline 20_000

  defstruct [:pid, :port, :endpoints]

  @doc "Builds the program. Once, before the tests."
  def build! do
    args = ~w(build --release --quiet -p registry_fixture --target-dir)
    cargo = Mix.Tasks.Compile.Cargo.cargo()

    {_output, 0} =
      System.cmd(cargo, args ++ [target_dir()],
        into: IO.stream(:stderr, :line),
        stderr_to_stdout: true
      )

    :ok
  end

  @doc "Starts a server of one's own. It ends with the process that is linked to it."
  def start_link(_opts \\ []), do: GenServer.start_link(__MODULE__, [])

  @doc "What a test needs of a server."
  def info(pid), do: GenServer.call(pid, :info, @deadline)

  @doc "Carries out one command, such as `\"status /npm/left-trim 503 times=2\"`."
  def control(%__MODULE__{port: port}, command) do
    {:ok, socket} = :gen_tcp.connect('127.0.0.1', port, [:binary, active: false])

    :ok =
      :gen_tcp.send(socket, [
        "POST /__control HTTP/1.1\r\nhost: localhost\r\n",
        "content-length: #{byte_size(command)}\r\n\r\n",
        command
      ])

    {head, body} = receive_head(socket, "")
    [_match, length] = Regex.run(~r/content-length: (\d+)/i, head)
    body = receive_body(socket, body, String.to_integer(length))
    :gen_tcp.close(socket)
    if head =~ ~r/\AHTTP\S+ 200/, do: body, else: raise("#{command}: #{body}")
  end

  @doc "How often `path` was asked for."
  def count(fixture, path) do
    {count, _rest} = fixture |> control("count #{path}") |> Integer.parse()
    count
  end

  defp receive_head(socket, answer) do
    case String.split(answer, "\r\n\r\n", parts: 2) do
      [head, body] -> {head, body}
      [_more_to_come] -> receive_head(socket, answer <> receive_some(socket))
    end
  end

  defp receive_body(_socket, body, length) when byte_size(body) >= length, do: body

  defp receive_body(socket, body, length),
    do: receive_body(socket, body <> receive_some(socket), length)

  defp receive_some(socket) do
    {:ok, some} = :gen_tcp.recv(socket, 0, @deadline)
    some
  end

  @impl true
  def init([]) do
    program = Path.expand(Path.join(target_dir(), "release/registry-fixture"))
    options = [:binary, :exit_status, {:line, 4096}]
    port = Port.open({:spawn_executable, program}, options)
    {:ok, %{port: port, lines: read_lines(port, %{})}}
  end

  @impl true
  def handle_call(:info, _from, %{lines: lines} = state) do
    {%{"base" => base}, endpoints} = Map.split(lines, ["base", "elsewhere"])

    fixture = %__MODULE__{
      pid: self(),
      port: URI.parse(base).port,
      endpoints: for({name, value} <- endpoints, do: {String.to_atom(name), value})
    }

    {:reply, fixture, state}
  end

  @impl true
  def handle_info({port, {:exit_status, status}}, %{port: port} = state),
    do: {:stop, {:fixture_ended, status}, state}

  def handle_info({port, {:data, _line}}, %{port: port} = state), do: {:noreply, state}

  defp read_lines(port, lines) do
    receive do
      {^port, {:data, {:eol, "ready=1"}}} ->
        lines

      {^port, {:data, {:eol, line}}} ->
        [key, value] = String.split(line, "=", parts: 2)
        read_lines(port, Map.put(lines, key, value))

      {^port, {:exit_status, status}} ->
        exit({:fixture_ended, status})
    after
      @deadline -> exit(:fixture_silent)
    end
  end

  defp target_dir, do: Mix.Tasks.Compile.Cargo.target_dir()
end
