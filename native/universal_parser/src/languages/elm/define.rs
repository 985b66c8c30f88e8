//! Values, ports and types.

use registry_types::SnippetKind;
use tree_sitter::Node;

use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Walk, last_row};

/// Constructors of a type, fields of a record.
const MAX_MEMBERS: usize = 1000;

/// `name : type`, with `port` before it or a definition after it.
pub(super) fn annotation(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let arrow = node.child_by_field_name("typeExpression").is_some_and(|t| {
        let mut cursor = t.walk();
        t.named_children(&mut cursor)
            .take(64)
            .any(|part| part.kind() == "arrow")
    });
    let kind = if arrow || node.kind() == "port_annotation" {
        SnippetKind::Function
    } else {
        SnippetKind::Constant
    };
    walk.define(Def::new(kind, name, node));
    Step::Skip
}

/// The definition: of the item that the annotation made, if there is one.
pub(super) fn value(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(left) = node.child_by_field_name("functionDeclarationLeft") else {
        return Step::Skip;
    };
    let Some(name) = left.named_child(0).map(|name| walk.text(name)) else {
        return Step::Skip;
    };
    if let Some(item) = walk.outline.items.last_mut()
        && item.name == name
        && matches!(item.kind, SnippetKind::Function | SnippetKind::Constant)
    {
        item.end = u32::try_from(node.end_byte()).unwrap_or(u32::MAX);
        item.end_line = u32::try_from(last_row(node) + 1).unwrap_or(u32::MAX);
        return Step::Skip;
    }
    let kind = if left.named_child_count() > 1 {
        SnippetKind::Function
    } else {
        SnippetKind::Constant
    };
    let body = node.child_by_field_name("eq");
    walk.define(Def::new(kind, name, node).body(body.or(node.child_by_field_name("body"))));
    Step::Skip
}

pub(super) fn custom_type(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let eq = child(node, "eq");
    let def = Def::new(SnippetKind::Enum, name, node).body(eq);
    let Some(owner) = walk.define(def) else {
        return Step::Skip;
    };
    let mut cursor = node.walk();
    let variants: Vec<_> = node
        .children_by_field_name("unionVariant", &mut cursor)
        .take(MAX_MEMBERS)
        .collect();
    for variant in variants {
        if let Some(name) = walk.field(variant, "name") {
            member(walk, owner, variant, &name, None);
        }
    }
    Step::Skip
}

/// An alias of a record is a struct.
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name").map(|name| name.into_owned()) else {
        return Step::Skip;
    };
    let record = node
        .child_by_field_name("typeExpression")
        .and_then(|expression| expression.named_child(0))
        .filter(|part| part.kind() == "record_type");
    let kind = if record.is_some() {
        SnippetKind::Struct
    } else {
        SnippetKind::Type
    };
    let end = child(node, "eq").filter(|_| record.is_some());
    let path = walk.qualify(&name);
    let def = Def::new(kind, name, node).body(end);
    let Some(owner) = walk.define(def) else {
        return Step::Skip;
    };
    let Some(record) = record else {
        return Step::Skip;
    };
    let mut cursor = record.walk();
    let fields: Vec<_> = record
        .children_by_field_name("fieldType", &mut cursor)
        .take(MAX_MEMBERS)
        .collect();
    for field in fields {
        if let Some(name) = walk.field(field, "name") {
            let qualified = format!("{path}.{name}");
            member(walk, owner, field, &name, Some(qualified));
        }
    }
    Step::Skip
}

fn member(walk: &mut Walk<'_>, owner: u32, node: Node<'_>, name: &str, qualified: Option<String>) {
    let mut def = Def::new(SnippetKind::Field, name, node)
        .signature(signature::cut(
            walk.source,
            node.byte_range(),
            node,
            &["--", "{-"],
        ))
        .doc(None);
    if let Some(qualified) = qualified {
        def = def.qualified(qualified);
    }
    let index = walk.define(def);
    walk.give_to(owner, index);
}

fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.children(&mut cursor)
        .take(64)
        .find(|child| child.kind() == kind)
}
