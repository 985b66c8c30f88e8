//! What the files of a package say of each other.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use package_api::{Context, FileOutline, resolve};
use registry_types::Visibility;
use universal_parser::{Options, outline_text};

/// The public names of a package, each with its signature.
fn public(files: &[(&str, &str)]) -> BTreeMap<String, String> {
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
        .map(|item| (item.qualified_name, item.signature))
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
fn the_shortest_public_path_wins_and_public_ones_stay() {
    let got = names(&[
        (
            "pkg/__init__.py",
            "from .sub import Client\nfrom .open import shown\n",
        ),
        ("pkg/open.py", "def shown(): ...\n"),
        ("pkg/sub/__init__.py", "from .._client import Client\n"),
        ("pkg/_client.py", "class Client: ...\n"),
    ]);
    assert_eq!(
        got,
        ["pkg", "pkg.Client", "pkg.open", "pkg.open.shown", "pkg.sub"]
    );
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
