defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop]
end
