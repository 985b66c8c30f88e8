defmodule EmberRouter.Match do
  @moduledoc false

  @doc "Finds the route of a request."
  def run(%EmberRouter{routes: routes}, request) do
    Enum.find(routes, fn {_, path, _} -> path == request.path end)
  end
end
