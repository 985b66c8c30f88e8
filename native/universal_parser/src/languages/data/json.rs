//! JSON, with the comments some programs allow: the keys of the outermost object.

use tree_sitter::Node;

use super::super::plain::{comment, scope};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

pub(in super::super) struct Json;

impl Rules for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_json::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json", "jsonc", "json5", "webmanifest", "jsonld"]
    }

    fn is_data(&self) -> bool {
        true
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => comment(walk, node),
            "object" => Step::Enter,
            "pair" => match node.child_by_field_name("key") {
                Some(key) => super::key(walk, node, key, node.child_by_field_name("value")),
                None => Step::Skip,
            },
            _ => Step::Skip,
        }
    }
}
