defmodule Broken do
  def before(a), do: a

  def broken(a, do
    %{a | }
  end

  @doc "Still here."
  def after_it(b), do: b
end
