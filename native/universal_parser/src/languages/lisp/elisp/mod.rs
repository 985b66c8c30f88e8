//! Emacs Lisp: one space of names; `--` in a name says that it is its file's own.
//!
//! The file's item is its feature (`;;; name.el --- summary`, the Commentary as documentation).
//! Documentation is the docstring. `(declare (obsolete …))`, `make-obsolete` and the
//! `define-obsolete-…` forms deprecate. `(defvar name)` without a value defines nothing.

mod define;
mod header;
mod types;

use registry_types::Visibility;
use tree_sitter::Node;

use super::{datum, recover, skipped};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Items looked back at for the one that `make-obsolete` names.
const LOOK_BACK: usize = 64;

pub(in crate::languages) struct Elisp;

impl Rules for Elisp {
    fn name(&self) -> &'static str {
        "elisp"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_elisp::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["el"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &[".emacs", "Cask", "Eask"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["emacs", "emacsclient"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &[";"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let name = file.path.rsplit('/').next().unwrap_or(file.path);
        let stem = name.strip_suffix(".el").unwrap_or(name);
        let aside = crate::paths::is_in_aside(file.path)
            || stem.ends_with("-tests")
            || stem.ends_with("-test")
            || stem.ends_with("-pkg")
            || stem.ends_with("-autoloads");
        let doc = header::read(walk.source);
        walk.outline.module_doc.clone_from(&doc);
        let index = walk.define_file(stem, stem, format!("(require '{stem})"), doc, root);
        let visibility = if aside {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        if let Some(item) = index.and_then(|index| walk.outline.items.get_mut(index as usize)) {
            item.visibility = visibility;
            item.declared = visibility;
        }
        walk.outline.module = stem.to_owned();
        Scope {
            path: String::new(),
            visibility,
            item: index,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => Step::Lead,
            kind if datum::is_list(node) => {
                let step = form(walk, node, kind);
                recover(walk, node, step)
            }
            _ => Step::Skip,
        }
    }

    fn error(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        skipped(walk, node)
    }
}

fn form(walk: &mut Walk<'_>, node: Node<'_>, kind: &str) -> Step {
    let head = datum::head(walk, node);
    match &*head {
        "progn"
        | "prog1"
        | "eval-and-compile"
        | "eval-when-compile"
        | "when"
        | "unless"
        | "if"
        | "let"
        | "let*"
        | "cond"
        | "with-eval-after-load"
        | "with-no-warnings"
        | "with-suppressed-warnings"
        | "condition-case"
        | "ignore-errors"
        | "static-if" => {
            return Step::Enter;
        }
        // A clause of `cond`, a handler.
        "t" | "error" => return Step::Enter,
        "make-obsolete" | "make-obsolete-variable" => obsolete(walk, node),
        "cl-defstruct" | "defstruct" => return types::structure(walk, node),
        "defclass" => return types::class(walk, node),
        _ if kind == "list" && !head.contains("def") && !head.contains("transient") => {}
        _ => define::form(walk, node, &head),
    }
    Step::Skip
}

/// `(make-obsolete 'old 'new "1.2")` after its definition.
fn obsolete(walk: &mut Walk<'_>, node: Node<'_>) {
    let data = datum::data(node);
    let Some(name) = data.get(1).map(|name| datum::unquoted(*name)) else {
        return;
    };
    let name = datum::symbol(walk, Some(&name)).into_owned();
    let recent = walk.outline.items.iter_mut().rev().take(LOOK_BACK);
    if let Some(item) = { recent }.find(|item| item.name == name) {
        item.marks = item.marks.with(Marks::DEPRECATED);
    }
}

/// A definition with the visibility of its name.
fn add(walk: &mut Walk<'_>, def: Def<'_>, name: &str) -> Option<u32> {
    walk.define(def.public(is_public(name)))
}

/// Whether others may use `name`.
fn is_public(name: &str) -> bool {
    // `map--into` is internal, `--each` and `-->` of dash are operators of its API.
    name.get(1..).is_none_or(|rest| !rest.contains("--")) || name.starts_with("--")
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn two_dashes_inside_are_internal() {
        assert!(is_public("a-b") && is_public("--each") && is_public("-->") && is_public("é"));
        assert!(!is_public("map--into") && !is_public("a--"));
    }
}
