//! Dockerfiles: build stages, with their arguments, variables and ports as members.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::plain::{child, children, scope};
use crate::define::Def;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk, last_row};

pub(super) struct Dockerfile;

impl Rules for Dockerfile {
    fn name(&self) -> &'static str {
        "dockerfile"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_containerfile::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["dockerfile", "containerfile"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &["Dockerfile", "Containerfile"]
    }

    /// `Dockerfile.dev` too.
    fn is_named(&self, name: &str) -> bool {
        let first = name.split('.').next().unwrap_or(name);
        self.file_names().contains(&first)
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        use SnippetKind::{Constant, Field};
        match node.kind() {
            "comment" => {
                // Directives of the builder.
                if !walk.bytes(node).starts_with(b"# syntax=") {
                    walk.lead.push_adjacent(node);
                }
                return Step::Lead;
            }
            "from_instruction" => stage(walk, node),
            "arg_instruction" => members(walk, node, "arg_pair", Constant),
            "env_instruction" => members(walk, node, "env_pair", Constant),
            "expose_instruction" => members(walk, node, "expose_port", Field),
            _ => {}
        }
        extend_stage(walk, node);
        Step::Skip
    }
}

/// Its index and one, or none.
fn current(walk: &Walk<'_>) -> Option<u32> {
    walk.state.checked_sub(1)
}

fn stage(walk: &mut Walk<'_>, node: Node<'_>) {
    let name = child(node, "image_alias").or_else(|| child(node, "image_spec"));
    let Some(name) = name.map(|name| walk.text(name)) else {
        return;
    };
    walk.lead.drop_detached(node.start_position().row);
    if let Some(item) = walk.define(Def::new(SnippetKind::Module, name, node)) {
        walk.state = item + 1;
    }
}

/// A stage lasts up to the next.
fn extend_stage(walk: &mut Walk<'_>, node: Node<'_>) {
    let stage = current(walk);
    let stage = stage.and_then(|index| walk.outline.items.get_mut(index as usize));
    if let Some(stage) = stage {
        stage.end = u32::try_from(node.end_byte()).unwrap_or(u32::MAX);
        stage.end_line = u32::try_from(last_row(node) + 1).unwrap_or(u32::MAX);
    }
}

fn members(walk: &mut Walk<'_>, node: Node<'_>, kind: &str, of: SnippetKind) {
    let stage = current(walk);
    let path = stage
        .and_then(|index| walk.outline.items.get(index as usize))
        .map(|stage| stage.name.clone());
    walk.lead.drop_detached(node.start_position().row);
    let keyword = node.child(0).map(|word| walk.text(word));
    let keyword = keyword.unwrap_or_default().to_ascii_uppercase();
    for part in children(node, kind) {
        let name = part
            .child_by_field_name("name")
            .map_or_else(|| walk.text(part), |name| walk.text(name));
        let qualified = walk.qualify_in(path.as_deref().unwrap_or_default(), &name);
        let signature = format!("{keyword} {}", walk.text(part));
        let def = Def::new(of, name, part)
            .qualified(qualified)
            .signature(crate::signature::fold(&signature));
        let item = walk.define(def);
        let item = item.and_then(|index| walk.outline.items.get_mut(index as usize));
        if let Some(item) = item {
            item.parent = stage;
        }
    }
}
