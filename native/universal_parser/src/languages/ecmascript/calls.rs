//! Calls that export: those which compilers and bundlers write, and `Object.assign`.

use tree_sitter::Node;

use super::assignment::{attached, members};
use super::function::{bare, is_function};
use super::reference::{self, Reference};
use super::{export, property_name, unquoted};
use crate::walk::Walk;

/// Names of one bundler's table, sources of one `Object.assign`.
const MAX_PARTS: usize = 5_000;

/// A call that is a statement.
pub(super) fn statement(walk: &mut Walk<'_>, call: Node<'_>) {
    let Some(function) = walk.field(call, "function") else {
        return;
    };
    let Some(arguments) = call.child_by_field_name("arguments") else {
        return;
    };
    match function.rsplit('.').next().unwrap_or_default() {
        "defineProperty" => define_property(walk, arguments),
        "defineProperties" => define_properties(walk, arguments),
        "assign" => {
            let exports = arguments
                .named_child(0)
                .is_some_and(|target| is_exports(walk, target));
            if exports {
                assigned(walk, arguments);
            }
        }
        "__exportStar" | "_export_star" | "__reExport" | "__export" => star(walk, arguments),
        _ => {}
    }
}

fn is_exports(walk: &Walk<'_>, node: Node<'_>) -> bool {
    matches!(walk.bytes(node), b"exports" | b"module.exports")
}

/// `Object.defineProperty(exports, "name", { get: function () { return value } })`
fn define_property(walk: &mut Walk<'_>, arguments: Node<'_>) {
    let of = arguments.named_child(0);
    let name = arguments
        .named_child(1)
        .filter(|name| name.kind() == "string");
    let (Some(of), Some(name)) = (of, name) else {
        return;
    };
    let name = walk.text(name);
    let name = unquoted(&name);
    if is_exports(walk, of) && name != "__esModule" {
        let value = arguments.named_child(2);
        export_descriptor(walk, name, value);
    }
}

/// `Object.defineProperties(exports, { name: { get … } })`
fn define_properties(walk: &mut Walk<'_>, arguments: Node<'_>) {
    let of = arguments.named_child(0);
    if !of.is_some_and(|of| is_exports(walk, of)) {
        return;
    }
    let Some(table) = arguments.named_child(1) else {
        return;
    };
    let mut cursor = table.walk();
    for pair in table.named_children(&mut cursor).take(MAX_PARTS) {
        let key = pair
            .child_by_field_name("key")
            .and_then(|key| property_name(walk, key));
        if let Some(key) = key.filter(|key| key != "__esModule") {
            export_descriptor(walk, &key, pair.child_by_field_name("value"));
        }
    }
}

/// The property `name` of the exports, by what its descriptor gives.
fn export_descriptor(walk: &mut Walk<'_>, name: &str, descriptor: Option<Node<'_>>) {
    match descriptor.and_then(|value| descriptor_value(walk, value)) {
        Some(target) => export::refer(walk, &target, name),
        None => export::add(walk, None, name, None),
    }
}

fn descriptor_value(walk: &Walk<'_>, descriptor: Node<'_>) -> Option<Reference> {
    let mut cursor = descriptor.walk();
    for part in descriptor.named_children(&mut cursor).take(8) {
        let key = part
            .child_by_field_name("key")
            .or_else(|| part.child_by_field_name("name"));
        let Some(key) = key.map(|key| walk.text(key)) else {
            continue;
        };
        let value = match (part.kind(), key.as_ref()) {
            ("method_definition", "get") => reference::returned(part),
            (_, "get") => part
                .child_by_field_name("value")
                .map(bare)
                .filter(|value| is_function(*value))
                .and_then(reference::returned),
            (_, "value") => part.child_by_field_name("value"),
            _ => None,
        };
        if let Some(target) = value.and_then(|value| reference::read(walk, value)) {
            return Some(target);
        }
    }
    None
}

/// `Object.assign(module.exports, require("./a"), { b })`
pub(super) fn assigned(walk: &mut Walk<'_>, arguments: Node<'_>) {
    let mut cursor = arguments.walk();
    let sources = arguments.named_children(&mut cursor).skip(1);
    for source in sources.take(MAX_PARTS) {
        spread(walk, source);
    }
}

/// All members of `value` are exported.
pub(super) fn spread(walk: &mut Walk<'_>, value: Node<'_>) {
    if value.kind() == "object" {
        members(walk, value, None);
        return;
    }
    match reference::read(walk, value) {
        Some(Reference::There { from, name }) if name == "*" => {
            export::add(walk, Some(&from), "*", None);
        }
        Some(Reference::Here(name)) => export::add(walk, None, &name, Some("*")),
        _ => {}
    }
}

/// `__exportStar(require("./a"), exports)`; esbuild's `__export(table, { a: () => b })` and
/// `__reExport(table, require("./a"))`.
fn star(walk: &mut Walk<'_>, arguments: Node<'_>) {
    let (Some(first), second) = (arguments.named_child(0), arguments.named_child(1)) else {
        return;
    };
    if let Some(Reference::There { from, .. }) = reference::read(walk, first) {
        export::add(walk, Some(&from), "*", None);
        return;
    }
    let Some(second) = second else { return };
    let table = walk.text(first);
    if second.kind() != "object" {
        if let Some(Reference::There { from, .. }) = reference::read(walk, second) {
            export::add(walk, Some(&from), "*", None);
        }
        return;
    }
    let mut cursor = second.walk();
    for part in second.named_children(&mut cursor).take(MAX_PARTS) {
        let key = part
            .child_by_field_name("key")
            .and_then(|key| property_name(walk, key));
        let value = part
            .child_by_field_name("value")
            .and_then(reference::returned);
        let Some(key) = key else { continue };
        if let Some(Reference::Here(name)) = value.and_then(|value| reference::read(walk, value)) {
            attached(walk, &table, &key, &name);
        }
    }
}
