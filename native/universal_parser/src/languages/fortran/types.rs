//! Derived types, their components and the procedures bound to them.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{EXPLICIT, PRIVATE, TYPE, docs, procedure, stated};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(statement) = node.named_child(0) else {
        return Step::Skip;
    };
    let mut cursor = statement.walk();
    let name = statement
        .named_children(&mut cursor)
        .find(|child| child.kind() == "type_name")
        .map(|name| walk.text(name).into_owned());
    let Some(name) = name else {
        return Step::Skip;
    };
    let stated = stated(walk, statement);
    let def = Def::new(SnippetKind::Struct, name.as_str(), node)
        .signature(procedure::fold(&walk.text(statement)))
        .public(stated.unwrap_or(true))
        .marks(Marks::when(stated.is_some(), EXPLICIT))
        .doc(docs::around(walk, node));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    Step::Scope(walk.scope_of(&name, Some(item), TYPE))
}

/// `procedure :: grow => circle_grow`.
pub(super) fn bindings(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.scope().flags & TYPE == 0 {
        return Step::Skip;
    }
    let public = stated(walk, node).unwrap_or(walk.scope().flags & PRIVATE == 0);
    let signature = procedure::fold(&walk.text(node));
    let mut cursor = node.walk();
    let declarators: Vec<_> = node
        .children_by_field_name("declarator", &mut cursor)
        .take(1000)
        .collect();
    for declarator in declarators {
        let name = match declarator.kind() {
            "binding" => declarator.named_child(0).unwrap_or(declarator),
            _ => declarator,
        };
        let def = Def::new(SnippetKind::Method, walk.text(name), node)
            .signature(signature.clone())
            .public(public);
        walk.define(def);
    }
    Step::Skip
}

/// `generic :: area => area_of_one, area_of_all`.
pub(super) fn generic(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let public = stated(walk, node).unwrap_or(walk.scope().flags & PRIVATE == 0);
    let name = node
        .child_by_field_name("declarator")
        .and_then(|list| list.named_child(0))
        .map(|name| walk.text(name).into_owned());
    if let Some(name) = name {
        let def = Def::new(SnippetKind::Method, name, node)
            .signature(procedure::fold(&walk.text(node)))
            .public(public);
        walk.define(def);
    }
    Step::Skip
}
