# Widgets for everybody.
{ lib, pkgs ? import <nixpkgs> { }, ... }:

let
  inherit (lib) mkOption;
  helper = x: x + 1;
in
rec {
  /**
    Doubles a number.

    # Example
    double 2 => 4
  */
  double = x: x * 2;

  # Joins two lists.
  join = left: right: left ++ right;

  /* Builds one widget. */
  mkWidget =
    { name
    , size ? 3
    , ...
    }@args:
    pkgs.stdenv.mkDerivation {
      inherit name;
      version = "1";
    };

  strings = {
    # Upper case.
    shout = lib.toUpper;
    deep.er = 1;
  };

  options.services.widget.enable = mkOption { default = false; };

  inherit (lib) id const;
  inherit helper;

  broken = ];

  version = "1.0";
}
