-module(conditions).
-export([new/1, both/1, late/0, old/0]).

-spec(new(integer()) -> ok | error).
new(_) -> ok.

-ifdef(FAST).
both(A) -> A.
-else.
both(A) -> {A}.
-endif.

-if(?OTP_RELEASE >= 26 andalso defined(MAPS)).
late() -> ok.
-elif(?OTP_RELEASE >= 25).
old() -> ok.
-endif.

-callback (init(Arg :: term()) -> {ok, term()}).
