defmodule EmberRouter do
  @moduledoc """
  Routes requests to functions by their path.
  """

  @type t :: %__MODULE__{routes: [tuple()]}
  defstruct routes: []

  @doc "A router without routes."
  @spec new() :: t()
  def new, do: %__MODULE__{}

  @doc """
  Adds a route for `GET`.
  """
  @spec get(t(), String.t(), (map() -> term())) :: t()
  def get(router, path, fun) when is_function(fun, 1) do
    %{router | routes: [{:get, path, fun} | router.routes]}
  end

  @doc "Calls the function that belongs to a request."
  defmacro dispatch(router, request) do
    quote do: EmberRouter.Match.run(unquote(router), unquote(request))
  end

  defp normalize(path), do: String.trim_trailing(path, "/")
end
