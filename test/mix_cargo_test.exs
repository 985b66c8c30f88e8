defmodule MixCargoTest do
  # Alone: it changes the environment.
  use ExUnit.Case, async: false

  alias Mix.Tasks.Compile.Cargo

  setup do
    before =
      Map.take(System.get_env(), ["PATH", "CC", "CARGO_HOME", "PACKAGE_REGISTRY_TARGET_DIR"])

    System.delete_env("CC")

    on_exit(fn ->
      for name <- ["CARGO_HOME", "PACKAGE_REGISTRY_TARGET_DIR"], do: System.delete_env(name)
      System.put_env(before)
    end)
  end

  test "says how to get cargo when there is none" do
    System.put_env(%{"PATH" => "/nonexistent", "CARGO_HOME" => "/nonexistent"})
    error = assert_raise Mix.Error, fn -> Cargo.cargo() end
    assert error.message =~ "https://rustup.rs"
    assert error.message =~ ~r/Rust 1\.\d+ or newer/
  end

  @tag :tmp_dir
  test "says what is missing once the build has failed", %{tmp_dir: directory} do
    for {version, advice} <- [
          {"1.60.0", ~r/needs Rust 1\.\d+ or newer, but there is cargo 1\.60\.0.*rustup update/},
          {"1.999.0", ~r/needs a C compiler, and "cc" was not found.*build-essential/}
        ] do
      fake_cargo(directory, version)
      System.put_env(%{"PATH" => directory, "PACKAGE_REGISTRY_TARGET_DIR" => directory})

      error =
        assert_raise Mix.Error, fn -> ExUnit.CaptureIO.capture_io(fn -> Cargo.run([]) end) end

      assert error.message =~ advice
    end
  end

  defp fake_cargo(directory, version) do
    path = Path.join(directory, "cargo")
    script = ~s(#!/bin/sh\n[ "$1" = --version ] && echo "cargo #{version}" && exit 0\nexit 101\n)
    File.write!(path, script)
    File.chmod!(path, 0o755)
  end

  test "tells an old toolchain by what it says of itself" do
    assert Cargo.older?("cargo 1.85.1 (d73d2caf9 2024-12-31)", "1.91")
    refute Cargo.older?("cargo 1.91.0 (ea2d97820 2025-10-10)", "1.91")
    refute Cargo.older?("cargo 1.100.0-nightly (0 2026-01-01)", "1.91")
    refute Cargo.older?("something else", "1.91")
  end

  test "builds where it is told to" do
    System.delete_env("PACKAGE_REGISTRY_TARGET_DIR")
    assert Cargo.target_dir() == "target"
    System.put_env("PACKAGE_REGISTRY_TARGET_DIR", "/elsewhere")
    assert Cargo.target_dir() == "/elsewhere"
  end

  test "the package holds every file that the build needs" do
    files = Mix.Project.config()[:package][:files]
    for file <- ~w(lib native Cargo.toml Cargo.lock mix.exs), do: assert(file in files)
    for file <- files, do: assert(File.exists?(file))
  end
end
