//! `const`, `let` and `var`.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::function::{bare, is_function, signature_end};
use super::{CLASS, assignment, comment, import, is_exported};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// Names taken from one destructuring pattern.
const MAX_NAMES: usize = 200;

/// Each declarator is an item: a function, a class, else a constant.
pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let declarators: Vec<_> = node
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "variable_declarator")
        .collect();
    let alone = declarators.len() == 1;
    for declarator in declarators {
        let Some(name) = declarator.child_by_field_name("name") else {
            continue;
        };
        match name.kind() {
            "identifier" => {
                if let Some(step) = declarator_item(walk, node, declarator, name, alone) {
                    return step;
                }
            }
            "object_pattern" => destructured(walk, declarator, name),
            _ => {}
        }
    }
    Step::Skip
}

/// The item; a step when its members are to be visited.
fn declarator_item(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    declarator: Node<'_>,
    name: Node<'_>,
    alone: bool,
) -> Option<Step> {
    let value = declarator.child_by_field_name("value").map(bare);
    let name = walk.text(name);
    if let Some(value) = value {
        if import::required(walk, value, &name) {
            return None;
        }
        assignment::chain(walk, value, &name);
    }
    let function = value.filter(|value| is_function(*value));
    let class = value.filter(|value| value.kind() == "class");
    let (kind, body) = match (function, class) {
        (Some(function), _) => (SnippetKind::Function, signature_end(function)),
        (_, Some(class)) => (SnippetKind::Class, class.child_by_field_name("body")),
        _ => (SnippetKind::Constant, value.filter(is_long)),
    };
    let marks = comment::marks(walk);
    let mut def = Def::new(kind, name.clone(), if alone { node } else { declarator })
        .body(body)
        .public(is_exported(walk) && !marks.has(Marks::HIDDEN))
        .marks(marks);
    if !alone {
        let end = body.map_or(declarator.end_byte(), |body| body.start_byte());
        let text = walk
            .source
            .get(declarator.start_byte()..end)
            .unwrap_or_default();
        let text = text.get(..4096).unwrap_or(text);
        let keyword = node
            .child(0)
            .map(|word| walk.text(word))
            .unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        def = def.signature(crate::signature::fold(&format!("{keyword} {text}")));
    }
    let item = walk.define(def)?;
    (class.is_some() && alone).then(|| Step::Scope(walk.scope_of(&name, Some(item), CLASS)))
}

/// `const { a, b: c } = …` defines `a` and `c`; `… = require("x")` imports them.
fn destructured(walk: &mut Walk<'_>, declarator: Node<'_>, pattern: Node<'_>) {
    let value = declarator.child_by_field_name("value").map(bare);
    let mut cursor = pattern.walk();
    for part in pattern.named_children(&mut cursor).take(MAX_NAMES) {
        let (key, local) = match part.kind() {
            "shorthand_property_identifier_pattern" => (part, part),
            "pair_pattern" => {
                let key = part.child_by_field_name("key");
                let local = part.child_by_field_name("value");
                let local = local.filter(|local| local.kind() == "identifier");
                let Some(pair) = key.zip(local) else { continue };
                pair
            }
            _ => continue,
        };
        let (key, local) = (walk.text(key), walk.text(local));
        let imported = value.is_some_and(|value| import::destructured(walk, value, &key, &local));
        if !imported {
            let def = Def::new(SnippetKind::Constant, local, declarator)
                .body(value.filter(is_long))
                .public(is_exported(walk));
            walk.define(def);
        }
    }
}

/// Whether a value is left out of the signature.
pub(super) fn is_long(value: &Node<'_>) -> bool {
    const LONG: usize = 80;
    value.byte_range().len() > LONG
}
