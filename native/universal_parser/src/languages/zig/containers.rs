//! Structs, enums, unions, opaque types, error sets.

use registry_types::SnippetKind;
use tree_sitter::Node;

use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// Scope: of a container.
pub(super) const CONTAINER: u32 = 1;
/// Scope: of an error set, whose members are plain names.
const ERRORS: u32 = 2;
/// Statements of a generic type's function looked at for what it returns.
const MAX_STATEMENTS: usize = 200;

pub(super) fn is_container(kind: &str) -> bool {
    matches!(
        kind,
        "struct_declaration"
            | "enum_declaration"
            | "union_declaration"
            | "opaque_declaration"
            | "error_set_declaration"
    )
}

/// `const Name = struct { … };`
pub(super) fn container(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    name: String,
    container: Node<'_>,
    public: bool,
) -> Step {
    let kind = match container.kind() {
        "enum_declaration" | "error_set_declaration" => SnippetKind::Enum,
        _ => SnippetKind::Struct,
    };
    let mut cursor = container.walk();
    let brace = container
        .children(&mut cursor)
        .take(32)
        .find(|child| child.kind() == "{");
    let def = Def::new(kind, name.clone(), node)
        .body(brace)
        .public(public);
    let flags = if container.kind() == "error_set_declaration" {
        CONTAINER | ERRORS
    } else {
        CONTAINER
    };
    match walk.define(def) {
        Some(item) => Step::Scope(walk.scope_of(&name, Some(item), flags)),
        None => Step::Skip,
    }
}

/// The members of the container that a function returns, found without entering its statements.
pub(super) fn returned(walk: &Walk<'_>, name: &str, item: u32, body: Node<'_>) -> Step {
    let mut cursor = body.walk();
    let last = body
        .named_children(&mut cursor)
        .take(MAX_STATEMENTS)
        .filter(|statement| statement.kind() == "expression_statement")
        .last();
    let value = last
        .and_then(|statement| statement.named_child(0))
        .filter(|node| node.kind() == "return_expression")
        .and_then(|node| node.named_child(0))
        .filter(|node| is_container(node.kind()));
    if value.is_none() {
        return Step::Skip;
    }
    Step::Scope(walk.scope_of(name, Some(item), CONTAINER | RETURNED))
}

/// Scope: of a function, whose body leads to the container.
pub(super) const RETURNED: u32 = 4;

pub(super) fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = node.child_by_field_name("name") else {
        return Step::Skip;
    };
    let name = walk.text(name);
    // What the grammar makes up for an empty `opaque {}`.
    if name.is_empty() || name == "_" {
        return Step::Skip;
    }
    walk.define(Def::new(SnippetKind::Field, name, node));
    Step::Skip
}

/// A name in an error set.
pub(super) fn error(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.scope().flags & ERRORS == 0 || walk.scope().path.ends_with('.') {
        return Step::Skip;
    }
    let name = walk.text(node).into_owned();
    // The name of the set itself comes first.
    let item = walk
        .scope()
        .item
        .and_then(|item| walk.outline.items.get(item as usize));
    let inside = item.is_some_and(|item| {
        usize::try_from(item.start).is_ok_and(|start| {
            let head = walk
                .source
                .get(start..node.start_byte())
                .unwrap_or_default();
            memchr::memchr(b'{', head).is_some()
        })
    });
    if inside {
        walk.define(Def::new(SnippetKind::Field, name, node));
    }
    Step::Skip
}
