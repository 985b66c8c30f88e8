-module(broken).
-export([before/0, later/1]).

before() -> ok.

bad( -> ) X = .

%% @doc Still here.
later(X) -> X.
