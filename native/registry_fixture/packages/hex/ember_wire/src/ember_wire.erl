%% @doc Frames messages for the wire.
-module(ember_wire).

-export([encode/1, decode/1]).
-export_type([frame/0]).

-type frame() :: binary().

%% @doc Puts the length before the bytes.
-spec encode(iodata()) -> frame().
encode(Data) ->
    Bytes = iolist_to_binary(Data),
    <<(byte_size(Bytes)):32, Bytes/binary>>.

%% @doc Takes one frame off the front.
-spec decode(binary()) -> {ok, binary(), binary()} | more.
decode(<<Size:32, Bytes:Size/binary, Rest/binary>>) ->
    {ok, Bytes, Rest};
decode(_) ->
    more.
