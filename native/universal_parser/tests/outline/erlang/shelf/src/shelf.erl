%% Copyright of nobody.
%%% @author A. N. Other
%%% @doc A shelf of books.
%%%
%%% With more words.
%%% @end
-module(shelf).
-behaviour(gen_server).
-include("shelf.hrl").

-export([new/0, add/2, add/3, 'odd name'/1, spec_first/1]).
-export([legacy/1, inner/0, old/1]).
-export_type([t/0, handle/1]).
-ifdef(TEST).
-export([test_only/0]).
test_only() -> ok.
-else.
-export([real_only/0]).
real_only() -> ok.
-endif.
-compile({inline, [inner/0]}).

-define(LIMIT, 10).
-define(WRAP(X, Y), {wrapped, X, Y, "a long replacement that would fill the whole line of a signature"}).
-record(state, {books = [] :: [term()], count :: integer(), open}).

-type t() :: #state{} | undefined.
-type private_type() :: atom().
-opaque handle(A) :: {handle, A}.

%% Called first.
-callback init(Args :: term()) -> {ok, t()} | error.
-callback 'odd callback'(integer()) -> ok; (atom()) -> error.

%%====================================================================
%% API
%%====================================================================

%% @doc Makes a shelf.
%% See {@link add/2}.
%% @since 1.0
-spec new() -> t().
new() -> #state{}.

%% @doc Adds a book.
-spec add(Book, Shelf) -> Shelf when
      Book :: term(),   % what to add
      Shelf :: t().
add(Book, #state{books = Books} = State) ->
    State#state{books = [Book | Books]};
add(Book, undefined) ->
    add(Book, new()).

%% Plain words are no EDoc.
add(Book, Shelf, [])
  when is_list(Shelf) ->
    {Book, Shelf};
%% Between clauses.
add(_, _, _) -> error.

'odd name'(X) -> X.

-spec spec_first(integer()) -> ok
              ; (atom()) -> error.
spec_first(1) -> ok;
spec_first(a) -> error.

%% @private
legacy(X) -> X.

%% @hidden
inner() -> ok.

%% @deprecated
%% @doc Old.
old(X) when X > 1; X < -1 -> X.

not_exported(X) -> fun() -> X end.

?LIMIT() -> no.
