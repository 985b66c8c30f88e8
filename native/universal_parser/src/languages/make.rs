//! Make: targets, variables and `define`. A target's documentation is the `## text` after its
//! prerequisites, else the comments above. Patterns, files made and what starts with `.` or `_` are
//! internal.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::plain::{child, comment, scope, trim};
use crate::define::Def;
use crate::doc;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Targets of one rule.
const MAX_TARGETS: usize = 100;

pub(super) struct Make;

impl Rules for Make {
    fn name(&self) -> &'static str {
        "make"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_make::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mk", "mak", "make"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &["Makefile", "makefile", "GNUmakefile", "BSDmakefile"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["make", "gmake"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn comments(&self) -> &'static doc::Style {
        static STYLE: doc::Style = doc::Style {
            line: &["##", "#"],
            blocks: &[],
        };
        &STYLE
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => comment(walk, node),
            "rule" => rule(walk, node),
            // The grammar takes a conditional after a recipe for a part of that.
            "recipe" | "conditional" | "else_directive" | "elsif_directive" => Step::Enter,
            "export_directive" | "override_directive" | "private_directive" => Step::Body,
            "variable_assignment" | "shell_assignment" => {
                named(walk, node, SnippetKind::Constant, None);
                Step::Skip
            }
            "define_directive" => {
                named(
                    walk,
                    node,
                    SnippetKind::Macro,
                    node.child_by_field_name("value"),
                );
                Step::Skip
            }
            _ => Step::Skip,
        }
    }
}

fn named(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, body: Option<Node<'_>>) {
    let Some(name) = walk.field(node, "name") else {
        return;
    };
    walk.lead.drop_detached(node.start_position().row);
    let public = is_public(&name);
    let item = walk.define(Def::new(kind, name, node).body(body).public(public));
    trim(walk, item);
}

fn rule(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(targets) = child(node, "targets") else {
        return Step::Enter;
    };
    walk.lead.drop_detached(node.start_position().row);
    let help = child(node, "comment").filter(|help| walk.bytes(*help).starts_with(b"##"));
    let end = child(node, "comment").or_else(|| child(node, "recipe"));
    let style = walk.language.0.comments();
    let mut cursor = targets.walk();
    for target in targets.named_children(&mut cursor).take(MAX_TARGETS) {
        let name = walk.text(target);
        // `.PHONY: all` says something of other targets.
        let special = name.starts_with('.') && name.bytes().skip(1).all(|b| b.is_ascii_uppercase());
        if special || target.kind() != "word" {
            continue;
        }
        let public = is_public(&name);
        let mut def = Def::new(SnippetKind::Function, name, node)
            .body(end)
            .public(public);
        if let Some(help) = help {
            def = def.doc(doc::strip_as(style, std::iter::once(walk.bytes(help))));
        }
        let item = walk.define(def);
        trim(walk, item);
    }
    Step::Enter
}

fn is_public(name: &str) -> bool {
    !name.starts_with(['.', '_']) && !name.contains(['%', '/', '$'])
}
