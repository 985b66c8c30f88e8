//! Definitions.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{datum, exports, library};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// Members of one record type.
const MAX_MEMBERS: usize = 500;

pub(super) fn form(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let head = datum::head(walk, node);
    match &*head {
        "library" | "define-library" | "module" => return library::library(walk, node, &head),
        "begin" | "cond-expand" | "let" | "let*" | "letrec" | "let-syntax" | "when" | "unless"
        | "if" | "eval-when" | "else" | "guile" | "chicken" | "gauche" | "chibi" | "r7rs"
        | "begin0" | "begin-for-syntax" => return Step::Enter,
        "export" | "re-export" | "export-syntax" => library::export(walk, node),
        "define-module" => library::guile(walk, node),
        "define-record-type"
        | "define-structure"
        | "define-class"
        | "define-condition-type"
        | "define-struct"
        | "define-record"
        | "define-immutable-record-type" => {
            return record(walk, node, &head);
        }
        _ if head.starts_with("def") => define(walk, node, &head),
        // R7RS: `((and x y) …)` and `(library …)` clauses of cond-expand.
        "" | "and" | "or" | "not" => return Step::Enter,
        _ => {}
    }
    Step::Skip
}

fn define(walk: &mut Walk<'_>, node: Node<'_>, head: &str) {
    let data = datum::data(node);
    let Some(target) = data.get(1).copied() else {
        return;
    };
    if head.contains("values") && datum::is_list(target) {
        for name in datum::data(target).into_iter().take(MAX_MEMBERS) {
            let name = datum::symbol(walk, Some(&name)).into_owned();
            let signature = format!("({head} ({name}))");
            one(
                walk,
                node,
                SnippetKind::Constant,
                name,
                signature,
                None,
                head,
            );
        }
        return;
    }
    let syntax = head.contains("syntax") || head.contains("macro");
    let (name, shown, function) = if datum::is_list(target) {
        (head_of(walk, target), vec![target], true)
    } else {
        let name = datum::symbol(walk, Some(&target)).into_owned();
        let (shown, function) = value(walk, target, data.get(2), syntax);
        (name, shown, function)
    };
    if name.is_empty() {
        return;
    }
    let kind = if syntax {
        SnippetKind::Macro
    } else if head.contains("method") {
        SnippetKind::Method
    } else if function || head.contains("generic") || head.contains("inlin") {
        SnippetKind::Function
    } else {
        SnippetKind::Constant
    };
    let doc = doc(walk, &data, target);
    let signature = datum::form(walk, head, &shown);
    one(walk, node, kind, name, signature, doc, head);
}

/// What of `(define name value)` is shown, and whether the value is a procedure.
fn value<'t>(
    walk: &Walk<'_>,
    target: Node<'t>,
    value: Option<&Node<'t>>,
    syntax: bool,
) -> (Vec<Node<'t>>, bool) {
    let Some(value) = value.copied() else {
        return (vec![target], false);
    };
    let head = if datum::is_list(value) {
        datum::head(walk, value)
    } else {
        "".into()
    };
    let lambda = head.contains("lambda");
    if lambda || syntax {
        return (vec![target], lambda);
    }
    let short = datum::short(Some(&value)).filter(|value| !datum::is_list(*value));
    (std::iter::once(target).chain(short).collect(), false)
}

/// Curried definitions have lists as their heads: the name is inside of all of them.
fn head_of(walk: &Walk<'_>, target: Node<'_>) -> String {
    let mut target = target;
    for _ in 0..8 {
        let Some(first) = datum::data(target).first().copied() else {
            return String::new();
        };
        if !datum::is_list(first) {
            return datum::symbol(walk, Some(&first)).into_owned();
        }
        target = first;
    }
    String::new()
}

/// Guile's docstring, where no comment stands above.
fn doc(walk: &Walk<'_>, data: &[Node<'_>], target: Node<'_>) -> Option<String> {
    let above = walk.lead.doc(walk.source);
    if above.is_some() || !datum::is_list(target) || data.len() < 4 {
        return above;
    }
    datum::docstring(walk, data.get(2))
}

