//! Methods, operators, properties, events, fields.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{docs, is_public, marks};
use crate::define::Def;
use crate::languages::{block_doc, modifiers};
use crate::outline::Marks;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Names in one field declaration.
const MAX_NAMES: usize = 256;

fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| child.kind() == kind)
}

/// Members of an interface that are implemented by its name cannot be called by theirs.
fn is_explicit(node: Node<'_>) -> bool {
    child(node, "explicit_interface_specifier").is_some()
}

/// A method or constructor.
pub(super) fn method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let body = node
        .child_by_field_name("body")
        .or_else(|| child(node, "constructor_initializer"));
    let end = child(node, "constructor_initializer").or(body);
    add(walk, node, &name, end)
}

/// `operator +`, `implicit operator int`.
pub(super) fn operator(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let body = node.child_by_field_name("body");
    let name = match walk.field(node, "operator") {
        Some(operator) => format!("operator {operator}"),
        None => {
            let of = walk.field(node, "type").unwrap_or_default();
            let mut cursor = node.walk();
            let implicit = node
                .children(&mut cursor)
                .any(|child| child.kind() == "implicit");
            let word = if implicit { "implicit" } else { "explicit" };
            format!("{word} operator {}", signature::fold(&of))
        }
    };
    add(walk, node, &name, body)
}

fn add(walk: &mut Walk<'_>, node: Node<'_>, name: &str, body: Option<Node<'_>>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let explicit = is_explicit(node);
    let def = Def::new(SnippetKind::Method, name, node)
        .start(modifiers.start)
        .body(body)
        .public(is_public(walk, &modifiers) && !explicit)
        .doc(docs::doc(walk))
        .marks(marks(&modifiers))
        .marks(Marks::when(explicit, Marks::IMPLEMENTS));
    walk.define(def);
    Step::Skip
}

/// A property, indexer, or event with accessors.
pub(super) fn property(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let indexer = node.kind() == "indexer_declaration";
    let name = walk.field(node, "name").unwrap_or_default();
    let (kind, name) = if indexer {
        (SnippetKind::Method, "this[]")
    } else {
        (SnippetKind::Field, name.as_ref())
    };
    let accessors = node.child_by_field_name("accessors");
    let value = node.child_by_field_name("value");
    let end = accessors
        .or(value)
        .map_or(node.end_byte(), |body| body.start_byte());
    let start = modifiers
        .start
        .map_or(node.start_byte(), |first| first.start_byte());
    let mut signature = signature::cut(walk.source, start..end, node, &["//", "/*"]);
    if let Some(accessors) = accessors {
        signature.push_str(" { ");
        add_accessors(walk, accessors, &mut signature);
        signature.push('}');
    } else if value.is_some() {
        signature.push_str(" { get; }");
    }
    let explicit = is_explicit(node);
    let def = Def::new(kind, name, node)
        .start(modifiers.start)
        .signature(signature)
        .public(is_public(walk, &modifiers) && !explicit)
        .doc(docs::doc(walk))
        .marks(marks(&modifiers))
        .marks(Marks::when(explicit, Marks::IMPLEMENTS));
    walk.define(def);
    Step::Skip
}

/// `get; private set; `
fn add_accessors(walk: &Walk<'_>, list: Node<'_>, signature: &mut String) {
    const MAX_ACCESSORS: usize = 4;
    let mut cursor = list.walk();
    let accessors = list
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "accessor_declaration");
    for accessor in accessors.take(MAX_ACCESSORS) {
        let start = modifiers::read(walk, accessor).start;
        let start = start.map_or(accessor.start_byte(), |first| first.start_byte());
        let end = accessor
            .child_by_field_name("body")
            .map_or(accessor.end_byte(), |body| body.start_byte());
        let text = signature::cut(walk.source, start..end, accessor, &["//", "/*"]);
        signature.push_str(&text);
        signature.push_str("; ");
    }
}

/// One or more fields or events.
pub(super) fn fields(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(declaration) = child(node, "variable_declaration") else {
        return Step::Skip;
    };
    let modifiers = modifiers::read(walk, node);
    let constant = modifiers.has("const") || modifiers.has("static") && modifiers.has("readonly");
    let kind = if constant {
        SnippetKind::Constant
    } else {
        SnippetKind::Field
    };
    let mut cursor = declaration.walk();
    let names: Vec<Node<'_>> = declaration
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "variable_declarator")
        .take(MAX_NAMES)
        .collect();
    let several = names.len() > 1;
    let doc = docs::doc(walk);
    for declarator in names {
        let Some(name) = declarator.child_by_field_name("name") else {
            continue;
        };
        let name = walk.text(name);
        let mut cursor = declarator.walk();
        let value = declarator
            .children(&mut cursor)
            .skip_while(|child| child.kind() != "=")
            .nth(1);
        let mut def = Def::new(kind, name.as_ref(), node)
            .start(modifiers.start)
            .body(block_doc::long_value(walk, value))
            .public(is_public(walk, &modifiers))
            .doc(doc.clone())
            .marks(marks(&modifiers));
        if several {
            let start = modifiers.start.unwrap_or(node).start_byte();
            let end = declaration
                .child_by_field_name("type")
                .map_or(start, |of| of.end_byte());
            let head = signature::cut(walk.source, start..end, node, &["//", "/*"]);
            def = def.signature(format!("{head} {name}"));
        }
        walk.define(def);
    }
    Step::Skip
}
