//! CSS: what other sheets and pages can name: custom properties (`--x`) where they are first set,
//! `@property`, `@keyframes`, `@layer`, and classes, each once, at the first rule that has it.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::plain::{child, comment, scope, unique};
use crate::define::Def;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Nodes of a rule's selectors looked at.
const MAX_NODES: usize = 2000;

pub(super) struct Css;

impl Rules for Css {
    fn name(&self) -> &'static str {
        "css"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_css::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["css"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["/*"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        use SnippetKind::{Field, Function, Module};
        match node.kind() {
            "comment" => comment(walk, node),
            "rule_set" => rule(walk, node),
            "declaration" => {
                let name = child(node, "property_name").map(|name| walk.text(name));
                if let Some(name) = name.filter(|name| name.starts_with("--")) {
                    define(walk, node, Field, &name, None);
                }
                Step::Skip
            }
            "keyframes_statement" => {
                let name = child(node, "keyframes_name").map(|name| walk.text(name));
                if let Some(name) = name {
                    let body = child(node, "keyframe_block_list");
                    define(walk, node, Function, &format!("@keyframes {name}"), body);
                }
                Step::Skip
            }
            "at_rule" => {
                let keyword = child(node, "at_keyword").map(|keyword| walk.text(keyword));
                let body = child(node, "block");
                let kind = match keyword.as_deref() {
                    Some("@layer") => Module,
                    Some("@property") => Field,
                    _ => return Step::Enter,
                };
                if let Some(name) = child(node, "keyword_query").filter(|_| body.is_some()) {
                    let name = walk.text(name);
                    let name = if kind == Module {
                        format!("@layer {name}")
                    } else {
                        name.into_owned()
                    };
                    define(walk, node, kind, &name, body);
                }
                if kind == Module {
                    Step::Enter
                } else {
                    Step::Skip
                }
            }
            "block" | "media_statement" | "supports_statement" | "scope_statement" => Step::Enter,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        unique(outline, |_| true);
    }
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: &str,
    body: Option<Node<'_>>,
) {
    walk.lead.drop_detached(node.start_position().row);
    walk.define(Def::new(kind, name, node).body(body));
}

/// The classes its selectors name.
fn rule(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(selectors) = child(node, "selectors") else {
        return Step::Enter;
    };
    let body = child(node, "block");
    let mut cursor = selectors.walk();
    let mut depth = 0usize;
    // The name after a dot is a class, that after a colon is not.
    let mut dotted = false;
    for _ in 0..MAX_NODES {
        let at = cursor.node();
        match at.kind() {
            "." => dotted = true,
            "class_name" if dotted => {
                let name = format!(".{}", walk.text(at));
                define(walk, node, SnippetKind::Class, &name, body);
                dotted = false;
            }
            _ => dotted = false,
        }
        if at.kind() != "class_name" && cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while depth > 0 && !cursor.goto_next_sibling() {
            cursor.goto_parent();
            depth -= 1;
        }
        if depth == 0 {
            break;
        }
    }
    Step::Enter
}
