//! What the files of a package say of each other.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use package_api::{Context, FileOutline, resolve};
use registry_types::Visibility;
use registry_types::outline::Item;
use universal_parser::{Options, outline_text};

/// The public names of a package, each with its signature.
fn public(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let items = items(files).into_iter();
    items
        .map(|item| (item.qualified_name, item.signature))
        .collect()
}

/// The public items of a package.
fn items(files: &[(&str, &str)]) -> Vec<Item> {
    let read = |(path, text): &(&str, &str)| FileOutline {
        path: (*path).to_owned(),
        outline: outline_text(path, "pkg", text.as_bytes(), &Options::default())
            .expect("the fixture parses"),
    };
    let mut files: Vec<_> = files.iter().map(read).collect();
    let context = Context {
        package: "pkg",
        manifest: &|_| None,
    };
    resolve(&context, &mut files);
    let items = files.into_iter().flat_map(|file| file.outline.items);
    items
        .filter(|item| item.visibility == Visibility::Public)
        .collect()
}

fn names(files: &[(&str, &str)]) -> Vec<String> {
    public(files).into_keys().collect()
}

const PRIVATE: &str = "class Client:\n    def get(self): ...\n    def _own(self): ...\ndef helper(): ...\ndef _low(): ...\n";

#[test]
fn what_all_lists_is_public_under_the_name_it_has_there() {
    let init = "from ._client import Client, helper as assist\n__all__ = ['Client', 'assist']\n";
    let got = names(&[("pkg/__init__.py", init), ("pkg/_client.py", PRIVATE)]);
    assert_eq!(got, ["pkg", "pkg.Client", "pkg.Client.get", "pkg.assist"]);
}

#[test]
fn stars_and_the_lists_of_other_modules_are_followed() {
    let init = "from . import _a\nfrom ._a import *\nfrom ._client import *\n__all__ = _a.__all__ + ['helper']\n";
    let a = "from ._b import deep as deep\n__all__ = ['deep', 'own']\ndef own(): ...\ndef other(): ...\n";
    let got = names(&[
        ("src/pkg/__init__.py", init),
        ("src/pkg/_a.py", a),
        ("src/pkg/_b.py", "def deep(): ...\n"),
        ("src/pkg/_client.py", PRIVATE),
    ]);
    assert_eq!(got, ["pkg", "pkg.deep", "pkg.helper", "pkg.own"]);
}

#[test]
fn a_list_may_be_imported() {
    let got = names(&[
        (
            "pkg/__init__.py",
            "from ._impl import *\nfrom ._impl import __all__, __doc__\nextra = 1\n",
        ),
        (
            "pkg/_impl.py",
            "__all__ = ['shown']\ndef shown(): ...\ndef other(): ...\n",
        ),
    ]);
    assert_eq!(got, ["pkg", "pkg.shown"]);
}

#[test]
fn without_a_list_a_package_hands_on_what_it_imports_from_itself() {
    let init = "import os\nfrom typing import List\nfrom ._client import Client\nfrom pkg._low import thing\n";
    let got = names(&[
        ("pkg/__init__.py", init),
        ("pkg/_client.py", PRIVATE),
        ("pkg/_low.py", "def thing(): ...\ndef rest(): ...\n"),
        ("pkg/module.py", "from ._low import rest\ndef here(): ...\n"),
    ]);
    assert_eq!(
        got,
        [
            "pkg",
            "pkg.Client",
            "pkg.Client.get",
            "pkg.module",
            "pkg.module.here",
            "pkg.thing"
        ]
    );
}

#[test]
fn the_shortest_public_path_wins_and_others_are_aliases() {
    let got = items(&[
        (
            "pkg/__init__.py",
            "from .sub import Client\nfrom .open import shown\n",
        ),
        ("pkg/open.py", "def shown(): ...\ndef _own(): ...\n"),
        ("pkg/sub/__init__.py", "from .._client import Client\n"),
        (
            "pkg/_client.py",
            "class Client:\n    class Meta:\n        x = 1\n",
        ),
    ]);
    let mut got: Vec<_> = got
        .iter()
        .map(|item| (item.qualified_name.as_str(), item.aliases.join(" ")))
        .collect();
    got.sort();
    let expected = [
        ("pkg", ""),
        ("pkg.Client", "pkg.sub.Client"),
        ("pkg.Client.Meta", "pkg.sub.Client.Meta"),
        ("pkg.Client.Meta.x", "pkg.sub.Client.Meta.x"),
        ("pkg.open", ""),
        ("pkg.shown", "pkg.open.shown"),
        ("pkg.sub", ""),
    ];
    assert_eq!(
        got,
        expected.map(|(name, aliases)| (name, aliases.to_owned()))
    );
}

