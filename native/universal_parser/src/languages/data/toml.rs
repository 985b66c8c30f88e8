//! TOML: the keys before the first table, and the tables.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::super::plain::{comment, scope, unique};
use crate::define::Def;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::signature::fold;
use crate::walk::{File, Scope, Walk};

pub(in super::super) struct Toml;

impl Rules for Toml {
    fn name(&self) -> &'static str {
        "toml"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_toml_ng::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["toml"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
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
            "pair" => match node.named_child(0) {
                Some(key) => super::key(walk, node, key, node.named_child(1)),
                None => Step::Skip,
            },
            "table" | "table_array_element" => {
                let Some(name) = node.named_child(0) else {
                    return Step::Skip;
                };
                let text = walk.text(name);
                let brackets = match node.kind() {
                    "table" => format!("[{text}]"),
                    _ => format!("[[{text}]]"),
                };
                walk.lead.drop_detached(node.start_position().row);
                let def = Def::new(SnippetKind::Module, text, node).signature(fold(&brackets));
                walk.define(def);
                Step::Skip
            }
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        unique(outline, |_| true);
    }
}
