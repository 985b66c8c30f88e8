defmodule Shop.Cart do
  @moduledoc """
  A cart.

      iex> Shop.Cart.new()

  Text with "quotes" and \\ backslash.
  """

  use GenServer
  alias Shop.Item

  @typedoc "A cart, opened."
  @type t :: %__MODULE__{items: [Item.t()], total: integer}
  @type pair(a, b) :: {a, b}
  @typep secret :: atom
  @typedoc false
  @type hidden_type :: any
  @opaque handle :: reference

  @limit 10

  @doc "Opens a cart."
  defstruct items: [], total: 0

  @doc """
  Adds an item.

    * indented
  """
  @doc since: "1.2.0"
  @spec add(t, Item.t(), keyword) :: {:ok, t} | {:error, term}
        when opts: keyword
  def add(cart, item, opts \\ [])

  def add(%__MODULE__{} = cart, nil, _opts), do: {:error, cart}

  # A comment between clauses.
  def add(%__MODULE__{items: items} = cart, item, _opts) when is_map(item) do
    {:ok, %{cart | items: [item | items]}}
  end

  @spec total(t) :: integer
  @doc ~S"""
  The total, with \n kept.
  """
  @spec total(list) :: integer
  def total(%{total: total}), do: total
  def total(items) when is_list(items), do: length(items)

  def undocumented(a, {b, _}), do: {a, b}

  def no_parens do
    1
  end

  @doc false
  def hidden, do: :ok

  def __magic__, do: :ok

  @doc "Documented, so not hidden."
  def __shown__(), do: :ok

  defp helper(a, b) do
    a + b
  end

  @impl true
  def init(state), do: {:ok, state}

  @doc "An implementation with words."
  @impl GenServer
  def handle_call(:get, _from, state), do: {:reply, state, state}
  def handle_call(:pop, _from, state), do: {:reply, nil, state}

  @doc "Is it valid?"
  def valid?(cart), do: cart != nil
  def save!(cart) do cart end

  @deprecated "Use add/3"
  def put(cart, item), do: add(cart, item)

  def left ~> right, do: {left, right}
  def -number, do: number

  def unquote(:dynamic)(a), do: a

  @doc "A macro."
  defmacro debug(expression) do
    quote do
      def generated, do: unquote(expression)
    end
  end

  defmacrop quiet(x), do: x

  @doc guard: true
  @doc "Whether it is small."
  defguard is_small(x) when is_integer(x) and x < 10

  defdelegate first(list, default \\ nil), to: List

  if Code.ensure_loaded?(Jason) do
    def encode(cart), do: Jason.encode(cart)
  else
    def encode(_cart), do: raise("no Jason")
  end

  for name <- [:a, :b] do
    def unquote(name)(), do: unquote(name)
  end

  @spec from_macro(integer) :: atom
  make_function :from_macro

  defmodule Error do
    defexception [:message, code: 1]
  end

  defmodule Hidden do
    @moduledoc false

    def inside, do: 1

    defmodule Shown do
      @moduledoc "Inside of a hidden one, shown all the same."
      def visible, do: 1
    end
  end

  defmodule Short, do: def(one_line(x), do: x)
end

defmodule Shop.Store do
  @moduledoc ~S'''
  A behaviour with 'quotes'.
  '''

  @doc """
  Called first.
  """
  @callback open(path :: String.t(), opts :: keyword) :: {:ok, term} | :error
  @callback close(term) :: :ok
  @callback close(term, timeout) :: :ok
  @doc false
  @callback internal(term) :: term
  @macrocallback build(Macro.t()) :: Macro.t()
  @optional_callbacks close: 1
end

defprotocol Shop.Size do
  @doc "How large."
  @spec size(t) :: non_neg_integer
  def size(term)
end

defimpl Shop.Size, for: [List, Map] do
  def size(term), do: Enum.count(term)
end

defmodule Shop.Records do
  @moduledoc "Records and branches."
  require Record

  @doc "A user."
  Record.defrecord(:user, name: "", age: 0)

  import Record
  defrecordp :hidden, [:a]

  if Code.ensure_loaded?(Plug.Conn) do
    @doc "With Plug."
    def call(conn, opts \\ [], extra \\ nil), do: {conn, opts, extra}

    def either(a), do: a
  else
    def call_without(a), do: a

    def either(a), do: {a}
  end

  unless Version, do: def(never(a), do: a)
end

defmodule Shop.Names do
  alias Shop.Cart
  alias Shop.{Item, Records.User}
  alias Shop.Money, as: Cash
  alias __MODULE__.Inner

  defmodule Own do
    @type t :: term
  end

  @type pair(a) :: {a, Own.t(), count :: integer}
  @opaque secret :: binary

  @spec total(Cart.t(), [Item.t], keyword, (... -> any)) :: {:ok, Cash.t()} | {:error, reason} | <<_::8>>
        # a comment
        when reason: var
  def total(_, _, _, _), do: :ok

  @spec zero :: %__MODULE__{a: integer, b: User.name | Inner.t | pair(Own.t)}
  def zero, do: nil

  @callback size :: non_neg_integer
end

alias Shop.Cart

defmodule Cart.Deep do
  defimpl Inspect, for: Cart do
    def inspect(_, _), do: ""
  end
end
