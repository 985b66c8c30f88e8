//! Nix: the attributes a file evaluates to, by their paths, and the file itself where it is a
//! function. What `let` binds is nobody's but the file's.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::plain::{child, comment, scope, stem, unquoted};
use crate::define::Def;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: bindings are local here.
const LET: u32 = 1;
/// Scope: bindings are arguments of a call here.
const CALL: u32 = 2;
/// `a: b: c:` and brackets around a function.
const MAX_CURRIED: usize = 32;
/// Names one `inherit` takes over.
const MAX_INHERITED: usize = 500;
/// Longest value shown.
const MAX_VALUE: usize = 80;

pub(super) struct Nix;

impl Rules for Nix {
    fn name(&self) -> &'static str {
        "nix"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_nix::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["nix"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["nix-shell"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#", "/*"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let scope = scope("", file);
        let mut cursor = root.walk();
        for node in root.named_children(&mut cursor) {
            match node.kind() {
                "comment" => walk.lead.push_adjacent(node),
                "function_expression" => {
                    let name = match stem(file.path, "default") {
                        "default" => file.package,
                        name => name,
                    };
                    let def = Def::new(SnippetKind::Function, name, node).body(body(node));
                    walk.define(def);
                    break;
                }
                _ => break,
            }
        }
        scope
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        let flags = walk.scope().flags;
        let with = |flags| {
            Step::Scope(Scope {
                flags,
                ..walk.scope().clone()
            })
        };
        match node.kind() {
            "comment" if walk.bytes(node).starts_with(b"/*") => {
                walk.lead.replace(node);
                Step::Lead
            }
            "comment" => comment(walk, node),
            "let_expression" => with(LET),
            "apply_expression" => with(CALL),
            "function_expression" if flags & CALL != 0 => with(0),
            "function_expression"
            | "parenthesized_expression"
            | "with_expression"
            | "assert_expression"
            | "if_expression" => Step::Enter,
            // The value of a `let` is an attribute set of its own.
            "attrset_expression" | "rec_attrset_expression" if flags & CALL == 0 => with(0),
            "binding_set" if flags & (LET | CALL) == 0 => Step::Body,
            "binding" => binding(walk, node),
            "inherit" | "inherit_from" => inherit(walk, node),
            _ => Step::Skip,
        }
    }
}

fn binding(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(path) = node.child_by_field_name("attrpath") else {
        return Step::Skip;
    };
    let text = walk.text(path);
    let name = unquoted(text.rsplit('.').next().unwrap_or(&text)).to_owned();
    let value = node.child_by_field_name("expression");
    let (kind, end) = match value.map(|value| (value.kind(), value)) {
        Some(("function_expression", value)) => (SnippetKind::Function, body(value)),
        Some(("attrset_expression" | "rec_attrset_expression", value)) => {
            (SnippetKind::Module, Some(value))
        }
        Some((_, value)) => {
            let long = value.byte_range().len() > MAX_VALUE;
            (SnippetKind::Constant, long.then_some(value))
        }
        None => (SnippetKind::Constant, None),
    };
    walk.lead.drop_detached(node.start_position().row);
    let def = Def::new(kind, name, node)
        .qualified(walk.qualify(&text))
        .body(end);
    match walk.define(def) {
        Some(item) if kind == SnippetKind::Module => {
            Step::Scope(walk.scope_of(&text, Some(item), 0))
        }
        _ => Step::Skip,
    }
}

/// What the innermost of curried functions gives.
fn body(function: Node<'_>) -> Option<Node<'_>> {
    let mut body = function.child_by_field_name("body");
    for _ in 0..MAX_CURRIED {
        match body.filter(|body| body.kind() == "function_expression") {
            Some(inner) => body = inner.child_by_field_name("body"),
            None => break,
        }
    }
    body
}

fn inherit(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(names) = child(node, "inherited_attrs") else {
        return Step::Skip;
    };
    let from = node.child_by_field_name("expression");
    let from = from.map(|from| format!("({}) ", walk.text(from)));
    let from = from.unwrap_or_default();
    // One comment says nothing of each of them.
    walk.lead.clear();
    let mut cursor = names.walk();
    for name in names.named_children(&mut cursor).take(MAX_INHERITED) {
        let name_text = walk.text(name);
        let def = Def::new(SnippetKind::Constant, unquoted(&name_text), name).signature(
            crate::signature::fold(&format!("inherit {from}{name_text}")),
        );
        walk.define(def);
    }
    Step::Skip
}
