//! Methods, constructors, fields.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{GROOVY, INTERFACE, is_public, marks};
use crate::define::Def;
use crate::languages::{block_doc, modifiers};
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Names in one field declaration.
const MAX_NAMES: usize = 256;

/// A method, constructor, or element of an annotation.
pub(super) fn method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    let top = walk.scopes().len() == 1;
    let kind = if top {
        SnippetKind::Function
    } else {
        SnippetKind::Method
    };
    let def = Def::new(kind, name.as_ref(), node)
        .start(modifiers.start)
        .body(node.child_by_field_name("body"))
        .public(is_public(walk, &modifiers))
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}

/// One or more fields.
pub(super) fn fields(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let mut cursor = node.walk();
    let names: Vec<Node<'_>> = node
        .children_by_field_name("declarator", &mut cursor)
        .take(MAX_NAMES)
        .collect();
    let fixed =
        walk.scope().flags & INTERFACE != 0 || modifiers.has("static") && modifiers.has("final");
    let kind = if fixed {
        SnippetKind::Constant
    } else {
        SnippetKind::Field
    };
    let several = names.len() > 1;
    let start = modifiers
        .start
        .map_or(node.start_byte(), |n| n.start_byte());
    for declarator in names {
        let Some(name) = declarator.child_by_field_name("name") else {
            continue;
        };
        let value = declarator.child_by_field_name("value");
        let mut def = Def::new(kind, walk.text(name), node)
            .start(modifiers.start)
            .body(block_doc::long_value(walk, value))
            .public(is_public(walk, &modifiers))
            .marks(marks(&modifiers));
        if several {
            let end = node
                .child_by_field_name("type")
                .map_or(name.start_byte(), |of| of.end_byte());
            let of = signature::cut(walk.source, start..end, node, &["//", "/*"]);
            let end = value.map_or(declarator.end_byte(), |value| value.start_byte());
            let one = signature::cut(
                walk.source,
                declarator.start_byte()..end,
                declarator,
                &["//", "/*"],
            );
            def = def.signature(format!("{of} {one}"));
        }
        walk.define(def);
    }
    if walk.scope().flags & GROOVY != 0 {
        return comments_inside(walk, node);
    }
    Step::Skip
}

/// Where a line break ends a declaration, the grammar takes the comments after it into the node: they
/// belong to the next one.
fn comments_inside(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    walk.lead.clear();
    let mut cursor = node.walk();
    let comments: Vec<Node<'_>> = node
        .named_children(&mut cursor)
        .skip_while(|child| child.kind() != "variable_declarator")
        .filter(Node::is_extra)
        .collect();
    for comment in comments {
        block_doc::comment(walk, comment);
    }
    Step::Lead
}