#[test]
fn a_stub_may_tell_of_what_its_source_imports() {
    let init = "from ._impl import make, Box\nfrom ._fast import quick\n__all__ = ['make', 'Box', 'quick', 'made']\nmade = build()\n";
    let stub = "from typing import Any\ndef make(a: int = ..., *, b: str = ...) -> None: ...\nclass Box:\n    size: int\n    def get(self, key: str = ...) -> Any: ...\n    later: str\ndef made(x: int) -> int: ...\n__version__: str\n";
    let implementation = "def make(a=1, *, b='x,y'):\n    \"\"\"Makes.\"\"\"\nclass Box:\n    size = 0\n    def get(self, key='k'):\n        \"\"\"Gets.\"\"\"\n";
    let got = public(&[
        ("pkg/__init__.py", init),
        ("pkg/__init__.pyi", stub),
        ("pkg/_impl.py", implementation),
        ("pkg/_fast.pyi", "def quick() -> int: ...\n"),
    ]);
    let expected = [
        ("pkg", "module pkg"),
        ("pkg.Box", "class Box"),
        ("pkg.Box.get", "def get(self, key: str = 'k') -> Any"),
        ("pkg.Box.later", "later: str"),
        ("pkg.Box.size", "size: int"),
        ("pkg.made", "def made(x: int) -> int"),
        (
            "pkg.make",
            "def make(a: int = 1, *, b: str = 'x,y') -> None",
        ),
        ("pkg.quick", "def quick() -> int"),
    ];
    let got: Vec<_> = got
        .iter()
        .map(|(name, signature)| (name.as_str(), signature.as_str()))
        .collect();
    assert_eq!(got, expected);
}

#[test]
fn dataclasses_inherit_across_files() {
    let got = public(&[
        ("pkg/__init__.py", ""),
        (
            "pkg/base.py",
            "from dataclasses import dataclass\n@dataclass\nclass Base:\n    a: int\n    b: int = 0\n",
        ),
        (
            "pkg/more.py",
            "from dataclasses import dataclass\nfrom . import base\nclass Plain(base.Base): ...\n@dataclass\nclass Most(Plain):\n    c: str = ''\n    b: str = 'b'\n",
        ),
    ]);
    assert_eq!(
        got["pkg.more.Most.__init__"],
        "def __init__(self, a: int, b: str = 'b', c: str = '') -> None"
    );
    assert!(!got.contains_key("pkg.more.Plain.__init__"));
}

#[test]
fn what_stands_in_for_an_import_is_no_api() {
    let got = names(&[
        (
            "pkg/__init__.py",
            "try:\n    from fast import f\nexcept ImportError:\n    def f(): ...\n    def g(): ...\n",
        ),
        ("pkg/__main__.py", "def main(): ...\n"),
        ("pkg/__version__.py", "number = 1\n"),
    ]);
    assert_eq!(got, ["pkg", "pkg.g"]);
}

#[test]
fn stubs_tell_the_types() {
    let got = public(&[
        ("pkg/__init__.py", ""),
        (
            "pkg/a.py",
            "def f(x):\n    \"\"\"Words.\"\"\"\ndef g(x): ...\n",
        ),
        (
            "pkg/a.pyi",
            "def f(x: int) -> str: ...\ndef extra() -> None: ...\n",
        ),
    ]);
    assert_eq!(got["pkg.a.f"], "def f(x: int) -> str");
    assert_eq!(got["pkg.a.g"], "def g(x)");
    assert_eq!(got["pkg.a.extra"], "def extra() -> None");
}

#[test]
fn circles_end() {
    let got = names(&[
        ("pkg/__init__.py", "from ._a import *\nfrom ._a import x\n"),
        ("pkg/_a.py", "from ._b import *\nfrom ._b import x\n"),
        (
            "pkg/_b.py",
            "from ._a import *\nfrom ._a import x\ndef y(): ...\n",
        ),
    ]);
    assert_eq!(got, ["pkg", "pkg.y"]);
}

#[test]
fn julia_files_are_parts_of_the_module_that_includes_them() {
    let main =
        "module Shelf\ninclude(\"exports.jl\")\ninclude(\"parts/open.jl\")\nown() = 1\nend\n";
    let open = "open_shelf(x) = x\nhidden() = 1\nBase.show(x) = 1\nmodule Inner\nexport deep\ndeep() = 1\nend\n";
    let got = names(&[
        ("src/Shelf.jl", main),
        ("src/exports.jl", "export open_shelf, own\n"),
        ("src/parts/open.jl", open),
        ("test/runtests.jl", "include(\"helper.jl\")\nf() = 1\n"),
        ("test/helper.jl", "help() = 1\n"),
    ]);
    assert_eq!(got, ["Base.show", "Shelf", "Shelf.open_shelf", "Shelf.own"]);
}

#[test]
fn the_namespace_of_an_r_package_decides() {
    let space = "export(open_shelf)\nexport(\"%on%\")\nS3method(print,shelf)\nexportClasses(Book)\nexportMethods(title)\nexportPattern(\"^shelf_\")\n";
    let source = "open_shelf <- function(x) x\n`%on%` <- function(a, b) a\nprint.shelf <- function(x) x\nhelper <- function(y) y\nshelf_size <- function() 1\nsetClass(\"Book\", representation(pages = \"numeric\"))\nsetMethod(\"title\", \"Book\", function(x) x)\nsetMethod(\"show\", \"Book\", function(x) x)\n";
    let got = names(&[("NAMESPACE", space), ("R/shelf.R", source)]);
    assert_eq!(
        got,
        [
            "%on%",
            "Book",
            "Book@pages",
            "open_shelf",
            "print.shelf",
            "shelf_size",
            "title,Book-method"
        ]
    );
}
