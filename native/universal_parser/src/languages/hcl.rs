//! HCL, as Terraform writes it: variables and outputs (`var.name`, `output.name`), resources and data
//! (`resource.type.name`), modules, providers, locals (internal: no other module sees them). A
//! `description` is the documentation, else the comments above.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::plain::{child, comment, scope, unquoted};
use crate::define::Def;
use crate::rules::{Rules, Step};
use crate::signature::fold;
use crate::walk::{File, Scope, Walk};

/// Inside of `locals`.
const LOCALS: u32 = 1;
/// Labels of a block.
const MAX_LABELS: usize = 8;
/// Attributes of a block looked at.
const MAX_ATTRIBUTES: usize = 200;
/// Longest value shown in a signature.
const MAX_VALUE: usize = 80;

pub(super) struct Hcl;

impl Rules for Hcl {
    fn name(&self) -> &'static str {
        "hcl"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_hcl::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tf", "hcl", "tfvars", "nomad", "tofu"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#", "//", "/*"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => comment(walk, node),
            "body" => Step::Body,
            "block" if walk.scope().flags & LOCALS == 0 => block(walk, node),
            "attribute" if walk.scope().flags & LOCALS != 0 => {
                attribute(walk, node, false);
                Step::Skip
            }
            // Values of a `.tfvars`.
            "attribute" => {
                attribute(walk, node, true);
                Step::Skip
            }
            _ => Step::Skip,
        }
    }
}

fn block(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    use SnippetKind::{Field, Module, Struct};
    let (mut words, mut cursor) = (Vec::new(), node.walk());
    for part in node.named_children(&mut cursor).take(MAX_LABELS) {
        match part.kind() {
            "identifier" | "string_lit" => words.push(unquoted(&walk.text(part)).to_owned()),
            _ => break,
        }
    }
    let kind = match words.first().map(String::as_str) {
        Some("locals") => {
            return Step::Scope(Scope {
                path: "local".to_owned(),
                flags: LOCALS,
                ..walk.scope().clone()
            });
        }
        Some("variable" | "output") => Field,
        Some("module") => Module,
        _ => Struct,
    };
    if words.first().is_some_and(|word| word == "variable") {
        words.splice(..1, ["var".to_owned()]);
    }
    // `terraform { … }`: settings, of which there is nothing to name.
    if words.len() < 2 {
        return Step::Skip;
    }
    let name = words.last().cloned().unwrap_or_default();
    let body = child(node, "body");
    let value = |name| body.and_then(|body| value(walk, body, name));
    let header = child(node, "block_start").map_or(node.end_byte(), |brace| brace.start_byte());
    let header = walk.source.get(node.start_byte()..header);
    let mut signature = String::from_utf8_lossy(header.unwrap_or_default()).into_owned();
    if let Some(of) = value("type").filter(|_| kind == Field) {
        signature += &format!(": {of}");
    }
    if let Some(default) = value("default").filter(|text| text.len() <= MAX_VALUE) {
        signature += &format!(" = {default}");
    }
    let signature = fold(&signature).replace(" :", ":");
    let description = value("description").map(|text| unquoted(&text).to_owned());
    walk.lead.drop_detached(node.start_position().row);
    let mut def = Def::new(kind, name, node)
        .qualified(words.join("."))
        .signature(signature);
    if description.is_some() {
        def = def.doc(description);
    }
    walk.define(def);
    Step::Skip
}

/// The text of an attribute's value.
fn value(walk: &Walk<'_>, body: Node<'_>, name: &str) -> Option<String> {
    let mut cursor = body.walk();
    body.named_children(&mut cursor)
        .take(MAX_ATTRIBUTES)
        .filter(|node| node.kind() == "attribute")
        .find(|node| child(*node, "identifier").is_some_and(|n| walk.bytes(n) == name.as_bytes()))
        .and_then(|node| child(node, "expression"))
        .map(|value| walk.text(value).into_owned())
}

fn attribute(walk: &mut Walk<'_>, node: Node<'_>, public: bool) {
    let Some(name) = child(node, "identifier") else {
        return;
    };
    walk.lead.drop_detached(node.start_position().row);
    let long = child(node, "expression").filter(|value| value.byte_range().len() > MAX_VALUE);
    let def = Def::new(SnippetKind::Constant, walk.text(name), node)
        .body(long)
        .public(public);
    walk.define(def);
}
