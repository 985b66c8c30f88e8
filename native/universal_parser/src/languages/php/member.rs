//! Methods, properties, constants, cases.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::docs::{self, Doc, Modifiers};
use super::{FINAL, TYPE};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Bytes of a value that is shown.
const SHOWN: usize = 160;
/// Names in one declaration.
const MAX_NAMES: usize = 256;

/// `Class::name`, or `Ns\name` outside of classes.
fn path(walk: &Walk<'_>, name: &str) -> String {
    let scope = walk.scope();
    if scope.flags & TYPE != 0 {
        format!("{}::{name}", scope.path)
    } else {
        walk.qualify(name)
    }
}

fn is_public(walk: &Walk<'_>, modifiers: &Modifiers, doc: &Doc) -> bool {
    let closed = walk.scope().flags & FINAL != 0;
    let hidden = modifiers.is_private || modifiers.is_protected && closed;
    !hidden && !doc.marks.has(Marks::HIDDEN)
}

pub(super) fn method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let (start, modifiers) = docs::modifiers(walk, node);
    let doc = docs::read(walk, node);
    let public = is_public(walk, &modifiers, &doc);
    let constructor = name.eq_ignore_ascii_case("__construct");
    let def = Def::new(SnippetKind::Method, name.clone(), node)
        .qualified(path(walk, &name))
        .start(start)
        .body(node.child_by_field_name("body"))
        .public(public)
        .marks(doc.marks)
        .marks(Marks::when(modifiers.is_abstract, Marks::DECLARATION))
        .doc(doc.text);
    walk.define(def);
    if constructor && let Some(parameters) = node.child_by_field_name("parameters") {
        promoted(walk, parameters);
    }
    Step::Skip
}

/// Properties that the constructor's parameters declare.
fn promoted(walk: &mut Walk<'_>, parameters: Node<'_>) {
    walk.lead.clear();
    let mut cursor = parameters.walk();
    for parameter in parameters.named_children(&mut cursor).take(MAX_NAMES) {
        match parameter.kind() {
            "comment" => {
                if walk.bytes(parameter).starts_with(b"/**") {
                    walk.lead.replace(parameter);
                }
            }
            "property_promotion_parameter" => {
                property(walk, parameter, parameter);
                walk.lead.clear();
            }
            _ => walk.lead.clear(),
        }
    }
}

pub(super) fn properties(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    for element in node.named_children(&mut cursor).take(MAX_NAMES) {
        if element.kind() == "property_element" {
            property(walk, node, element);
        }
    }
    Step::Skip
}

/// The property `element` of the declaration `node`.
fn property(walk: &mut Walk<'_>, node: Node<'_>, element: Node<'_>) {
    let Some(variable) = element.child_by_field_name("name") else {
        return;
    };
    let text = walk.text(variable);
    let name = text.trim_start_matches(['&', '$']);
    let (start, modifiers) = docs::modifiers(walk, node);
    let doc = docs::read(walk, node);
    let public = is_public(walk, &modifiers, &doc);
    let value = element.child_by_field_name("default_value");
    let qualified = path(walk, &format!("${name}"));
    let text = shown(walk, start.unwrap_or(node), element, variable, value);
    let def = Def::new(SnippetKind::Field, name, node)
        .qualified(qualified)
        .start(start)
        .signature(text)
        .public(public)
        .marks(doc.marks)
        .doc(doc.text);
    walk.define(def);
}

