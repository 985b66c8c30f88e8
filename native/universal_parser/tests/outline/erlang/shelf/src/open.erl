-module(open).
-compile([nowarn_export_all, export_all]).

f() -> ok.
