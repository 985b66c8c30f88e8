-module(modern).
-moduledoc """
A module of OTP 27.

  Indented.
""".
-export([f/1, g/0, h/0, i/0]).

-doc """
Says `f`.

    Code \n stays.
""".
-doc #{since => ~"27.0"}.
-spec f(A) -> A.
f(A) -> A.

-doc false.
g() -> ok.

-doc hidden.
h() -> ok.

-doc("In \"parentheses\".").
i() -> ok.

-doc "A type.".
-type t() :: atom().
-export_type([t/0]).