/// The declaration with only `element` of its names, and the value when that is short.
fn shown(
    walk: &Walk<'_>,
    start: Node<'_>,
    element: Node<'_>,
    name: Node<'_>,
    value: Option<Node<'_>>,
) -> String {
    let short = |value: &Node<'_>| value.end_byte() - value.start_byte() <= SHOWN;
    let end = value.filter(short).unwrap_or(name).end_byte();
    // The modifiers and the type stand before the first of the names.
    let prefix = start.start_byte()..element.start_byte();
    let prefix = walk.source.get(prefix).unwrap_or_default();
    let prefix = prefix.get(..SHOWN).unwrap_or(prefix);
    let prefix = crate::text::lossy(prefix);
    let words: Vec<_> = prefix
        .split_ascii_whitespace()
        .take_while(|word| !word.starts_with('$') && !word.contains('='))
        .collect();
    let text = signature::cut(walk.source, element.start_byte()..end, element, &["/*"]);
    if words.is_empty() {
        text
    } else {
        format!("{} {text}", words.join(" "))
    }
}

pub(super) fn constants(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let (start, modifiers) = docs::modifiers(walk, node);
    let doc = docs::read(walk, node);
    let public = is_public(walk, &modifiers, &doc);
    let mut head = None;
    let mut cursor = node.walk();
    for element in node.named_children(&mut cursor).take(MAX_NAMES) {
        if element.kind() != "const_element" {
            continue;
        }
        let head = *head.get_or_insert(element);
        let Some(name) = element.named_child(0) else {
            continue;
        };
        let first = start.unwrap_or(node).start_byte();
        let prefix = signature::cut(walk.source, first..head.start_byte(), node, &["/*", "//"]);
        let short = element.end_byte() - element.start_byte() <= SHOWN;
        let range = if short { element } else { name }.byte_range();
        let text = signature::cut(walk.source, range, element, &["/*"]);
        let name = walk.text(name);
        let def = Def::new(SnippetKind::Constant, name.clone(), node)
            .qualified(path(walk, &name))
            .start(start)
            .signature(format!("{prefix} {text}"))
            .public(public)
            .marks(doc.marks)
            .doc(doc.text.clone());
        walk.define(def);
    }
    Step::Skip
}

pub(super) fn case(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = walk.field(node, "name") {
        let (start, _) = docs::modifiers(walk, node);
        let doc = docs::read(walk, node);
        let def = Def::new(SnippetKind::Field, name.clone(), node)
            .qualified(path(walk, &name))
            .start(start)
            .public(!doc.marks.has(Marks::HIDDEN))
            .marks(doc.marks)
            .doc(doc.text);
        walk.define(def);
    }
    Step::Skip
}

/// `define('NAME', value);`
pub(super) fn statement(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(call) = node.named_child(0)
        && call.kind() == "function_call_expression"
        && let Some(function) = call.child_by_field_name("function")
        && matches!(walk.bytes(function), b"define" | b"\\define")
        && let Some(arguments) = call.child_by_field_name("arguments")
        && let Some(first) = arguments.named_child(0)
        && let Some(name) = quoted(walk, first)
    {
        let doc = docs::read(walk, call);
        let short = arguments.end_byte() - arguments.start_byte() <= SHOWN;
        let end = if short { call } else { first }.end_byte();
        let text = signature::cut(walk.source, call.start_byte()..end, call, &["/*"]);
        let def = Def::new(SnippetKind::Constant, name.clone(), node)
            .qualified(name)
            .signature(text)
            .public(!doc.marks.has(Marks::HIDDEN))
            .marks(doc.marks)
            .doc(doc.text);
        if let Some(index) = walk.define(def)
            && let Some(item) = walk.outline.items.get_mut(index as usize)
            && item.name.starts_with('_')
        {
            item.visibility = Visibility::Internal;
            item.declared = Visibility::Internal;
        }
    }
    Step::Skip
}

/// The text of a string without anything to work out in it.
fn quoted(walk: &Walk<'_>, argument: Node<'_>) -> Option<String> {
    let text = walk.text(argument);
    let text = text.trim_ascii();
    let inside = text
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''))
        .or_else(|| text.strip_prefix('"')?.strip_suffix('"'))?;
    let name = inside.replace("\\\\", "\\");
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\\');
    name.chars().all(fits).then_some(name)
}
