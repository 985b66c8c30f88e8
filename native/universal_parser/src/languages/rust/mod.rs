//! Rust: items by module path; impl items under their type; macro arguments that hold items.

mod attributes;
mod finish;
mod implementation;
mod macros;
mod module;
mod uses;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::{Link, LinkKind, Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};
use attributes::Attributes;

/// Members are seen when their type is: trait items, enum variants, trait implementations.
const INHERITS: u32 = 1;
/// Functions are methods here.
const TYPE: u32 = 2;
/// The members implement a trait.
const IMPLEMENTS: u32 = 4;

/// Children looked at for what stands before an item's keyword.
const MAX_BEFORE: u32 = 6;

pub(super) struct Rust;

impl Rules for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_rust_orchard::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rs"]
    }

    fn separator(&self) -> &'static str {
        "::"
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        module::root(walk, file, root)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        use SnippetKind::{Constant, Enum, Function, Macro, Method, Struct, Trait, Type};
        match node.kind() {
            "function_item" | "function_signature_item" => {
                let kind = if walk.scope().flags & TYPE == 0 {
                    Function
                } else {
                    Method
                };
                leaf(walk, node, kind, node.child_by_field_name("body"))
            }
            "struct_item" | "union_item" => container(walk, node, Struct, 0),
            "enum_item" => container(walk, node, Enum, INHERITS),
            "trait_item" => container(walk, node, Trait, INHERITS | TYPE),
            "mod_item" => mod_item(walk, node),
            "impl_item" => implementation::scope(walk, node),
            "type_item" => leaf(walk, node, Type, None),
            "const_item" | "static_item" => leaf(walk, node, Constant, long_value(node)),
            "enum_variant" => {
                leaf(walk, node, SnippetKind::Field, None);
                Step::Skip
            }
            "field_declaration" => field(walk, node),
            "macro_definition" => macros::define(walk, node),
            "macro_definition_v2" => {
                let arguments = node.child_by_field_name("body");
                leaf(
                    walk,
                    node,
                    Macro,
                    arguments.or_else(|| node.child_by_field_name("rules")),
                )
            }
            "macro_invocation_item" | "macro_invocation" | "expression_statement" => {
                macros::invocation(walk, node)
            }
            "foreign_mod_item" if Attributes::read(walk, node).test => Step::Skip,
            "foreign_mod_item"
            | "declaration_list"
            | "field_declaration_list"
            | "enum_variant_list" => Step::Enter,
            "use_declaration" => uses::declaration(walk, node),
            "attributes" if walk.scope().item.is_some() || node.parent().is_some_and(is_list) => {
                // Of a field: a sibling before it.
                attributes::collect(walk, node);
                Step::Lead
            }
            "line_comment" | "block_comment" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

fn is_list(node: Node<'_>) -> bool {
    node.kind().ends_with("_list")
}

/// A definition without members.
fn leaf(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, body: Option<Node<'_>>) -> Step {
    define(walk, node, kind, body);
    Step::Skip
}

/// A definition with members.
fn container(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, flags: u32) -> Step {
    let body = node.child_by_field_name("body");
    let tuple = body.is_some_and(|body| body.kind() == "ordered_field_declaration_list");
    let Some(item) = define(walk, node, kind, body.filter(|_| !tuple)) else {
        return Step::Skip;
    };
    let name = walk.field(node, "name").unwrap_or_default();
    let flags = flags | if kind == SnippetKind::Struct { TYPE } else { 0 };
    Step::Scope(walk.scope_of(&name, Some(item), flags))
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    body: Option<Node<'_>>,
) -> Option<u32> {
    let name = walk.field(node, "name")?;
    let attributes = Attributes::read(walk, node);
    if attributes.test {
        return None;
    }
    let public = walk.scope().flags & INHERITS != 0 || is_public(walk, node);
    let implements = Marks::when(walk.scope().flags & IMPLEMENTS != 0, Marks::IMPLEMENTS);
    let kind = if attributes.proc_macro.is_some() {
        SnippetKind::Macro
    } else {
        kind
    };
    let name = attributes
        .proc_macro
        .filter(|name| !name.is_empty())
        .unwrap_or(name.into_owned());
    let name = name.strip_prefix("r#").map(str::to_owned).unwrap_or(name);
    let def = Def::new(kind, name, node)
        .start(attributes::first_after(node))
        .body(body)
        .public(public && !attributes.marks.has(Marks::HIDDEN))
        .marks(attributes.marks.with(implements));
    walk.define(def)
}

/// `pub` alone: `pub(crate)` and `pub(in …)` are for the crate itself.
fn is_public(walk: &Walk<'_>, node: Node<'_>) -> bool {
    modifier(node).is_some_and(|modifier| walk.bytes(modifier) == b"pub")
}

/// The visibility modifier: first but for attributes and comments.
fn modifier(node: Node<'_>) -> Option<Node<'_>> {
    let mut children = (0..MAX_BEFORE).map_while(|index| node.child(index));
    children.find(|child| child.kind() == "visibility_modifier")
}

/// Private fields are nobody's business.
fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.scope().flags & TYPE != 0 && modifier(node).is_some() {
        leaf(walk, node, SnippetKind::Field, None);
    }
    Step::Skip
}

fn mod_item(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let body = node.child_by_field_name("body");
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    if let Some(body) = body {
        attributes::inner_docs(walk, body);
    }
    let Some(item) = define(walk, node, SnippetKind::Module, body) else {
        return Step::Skip;
    };
    if body.is_some() {
        return Step::Scope(walk.scope_of(&name, Some(item), 0));
    }
    let visibility = if is_public(walk, node) {
        Visibility::Public
    } else {
        Visibility::Internal
    };
    walk.link(Link {
        kind: LinkKind::Module,
        scope: walk.scope().path.clone(),
        from: None,
        name: name.into_owned(),
        alias: None,
        visibility,
    });
    Step::Skip
}

/// A value too long for a signature: it then ends before the value.
fn long_value(node: Node<'_>) -> Option<Node<'_>> {
    const LONG: usize = 80;
    node.child_by_field_name("value")
        .filter(|value| value.byte_range().len() > LONG)
}
