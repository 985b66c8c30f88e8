//! Data types with constructors and fields, classes, synonyms and families.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::exports::bare;
use super::{CLASS, head};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::{Scope, Walk};

/// Names of one field.
const MAX_NAMES: usize = 64;

/// In the lead's flags: of an instance, which defines no type.
const INSTANCE: u32 = 1;

/// `data`, `newtype`, and instances of data families, whose constructors are the module's as well.
pub(super) fn data(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if node.kind() == "data_instance" {
        walk.lead.flags |= INSTANCE;
        return Step::Body;
    }
    if walk.lead.flags & INSTANCE != 0 {
        return Step::Enter;
    }
    let Some(name) = name(walk, node) else {
        return Step::Skip;
    };
    let constructors = node
        .child_by_field_name("constructors")
        .or_else(|| node.child_by_field_name("constructor"));
    let deriving = node.child_by_field_name("deriving");
    let end = constructors
        .or(deriving)
        .map_or(node.end_byte(), |n| n.start_byte());
    let several = constructors.is_some_and(|list| {
        let mut cursor = list.walk();
        list.children_by_field_name("constructor", &mut cursor)
            .nth(1)
            .is_some()
    });
    let kind = if several {
        SnippetKind::Enum
    } else if constructors.is_some() {
        SnippetKind::Struct
    } else {
        SnippetKind::Type
    };
    let def = Def::new(kind, name, node).signature(head(walk, node, end));
    match walk.define(def) {
        Some(item) => members(walk, item, 0),
        None => Step::Skip,
    }
}

/// Members go by the module's name: the scope keeps its path.
fn members(walk: &Walk<'_>, item: u32, flags: u32) -> Step {
    let scope = walk.scope_of("", Some(item), flags);
    Step::Scope(Scope {
        path: walk.scope().path.clone(),
        ..scope
    })
}

fn name(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    if let Some(name) = walk.field(node, "name") {
        return Some(bare(&name).to_owned());
    }
    let mut cursor = node.walk();
    let infix = node
        .named_children(&mut cursor)
        .take(8)
        .find(|child| child.kind() == "infix")?;
    let operator = walk.field(infix, "operator")?;
    Some(bare(operator.trim_matches('`')).to_owned())
}

pub(super) fn constructor(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if node.kind() == "gadt_constructor" {
        return gadt(walk, node);
    }
    let inner = node.child_by_field_name("constructor").unwrap_or(node);
    let named = match node.kind() {
        "newtype_constructor" => node,
        _ => inner,
    };
    let Some(name) = name(walk, named).or_else(|| {
        let operator = walk.field(named, "operator")?;
        Some(bare(operator.trim_matches('`')).to_owned())
    }) else {
        return Step::Enter;
    };
    let record = match node.kind() {
        "newtype_constructor" => node.child_by_field_name("field"),
        _ => inner.child_by_field_name("fields"),
    };
    let record = record.filter(|record| matches!(record.kind(), "record" | "fields"));
    let end = record.map_or(node.end_byte(), |record| record.start_byte());
    let def = Def::new(SnippetKind::Field, name, node).signature(head(walk, node, end));
    walk.define(def);
    Step::Enter
}

/// `A, B :: Int -> T a`.
fn gadt(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let names: Vec<Node<'_>> = match node.child_by_field_name("names") {
        Some(list) => {
            let mut cursor = list.walk();
            list.children_by_field_name("name", &mut cursor)
                .take(MAX_NAMES)
                .collect()
        }
        None => node.child_by_field_name("name").into_iter().collect(),
    };
    typed(walk, node, &names);
    Step::Enter
}

pub(super) fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let names: Vec<_> = node
        .children_by_field_name("name", &mut cursor)
        .take(MAX_NAMES)
        .collect();
    typed(walk, node, &names);
    Step::Skip
}

fn typed(walk: &mut Walk<'_>, node: Node<'_>, names: &[Node<'_>]) {
    let Some(last) = names.last() else { return };
    let range = last.end_byte()..node.end_byte();
    let typing = crate::signature::cut(walk.source, range, node, &["--", "{-"]);
    let doc = walk.lead.doc(walk.source);
    for name in names {
        let text = walk.text(*name).into_owned();
        let def = Def::new(SnippetKind::Field, bare(&text), node)
            .signature(format!("{text} {typing}"))
            .doc(doc.clone());
        walk.define(def);
    }
}

pub(super) fn class(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = name(walk, node) else {
        return Step::Skip;
    };
    let mut cursor = node.walk();
    let body = node
        .children(&mut cursor)
        .take(MAX_NAMES)
        .find(|child| child.kind() == "where");
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    let def = Def::new(SnippetKind::Trait, name, node).signature(head(walk, node, end));
    match walk.define(def) {
        Some(item) => members(walk, item, CLASS),
        None => Step::Skip,
    }
}

/// Type synonyms, and families: those of a class are its members.
pub(super) fn synonym(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = name(walk, node) else {
        return Step::Skip;
    };
    let end = node
        .child_by_field_name("closed_family")
        .map_or(node.end_byte(), |body| body.start_byte());
    let def = Def::new(SnippetKind::Type, name, node).signature(head(walk, node, end));
    walk.define(def);
    Step::Skip
}
