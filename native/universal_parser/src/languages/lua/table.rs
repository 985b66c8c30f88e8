//! Assignments, tables, and what the module returns.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{CONDITIONAL, PRESUMED, RETURNED, TABLE, add, note};
use crate::outline::LinkKind;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk};

/// Bytes of a value that is shown.
const SHOWN: usize = 120;
/// Names in one assignment.
const MAX_NAMES: usize = 64;

/// `local a, b = …`, `local a`.
pub(super) fn local(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(first) = node.named_child(0) else {
        return Step::Skip;
    };
    let assigned = first.kind() == "assignment_statement";
    let names = if assigned {
        first.named_child(0)
    } else {
        Some(first)
    };
    if let Some(names) = names {
        let mut cursor = names.walk();
        for name in names.named_children(&mut cursor).take(MAX_NAMES) {
            let name = walk.text(name).into_owned();
            note(walk, LinkKind::Import, name, None);
        }
    }
    if assigned {
        return assign_from(walk, node, first, true);
    }
    Step::Skip
}

pub(super) fn assign(walk: &mut Walk<'_>, node: Node<'_>, local: bool) -> Step {
    if walk.scope().flags & TABLE != 0 {
        // Known already; its table is wanted now.
        return Step::Enter;
    }
    assign_from(walk, node, node, local)
}

/// The first name and value of `node`'s assignment.
fn assign_from(walk: &mut Walk<'_>, node: Node<'_>, assignment: Node<'_>, local: bool) -> Step {
    let (Some(names), Some(values)) = (assignment.named_child(0), assignment.named_child(1)) else {
        return Step::Skip;
    };
    let (Some(name), Some(value)) = (names.named_child(0), values.named_child(0)) else {
        return Step::Skip;
    };
    let Some(path) = path(walk, name) else {
        return Step::Skip;
    };
    match define(walk, node, &path, name, value, local) {
        // Step into the whole assignment: the table lies below it.
        Some(scope) => Step::Scope(scope),
        None => Step::Skip,
    }
}

/// `a.b.c`, `a["b"]`.
fn path(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    match node.kind() {
        "identifier" => Some(walk.text(node).into_owned()),
        "dot_index_expression" => Some(signature::fold(&walk.text(node))),
        "bracket_index_expression" => {
            let table = walk.field(node, "table")?;
            let key = node.child_by_field_name("field")?;
            Some(format!("{table}.{}", quoted(walk, key)?))
        }
        _ => None,
    }
}

/// The identifier that a string spells.
fn quoted(walk: &Walk<'_>, key: Node<'_>) -> Option<String> {
    let text = walk.text(key);
    let inside = text.trim_matches(['"', '\'']);
    let fits = key.kind() == "string"
        && !inside.is_empty()
        && inside
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_');
    fits.then(|| inside.to_owned())
}

/// Adds what is assigned to `path`; gives the scope of its members if it is a table.
fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    path: &str,
    name: Node<'_>,
    value: Node<'_>,
    local: bool,
) -> Option<Scope> {
    match value.kind() {
        "function_definition" => {
            let end = value.child_by_field_name("parameters").unwrap_or(value);
            add(walk, node, SnippetKind::Function, path.to_owned(), end);
            None
        }
        "identifier" if !local && path.contains('.') => {
            let value = walk.text(value).into_owned();
            if !path.ends_with("__index") {
                note(walk, LinkKind::Member, value, Some(path.to_owned()));
            }
            None
        }
        "table_constructor" => {
            let class = walk.lead.has_comments() && is_class(walk);
            let nested = walk.scope().flags & TABLE != 0;
            let index = add(walk, node, kind(path, class, local), path.to_owned(), name)?;
            if local {
                presume(walk, index, class);
            }
            Some(Scope {
                path: path.to_owned(),
                flags: TABLE | walk.scope().flags & CONDITIONAL,
                ..walk.scope().clone()
            })
            .filter(|_| !nested || path.matches('.').count() < 4)
        }
        "function_call" if local => {
            // `setmetatable({}, …)`, `class("Name")`: a table to all appearances.
            let index = add(walk, node, SnippetKind::Class, path.to_owned(), name)?;
            let class = is_class(walk);
            presume(walk, index, class);
            None
        }
        _ if local => None,
        _ => {
            let end = if value.end_byte() - value.start_byte() <= SHOWN {
                value
            } else {
                name
            };
            add(walk, node, kind(path, false, false), path.to_owned(), end);
            None
        }
    }
}

fn kind(path: &str, class: bool, local: bool) -> SnippetKind {
    let last = path.rsplit('.').next().unwrap_or(path);
    if class || local {
        SnippetKind::Class
    } else if last.bytes().any(|b| b.is_ascii_lowercase()) {
        SnippetKind::Field
    } else {
        SnippetKind::Constant
    }
}

fn is_class(walk: &Walk<'_>) -> bool {
    walk.lead
        .doc(walk.source)
        .is_some_and(|doc| doc.contains("@class") || doc.contains("@type"))
}

/// The table stands if something is a member of it.
fn presume(walk: &mut Walk<'_>, index: u32, class: bool) {
    if !class && let Some(item) = walk.outline.items.get_mut(index as usize) {
        item.marks = item.marks.with(PRESUMED);
    }
}

/// `name = value` in a table.
pub(super) fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let (Some(name), Some(value)) = (
        node.child_by_field_name("name"),
        node.child_by_field_name("value"),
    ) else {
        return Step::Skip;
    };
    let key = match name.kind() {
        "identifier" => Some(walk.text(name).into_owned()),
        _ => quoted(walk, name),
    };
    let Some(key) = key.filter(|_| walk.scope().flags & TABLE != 0) else {
        return Step::Skip;
    };
    let path = walk.qualify(&key);
    match define(walk, node, &path, name, value, false) {
        Some(scope) => Step::Scope(scope),
        None => Step::Skip,
    }
}

/// `return M`, `return { … }`, `return setmetatable(M, …)`, `return function(…)`.
pub(super) fn returned(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let value = node.named_child(0).and_then(|list| list.named_child(0));
    let Some(mut value) = value.filter(|_| walk.scopes().len() == 1) else {
        return Step::Skip;
    };
    if value.kind() == "function_call" {
        let wraps = walk
            .field(value, "name")
            .is_some_and(|name| name == "setmetatable");
        let first = value
            .child_by_field_name("arguments")
            .and_then(|list| list.named_child(0));
        match first.filter(|_| wraps) {
            Some(first) => value = first,
            None => return Step::Skip,
        }
    }
    match value.kind() {
        "identifier" => {
            let name = walk.text(value).into_owned();
            note(walk, LinkKind::Export, name, None);
            Step::Skip
        }
        "function_definition" => {
            let end = value.child_by_field_name("parameters").unwrap_or(value);
            let kind = SnippetKind::Function;
            add(walk, value, kind, RETURNED.to_owned(), end);
            Step::Skip
        }
        "table_constructor" => Step::Scope(Scope {
            path: RETURNED.to_owned(),
            flags: TABLE,
            ..walk.scope().clone()
        }),
        _ => Step::Skip,
    }
}
