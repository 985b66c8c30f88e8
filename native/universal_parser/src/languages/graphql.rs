//! GraphQL: types with their fields, inputs, enumerations, unions, scalars and directives of a
//! schema; named operations and fragments of a client. Descriptions are the documentation.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::plain::{child, comment, scope};
use crate::define::Def;
use crate::doc::Style;
use crate::outline::Marks;
use crate::rules::{Rules, Step};
use crate::signature::fold;
use crate::walk::{File, Scope, Walk};

/// Nodes between a definition and what it defines.
const MAX_CHAIN: usize = 5;
/// Arguments of a field, directives of an item.
const MAX_PARTS: usize = 200;

pub(super) struct GraphQl;

impl Rules for GraphQl {
    fn name(&self) -> &'static str {
        "graphql"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_graphql::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["graphql", "gql", "graphqls"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn comments(&self) -> &'static Style {
        static STYLE: Style = Style {
            line: &["#"],
            blocks: &[("\"\"\"", "\"\"\""), ("\"", "\"")],
        };
        &STYLE
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => comment(walk, node),
            "document" => Step::Body,
            "definition" => definition(walk, node),
            "field_definition" | "enum_value_definition" | "input_value_definition" => {
                field(walk, node)
            }
            "description" | "comma" => Step::Lead,
            "fields_definition" | "enum_values_definition" | "input_fields_definition" => {
                Step::Enter
            }
            kind if kind.ends_with("_definition") || kind.ends_with("_extension") => Step::Enter,
            _ => Step::Skip,
        }
    }
}

fn definition(walk: &mut Walk<'_>, definition: Node<'_>) -> Step {
    use SnippetKind::{Enum, Function, Interface, Macro, Struct, Type};
    let mut node = definition;
    let kind = 'found: {
        for _ in 0..MAX_CHAIN {
            let Some(next) = node.named_child(0) else {
                return Step::Skip;
            };
            node = next;
            break 'found match node.kind() {
                "object_type_definition" | "input_object_type_definition" => Struct,
                "interface_type_definition" => Interface,
                "enum_type_definition" => Enum,
                "union_type_definition" | "scalar_type_definition" | "fragment_definition" => Type,
                "directive_definition" => Macro,
                "operation_definition" => Function,
                "object_type_extension"
                | "interface_type_extension"
                | "input_object_type_extension"
                | "enum_type_extension" => return extension(walk, node),
                _ => continue,
            };
        }
        return Step::Skip;
    };
    let name = child(node, "name").or_else(|| {
        let name = child(node, "fragment_name")?;
        child(name, "name")
    });
    let Some(name) = name.map(|name| walk.text(name)) else {
        return Step::Skip;
    };
    let name = if kind == Macro {
        format!("@{name}")
    } else {
        name.into_owned()
    };
    walk.lead.drop_detached(node.start_position().row);
    let body = [
        "fields_definition",
        "input_fields_definition",
        "enum_values_definition",
        "selection_set",
    ];
    let body = body.iter().find_map(|kind| child(node, kind));
    let item = define(walk, kind, &name, node, body);
    match (item, kind) {
        (Some(item), Struct | Interface | Enum) => Step::Scope(walk.scope_of(&name, Some(item), 0)),
        _ => Step::Skip,
    }
}

/// The fields it adds are those of the type.
fn extension(walk: &Walk<'_>, node: Node<'_>) -> Step {
    match child(node, "name") {
        Some(name) => Step::Scope(walk.scope_of(&walk.text(name), None, 0)),
        None => Step::Skip,
    }
}

fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = child(node, "name").or_else(|| child(node, "enum_value"));
    if let Some(name) = name.map(|name| walk.text(name)) {
        walk.lead.drop_detached(node.start_position().row);
        define(walk, SnippetKind::Field, &name, node, None);
    }
    Step::Skip
}

fn define(
    walk: &mut Walk<'_>,
    kind: SnippetKind,
    name: &str,
    node: Node<'_>,
    body: Option<Node<'_>>,
) -> Option<u32> {
    let description = child(node, "description");
    if let Some(text) = description {
        walk.lead.replace(text);
    }
    let start = description.and_then(|_| {
        let mut cursor = node.walk();
        node.children(&mut cursor)
            .find(|child| child.kind() != "description")
    });
    let from = start.unwrap_or(node).start_byte();
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    let mut def = Def::new(kind, name, node)
        .body(body)
        .start(start)
        .marks(Marks::when(is_deprecated(walk, node), Marks::DEPRECATED));
    if let Some(arguments) = child(node, "arguments_definition") {
        def = def.signature(without_descriptions(walk, arguments, from..end));
    }
    walk.define(def)
}

/// The text of `range` without what describes its arguments.
fn without_descriptions(
    walk: &Walk<'_>,
    arguments: Node<'_>,
    range: std::ops::Range<usize>,
) -> String {
    let text = |range| String::from_utf8_lossy(walk.source.get(range).unwrap_or_default());
    let mut cursor = arguments.walk();
    let mut from = range.start;
    let mut signature = String::new();
    for argument in arguments.named_children(&mut cursor).take(MAX_PARTS) {
        let cut = match argument.kind() {
            "comment" => Some(argument),
            _ => child(argument, "description"),
        };
        if let Some(cut) = cut.filter(|cut| cut.start_byte() >= from) {
            signature += &text(from..cut.start_byte());
            from = cut.end_byte();
        }
    }
    signature += &text(from..range.end.max(from));
    fold(&signature)
}

fn is_deprecated(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let Some(directives) = child(node, "directives") else {
        return false;
    };
    let mut cursor = directives.walk();
    directives
        .named_children(&mut cursor)
        .take(MAX_PARTS)
        .any(|directive| {
            let name = child(directive, "name");
            name.is_some_and(|name| walk.bytes(name) == b"deprecated")
        })
}
