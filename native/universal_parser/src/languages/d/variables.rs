//! Variables, constants, aliases.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::aggregates::child;
use super::{TYPE, add};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// Names of one declaration.
const MAX_NAMES: usize = 200;
/// A declaration that is shown with its value.
const SHORT: usize = 80;

fn kind(walk: &Walk<'_>) -> SnippetKind {
    if walk.scope().flags & TYPE != 0 {
        SnippetKind::Field
    } else {
        SnippetKind::Constant
    }
}

/// `int a = 1, b;`
pub(super) fn declarations(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let kind = kind(walk);
    let list = child(node, "declarators");
    define_all(walk, node, list, kind);
    Step::Skip
}

/// `auto a = 1;`, `enum X = 1;`
pub(super) fn automatic(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let kind = if walk.bytes(node).starts_with(b"enum") {
        SnippetKind::Constant
    } else {
        kind(walk)
    };
    let list = child(node, "auto_assignments");
    define_all(walk, node, list, kind);
    Step::Skip
}

/// `alias A = int;`, `alias int A;`
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let list = child(node, "alias_assignments").or_else(|| child(node, "declarators"));
    define_all(walk, node, list, SnippetKind::Type);
    Step::Skip
}

/// `a = value` after an attribute that makes it a declaration.
pub(super) fn assigned(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let kind = kind(walk);
    if let Some(name) = child(node, "identifier").map(|name| walk.text(name).into_owned()) {
        add(walk, Def::new(kind, name, node));
    }
    Step::Skip
}

fn define_all(walk: &mut Walk<'_>, node: Node<'_>, list: Option<Node<'_>>, kind: SnippetKind) {
    let mut found = Vec::new();
    if let Some(list) = list {
        names(list, 0, &mut found);
    }
    let single = found.len() == 1;
    let whole = node.byte_range().len() <= SHORT || kind == SnippetKind::Type;
    let doc = walk.lead.doc(walk.source);
    for (index, (name, value)) in found.iter().enumerate() {
        let text = walk.text(*name).into_owned();
        let mut def = Def::new(kind, text.clone(), node);
        if single && !whole {
            def = def.body(*value);
        }
        if !single {
            // What all names have in common, and the one.
            let start = walk.wrap.map_or(node.start_byte(), |wrap| wrap.start);
            let first = found
                .first()
                .map_or(node.end_byte(), |(name, _)| name.start_byte());
            let common = start..first.max(start);
            let common = crate::signature::cut(walk.source, common, node, &["//", "/*", "/+"]);
            def = def.signature(format!("{common} {text}"));
        }
        if index > 0 {
            def = def.doc(doc.clone());
        }
        add(walk, def);
    }
}

/// Names and values below a list of declarators, whose nesting the grammar bounds.
fn names<'t>(list: Node<'t>, level: u8, found: &mut Vec<(Node<'t>, Option<Node<'t>>)>) {
    let mut cursor = list.walk();
    for part in list.named_children(&mut cursor).take(MAX_NAMES) {
        match part.kind() {
            "var_declarator"
            | "auto_assignment"
            | "alias_assignment"
            | "var_declarator_identifier" => {
                if let Some(name) = child(part, "identifier") {
                    found.push((name, child(part, "exp_initializer")));
                }
            }
            "declarator_initializer" => {
                let inner = child(part, "var_declarator");
                if let Some(name) = inner.and_then(|inner| child(inner, "identifier")) {
                    found.push((name, child(part, "exp_initializer")));
                }
            }
            "declarator_identifier_list" if level == 0 => names(part, 1, found),
            _ => {}
        }
    }
}
