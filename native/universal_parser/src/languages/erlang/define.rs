//! Functions, specs, callbacks, types, records and macros.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::docs::{self, Docs};
use super::{HEADER, text};
use crate::define::Def;
use crate::languages::clauses::SPEC;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Arguments of a function (the VM allows 255).
const MAX_ARITY: usize = 255;
/// Fields of one record.
const MAX_FIELDS: usize = 1000;
/// A macro with a longer replacement shows its head only.
const LONG: usize = 80;

/// One clause: in this grammar each is a form of its own.
pub(super) fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let clause = node.child_by_field_name("clause");
    let head = clause.and_then(|clause| {
        let name = clause
            .child_by_field_name("name")
            .filter(|name| name.kind() == "atom")?;
        Some((name, clause.child_by_field_name("args")?))
    });
    if let Some((name, arguments)) = head {
        let signature = cut(walk, node, node.start_byte()..arguments.end_byte());
        let docs = docs::take(walk);
        define(
            walk,
            node,
            SnippetKind::Function,
            (name, arity(arguments)),
            signature,
            docs,
        );
    }
    Step::Skip
}

/// Kept as an item until the function is known; the comments before it are the function's.
pub(super) fn spec(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some((name, arity, signature)) = typed(walk, node) {
        let qualified = format!(
            "{}/{arity}",
            walk.qualify(&text::canonical(&walk.text(name)))
        );
        let def = Def::new(
            SnippetKind::Function,
            text::unquoted(&walk.text(name)),
            node,
        )
        .qualified(qualified)
        .signature(signature)
        .doc(None)
        .marks(SPEC);
        walk.define(def);
    }
    Step::Lead
}

pub(super) fn callback(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some((name, arity, signature)) = typed(walk, node) {
        let docs = docs::take(walk);
        define(
            walk,
            node,
            SnippetKind::Method,
            (name, arity),
            signature,
            docs,
        );
    }
    Step::Skip
}

/// Name, arity and text of a `-spec` or `-callback`.
fn typed<'t>(walk: &Walk<'_>, node: Node<'t>) -> Option<(Node<'t>, usize, String)> {
    let name = node
        .child_by_field_name("fun")
        .filter(|name| name.kind() == "atom")?;
    let arguments = node
        .child_by_field_name("sigs")?
        .child_by_field_name("args")?;
    // `-spec(f() -> ok).` is as good.
    let mut cursor = node.walk();
    let last = node.children_by_field_name("sigs", &mut cursor).last();
    let end = last.map_or(node.end_byte(), |last| last.end_byte());
    let signature = text::plain_atoms(&cut(walk, node, name.start_byte()..end));
    Some((name, arity(arguments), signature))
}

pub(super) fn named_type(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(head) = node.child_by_field_name("name") else {
        return Step::Skip;
    };
    let name = head
        .child_by_field_name("name")
        .filter(|name| name.kind() == "atom");
    let (Some(name), Some(arguments)) = (name, head.child_by_field_name("args")) else {
        return Step::Skip;
    };
    // What an opaque type is made of is nobody's business.
    let end = if node.kind() == "opaque" {
        head.end_byte()
    } else {
        node.end_byte()
    };
    let signature = text::plain_atoms(&cut(walk, node, head.start_byte()..end));
    let docs = docs::attached(walk);
    define(
        walk,
        node,
        SnippetKind::Type,
        (name, arity(arguments)),
        signature,
        docs,
    );
    Step::Skip
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    (name, arity): (Node<'_>, usize),
    signature: String,
    docs: Docs,
) {
    let name = walk.text(name);
    let def = Def::new(kind, text::unquoted(&name), node)
        .qualified(format!("{}/{arity}", walk.qualify(&text::canonical(&name))))
        .signature(signature)
        .marks(docs.marks())
        .public(!docs.hidden)
        .doc(docs.text);
    walk.define(def);
}

pub(super) fn record(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = node
        .child_by_field_name("name")
        .filter(|name| name.kind() == "atom")
    else {
        return Step::Skip;
    };
    let docs = docs::attached(walk);
    let name = text::canonical(&walk.text(name));
    let public = is_header(walk) && !docs.hidden;
    let def = Def::new(SnippetKind::Struct, text::unquoted(&name), node)
        .qualified(format!("#{name}{{}}"))
        .signature(cut(walk, node, node.byte_range()))
        .public(public)
        .marks(docs.marks())
        .doc(docs.text);
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let mut cursor = node.walk();
    let fields = node
        .children_by_field_name("fields", &mut cursor)
        .take(MAX_FIELDS);
    for field in fields.collect::<Vec<_>>() {
        let Some(field_name) = walk.field(field, "name") else {
            continue;
        };
        let index = walk.outline.items.len();
        let def = Def::new(SnippetKind::Field, text::unquoted(&field_name), field)
            .qualified(format!("#{name}.{field_name}"))
            .signature(cut(walk, field, field.byte_range()))
            .doc(None)
            .public(public);
        walk.define(def);
        if let Some(member) = walk.outline.items.get_mut(index) {
            member.parent = Some(item);
        }
    }
    Step::Skip
}

pub(super) fn macro_definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let head = node.child_by_field_name("lhs");
    let Some((head, name)) = head.and_then(|head| Some((head, walk.field(head, "name")?))) else {
        return Step::Skip;
    };
    if is_include_guard(walk, node, &name) {
        return Step::Skip;
    }
    let docs = docs::attached(walk);
    let arguments = head.child_by_field_name("args");
    let qualified = match arguments {
        Some(arguments) => format!("?{name}/{}", arity(arguments)),
        None => format!("?{name}"),
    };
    let signature = if node.byte_range().len() > LONG {
        format!("?{}", cut(walk, node, head.byte_range()))
    } else {
        cut(walk, node, node.byte_range())
    };
    let def = Def::new(SnippetKind::Macro, name, node)
        .qualified(qualified)
        .signature(signature)
        .public(is_header(walk) && !docs.hidden)
        .marks(docs.marks())
        .doc(docs.text);
    walk.define(def);
    Step::Skip
}

/// `-define(NAME_HRL, 1)`: tells whether the header was read before.
fn is_include_guard(walk: &Walk<'_>, node: Node<'_>, name: &str) -> bool {
    let value = walk.field(node, "replacement").unwrap_or_default();
    let plain = name.trim_end_matches('_');
    is_header(walk)
        && (plain.ends_with("HRL") || plain.ends_with("hrl"))
        && matches!(&*value, "" | "1" | "true")
}

fn is_header(walk: &Walk<'_>) -> bool {
    walk.scope().flags & HEADER != 0
}

fn arity(arguments: Node<'_>) -> usize {
    let mut cursor = arguments.walk();
    arguments
        .named_children(&mut cursor)
        .filter(|child| !child.is_extra())
        .take(MAX_ARITY)
        .count()
}

/// The text on one line, without the final dot.
fn cut(walk: &Walk<'_>, node: Node<'_>, range: std::ops::Range<usize>) -> String {
    let mut text = signature::cut(walk.source, range, node, &["%"]);
    if text.ends_with('.') && !text.ends_with("..") {
        text.pop();
        text.truncate(text.trim_end().len());
    }
    text
}
