//! What one file says of another: OCaml's interfaces, Common Lisp's packages, Elm's manifest.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use package_api::{Context, FileOutline, resolve};
use registry_types::Visibility;
use universal_parser::{Options, outline_text};

fn resolved(files: &[(&str, &str)], manifest: Option<&str>) -> Vec<String> {
    let mut outlines: Vec<FileOutline> = files
        .iter()
        .map(|(path, text)| FileOutline {
            path: (*path).to_owned(),
            outline: outline_text(path, "p", text.as_bytes(), &Options::default()).unwrap(),
        })
        .collect();
    let context = Context {
        package: "p",
        manifest: &|_| manifest.map(|text| text.as_bytes().to_vec()),
    };
    resolve(&context, &mut outlines);
    let items = outlines.iter().flat_map(|file| &file.outline.items);
    items
        .filter(|item| item.visibility == Visibility::Public)
        .map(|item| item.qualified_name.clone())
        .collect()
}

#[test]
fn an_interface_hides_its_implementation() {
    let files = [
        ("lib/a.ml", "let shown = 1\nlet hidden = 2\n"),
        ("lib/a.mli", "val shown : int\n"),
        ("lib/b.ml", "let open_ = 3\n"),
    ];
    let names = resolved(&files, None);
    assert_eq!(names, ["A", "A.shown", "B", "B.open_"]);
}

#[test]
fn exports_of_a_package_hold_in_all_files() {
    let files = [
        ("package.lisp", "(defpackage :p (:export #:f #:s-x))\n"),
        (
            "a.lisp",
            "(in-package :p)\n(defun f () 1)\n(defun g () 2)\n(defstruct s x y)\n",
        ),
        ("b.lisp", "(in-package :other)\n(defun h () 1)\n"),
    ];
    let names = resolved(&files, None);
    assert_eq!(names, ["p", "p:f", "p:s-x", "other:h"]);
}

#[test]
fn a_manifest_of_elm_lists_the_modules() {
    let files = [
        ("src/A.elm", "module A exposing (f)\n\nf = 1\n"),
        ("src/B.elm", "module B exposing (g)\n\ng = 1\n"),
    ];
    let manifest = r#"{"exposed-modules": {"Main": ["A"]}, "elm-version": "0.19.0"}"#;
    assert_eq!(resolved(&files, Some(manifest)), ["A", "A.f"]);
    assert_eq!(resolved(&files, None), ["A", "A.f", "B", "B.g"]);
}
