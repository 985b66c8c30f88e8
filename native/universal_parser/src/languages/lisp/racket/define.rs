//! Functions, values, macros, classes and structures.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{datum, provide};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// Fields of one structure.
const MAX_FIELDS: usize = 500;

pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>, head: &str) {
    let data = datum::data(node);
    let Some(target) = data.get(1).copied() else {
        return;
    };
    let phase = head.contains("for-syntax");
    if head.starts_with("define-values") || head.starts_with("define-syntaxes") {
        for name in datum::data(target).into_iter().take(MAX_FIELDS) {
            let name = datum::symbol(walk, Some(&name)).into_owned();
            let signature = format!("({head} ({name}))");
            let kind = if head == "define-values" {
                SnippetKind::Constant
            } else {
                SnippetKind::Macro
            };
            walk.define(Def::new(kind, name, node).signature(signature));
        }
        return;
    }
    if matches!(
        head,
        "define-runtime-path" | "define-logger" | "define-tokens"
    ) && data.len() < 2
    {
        return;
    }
    let macros = head.contains("syntax") || head.contains("macro") || phase;
    let list = datum::is_list(target);
    let name = if list {
        name_in(walk, target)
    } else {
        datum::symbol(walk, Some(&target)).into_owned()
    };
    if name.is_empty() || name.starts_with("#:") {
        return;
    }
    let (mut shown, lambda) = (vec![target], is_lambda(walk, data.get(2)));
    let typed = walk.bytes(*data.get(2).unwrap_or(&target)) == b":";
    if head.contains("contract") {
        shown.extend(data.get(2).copied());
    } else if typed {
        // Typed Racket: (define (f [x : T]) : U …).
        shown.extend(data.get(2..4).unwrap_or_default());
    } else if !list && !lambda && !macros {
        let short = datum::short(data.get(2));
        shown.extend(short.filter(|value| !datum::is_list(*value)));
    }
    let kind = if macros {
        SnippetKind::Macro
    } else if head.contains("class") || is_class(walk, data.get(2)) {
        SnippetKind::Class
    } else if head == "define-type" {
        SnippetKind::Type
    } else if head.contains("signature") || head.contains("interface") || head == "define-generics"
    {
        SnippetKind::Interface
    } else if list || lambda {
        SnippetKind::Function
    } else {
        SnippetKind::Constant
    };
    let signature = datum::form(walk, head, &shown);
    walk.define(Def::new(kind, name, node).signature(signature));
}

fn is_lambda(walk: &Walk<'_>, value: Option<&Node<'_>>) -> bool {
    let Some(value) = value.filter(|node| datum::is_list(**node)) else {
        return false;
    };
    let head = datum::head(walk, *value);
    head.contains("lambda") || head.contains('λ') || head == "make-parameter" || head == "curry"
}

fn is_class(walk: &Walk<'_>, value: Option<&Node<'_>>) -> bool {
    value
        .filter(|node| datum::is_list(**node))
        .is_some_and(|node| matches!(&*datum::head(walk, *node), "class" | "class*" | "mixin"))
}

/// `(f x)`, or `((f x) y)` of a curried one.
fn name_in(walk: &Walk<'_>, target: Node<'_>) -> String {
    let mut target = target;
    for _ in 0..8 {
        let Some(first) = datum::data(target).first().copied() else {
            break;
        };
        if !datum::is_list(first) {
            return datum::symbol(walk, Some(&first)).into_owned();
        }
        target = first;
    }
    String::new()
}

/// `(: name : T)` stands above the definition, as its documentation does.
pub(super) fn annotation(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = datum::data(node).get(1).copied();
    let name = datum::symbol(walk, name.as_ref()).into_owned();
    let text = datum::text(walk, node);
    if text.len() < 600 {
        provide::link(walk, &name, None, Some(format!("{}{text}", provide::TYPE)));
    }
    Step::Lead
}

/// `(struct point (x [y #:mutable]) …)`: fields are reached as `point-x`.
pub(super) fn structure(walk: &mut Walk<'_>, node: Node<'_>, head: &str) {
    let data = datum::data(node);
    let Some(target) = data.get(1).copied() else {
        return;
    };
    let name = if datum::is_list(target) {
        datum::head(walk, target).into_owned()
    } else {
        datum::symbol(walk, Some(&target)).into_owned()
    };
    // (struct child parent (fields)): a parent is a symbol.
    let place = data
        .iter()
        .skip(2)
        .take(2)
        .position(|node| datum::is_list(*node));
    let shown = data.get(1..3 + place.unwrap_or(0)).unwrap_or_default();
    let signature = datum::form(walk, head, shown);
    let def = Def::new(SnippetKind::Struct, name.clone(), node).signature(signature);
    let Some(owner) = walk.define(def) else {
        return;
    };
    let fields = place.and_then(|place| data.get(2 + place));
    let fields = fields.map(|list| datum::data(*list)).unwrap_or_default();
    for field in fields.iter().take(MAX_FIELDS) {
        let bare = if datum::is_list(*field) {
            datum::head(walk, *field)
        } else {
            datum::symbol(walk, Some(field))
        };
        if bare.is_empty() {
            continue;
        }
        let def = Def::new(SnippetKind::Field, format!("{name}-{bare}"), *field).doc(None);
        let member = walk.define(def);
        walk.give_to(owner, member);
    }
}
