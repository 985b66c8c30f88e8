#!/usr/bin/env escript
%% Makes Hex resources with the hex_core that rebar3 carries: make.escript REBAR3 DIRECTORY.
main([Rebar3, Dir]) ->
    {ok, Sections} = escript:extract(Rebar3, []),
    {archive, Archive} = lists:keyfind(archive, 1, Sections),
    {ok, _} = zip:extract(Archive, [{cwd, Dir}]),
    true = code:add_patha(filename:join([Dir, "rebar", "ebin"])),
    {ok, _} = application:ensure_all_started(public_key),
    Key = public_key:generate_key({rsa, 2048, 65537}),
    write(Dir, "public_key.pem", public_pem(Key)),
    write(Dir, "package", resource(package(<<"hexpm">>, <<"demo">>), Key)),
    write(Dir, "organization", resource(package(<<"acme">>, <<"demo">>), Key)),
    write(Dir, "other_key", resource(package(<<"hexpm">>, <<"demo">>),
                                     public_key:generate_key({rsa, 2048, 65537}))),
    rand:seed(exsss, {1, 2, 3}),
    [config(Dir, N) || N <- lists:seq(1, 200)],
    ok.

write(Dir, Name, Bytes) -> ok = file:write_file(filename:join(Dir, Name), Bytes).

public_pem(Key) ->
    Public = {'RSAPublicKey', element(3, Key), element(4, Key)},
    public_key:pem_encode([public_key:pem_entry_encode('SubjectPublicKeyInfo', Public)]).

resource(Package, Key) ->
    Pem = public_key:pem_encode([public_key:pem_entry_encode('RSAPrivateKey', Key)]),
    zlib:gzip(r3_hex_registry:sign_protobuf(r3_hex_registry:encode_package(Package), Pem)).

package(Repository, Name) ->
    #{name => Name, repository => Repository, releases => [
        #{version => <<"1.0.0">>, inner_checksum => <<1:256>>, outer_checksum => <<2:256>>,
          dependencies => [], retired => #{reason => 'RETIRED_SECURITY', message => <<"use 1.1">>}},
        #{version => <<"1.1.0">>, inner_checksum => <<3:256>>, outer_checksum => <<4:256>>,
          dependencies => [#{package => <<"jason">>, requirement => <<"~> 1.0">>},
                           #{package => <<"plug">>, requirement => <<">= 1.0.0 and < 3.0.0">>,
                             optional => true, app => <<"plug_app">>, repository => <<"hexpm">>}]}]}.

%% A tarball's metadata.config with a random description, and the bytes of that description.
config(Dir, N) ->
    Kinds = rand:uniform(8),
    Text = unicode:characters_to_binary(
             [character(rand:uniform(Kinds)) || _ <- lists:seq(1, rand:uniform(120))]),
    Metadata = #{<<"name">> => <<"demo">>, <<"version">> => <<"1.0.0">>, <<"app">> => <<"demo">>,
                 <<"description">> => Text, <<"licenses">> => [<<"MIT">>],
                 <<"links">> => #{Text => <<"https://a.example">>},
                 <<"build_tools">> => [<<"rebar3">>],
                 <<"requirements">> => #{<<"jason">> => #{<<"app">> => <<"jason">>,
                                                          <<"optional">> => true,
                                                          <<"requirement">> => <<"~> 1.0">>}}},
    {ok, #{tarball := Tarball}} =
        r3_hex_tarball:create(Metadata, [{"src/demo.erl", <<"-module(demo).\n">>}]),
    {ok, Members} = erl_tar:extract({binary, Tarball}, [memory]),
    {_, Config} = lists:keyfind("metadata.config", 1, Members),
    write(Dir, integer_to_list(N) ++ ".config", Config),
    write(Dir, integer_to_list(N) ++ ".text", Text).

%% The first kinds leave a text printable as it is; the later ones force other spellings.
character(Kind) when Kind =< 2 -> 31 + rand:uniform(95);
character(3) -> lists:nth(rand:uniform(6), "\"\\%'{}");
character(4) -> lists:nth(rand:uniform(6), "\n\t\r\v\f\e");
character(5) -> 16#a0 + rand:uniform(16#5f);
character(6) -> 16#100 + rand:uniform(16#800);
character(7) -> 16#1f600 + rand:uniform(60);
character(8) -> rand:uniform(32) - 1.
