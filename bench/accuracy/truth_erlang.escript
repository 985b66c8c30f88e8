#!/usr/bin/env escript
%% The definitions of compiled Erlang modules: export tables and, where there is debug_info, forms.

-mode(compile).

main(Directories) ->
    ok = io:setopts([{encoding, unicode}]),
    Files = lists:append([filelib:wildcard(filename:join(D, "*.beam")) || D <- Directories]),
    lists:foreach(fun module/1, Files).

module(File) ->
    case beam_lib:chunks(File, [exports, abstract_code]) of
        {ok, {Module, [{exports, Exports}, {abstract_code, {_, Forms}}]}} ->
            line(["~p", "module"], [Module], 1, none, ""),
            Included = included(Forms),
            Specs = maps:from_list([{{N, A}, Spec} || {attribute, _, spec, {{N, A}, _}} = Spec <- Forms]),
            [line(["~p:~p/~w", "function"], [Module, N, A], public(lists:member({N, A}, Exports)),
                  maps:get({N, A}, Specs, none), note(N, L, Included))
             || {function, L, N, A, _} <- Forms, {N, A} =/= {module_info, 0}, {N, A} =/= {module_info, 1}],
            Types = lists:append([L || {attribute, _, export_type, L} <- Forms]),
            [line(["~p:~p/~w", "type"], [Module, N, length(Vars)], public(lists:member({N, length(Vars)}, Types)),
                  none, note(N, L, Included))
             || {attribute, L, Sort, {N, _, Vars}} <- Forms, Sort =:= type orelse Sort =:= opaque],
            [line(["~p:~p/~w", "callback"], [Module, N, A], 1, none, "") || {attribute, _, callback, {{N, A}, _}} <- Forms];
        _ ->
            ok
    end.

%% Lines after which forms come from an included file, up to where they do not.
included(Forms) ->
    Files = [F || {attribute, _, file, {F, _}} <- Forms],
    {lists:nth(1, Files ++ [""]), Forms}.

note(behaviour_info, _, _) -> "made by -callback";
note(Name, Line, {Main, Forms}) ->
    case file_of(Name, Line, Forms, Main) of
        Main -> "";
        _ -> "from an included or generated file"
    end.

file_of(Name, Line, [{attribute, _, file, {File, _}} | Forms], _) -> file_of(Name, Line, Forms, File);
file_of(Name, Line, [{function, Line, Name, _, _} | _], File) -> File;
file_of(Name, Line, [{attribute, Line, _, {Name, _, _}} | _], File) -> File;
file_of(Name, Line, [_ | Forms], File) -> file_of(Name, Line, Forms, File);
file_of(_, _, [], File) -> File.

public(true) -> 1;
public(false) -> 0.

line([Format, Kind], Arguments, Public, Spec, Note) ->
    io:format(Format ++ "\t~ts\t~w\t~ts\t-\t~ts~n", Arguments ++ [Kind, Public, encode(Spec), Note]).

encode(none) -> "-";
encode(Spec) -> base64:encode(unicode:characters_to_binary(erl_pp:attribute(Spec))).
