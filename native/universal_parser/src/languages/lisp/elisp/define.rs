//! Functions, macros, variables, options, faces, modes and aliases.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{add, datum};
use crate::define::Def;
use crate::outline::Marks;
use crate::walk::Walk;

/// What a head defines, and where its parts stand among the data of the form.
struct Shape {
    kind: SnippetKind,
    /// The list of arguments; 0 for none.
    arguments: usize,
    /// The docstring.
    doc: usize,
    /// The value or parent shown in the signature; 0 for none.
    value: usize,
    marks: Marks,
}

fn shape(head: &str) -> Option<Shape> {
    use SnippetKind::{Constant, Function, Macro};
    let (kind, arguments, doc, value) = match head {
        "defun"
        | "cl-defun"
        | "defsubst"
        | "cl-defsubst"
        | "define-inline"
        | "iter-defun"
        | "cl-iter-defun"
        | "defun*"
        | "defsubst*"
        | "cl-defgeneric"
        | "defgeneric"
        | "defun-rcirc-command"
        | "defmath"
        | "transient-define-prefix"
        | "transient-define-suffix"
        | "transient-define-infix"
        | "transient-define-argument"
        | "transient-define-group"
        | "evil-define-command"
        | "evil-define-motion"
        | "evil-define-operator"
        | "evil-define-text-object"
        | "defadvice"
        | "define-advice"
        | "define-compilation-mode"
        | "org-defun"
        | "pcase-defmacro"
        | "gv-define-setter" => (Function, 2, 3, 0),
        "defmacro" | "cl-defmacro" | "defmacro*" | "defmacro-mh" | "rx-define" => (Macro, 2, 3, 0),
        "defvar" | "defcustom" | "defconst" | "defvar-local" | "define-abbrev-table" => {
            (Constant, 0, 3, 2)
        }
        "defface" | "define-button-type" => (Constant, 0, 3, 0),
        "defgroup" => (Constant, 0, 3, 0),
        "defvar-keymap" => (Constant, 0, 0, 0),
        "define-minor-mode" | "define-global-minor-mode" => (Function, 0, 2, 0),
        "define-globalized-minor-mode" => (Function, 0, 0, 2),
        "define-derived-mode" => (Function, 0, 4, 2),
        "define-generic-mode" => (Function, 0, 7, 0),
        "define-widget" => (Constant, 0, 3, 2),
        "define-error" => (Constant, 0, 2, 0),
        "defalias" | "fset" => (Function, 0, 3, 2),
        "defvaralias" => (Constant, 0, 3, 2),
        "define-obsolete-function-alias" => (Function, 0, 4, 2),
        "define-obsolete-variable-alias" | "define-obsolete-face-alias" => (Constant, 0, 4, 2),
        _ => return None,
    };
    let marks = Marks::when(head.starts_with("define-obsolete"), Marks::DEPRECATED);
    Some(Shape {
        kind,
        arguments,
        doc,
        value,
        marks,
    })
}

pub(super) fn form(walk: &mut Walk<'_>, node: Node<'_>, head: &str) {
    if matches!(head, "cl-defmethod" | "defmethod") {
        return method(walk, node, head);
    }
    let Some(shape) = shape(head) else { return };
    let data = datum::data(node);
    let Some(symbol) = data.get(1).map(|name| datum::unquoted(*name)) else {
        return;
    };
    // `(cl-defun (setf name) …)` and `(defvar name)` alone, which only quiets the compiler.
    let alone = data.len() < 3 && matches!(head, "defvar" | "fset" | "defalias");
    if alone || symbol.byte_range().len() > 200 || head == "fset" {
        return;
    }
    if !datum::is_symbol(symbol) && !datum::is_list(symbol) {
        return;
    }
    let name = datum::name(walk, symbol);
    // What `nil` and a computed name stand for cannot be told.
    if name == "nil" || (datum::is_list(symbol) && !name.starts_with("(setf ")) {
        return;
    }
    let place = |index: usize| data.get(index).filter(|_| index > 0);
    let mut shown = Vec::new();
    if let Some(arguments) = place(shape.arguments) {
        shown.push(*arguments);
    }
    if let Some(value) = datum::short(place(shape.value)) {
        shown.push(value);
    }
    let signature = datum::form(walk, &format!("{head} {name}"), &shown);
    let doc = match shape.doc {
        _ if head == "defvar-keymap" => keyword(walk, &data, ":doc"),
        at => docstring(walk, &data, at),
    };
    let deprecated = shape.arguments > 0 && is_obsolete(walk, &data);
    let bare = name.clone();
    let def = Def::new(shape.kind, name, node)
        .signature(signature)
        .marks(shape.marks.with(Marks::when(deprecated, Marks::DEPRECATED)))
        .doc(doc);
    add(walk, def, &bare);
}

/// A method: told from others of its generic function by what it is for.
fn method(walk: &mut Walk<'_>, node: Node<'_>, head: &str) {
    let data = datum::data(node);
    let Some(symbol) = data.get(1).copied() else {
        return;
    };
    let name = datum::name(walk, symbol);
    let at = (2..data.len().min(7)).find(|at| data.get(*at).is_some_and(|n| datum::is_list(*n)));
    let Some(arguments) = at.and_then(|at| data.get(at)) else {
        return;
    };
    let doc = at.and_then(|at| datum::docstring(walk, data.get(at + 1)));
    let mut shown: Vec<_> = data.get(2..at.unwrap_or(2)).unwrap_or_default().to_vec();
    shown.push(*arguments);
    let qualified = datum::form(walk, &name, &shown);
    let def = Def::new(SnippetKind::Method, name.clone(), node)
        .qualified(qualified)
        .signature(datum::form(walk, &format!("{head} {name}"), &shown))
        .marks(Marks::IMPLEMENTS)
        .doc(doc);
    add(walk, def, &name);
}

/// The string at `at`, or after `(declare …)` there.
fn docstring(walk: &Walk<'_>, data: &[Node<'_>], at: usize) -> Option<String> {
    // A function whose only expression is a string returns that; Emacs takes it for both.
    let near = data.get(at..).unwrap_or_default();
    let found = near.iter().take(2).find(|node| datum::is_string(**node));
    datum::docstring(walk, found)
}

pub(super) fn keyword(walk: &Walk<'_>, data: &[Node<'_>], key: &str) -> Option<String> {
    let at = data
        .iter()
        .take(64)
        .position(|node| walk.bytes(*node) == key.as_bytes())?;
    datum::docstring(walk, data.get(at + 1))
}

/// `(declare (obsolete new "1.2"))` near the head.
fn is_obsolete(walk: &Walk<'_>, data: &[Node<'_>]) -> bool {
    let near = data
        .iter()
        .skip(3)
        .take(3)
        .filter(|node| datum::is_list(**node));
    { near }.any(|node| {
        datum::head(walk, *node) == "declare"
            && datum::data(*node)
                .iter()
                .any(|entry| datum::is_list(*entry) && datum::head(walk, *entry) == "obsolete")
    })
}
