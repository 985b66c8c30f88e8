//! Common Lisp: what a package exports is public, `package:name`; all else is `package::name`.
//!
//! Packages are mostly defined in a file of their own: a file alone takes symbols of a package whose
//! exports it does not see for public, and `package_api` settles it across the files.
//!
//! Documentation is the docstring or the `:documentation` option. Heads that begin with `def` count
//! as definitions when a symbol follows: macros of libraries (`defcfun`, `define-constant`).

mod define;
mod finish;
mod package;
mod types;

use tree_sitter::Node;

use super::{datum, recover, skipped};
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Reader conditionals inside each other.
const MAX_CONDITIONS: usize = 8;

pub(in crate::languages) struct CommonLisp;

impl Rules for CommonLisp {
    fn name(&self) -> &'static str {
        "commonlisp"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_commonlisp::LANGUAGE_COMMONLISP.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["lisp", "lsp", "cl", "asd", "ros"]
    }

    fn claims(&self, path: &str, source: &[u8]) -> bool {
        // `.cl` is OpenCL as well.
        !path.ends_with(".cl") || is_lisp(source)
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["sbcl", "clisp", "ecl", "ccl", "abcl", "ros"]
    }

    fn separator(&self) -> &'static str {
        ":"
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        super::MARKERS
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let aside = crate::paths::is_in_aside(file.path)
            || file.path.starts_with('t') && file.path.starts_with("t/");
        Scope::of_file("", aside)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" | "block_comment" | "dis_expr" => Step::Lead,
            "list_lit" => {
                let step = define::form(walk, node);
                recover(walk, node, step)
            }
            // The body is broken: what is left of a function is its head.
            "defun_header" => {
                define::form(walk, node);
                Step::Skip
            }
            "defun" => Step::Enter,
            "include_reader_macro" => conditional(walk, node),
            _ => Step::Skip,
        }
    }

    fn error(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        skipped(walk, node)
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

/// `#+sbcl (defun …)`.
fn conditional(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut target = node;
    for _ in 0..MAX_CONDITIONS {
        match target.child_by_field_name("target") {
            Some(inner) if target.kind() == "include_reader_macro" => target = inner,
            _ => break,
        }
    }
    if target.kind() != "list_lit" {
        return Step::Skip;
    }
    let marker = walk.field(node, "marker").unwrap_or_default();
    let condition = walk.field(node, "condition").unwrap_or_default();
    let condition = crate::signature::fold(&format!("{marker}{condition}"));
    walk.conditions.push(&condition, node.byte_range());
    match define::form(walk, target) {
        Step::Skip => Step::Skip,
        // `#+sbcl (progn …)`: the target is a child of this node.
        _ => Step::Enter,
    }
}

/// The first character of the text that is no space and no comment opens a list.
fn is_lisp(source: &[u8]) -> bool {
    let head = crate::text::lossy(source.get(..4096).unwrap_or(source));
    let line = head
        .lines()
        .map(str::trim_start)
        .find(|line| !line.is_empty() && !line.starts_with(';'));
    line.is_some_and(|line| line.starts_with("(") || line.starts_with("#|"))
}
