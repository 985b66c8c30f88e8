//! Declarations: functions, methods, variables, fields.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::declarator::{self, Declared};
use super::{CLASS, DEFINED, INHERITED, docs, types};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk, Wrap};

/// Names declared by one statement.
const MAX_DECLARATORS: usize = 256;
/// A longer value is left out of the signature.
const LONG: usize = 80;

/// A declaration, a member, or a function with its body.
pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let of_type = node
        .child_by_field_name("type")
        .filter(|of| types::has_body(*of));
    let mut cursor = node.walk();
    let declarators: Vec<_> = node
        .children_by_field_name("declarator", &mut cursor)
        .take(MAX_DECLARATORS)
        .collect();
    docs::settle(walk, node);
    if has_child(node, "delete_method_clause") {
        return Step::Skip;
    }
    let mut last = None;
    for declarator in &declarators {
        let Some(declared) = declarator::read(walk, *declarator) else {
            continue;
        };
        last = define(walk, node, *declarator, &declared, declarators.len() > 1)
            .map(|item| (item, declared.name));
    }
    let Some(of_type) = of_type else {
        return Step::Skip;
    };
    if of_type.child_by_field_name("name").is_some() {
        return Step::Wrap(Wrap::new(node, 0));
    }
    // An unnamed type: its members belong to the variable, else to the scope around it.
    let scope = walk.scope().clone();
    let flags = scope.flags & (INHERITED | CLASS) | DEFINED;
    match last {
        Some((item, name)) => Step::Scope(walk.scope_of(&name, Some(item), flags)),
        None => Step::Scope(Scope { flags, ..scope }),
    }
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    declarator: Node<'_>,
    declared: &Declared,
    several: bool,
) -> Option<u32> {
    let member = walk.scope().flags & CLASS != 0 || !declared.path.is_empty();
    let kind = match (declared.function, member) {
        (true, true) => SnippetKind::Method,
        (true, false) => SnippetKind::Function,
        (false, true) => SnippetKind::Field,
        (false, false) => SnippetKind::Constant,
    };
    let body = node.child_by_field_name("body");
    let defaulted = has_child(node, "default_method_clause");
    let prototype = declared.function && body.is_none() && !defaulted;
    let qualified = walk.qualify(&format!("{}{}", declared.path, declared.name));
    let def = Def::new(kind, declared.name.clone(), node)
        .qualified(qualified)
        .signature(text(walk, node, declarator, declared, several))
        .public(types::is_public(walk))
        .marks(Marks::when(prototype, Marks::DECLARATION).with(docs::marks(walk, node)));
    walk.define(def)
}

/// Whether a child's kind is `kind` (`= default;`, `= delete;`).
fn has_child(node: Node<'_>, kind: &str) -> bool {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .any(|child| child.kind() == kind)
}

/// The signature: the type and this declarator; a short value too.
fn text(
    walk: &Walk<'_>,
    node: Node<'_>,
    declarator: Node<'_>,
    declared: &Declared,
    several: bool,
) -> String {
    let start = walk
        .wrap
        .map_or(node.start_byte(), |wrap| wrap.start.min(node.start_byte()));
    let of = node.child_by_field_name("type");
    let cut = |range| signature::cut(walk.seen, range, node, &["//", "/*"]);
    let of_member = node
        .child_by_field_name("default_value")
        .filter(|_| !several);
    let value = declarator.child_by_field_name("value").or(of_member);
    let short = |value: Node<'_>| value.byte_range().len() <= LONG;
    let end = match value {
        Some(value) if short(value) => value.end_byte().max(declared.end),
        _ => declared.end,
    };
    let first = of.is_none_or(|of| {
        walk.source
            .get(of.end_byte()..declarator.start_byte())
            .is_none_or(|between| !between.contains(&b','))
    });
    match of.filter(|of| types::has_body(*of) || several && !first) {
        // Without the members, or the names declared before this one.
        Some(of) => {
            let head = types::head_end(of);
            format!(
                "{} {}",
                cut(start..head),
                cut(declarator.start_byte()..end.max(declarator.start_byte()))
            )
        }
        None => cut(start..end.max(start)),
    }
}
