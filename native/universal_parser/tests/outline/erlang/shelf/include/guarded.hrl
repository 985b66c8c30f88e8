%% A header that is read once.
-ifndef(GUARDED_HRL).
-define(GUARDED_HRL, 1).

-record(guarded, {id :: integer()}).

-ifdef(WIDE).
-define(WIDTH, 80).
-else.
-define(NARROW, 40).
-endif.

-endif.
