//! Functions, initialisers, subscripts, macros, properties.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{TYPE, is_public, marks, plain_name};
use crate::define::Def;
use crate::languages::block_doc;
use crate::languages::modifiers::{self, Modifiers};
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Parameters of one function.
const MAX_PARAMETERS: usize = 128;
/// Names of one property declaration.
const MAX_NAMES: usize = 64;

/// A function, initialiser, subscript or macro.
pub(super) fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let (name, labelled) = match node.kind() {
        "init_declaration" => ("init".into(), true),
        "subscript_declaration" => ("subscript".into(), false),
        _ => match name_of(node) {
            Some(name) => (walk.text(name), true),
            None => return Step::Skip,
        },
    };
    let name = plain_name(&name);
    // An operator's parameters have no labels.
    let labelled = labelled && name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let labels = labels(walk, node, labelled);
    let member = walk.scope().flags & TYPE != 0;
    let kind = match node.kind() {
        "macro_declaration" => SnippetKind::Macro,
        _ if member => SnippetKind::Method,
        _ => SnippetKind::Function,
    };
    let mut def = Def::new(kind, name, node)
        .qualified(walk.qualify(&format!("{name}({labels})")))
        .start(modifiers.start)
        .public(is_public(walk, &modifiers))
        .marks(marks(&modifiers, name));
    let accessors = child(node, "computed_property");
    def = match accessors {
        Some(accessors) => def.signature(with_accessors(walk, node, &modifiers, accessors)),
        None => def.body(
            node.child_by_field_name("body")
                .or_else(|| node.child_by_field_name("definition")),
        ),
    };
    walk.define(def);
    Step::Skip
}

/// Several children go by the field `name`: the first one that is a name.
fn name_of(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        match child.kind() {
            "modifiers" | "func" | "macro" | "attribute" | "comment" | "multiline_comment"
            | "class" | "static" => {}
            kind if kind.ends_with("modifier") => {}
            // An operator need not be a named node.
            _ => return Some(child),
        }
    }
    None
}

/// `x:_:`
fn labels(walk: &Walk<'_>, node: Node<'_>, labelled: bool) -> String {
    let mut labels = String::new();
    let mut cursor = node.walk();
    let parameters = node
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "parameter");
    for parameter in parameters.take(MAX_PARAMETERS) {
        let label = match parameter.child_by_field_name("external_name") {
            Some(name) => Some(name),
            None if labelled => parameter.child_by_field_name("name"),
            None => None,
        };
        match label {
            Some(label) => labels.push_str(plain_name(&walk.text(label))),
            None => labels.push('_'),
        }
        labels.push(':');
    }
    labels
}

fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| child.kind() == kind)
}

/// The head and `{ get set }`.
fn with_accessors(
    walk: &Walk<'_>,
    node: Node<'_>,
    modifiers: &Modifiers<'_, '_>,
    accessors: Node<'_>,
) -> String {
    let start = modifiers.start.unwrap_or(node).start_byte();
    let range = start..accessors.start_byte().max(start);
    let head = signature::cut(walk.source, range, node, &["//", "/*"]);
    let mut cursor = accessors.walk();
    let sets = accessors
        .named_children(&mut cursor)
        .any(|child| matches!(child.kind(), "computed_setter" | "computed_modify"));
    let tail = if sets { "{ get set }" } else { "{ get }" };
    format!("{head} {tail}")
}

/// One or more properties.
pub(super) fn property(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let (mut names, mut end, mut accessors) = (Vec::new(), None, None);
    let mut cursor = node.walk();
    let mut value = false;
    for part in node.children(&mut cursor) {
        match part.kind() {
            "pattern" if names.len() < MAX_NAMES => bound(part, &mut names),
            "=" => value = true,
            "computed_property" => accessors = accessors.or(Some(part)),
            "willset_didset_block" => end = end.or(Some(part)),
            _ if value && !part.is_extra() => {
                value = false;
                end = end.or(block_doc::long_value(walk, Some(part)));
            }
            _ => {}
        }
    }
    let member = walk.scope().flags & TYPE != 0;
    let kind = if member && !modifiers.has("static") {
        SnippetKind::Field
    } else {
        SnippetKind::Constant
    };
    for name in names {
        let name = walk.text(name);
        let name = plain_name(&name);
        let mut def = Def::new(kind, name, node)
            .start(modifiers.start)
            .body(end)
            .public(is_public(walk, &modifiers))
            .marks(marks(&modifiers, name));
        if let Some(accessors) = accessors {
            def = def.signature(with_accessors(walk, node, &modifiers, accessors));
        }
        walk.define(def);
    }
    Step::Skip
}

/// The names that a pattern binds: `x`, or those of a tuple.
fn bound<'t>(pattern: Node<'t>, names: &mut Vec<Node<'t>>) {
    if let Some(name) = pattern.child_by_field_name("bound_identifier") {
        names.push(name);
        return;
    }
    let mut cursor = pattern.walk();
    for inner in pattern.named_children(&mut cursor).take(MAX_NAMES) {
        if inner.kind() == "pattern"
            && let Some(name) = inner.named_child(0)
            && name.kind() == "simple_identifier"
        {
            names.push(name);
        }
    }
}
