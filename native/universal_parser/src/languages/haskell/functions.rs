//! Functions, values, pattern synonyms, foreign imports.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::exports::bare;
use super::{CLASS, head};
use crate::define::Def;
use crate::outline::{Item, Link, LinkKind};
use crate::rules::Step;
use crate::walk::{Walk, last_row};

/// Names of one signature.
const MAX_NAMES: usize = 64;
/// Items looked back at for the one a clause belongs to.
const LOOK_BACK: usize = 32;
/// In a link's `from`: the name is deprecated.
pub(super) const DEPRECATED: &str = "DEPRECATED";

/// `f, g :: Type`.
pub(super) fn signature(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    define_signature(walk, node, node, "");
    Step::Skip
}

/// Items for the names of a signature; `whole` is the declaration it is part of.
fn define_signature(walk: &mut Walk<'_>, node: Node<'_>, whole: Node<'_>, word: &str) {
    let names = names(node);
    let Some(last) = names.last() else { return };
    let range = last.end_byte()..node.end_byte();
    let typing = crate::signature::cut(walk.source, range, node, &["--", "{-"]);
    let class = walk.scope().flags & CLASS != 0;
    let kind = if class {
        SnippetKind::Method
    } else if typing.contains("->") || typing.contains('→') || !word.is_empty() {
        SnippetKind::Function
    } else {
        SnippetKind::Constant
    };
    // Comments are the first name's, but the others mean the same.
    let doc = walk.lead.doc(walk.source);
    for name in names {
        let written = walk.text(name).into_owned();
        let def = Def::new(kind, bare(&written), whole)
            .signature(format!("{word}{written} {typing}"))
            .doc(doc.clone());
        walk.define(def);
    }
}

fn names<'t>(node: Node<'t>) -> Vec<Node<'t>> {
    if let Some(list) = node.child_by_field_name("names") {
        let mut cursor = list.walk();
        return list
            .named_children(&mut cursor)
            .filter(|child| matches!(child.kind(), "variable" | "prefix_id" | "constructor"))
            .take(MAX_NAMES)
            .collect();
    }
    let one = node
        .child_by_field_name("name")
        .or_else(|| node.child_by_field_name("synonym"));
    one.into_iter().collect()
}

/// One clause, or a definition without arguments.
pub(super) fn clause(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    // The default of a method.
    if walk.scope().flags & CLASS != 0 {
        return Step::Skip;
    }
    let Some(name) = name_of(node).map(|name| walk.text(name).into_owned()) else {
        return Step::Skip;
    };
    let name = bare(name.trim_matches('`')).to_owned();
    let parent = walk.scope().item;
    let same = |item: &&mut Item| item.name == name && item.parent == parent && is_value(item.kind);
    let near = walk.outline.items.iter_mut().rev().take(LOOK_BACK);
    if let Some(item) = { near }.find(same) {
        item.end = u32::try_from(node.end_byte()).unwrap_or(u32::MAX);
        item.end_line = u32::try_from(last_row(node) + 1).unwrap_or(u32::MAX);
        if item.doc.is_none() {
            item.doc = walk.lead.doc(walk.source);
        }
        return Step::Skip;
    }
    let mut cursor = node.walk();
    let body = node.children_by_field_name("match", &mut cursor).next();
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    let kind = if node.kind() == "function" {
        SnippetKind::Function
    } else {
        SnippetKind::Constant
    };
    let def = Def::new(kind, name, node).signature(head(walk, node, end));
    walk.define(def);
    Step::Skip
}

fn is_value(kind: SnippetKind) -> bool {
    matches!(kind, SnippetKind::Function | SnippetKind::Constant)
}

/// Of `f x`, `x <+> y`, `(f x) y`.
fn name_of(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node;
    for _ in 0..8 {
        if let Some(name) = node.child_by_field_name("name") {
            return Some(name);
        }
        if let Some(parens) = node.child_by_field_name("parens") {
            node = parens;
            continue;
        }
        let mut cursor = node.walk();
        let infix = node
            .named_children(&mut cursor)
            .take(8)
            .find(|child| child.kind() == "infix");
        return infix?.child_by_field_name("operator");
    }
    None
}

/// `foreign import ccall "sin" c_sin :: Double -> Double`.
pub(super) fn foreign(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(inner) = node.child_by_field_name("signature") {
        define_signature(walk, inner, node, "");
    }
    Step::Skip
}

/// `pattern P :: …` and `pattern P a = …` are one item.
pub(super) fn pattern_synonym(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(inner) = node.named_child(0) else {
        return Step::Skip;
    };
    if inner.kind() == "signature" {
        define_signature(walk, inner, node, "pattern ");
        return Step::Skip;
    }
    let Some(target) = inner.child_by_field_name("synonym") else {
        return Step::Skip;
    };
    let text = walk.text(target).into_owned();
    let infix = target.child_by_field_name("operator");
    let name = match infix {
        Some(operator) => walk.text(operator).into_owned(),
        None => text
            .split([' ', '{', '\n'])
            .next()
            .unwrap_or_default()
            .to_owned(),
    };
    let name = bare(name.trim_matches('`')).to_owned();
    let known = walk.outline.items.iter().rev().take(LOOK_BACK);
    if { known }.any(|item| item.name == name && item.signature.starts_with("pattern ")) {
        return Step::Skip;
    }
    let signature = head(walk, node, target.end_byte());
    walk.define(Def::new(SnippetKind::Function, name, node).signature(signature));
    Step::Skip
}

/// `{-# DEPRECATED f, g "use h" #-}`, anywhere in the file.
pub(super) fn pragma(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.text(node).into_owned();
    let inside = text.trim_start_matches("{-#").trim_start();
    let scope = walk.scope().path.clone();
    if let Some(rest) = inside.strip_prefix(DEPRECATED) {
        let names = rest.split(['"', '[']).next().unwrap_or_default();
        for name in names.split(',').take(MAX_NAMES) {
            let name = name
                .trim()
                .trim_start_matches("type ")
                .trim_start_matches("data ");
            walk.link(Link {
                kind: LinkKind::Member,
                scope: scope.clone(),
                from: Some(DEPRECATED.to_owned()),
                name: bare(name).to_owned(),
                alias: None,
                visibility: Visibility::Internal,
            });
        }
    }
    Step::Lead
}
