//! Assignments: module variables, class attributes, instance attributes, type aliases.

use std::ops::Range;

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::module_path::is_public_name;
use super::{CLASS, INIT, conditional, exports, literal};
use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// A longer value is left out of the signature.
const LONG: usize = 80;
/// Targets of one assignment, links of `a = b = …`.
const MAX_TARGETS: usize = 256;
/// White space and comments looked at between an assignment and its docstring.
const MAX_GAP: usize = 512;

/// An expression statement: an assignment, a docstring of the assignment before it, or a call that
/// changes `__all__`.
pub(super) fn statement(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(expression) = node.named_child(0) else {
        return Step::Skip;
    };
    let module = walk.scope().flags & (CLASS | INIT) == 0;
    match expression.kind() {
        "assignment" => assignment(walk, expression, module),
        "augmented_assignment" | "call" if module => exports::change(walk, expression),
        "string" | "concatenated_string" => docstring(walk, expression),
        _ => {}
    }
    Step::Skip
}

fn assignment(walk: &mut Walk<'_>, node: Node<'_>, module: bool) {
    if module {
        exports::change(walk, node);
    }
    let mut link = Some(node);
    for _ in 0..MAX_TARGETS {
        let Some(assignment) = link.filter(|node| node.kind() == "assignment") else {
            break;
        };
        if let Some(left) = assignment.child_by_field_name("left") {
            targets(walk, node, assignment, left, module);
        }
        link = assignment.child_by_field_name("right");
    }
}

fn targets(walk: &mut Walk<'_>, whole: Node<'_>, node: Node<'_>, left: Node<'_>, module: bool) {
    match left.kind() {
        "identifier" => variable(walk, whole, node, left, module),
        "attribute" => member(walk, whole, node, left),
        "pattern_list" | "tuple_pattern" | "list_pattern" => {
            let mut cursor = left.walk();
            for target in left.named_children(&mut cursor).take(MAX_TARGETS) {
                let starred = target.kind() == "list_splat_pattern";
                let target = target.named_child(0).filter(|_| starred).unwrap_or(target);
                match target.kind() {
                    "identifier" => variable(walk, whole, node, target, module),
                    "attribute" => member(walk, whole, node, target),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn variable(walk: &mut Walk<'_>, whole: Node<'_>, node: Node<'_>, target: Node<'_>, module: bool) {
    if walk.scope().flags & INIT != 0 {
        return;
    }
    let kind = match module {
        true if is_alias(walk, node) => SnippetKind::Type,
        true => SnippetKind::Constant,
        false => SnippetKind::Field,
    };
    let signature = text_before_long(walk, whole, node, whole.start_byte());
    define(walk, kind, &walk.text(target), whole, signature);
}

/// `self.name = …` in `__init__`.
fn member(walk: &mut Walk<'_>, whole: Node<'_>, node: Node<'_>, target: Node<'_>) {
    let object = target.child_by_field_name("object");
    let of_self = object.is_some_and(|object| walk.bytes(object) == b"self");
    let Some(name) = target.child_by_field_name("attribute") else {
        return;
    };
    if walk.scope().flags & INIT == 0 || !of_self {
        return;
    }
    let signature = text_before_long(walk, whole, node, name.start_byte());
    define(walk, SnippetKind::Field, &walk.text(name), whole, signature);
}

fn define(walk: &mut Walk<'_>, kind: SnippetKind, name: &str, node: Node<'_>, signature: String) {
    let doc = walk.lead.doc(walk.source);
    let def = Def::new(kind, name, node)
        .signature(signature)
        .doc(doc)
        .public(is_public_name(name))
        .marks(conditional(walk));
    walk.define(def);
}

/// The text from `start`, up to the value when that is long.
fn text_before_long(walk: &Walk<'_>, whole: Node<'_>, node: Node<'_>, start: usize) -> String {
    let value = node.child_by_field_name("right");
    let end = match value {
        Some(value) if value.byte_range().len() > LONG => value.start_byte(),
        _ => whole.end_byte(),
    };
    signature::cut(
        walk.source,
        Range {
            start,
            end: end.max(start),
        },
        whole,
        &["#"],
    )
}

/// Whether the assignment names a type: `X: TypeAlias = …`, `T = TypeVar(…)`, `X = Union[…]`.
fn is_alias(walk: &Walk<'_>, node: Node<'_>) -> bool {
    if let Some(annotation) = walk.field(node, "type") {
        return annotation.ends_with("TypeAlias");
    }
    let Some(right) = node.child_by_field_name("right") else {
        return false;
    };
    let (head, names): (_, &[&str]) = match right.kind() {
        "call" => (
            right.child_by_field_name("function"),
            &[
                "TypeVar",
                "NewType",
                "ParamSpec",
                "TypeVarTuple",
                "TypeAliasType",
            ],
        ),
        "subscript" => (
            right.child_by_field_name("value"),
            &["Union", "Optional", "Literal", "Callable", "Annotated"],
        ),
        _ => return false,
    };
    let Some(head) = head.filter(|head| matches!(head.kind(), "identifier" | "attribute")) else {
        return false;
    };
    let text = walk.text(head);
    names.contains(&text.rsplit('.').next().unwrap_or(&text))
}

/// `type X[T] = …`.
pub(super) fn type_alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(left) = walk.field(node, "left") else {
        return Step::Skip;
    };
    let name = left.split('[').next().unwrap_or(&left).trim().to_owned();
    let signature = text_before_long(walk, node, node, node.start_byte());
    define(walk, SnippetKind::Type, &name, node, signature);
    Step::Skip
}

/// `#: …` documents the assignment after it, or that before it on the same line.
pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.text(node);
    let Some(text) = text.strip_prefix("#:") else {
        return Step::Lead;
    };
    let text = text.strip_prefix(' ').unwrap_or(text);
    let line = node.start_position().row + 1;
    match walk.outline.items.last_mut() {
        Some(item) if item.end_line as usize == line && is_variable(item.kind) => {
            item.doc.get_or_insert_with(|| text.to_owned());
        }
        _ => walk.lead.push_text(text),
    }
    Step::Lead
}

/// A string after an assignment documents what it assigned.
fn docstring(walk: &mut Walk<'_>, node: Node<'_>) {
    let Some(end) = walk.outline.items.last().map(|item| item.end) else {
        return;
    };
    let gap = end as usize..node.start_byte();
    let gap = walk.source.get(gap).unwrap_or(b"x");
    // A comment may end the assignment's line.
    let idle = |line: &[u8]| line.trim_ascii().is_empty() || line.trim_ascii().starts_with(b"#");
    if gap.len() > MAX_GAP || !gap.contains(&b'\n') || !gap.split(|b| *b == b'\n').all(idle) {
        return;
    }
    let Some(doc) = literal::value(walk, node)
        .as_deref()
        .and_then(literal::cleandoc)
    else {
        return;
    };
    let items = walk.outline.items.iter_mut().rev();
    for item in items
        .take(MAX_TARGETS)
        .take_while(|item| item.end == end && is_variable(item.kind))
    {
        item.doc = Some(doc.clone());
    }
}

fn is_variable(kind: SnippetKind) -> bool {
    matches!(
        kind,
        SnippetKind::Field | SnippetKind::Constant | SnippetKind::Type
    )
}
