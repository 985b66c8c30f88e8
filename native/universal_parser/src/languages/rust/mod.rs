//! Rust: items by module path; impl items under their type; macro arguments that hold items.

mod attributes;
mod cfg;
mod finish;
mod implementation;
mod macros;
mod module;
mod text;
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
/// Of a block of code: names are not known outside.
const BLOCK: u32 = 8;
/// Hidden from documentation with all members.
const ASIDE: u32 = 16;
/// What a macro without arguments gives, wherever it is called.
const MACRO: u32 = 32;

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

    fn comment_markers(&self) -> &'static [&'static str] {
        &["//", "/*", crate::signature::ATTRIBUTE]
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
            // A macro's own notation, of which nothing is known.
            "enum_item" if error_before_name(node).is_some() => Step::Skip,
            "enum_item" => container(walk, node, Enum, INHERITS),
            "trait_item" => container(walk, node, Trait, INHERITS | TYPE),
            "mod_item" => mod_item(walk, node),
            "impl_item" => implementation::scope(walk, node),
            "type_item" => leaf(walk, node, Type, None),
            "const_item" if walk.field(node, "name").is_some_and(|name| name == "_") => {
                anonymous(walk, node)
            }
            // A macro's own notation.
            "const_item" if node.child_by_field_name("type").is_none() => Step::Skip,
            "const_item" | "static_item" => leaf(walk, node, Constant, long_value(node)),
            "enum_variant" => variant(walk, node),
            "field_declaration" => field(walk, node),
            "macro_definition" => macros::define(walk, node),
            "macro_rule" if walk.scope().flags & MACRO != 0 => macros::rule(walk, node),
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
            "foreign_mod_item" => foreign(walk, node),
            "declaration_list" | "block" | "field_declaration_list" | "enum_variant_list" => {
                Step::Enter
            }
            "use_declaration" => uses::declaration(walk, node),
            "extern_crate_declaration" => uses::extern_crate(walk, node),
            "attributes" if walk.scope().item.is_some() || node.parent().is_some_and(is_list) => {
                // Of a field: a sibling before it.
                attributes::before(walk, node);
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
    if own_notation(node).is_some()
        && let Some(item) = walk.outline.items.get_mut(item as usize)
        && let Some((head, _)) = item.signature.split_once('{')
    {
        item.signature = head.trim_end().to_owned();
    }
    let own = walk.lead.condition.take().unwrap_or_default();
    walk.conditions.push(&own, node.byte_range());
    let name = walk.outline.items.get(item as usize);
    let name = name.map(|item| item.name.clone()).unwrap_or_default();
    let flags = flags | if kind == SnippetKind::Struct { TYPE } else { 0 };
    Step::Scope(walk.scope_of(&name, Some(item), flags))
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    body: Option<Node<'_>>,
) -> Option<u32> {
    let attributes = Attributes::read(walk, node);
    define_with(walk, node, kind, body, attributes)
}

fn define_with(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    body: Option<Node<'_>>,
    mut attributes: Attributes,
) -> Option<u32> {
    let name = match own_notation(node) {
        Some(name) => walk.text(name),
        None => walk.field(node, "name")?,
    };
    if let Some(body) = body.filter(|_| kind == SnippetKind::Module) {
        attributes::inner(walk, body);
        let inner = Attributes::read(walk, body);
        attributes.marks = attributes.marks.with(inner.marks);
        attributes.condition = inner.condition;
        attributes.test |= inner.test;
    }
    if attributes.test {
        return None;
    }
    let flags = walk.scope().flags;
    let public = flags & INHERITS != 0 || is_public(walk, node);
    let public = public && flags & (IMPLEMENTS | ASIDE) == 0;
    let implements = Marks::when(flags & IMPLEMENTS != 0, Marks::IMPLEMENTS);
    let hidden = Marks::when(flags & ASIDE != 0, Marks::HIDDEN);
    let kind = if attributes.proc_macro.is_some() {
        SnippetKind::Macro
    } else {
        kind
    };
    let name = attributes
        .proc_macro
        .filter(|name| !name.is_empty())
        .unwrap_or(name.into_owned());
    let name = text::plain(&name);
    let start = attributes::first_after(node);
    let condition = condition(walk, start.unwrap_or(node), attributes.condition);
    let def = Def::new(kind, name, node)
        .start(start)
        .body(body)
        .public(public && !attributes.marks.has(Marks::HIDDEN))
        .marks(attributes.marks.with(implements).with(hidden))
        .condition(condition);
    walk.define(def)
}

/// The name in a macro's own notation, where the grammar takes what follows for it:
/// `struct Flags: u32 { … }`, `const MAX = u32::MAX;`.
fn own_notation(node: Node<'_>) -> Option<Node<'_>> {
    if !matches!(node.kind(), "struct_item" | "const_item" | "static_item") {
        return None;
    }
    let error = error_before_name(node)?;
    error
        .named_child(0)
        .filter(|name| name.kind() == "identifier")
}

fn error_before_name(node: Node<'_>) -> Option<Node<'_>> {
    if !node.has_error() {
        return None;
    }
    let name = node.child_by_field_name("name")?;
    let mut cursor = node.walk();
    let before = |child: &Node<'_>| child.end_byte() <= name.start_byte();
    let mut children = node.children(&mut cursor).take_while(before);
    children.find(Node::is_error)
}

/// What starts at `start` exists under its own condition and those around it.
fn condition(walk: &mut Walk<'_>, start: Node<'_>, own: Option<String>) -> Option<String> {
    let around = walk.conditions.around(start.start_byte());
    let all = around.map(str::to_owned).chain(own);
    all.fold(None, |all, one| Some(cfg::both(all, one)))
}

/// `pub` alone: `pub(crate)` and `pub(in …)` are for the crate itself.
fn is_public(walk: &Walk<'_>, node: Node<'_>) -> bool {
    modifier(node).is_some_and(|modifier| walk.bytes(modifier) == b"pub")
}

/// The visibility modifier: first but for attributes and comments.
fn modifier(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    let before = |child: &Node<'_>| child.is_extra() || child.kind() == "attributes";
    let mut children = node.children(&mut cursor);
    children
        .find(|child| !before(child))
        .filter(|child| child.kind() == "visibility_modifier")
}

/// Private fields are nobody's business.
fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let flags = walk.scope().flags;
    if flags & TYPE != 0 && (flags & INHERITS != 0 || modifier(node).is_some()) {
        leaf(walk, node, SnippetKind::Field, None);
    }
    Step::Skip
}

/// A variant is told with its fields; those that have names are members besides.
fn variant(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let item = define(walk, node, SnippetKind::Field, None);
    let defined = item.and_then(|item| walk.outline.items.get_mut(item as usize));
    if let Some(item) = defined
        && let Some(fields) = item.signature.strip_suffix(", }")
    {
        item.signature = format!("{fields} }}");
    }
    let body = node.child_by_field_name("body");
    let named = body.is_some_and(|body| body.kind() == "field_declaration_list");
    match (item, walk.field(node, "name")) {
        (Some(item), Some(name)) if named => {
            let own = walk.lead.condition.take().unwrap_or_default();
            walk.conditions.push(&own, node.byte_range());
            Step::Scope(walk.scope_of(&text::plain(&name), Some(item), INHERITS | TYPE))
        }
        _ => Step::Skip,
    }
}

/// `extern "C" { … }`: the items are the module's.
fn foreign(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let attributes = Attributes::read(walk, node);
    if attributes.test {
        return Step::Skip;
    }
    if let Some(condition) = attributes.condition {
        walk.conditions.push(&condition, node.byte_range());
    }
    Step::Enter
}

/// `const _: () = { … };`: only the `impl` blocks in it are seen outside.
fn anonymous(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let attributes = Attributes::read(walk, node);
    if attributes.test {
        return Step::Skip;
    }
    if let Some(condition) = attributes.condition {
        walk.conditions.push(&condition, node.byte_range());
    }
    Step::Scope(Scope {
        path: walk.scope().path.clone(),
        visibility: Visibility::Internal,
        item: None,
        flags: BLOCK,
    })
}

fn mod_item(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let body = node.child_by_field_name("body");
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let name = text::plain(&name);
    let mut attributes = Attributes::read(walk, node);
    let paths = std::mem::take(&mut attributes.paths);
    let elsewhere = attributes.placed;
    let Some(item) = define_with(walk, node, SnippetKind::Module, body, attributes) else {
        return Step::Skip;
    };
    let defined = walk.outline.items.get(item as usize);
    let visibility = defined.map_or(Visibility::Internal, |item| item.declared);
    if body.is_some() {
        let own = walk.lead.condition.take().unwrap_or_default();
        walk.conditions.push(&own, node.byte_range());
        return Step::Scope(walk.scope_of(&name, Some(item), 0));
    }
    if walk.scope().flags & BLOCK != 0 {
        return Step::Skip;
    }
    let usual = (!elsewhere).then_some(None);
    let named = paths
        .into_iter()
        .map(|(path, condition)| Some((path, condition)));
    for file in named.chain(usual) {
        let (from, condition) = file.unzip();
        walk.link(Link {
            kind: LinkKind::Module,
            scope: walk.scope().path.clone(),
            from,
            name: name.clone(),
            alias: condition.flatten(),
            visibility,
        });
    }
    Step::Skip
}

/// A value too long for a signature: it then ends before the value.
fn long_value(node: Node<'_>) -> Option<Node<'_>> {
    const LONG: usize = 80;
    node.child_by_field_name("value")
        .filter(|value| value.byte_range().len() > LONG)
}
