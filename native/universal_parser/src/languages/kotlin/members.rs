//! Functions, constructors, properties.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{CLASS, child, is_public, marks};
use crate::define::Def;
use crate::languages::{block_doc, modifiers};
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Names of one destructuring.
const MAX_NAMES: usize = 64;

/// A name without its backticks.
pub(super) fn plain_name(name: &str) -> &str {
    name.strip_prefix('`')
        .and_then(|name| name.strip_suffix('`'))
        .unwrap_or(name)
}

/// `Type.name` for an extension of `Type<A, B>?`, as its user would look for it.
fn qualified(walk: &Walk<'_>, node: Node<'_>, name: &str) -> String {
    let Some(receiver) = node.child_by_field_name("receiver") else {
        return walk.qualify(name);
    };
    let text = walk.text(receiver);
    let head = text.trim_start_matches(['(', ' ']);
    let head = head.split(['<', '?', '(', ')', '-', '&', ' ']).next();
    let head = head.and_then(|head| head.rsplit('.').next());
    match head.filter(|head| !head.is_empty()) {
        Some(head) => walk.qualify(&format!("{head}.{name}")),
        None => walk.qualify(name),
    }
}

pub(super) fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = child(node, "simple_identifier") else {
        return Step::Skip;
    };
    let name = walk.text(name);
    let name = plain_name(&name);
    let modifiers = modifiers::read(walk, node);
    let member = walk.scope().flags & CLASS != 0 || node.child_by_field_name("receiver").is_some();
    let kind = if member {
        SnippetKind::Method
    } else {
        SnippetKind::Function
    };
    let def = Def::new(kind, name, node)
        .qualified(qualified(walk, node, name))
        .start(modifiers.start)
        .body(child(node, "function_body"))
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}

pub(super) fn constructor(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let parameters = child(node, "function_value_parameters");
    let start = modifiers
        .start
        .map_or(node.start_byte(), |n| n.start_byte());
    let end = parameters.map_or(node.end_byte(), |list| list.end_byte());
    let text = signature::cut(walk.source, start..end, node, &["//", "/*"]);
    let def = Def::new(SnippetKind::Method, "constructor", node)
        .start(modifiers.start)
        .signature(text)
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}

pub(super) fn property(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let kind = if modifiers.has("const") {
        SnippetKind::Constant
    } else {
        SnippetKind::Field
    };
    // The value has no field name: it is what follows `=`; accessors and delegates end the head too.
    let (mut names, mut end, mut value) = (Vec::new(), None, false);
    let mut cursor = node.walk();
    for part in node.children(&mut cursor) {
        match part.kind() {
            "variable_declaration" => names.extend(child(part, "simple_identifier")),
            "multi_variable_declaration" => {
                let mut cursor = part.walk();
                let each = part.named_children(&mut cursor).take(MAX_NAMES);
                names.extend(each.filter_map(|one| child(one, "simple_identifier")));
            }
            "=" => value = true,
            "property_delegate" | "getter" | "setter" => {
                end = end.or(Some(part));
            }
            _ if value && end.is_none() && !part.is_extra() => {
                value = false;
                end = block_doc::long_value(walk, Some(part));
            }
            _ => {}
        }
    }
    for name in names {
        let name = walk.text(name);
        let name = plain_name(&name);
        let def = Def::new(kind, name, node)
            .qualified(qualified(walk, node, name))
            .start(modifiers.start)
            .body(end)
            .public(is_public(&modifiers))
            .marks(marks(&modifiers));
        walk.define(def);
    }
    Step::Skip
}