fn one(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: String,
    signature: String,
    doc: Option<String>,
    head: &str,
) -> Option<u32> {
    if head.contains("public") || head == "define-exported" {
        exports::export(walk, &name, None);
    }
    let def = Def::new(kind, name, node).signature(signature).doc(doc);
    walk.define(def)
}

/// Record types of R6RS, R7RS, SRFI 9, 57 and 131: constructor, predicate and accessors are
/// procedures of their own.
fn record(walk: &mut Walk<'_>, node: Node<'_>, head: &str) -> Step {
    let data = datum::data(node);
    let Some(target) = data.get(1).copied() else {
        return Step::Skip;
    };
    let names = if datum::is_list(target) {
        datum::data(target)
    } else {
        vec![target]
    };
    let name = datum::symbol(walk, names.first()).into_owned();
    let signature = datum::form(walk, head, &[target]);
    let doc = walk.lead.doc(walk.source);
    let kind = if head == "define-class" {
        SnippetKind::Class
    } else {
        SnippetKind::Struct
    };
    let Some(owner) = one(walk, node, kind, name.clone(), signature, doc, head) else {
        return Step::Skip;
    };
    // R6RS: (define-record-type (point make-point point?) (fields (mutable x) y)).
    for made in names
        .iter()
        .skip(1)
        .filter(|_| head == "define-record-type")
    {
        procedure(walk, *made, *made);
    }
    let six = data
        .iter()
        .skip(2)
        .take(20)
        .copied()
        .find(|clause| datum::is_list(*clause) && datum::head(walk, *clause) == "fields");
    if let Some(fields) = six {
        for made in [format!("make-{name}"), format!("{name}?")] {
            if names.len() < 2 {
                let def = Def::new(SnippetKind::Function, made.clone(), node);
                walk.define(def.signature(made).doc(None));
            }
        }
        for field in datum::data(fields).iter().skip(1).take(MAX_MEMBERS) {
            six_field(walk, owner, &name, *field);
        }
        return Step::Skip;
    }
    if head != "define-record-type" && head != "define-immutable-record-type" {
        return Step::Skip;
    }
    for (index, part) in data.iter().enumerate().skip(2).take(MAX_MEMBERS) {
        if !datum::is_list(*part) {
            procedure(walk, *part, *part);
            continue;
        }
        let parts = datum::data(*part);
        if index == 2 {
            if let Some(constructor) = parts.first() {
                procedure(walk, *constructor, *part);
            }
            continue;
        }
        for accessor in parts.iter().skip(1).take(3) {
            procedure(walk, *accessor, *part);
        }
    }
    Step::Skip
}

fn procedure(walk: &mut Walk<'_>, name: Node<'_>, node: Node<'_>) {
    let text = datum::symbol(walk, Some(&name)).into_owned();
    if text.is_empty() || text.starts_with('#') {
        return;
    }
    let signature = if datum::is_list(node)
        && walk
            .bytes(node)
            .get(1..)
            .is_some_and(|rest| rest.starts_with(text.as_bytes()))
    {
        datum::text(walk, node)
    } else {
        text.clone()
    };
    let def = Def::new(SnippetKind::Function, text, node)
        .signature(signature)
        .doc(None);
    walk.define(def);
}

/// `y`, `(mutable x)`, `(immutable x point-x)`: the accessor is `point-x` when none is given.
fn six_field(walk: &mut Walk<'_>, owner: u32, record: &str, field: Node<'_>) {
    let parts = if datum::is_list(field) {
        datum::data(field)
    } else {
        vec![field]
    };
    let bare = if parts.len() > 1 {
        parts.get(1)
    } else {
        parts.first()
    };
    let bare = datum::symbol(walk, bare).into_owned();
    let accessor = match parts.get(2) {
        Some(name) => datum::symbol(walk, Some(name)).into_owned(),
        None => format!("{record}-{bare}"),
    };
    let def = Def::new(SnippetKind::Field, accessor, field).doc(None);
    let member = walk.define(def);
    walk.give_to(owner, member);
}
