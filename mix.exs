Code.require_file("native/mix_cargo.exs", __DIR__)

defmodule PackageRegistryIndexer.MixProject do
  use Mix.Project

  @version "0.1.0"
  @source_url "https://github.com/package-registry-indexer/package-registry-indexer"

  def project do
    [
      app: :package_registry_indexer,
      version: @version,
      elixir: "~> 1.14",
      compilers: [:cargo | Mix.compilers()],
      elixirc_paths: elixirc_paths(Mix.env()),
      start_permanent: Mix.env() == :prod,
      deps: [],
      name: "Package Registry Indexer",
      description:
        "Indexes packages of npm, cargo, Hex, PyPI and GitHub into one file and answers " <>
          "questions about them offline",
      source_url: @source_url,
      package: package(),
      docs: [main: "PackageRegistryIndexer", extras: ["ARCHITECTURE.md", "CHANGELOG.md"]]
    ]
  end

  def application do
    [
      mod: {PackageRegistry.Application, []},
      extra_applications: [:logger]
    ]
  end

  defp elixirc_paths(:test), do: ["lib", "test/support"]
  defp elixirc_paths(_env), do: ["lib"]

  # Built from source on the user's machine: every crate goes along.
  defp package do
    [
      licenses: ["MIT", "Apache-2.0"],
      links: %{"GitHub" => @source_url},
      files: ~w(lib native Cargo.toml Cargo.lock clippy.toml rustfmt.toml mix.exs .formatter.exs
        README.md ARCHITECTURE.md CHANGELOG.md LICENSE)
    ]
  end
end
