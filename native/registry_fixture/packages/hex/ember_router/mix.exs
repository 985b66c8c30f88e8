defmodule EmberRouter.MixProject do
  use Mix.Project

  def project, do: [app: :ember_router, version: "{{version}}", elixir: "~> 1.14"]
end
