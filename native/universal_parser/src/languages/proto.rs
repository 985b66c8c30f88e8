//! Protocol Buffers: messages and enumerations with their fields, services with their calls.
//! Comments above an item, or after it on its line, document it.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::plain::{child, children, comment, scope};
use crate::define::Def;
use crate::outline::{Link, LinkKind, Marks};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};
use registry_types::Visibility;

/// Statements looked at for the package's name.
const MAX_HEAD: usize = 1000;

pub(super) struct Proto;

impl Rules for Proto {
    fn name(&self) -> &'static str {
        "proto"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_proto::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["proto"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let mut cursor = root.walk();
        for node in root.named_children(&mut cursor).take(MAX_HEAD) {
            match node.kind() {
                "comment" => walk.lead.push_adjacent(node),
                "package" => {
                    let name = child(node, "full_ident").map(|name| walk.text(name));
                    let name = name.unwrap_or_default();
                    let doc = walk.lead.doc(walk.source);
                    walk.outline.module_doc = doc;
                    return scope(name, file);
                }
                _ => walk.lead.drop_detached(node.start_position().row),
            }
        }
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        use SnippetKind::{Enum, Field, Interface, Method, Struct, Type};
        match node.kind() {
            "comment" => comment(walk, node),
            "import" => import(walk, node),
            "message" => container(walk, node, Struct, ["message_name", "message_body"]),
            "group" => container(walk, node, Struct, ["group_name", "message_body"]),
            "enum" => container(walk, node, Enum, ["enum_name", "enum_body"]),
            "service" => container(walk, node, Interface, ["service_name", "{"]),
            "oneof" => {
                let body = child(node, "{");
                define(walk, node, Type, child(node, "identifier"), body);
                Step::Enter
            }
            // Its fields are named by the package they are defined in.
            "extend" | "message_body" | "enum_body" => Step::Enter,
            "rpc" => {
                define(
                    walk,
                    node,
                    Method,
                    child(node, "rpc_name"),
                    child(node, "{"),
                );
                Step::Skip
            }
            "field" | "map_field" | "oneof_field" | "enum_field" => {
                define(walk, node, Field, child(node, "identifier"), None);
                Step::Skip
            }
            "option" if is_deprecation(walk, node) => {
                let item = walk.scope().item.map(|item| item as usize);
                if let Some(item) = item.and_then(|item| walk.outline.items.get_mut(item)) {
                    item.marks = item.marks.with(Marks::DEPRECATED);
                }
                Step::Skip
            }
            _ => Step::Skip,
        }
    }
}

fn container(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, parts: [&str; 2]) -> Step {
    let [name, body] = parts;
    let name = child(node, name);
    match define(walk, node, kind, name, child(node, body)) {
        Some(item) => {
            let name = name.map(|name| walk.text(name)).unwrap_or_default();
            Step::Scope(walk.scope_of(&name, Some(item), 0))
        }
        None => Step::Skip,
    }
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: Option<Node<'_>>,
    body: Option<Node<'_>>,
) -> Option<u32> {
    let name = walk.text(name?);
    walk.lead.drop_detached(node.start_position().row);
    let mut options = children(node, "option");
    options.extend(children(node, "enum_value_option"));
    if let Some(list) = child(node, "field_options") {
        options.extend(children(list, "field_option"));
    }
    let deprecated = options.iter().any(|option| is_deprecation(walk, *option));
    let def = Def::new(kind, name, node)
        .body(body)
        .marks(Marks::when(deprecated, Marks::DEPRECATED));
    walk.define(def)
}

/// `deprecated = true`
fn is_deprecation(walk: &Walk<'_>, option: Node<'_>) -> bool {
    let name = child(option, "identifier");
    let value = child(option, "constant");
    name.is_some_and(|name| walk.bytes(name) == b"deprecated")
        && value.is_some_and(|value| walk.bytes(value) == b"true")
}

fn import(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(path) = walk.field(node, "path") {
        let public = child(node, "public").is_some();
        let link = Link {
            kind: if public {
                LinkKind::Export
            } else {
                LinkKind::Import
            },
            scope: walk.scope().path.clone(),
            from: Some(super::plain::unquoted(&path).to_owned()),
            name: "*".to_owned(),
            alias: None,
            visibility: if public {
                Visibility::Public
            } else {
                Visibility::Internal
            },
        };
        walk.link(link);
    }
    Step::Skip
}
