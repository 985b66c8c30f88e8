#!/usr/bin/env escript
%% Packs the directory pkg with the hex_core that rebar3 carries: hex.escript REBAR3.
main([Rebar3]) ->
    {ok, Sections} = escript:extract(Rebar3, []),
    {archive, Archive} = lists:keyfind(archive, 1, Sections),
    {ok, _} = zip:extract(Archive, [{cwd, "."}]),
    true = code:add_patha("rebar/ebin"),
    Names = [Name || Name <- filelib:wildcard("pkg/**"), filelib:is_regular(Name)],
    Files = [{string:prefix(Name, "pkg/"), Name} || Name <- Names],
    Metadata = #{<<"name">> => <<"demo">>, <<"version">> => <<"1.0.0">>, <<"app">> => <<"demo">>,
                 <<"requirements">> => #{}},
    {ok, #{tarball := Tarball, inner_checksum := Inner}} = r3_hex_tarball:create(Metadata, Files),
    ok = file:write_file("made.tar", Tarball),
    Hex = [io_lib:format("~2.16.0b", [Byte]) || <<Byte>> <= Inner],
    ok = file:write_file("inner_checksum", Hex).
