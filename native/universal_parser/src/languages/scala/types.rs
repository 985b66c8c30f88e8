//! Packages, classes, traits, objects, enums, types, givens.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{CLASS, OBJECT, has_token, is_public, marks, plain_name};
use crate::define::Def;
use crate::languages::{block_doc, modifiers};
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk};

/// Parameters of one class.
const MAX_PARAMETERS: usize = 256;

/// For the rest of the file, or for the members in its braces.
pub(super) fn package(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let name: String = name.split_whitespace().collect();
    let path = walk.qualify(&name);
    if node.child_by_field_name("body").is_some() {
        let scope = walk.scope().clone();
        return Step::Scope(Scope { path, ..scope });
    }
    if walk.outline.items.is_empty() {
        walk.outline.module.clone_from(&path);
    }
    if let Some(scope) = walk.scope_mut() {
        scope.path = path;
    }
    Step::Skip
}

pub(super) fn package_object(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    let def = Def::new(SnippetKind::Module, name.as_ref(), node)
        .start(modifiers.start)
        .body(node.child_by_field_name("body"))
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    match walk.define(def) {
        Some(item) => Step::Scope(walk.scope_of(&name, Some(item), OBJECT)),
        None => Step::Skip,
    }
}

pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let name = plain_name(&name);
    let modifiers = modifiers::read(walk, node);
    let (kind, flags) = match node.kind() {
        "trait_definition" => (SnippetKind::Trait, CLASS),
        "object_definition" => (SnippetKind::Module, OBJECT),
        "enum_definition" => (SnippetKind::Enum, CLASS),
        _ => (SnippetKind::Class, CLASS),
    };
    let def = Def::new(kind, name, node)
        .start(modifiers.start)
        .body(node.child_by_field_name("body"))
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let scope = walk.scope_of(name, Some(item), flags);
    walk.lead.clear();
    walk.within(&scope, |walk| parameters(walk, node));
    Step::Scope(scope)
}

/// Those parameters of a class that are fields of it.
fn parameters(walk: &mut Walk<'_>, class: Node<'_>) {
    let mut case = has_token(class, "case");
    let mut lists = class.walk();
    for list in class.children_by_field_name("class_parameters", &mut lists) {
        let mut cursor = list.walk();
        for parameter in list.named_children(&mut cursor).take(MAX_PARAMETERS) {
            if parameter.kind().ends_with("comment") {
                block_doc::comment(walk, parameter);
                continue;
            }
            let field = case || has_token(parameter, "val") || has_token(parameter, "var");
            if parameter.kind() == "class_parameter"
                && field
                && let Some(name) = walk.field(parameter, "name")
            {
                let modifiers = modifiers::read(walk, parameter);
                let def = Def::new(SnippetKind::Field, plain_name(&name), parameter)
                    .start(modifiers.start)
                    .public(is_public(&modifiers))
                    .marks(marks(&modifiers));
                walk.define(def);
            }
            walk.lead.clear();
        }
        case = false;
    }
}

/// A case of an enum; several can share a `case`.
pub(super) fn case(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let text = signature::cut(walk.source, node.byte_range(), node, &["//", "/*"]);
    let def =
        Def::new(SnippetKind::Field, plain_name(&name), node).signature(format!("case {text}"));
    walk.define(def);
    Step::Skip
}

pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    // Nobody outside may know what an opaque type is.
    let secret = modifiers.has("opaque");
    let def = Def::new(SnippetKind::Type, plain_name(&name), node)
        .start(modifiers.start)
        .body(node.child_by_field_name("type").filter(|_| secret))
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}

pub(super) fn given(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let name = match walk.field(node, "name") {
        Some(name) => plain_name(&name).to_owned(),
        None => {
            let of = walk.field(node, "return_type").unwrap_or_default();
            let words = of.split(|c: char| !c.is_alphanumeric());
            let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
            format!("given_{}", words.join("_"))
        }
    };
    let body = node.child_by_field_name("body");
    let members = body.is_some_and(|body| body.kind().ends_with("template_body"));
    let start = modifiers.start.unwrap_or(node).start_byte();
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    let text = signature::cut(walk.source, start..end.max(start), node, &["//", "/*"]);
    let text = text.strip_suffix(" with").unwrap_or(&text).to_owned();
    let def = Def::new(SnippetKind::Constant, name.as_str(), node)
        .start(modifiers.start)
        .signature(text)
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    match walk.define(def) {
        Some(item) if members => Step::Scope(walk.scope_of(&name, Some(item), OBJECT)),
        _ => Step::Skip,
    }
}
