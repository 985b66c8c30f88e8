//! Constants, and the classes that are assigned to them.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{CONDITIONAL, MADE, SINGLETON, STOPPED, define};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::{Scope, Walk};

/// Constants that one assignment can name.
const MAX_NAMES: usize = 64;
/// Bytes of a value that is shown.
const SHOWN: usize = 160;

/// The qualified name of a constant as written: `A::B` in the scope, `::A` in none.
pub(super) fn path(walk: &Walk<'_>, node: Node<'_>) -> String {
    let text = walk.text(node);
    match text.strip_prefix("::") {
        Some(absolute) => absolute.to_owned(),
        None => walk.qualify(&text),
    }
}

/// The scope of the class or module `index` with the qualified name `path`.
pub(super) fn scope(walk: &Walk<'_>, path: String, index: u32) -> Scope {
    Scope {
        path,
        flags: walk.scope().flags & (STOPPED | CONDITIONAL),
        ..walk.scope_of("", Some(index), 0)
    }
}

pub(super) fn assign(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let (Some(left), Some(right)) = (
        node.child_by_field_name("left"),
        node.child_by_field_name("right"),
    ) else {
        return Step::Skip;
    };
    let public = walk.scope().flags & STOPPED == 0;
    match left.kind() {
        "constant" | "scope_resolution" => {
            let path = path(walk, left);
            if let Some(made) = made_class(walk, right) {
                let head = made.child_by_field_name("arguments").unwrap_or(left);
                let index = define(walk, node, SnippetKind::Class, path.clone(), head, public);
                let Some(index) = index else {
                    return Step::Skip;
                };
                return members(walk, path, index, made);
            }
            let shown = right.end_byte() - right.start_byte() <= SHOWN;
            let head = if shown { right } else { left };
            define(walk, node, SnippetKind::Constant, path, head, public);
            // `A = B = 1`.
            if right.kind() == "assignment" {
                return Step::Enter;
            }
        }
        "left_assignment_list" => {
            let mut cursor = left.walk();
            for name in left.named_children(&mut cursor).take(MAX_NAMES) {
                if name.kind() == "constant" {
                    let path = path(walk, name);
                    define(walk, node, SnippetKind::Constant, path, left, public);
                }
            }
        }
        _ => {}
    }
    Step::Skip
}

/// The call of `Struct.new(…)`, `Data.define(…)`, `Class.new(…)`, `Module.new`.
fn made_class<'t>(walk: &Walk<'_>, value: Node<'t>) -> Option<Node<'t>> {
    let receiver = value.child_by_field_name("receiver")?;
    let method = value.child_by_field_name("method")?;
    let receiver = walk.bytes(receiver);
    let receiver = receiver.strip_prefix(b"::").unwrap_or(receiver);
    let made = match walk.bytes(method) {
        b"new" => matches!(receiver, b"Struct" | b"Class" | b"Module"),
        b"define" => receiver == b"Data",
        _ => false,
    };
    made.then_some(value)
}

/// Fields of a struct, then the members of the block.
fn members(walk: &mut Walk<'_>, path: String, index: u32, call: Node<'_>) -> Step {
    let scope = scope(walk, path, index);
    let arguments = call.child_by_field_name("arguments");
    if let Some(arguments) = arguments {
        let mut cursor = arguments.walk();
        for field in arguments.named_children(&mut cursor).take(MAX_NAMES) {
            if field.kind() == "simple_symbol" {
                let name = walk.text(field).trim_start_matches(':').to_owned();
                let def = Def::new(SnippetKind::Field, name.clone(), field)
                    .qualified(format!("{}#{name}", scope.path))
                    .doc(None);
                if let Some(made) = walk.define(def)
                    && let Some(item) = walk.outline.items.get_mut(made as usize)
                {
                    item.parent = Some(index);
                    item.visibility = scope.visibility;
                }
            }
        }
    }
    if call.child_by_field_name("block").is_some() {
        return Step::Scope(Scope {
            flags: scope.flags | MADE,
            ..scope
        });
    }
    Step::Skip
}

/// The name that a symbol or string spells.
pub(super) fn literal(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let text = match node.kind() {
        "simple_symbol" => walk.text(node).strip_prefix(':')?.to_owned(),
        "string" | "delimited_symbol" => {
            let mut cursor = node.walk();
            let mut parts = node.named_children(&mut cursor);
            let only = parts
                .next()
                .filter(|part| part.kind() == "string_content")?;
            if parts.next().is_some() {
                return None;
            }
            walk.text(only).into_owned()
        }
        "identifier" | "constant" | "operator" => walk.text(node).into_owned(),
        "setter" => walk.text(node).into_owned(),
        _ => return None,
    };
    Some(text)
}

/// The path of the members that belong to the scope itself or to its instances.
pub(super) fn member(walk: &Walk<'_>, name: &str, singleton: bool) -> String {
    let scope = walk.scope();
    let sign = if singleton || scope.flags & SINGLETON != 0 {
        '.'
    } else {
        '#'
    };
    if scope.path.is_empty() {
        name.to_owned()
    } else {
        format!("{}{sign}{name}", scope.path)
    }
}
