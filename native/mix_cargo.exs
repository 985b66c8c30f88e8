defmodule Mix.Tasks.Compile.Cargo do
  @shortdoc "Builds the native library and the parser worker"
  @moduledoc """
  Builds `registry_nif` and `universal-parser` in release mode and puts them into `priv/native`.

  Cargo decides what is out of date; with nothing to do this costs a tenth of a second. The build
  goes to `target` beside the project, or to `PACKAGE_REGISTRY_TARGET_DIR` if that is set.
  """
  use Mix.Task.Compiler

  @priv "priv/native"

  @impl true
  def run(_args) do
    cargo_build(target_dir())

    # Not map + any: every file must be placed.
    case Enum.filter(files(), fn {built, placed} -> place(built, placed) end) do
      [] ->
        :noop

      _placed ->
        # priv may be new: without this the first run does not find it in _build.
        Mix.Project.build_structure()
        :ok
    end
  end

  @impl true
  def clean do
    Enum.each(files(), fn {_built, placed} -> File.rm(placed) end)
  end

  @doc "The directory that cargo builds into."
  def target_dir, do: System.get_env("PACKAGE_REGISTRY_TARGET_DIR") || "target"

  @doc "Where cargo is: on the path, or where rustup puts it."
  def cargo do
    home = System.get_env("CARGO_HOME") || Path.expand("~/.cargo")

    System.find_executable("cargo") || System.find_executable(Path.join(home, "bin/cargo")) ||
      Mix.raise("""
      cargo was not found, and the native library of :package_registry_indexer is built from source.
      Install Rust #{rust_version()} or newer from https://rustup.rs and try again.
      """)
  end

  defp cargo_build(target) do
    first? = not Enum.all?(files(), fn {built, _placed} -> File.exists?(built) end)
    if first?, do: Mix.shell().info("Compiling the Rust code: the first time takes some minutes")

    args = ~w(build --release -p registry_nif -p universal_parser --target-dir) ++ [target]

    args = if first?, do: args, else: args ++ ["--quiet"]
    cargo = cargo()

    case System.cmd(cargo, args, into: IO.stream(:stderr, :line), stderr_to_stdout: true) do
      {_output, 0} -> :ok
      {_output, status} -> Mix.raise(explain(cargo, status))
    end
  end

  # Only asked once the build has failed, so that a good build does not pay for it.
  defp explain(cargo, status) do
    {version, _status} = System.cmd(cargo, ["--version"], stderr_to_stdout: true)
    wanted = rust_version()
    compiler = System.get_env("CC") || "cc"

    cond do
      older?(version, wanted) ->
        "the native library needs Rust #{wanted} or newer, but there is #{String.trim(version)}. " <>
          "Run `rustup update`, or install Rust from https://rustup.rs."

      System.find_executable(compiler) == nil ->
        "the native library needs a C compiler, and #{inspect(compiler)} was not found. " <>
          "Install one (Debian: apt-get install build-essential; macOS: xcode-select --install)."

      true ->
        "cargo build failed with status #{status}: its output is above"
    end
  end

  @doc false
  def older?(output, wanted) do
    with [have] <- Regex.run(~r/\d+\.\d+(?:\.\d+)?/, output) do
      Version.compare(pad(have), pad(wanted)) == :lt
    else
      _unreadable -> false
    end
  end

  defp pad(version) do
    case String.split(version, ".") do
      [_major, _minor] -> version <> ".0"
      _three -> version
    end
  end

  defp rust_version do
    [_line, version] = Regex.run(~r/^rust-version = "([\d.]+)"/m, File.read!("Cargo.toml"))
    version
  end

  # `load_nif` adds the extension itself and wants .so on macOS too.
  defp files do
    release = Path.join(target_dir(), "release")

    {library, extension} =
      case :os.type() do
        {:win32, _name} -> {"registry_nif.dll", ".dll"}
        {:unix, :darwin} -> {"libregistry_nif.dylib", ".so"}
        {:unix, _name} -> {"libregistry_nif.so", ".so"}
      end

    exe = if match?({:win32, _name}, :os.type()), do: ".exe", else: ""

    [
      {Path.join(release, library), Path.join(@priv, "registry_nif" <> extension)},
      {Path.join(release, "universal-parser" <> exe), Path.join(@priv, "universal-parser" <> exe)}
    ]
  end

  # Written beside and renamed: writing over a library that a VM has loaded kills that VM.
  defp place(built, placed) do
    source = File.stat!(built, time: :posix)

    case File.stat(placed, time: :posix) do
      {:ok, %{mtime: mtime, size: size}} when {mtime, size} == {source.mtime, source.size} ->
        false

      _missing_or_older ->
        File.mkdir_p!(@priv)
        beside = "#{placed}.#{System.pid()}.tmp"
        File.cp!(built, beside)
        File.touch!(beside, source.mtime)
        File.rename!(beside, placed)
        true
    end
  end
end
