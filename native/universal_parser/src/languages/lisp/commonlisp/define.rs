//! Functions, macros, variables, types.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{datum, package, types};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

pub(super) fn form(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let data = datum::data(node);
    let Some(first) = data.first() else {
        return Step::Skip;
    };
    let head = walk.text(*first).to_ascii_lowercase();
    let local = head.rsplit(':').next().unwrap_or(&head);
    match local {
        "progn" | "eval-when" | "let" | "let*" | "flet" | "labels" | "macrolet"
        | "symbol-macrolet" | "locally" | "when" | "unless" => return Step::Enter,
        "in-package" => package::enter(walk, node),
        "defpackage" | "define-package" | "defpackage*" => package::define(walk, node),
        "export" => package::export(walk, node),
        "defclass" | "define-condition" => types::class(walk, node, local, &data),
        "defstruct" => types::structure(walk, node, &data),
        "deftest"
        | "defsystem"
        | "define-test"
        | "defsuite"
        | "def-suite"
        | "define-compiler-macro"
        | "default"
        | "defmethod/cc"
        | "deftransform"
        | "defknown" => {}
        _ if local.starts_with("def") => define(walk, node, local, &data),
        _ => {}
    }
    Step::Skip
}

fn kind_of(head: &str, arguments: bool) -> SnippetKind {
    match head {
        "defun" | "defgeneric" | "defsetf" | "defcfun" | "defcallback" => SnippetKind::Function,
        "defmethod" => SnippetKind::Method,
        "deftype" | "defctype" | "defcenum" | "defbitfield" => SnippetKind::Type,
        "defcstruct" | "defcunion" => SnippetKind::Struct,
        "defvar"
        | "defparameter"
        | "defconstant"
        | "defglobal"
        | "define-constant"
        | "define-symbol-macro"
        | "defcvar" => SnippetKind::Constant,
        _ if head.contains("macro") => SnippetKind::Macro,
        _ if arguments => SnippetKind::Function,
        _ => SnippetKind::Constant,
    }
}

fn define(walk: &mut Walk<'_>, node: Node<'_>, head: &str, data: &[Node<'_>]) {
    let Some(target) = data.get(1).map(|name| datum::unquoted(*name)) else {
        return;
    };
    let Some(name) = name_of(walk, target) else {
        return;
    };
    // Qualifiers of a method (`:around`) stand before its arguments.
    let at = match head {
        "defmethod" => (2..data.len().min(6))
            .find(|at| data.get(*at).is_some_and(|n| is_arguments(*n)))
            .unwrap_or(2),
        "define-setf-expander" => 2,
        _ => 2,
    };
    let arguments = data.get(at).copied().filter(|node| is_arguments(*node));
    let kind = kind_of(head, arguments.is_some());
    let (shown, doc_at): (Vec<Node<'_>>, usize) = match kind {
        SnippetKind::Constant => (datum::short(data.get(2)).into_iter().collect(), 3),
        SnippetKind::Method => (data.get(2..=at).unwrap_or_default().to_vec(), at + 1),
        _ => (arguments.into_iter().collect(), at + 1),
    };
    let doc = documentation(walk, data, doc_at);
    let written = datum::name(walk, target);
    let signature = datum::form(
        walk,
        &format!("{head} {}", written.to_ascii_lowercase()),
        &shown,
    );
    let mut qualified = qualify(walk, &name);
    if kind == SnippetKind::Method {
        qualified = format!("{qualified} {}", method_key(walk, &shown));
    }
    let marks = Marks::when(kind == SnippetKind::Method, Marks::IMPLEMENTS);
    let def = Def::new(kind, name, node)
        .qualified(qualified)
        .signature(signature)
        .marks(marks)
        .doc(doc);
    walk.define(def);
}

/// `nil` is an empty list of arguments.
fn is_arguments(node: Node<'_>) -> bool {
    node.kind() == "list_lit" || node.kind() == "nil_lit"
}

/// `name`, `(setf name)`, or the symbol of `("c_name" lisp-name)` and `(name options…)`.
fn name_of(walk: &Walk<'_>, target: Node<'_>) -> Option<String> {
    if datum::is_list(target) {
        let parts = datum::data(target);
        if datum::head(walk, target).eq_ignore_ascii_case("setf") {
            let inner = datum::symbol(walk, parts.get(1));
            return Some(format!("(setf {})", package::canonical(&inner)));
        }
        let symbol = parts.iter().take(3).find(|node| datum::is_symbol(**node))?;
        return Some(local(&walk.text(*symbol)));
    }
    if !datum::is_symbol(target) {
        return None;
    }
    Some(local(&walk.text(target))).filter(|name| !name.is_empty() && name != "nil")
}

/// The name without its package.
pub(super) fn local(text: &str) -> String {
    let bare = text.rsplit(':').next().unwrap_or(text);
    package::canonical(bare)
}

pub(super) fn qualify(walk: &Walk<'_>, name: &str) -> String {
    let package = package::current(walk);
    if package.is_empty() {
        name.to_owned()
    } else {
        format!("{package}:{name}")
    }
}

/// The docstring at `at`, else a `(:documentation "…")` or `:documentation "…"` among the data.
pub(super) fn documentation(walk: &Walk<'_>, data: &[Node<'_>], at: usize) -> Option<String> {
    // A string that is all of the body is its value.
    let alone = at + 1 == data.len() && data.len() == 4 && is_arguments_at(data, 2);
    if let Some(node) = data.get(at).filter(|node| datum::is_string(**node))
        && !alone
    {
        return datum::docstring(walk, Some(node));
    }
    for (index, node) in data.iter().enumerate().skip(2).take(200) {
        if datum::is_list(*node) {
            let parts = datum::data(*node);
            let key = parts.first().filter(|key| is_documentation(walk, **key));
            if key.is_some() {
                return datum::docstring(walk, parts.get(1));
            }
        } else if is_documentation(walk, *node) {
            return datum::docstring(walk, data.get(index + 1));
        }
    }
    None
}

fn is_arguments_at(data: &[Node<'_>], at: usize) -> bool {
    data.get(at).is_some_and(|node| is_arguments(*node))
}

fn is_documentation(walk: &Walk<'_>, node: Node<'_>) -> bool {
    node.kind() == "kwd_lit" && walk.bytes(node).eq_ignore_ascii_case(b":documentation")
}

/// `:around (shape t)`: the qualifiers and the classes of the required arguments.
fn method_key(walk: &Walk<'_>, shown: &[Node<'_>]) -> String {
    let mut key = String::new();
    for part in shown {
        if !datum::is_list(*part) {
            key.push_str(&walk.text(*part).to_ascii_lowercase());
            key.push(' ');
            continue;
        }
        let mut classes = Vec::new();
        for argument in datum::data(*part) {
            if walk.bytes(argument).starts_with(b"&") {
                break;
            }
            classes.push(if datum::is_list(argument) {
                let class = datum::data(argument).get(1).copied();
                class
                    .map(|class| datum::text(walk, class))
                    .unwrap_or_default()
            } else {
                "t".to_owned()
            });
        }
        key.push_str(&format!("({})", classes.join(" ").to_ascii_lowercase()));
    }
    key
}
