//! Module attributes: documentation, specs, types, callbacks.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::head::{Head, operator};
use super::{clauses::SPEC, define, first_argument, spec, text};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// `@doc false`.
pub(super) const HIDDEN: u32 = 1;
/// `@impl true` or `@impl Behaviour`.
pub(super) const IMPL: u32 = 2;
/// `@deprecated "…"` or `@doc deprecated: "…"`.
pub(super) const DEPRECATED: u32 = 4;
/// What is kept belongs to a type (`@typedoc`).
const OF_TYPE: u32 = 8;

/// `@name value`.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let operand = node
        .child_by_field_name("operand")
        .filter(|operand| operand.kind() == "call");
    let Some(operand) = operand.filter(|_| operator(walk, node) == b"@") else {
        return Step::Skip;
    };
    let Some(name) = operand
        .child_by_field_name("target")
        .map(|target| walk.bytes(target))
    else {
        return Step::Skip;
    };
    match name {
        b"moduledoc" => moduledoc(walk, operand),
        b"doc" => documentation(walk, operand, 0),
        b"typedoc" => documentation(walk, operand, OF_TYPE),
        b"impl" => {
            let told = first_argument(operand).map_or(b"".as_slice(), |value| walk.bytes(value));
            walk.lead.flags |= if told == b"false" { 0 } else { IMPL };
        }
        b"deprecated" => walk.lead.flags |= DEPRECATED,
        b"spec" => function_spec(walk, node, operand),
        b"type" | b"opaque" => return named_type(walk, node, operand, true),
        b"typep" => return named_type(walk, node, operand, false),
        b"callback" | b"macrocallback" => return callback(walk, node, operand),
        _ => {}
    }
    Step::Lead
}

/// The documentation kept for a function, unless it belongs to a type.
pub(super) fn doc(walk: &mut Walk<'_>) -> Option<String> {
    if walk.lead.flags & OF_TYPE != 0 {
        return None;
    }
    walk.lead.text.take()
}

fn documentation(walk: &mut Walk<'_>, call: Node<'_>, of: u32) {
    let Some(value) = first_argument(call) else {
        return;
    };
    match value.kind() {
        "boolean" if walk.bytes(value) == b"false" => {
            walk.lead.flags |= HIDDEN | of;
            walk.lead.text = None;
        }
        "keywords" => {
            if memchr::memmem::find(walk.bytes(value), b"deprecated:").is_some() {
                walk.lead.flags |= DEPRECATED;
            }
        }
        _ => {
            if let Some(text) = text::value(walk, value) {
                walk.lead.flags = walk.lead.flags & !(HIDDEN | OF_TYPE) | of;
                walk.lead.text = text::trimmed(&text);
            }
        }
    }
}

fn moduledoc(walk: &mut Walk<'_>, call: Node<'_>) {
    let Some(value) = first_argument(call) else {
        return;
    };
    let hidden = value.kind() == "boolean" && walk.bytes(value) == b"false";
    let doc = text::value(walk, value).as_deref().and_then(text::trimmed);
    let item = walk
        .scope()
        .item
        .and_then(|index| walk.outline.items.get_mut(index as usize));
    let Some(item) = item else { return };
    if hidden {
        item.marks = item.marks.with(Marks::HIDDEN);
        item.visibility = Visibility::Internal;
    } else if doc.is_some() {
        item.doc = doc;
    }
}

/// The text of the whole argument, and the head it begins with.
fn typed(walk: &Walk<'_>, call: Node<'_>, of_type: bool) -> Option<(Head, String)> {
    let argument = first_argument(call)?;
    let mut node = argument;
    // `head :: type when variables`: both operators may be there.
    for _ in 0..3 {
        if node.kind() == "binary_operator" && matches!(operator(walk, node), b"when" | b"::") {
            node = node.child_by_field_name("left")?;
        }
    }
    let text = spec::text(walk, argument, node, of_type);
    Some((Head::read(walk, node)?, text))
}

/// Kept as an item until the function is known.
fn function_spec(walk: &mut Walk<'_>, node: Node<'_>, call: Node<'_>) {
    if let Some((head, text)) = typed(walk, call, false) {
        let qualified = format!("{}/{}", walk.qualify(&head.name), head.arity);
        let def = Def::new(SnippetKind::Function, head.name, node)
            .qualified(qualified)
            .signature(text)
            .doc(None)
            .marks(SPEC);
        walk.define(def);
    }
}

fn callback(walk: &mut Walk<'_>, node: Node<'_>, call: Node<'_>) -> Step {
    if let Some((head, text)) = typed(walk, call, false) {
        let public = walk.lead.flags & HIDDEN == 0;
        define(walk, node, SnippetKind::Method, &head, text, public);
    }
    Step::Skip
}

fn named_type(walk: &mut Walk<'_>, node: Node<'_>, call: Node<'_>, public: bool) -> Step {
    let of_type = walk.lead.flags & OF_TYPE != 0;
    let doc = if of_type { walk.lead.text.take() } else { None };
    let hidden = of_type && walk.lead.flags & HIDDEN != 0;
    if let Some((head, text)) = typed(walk, call, true) {
        let qualified = format!("{}/{}", walk.qualify(&head.name), head.arity);
        // What an opaque type is made of is nobody's business.
        let opaque = call
            .child_by_field_name("target")
            .is_some_and(|target| walk.bytes(target) == b"opaque");
        let text = if opaque {
            text.split(" ::").next().unwrap_or(&text).to_owned()
        } else {
            text
        };
        let def = Def::new(SnippetKind::Type, head.name, node)
            .qualified(qualified)
            .signature(text)
            .doc(doc)
            .public(public && !hidden)
            .marks(Marks::when(hidden, Marks::HIDDEN));
        walk.define(def);
    }
    // Documentation of the function after the type stays.
    if of_type { Step::Skip } else { Step::Lead }
}
