-ifndef(SHELF_HRL).
-define(SHELF_HRL, true).

-record(book, {title :: binary(), pages = 0}).
-record('odd-record', {}).
-define(MAX, 5).
-define(MAX(A), A).
-type isbn() :: binary().

-endif.
