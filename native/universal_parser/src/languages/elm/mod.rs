//! Elm: what the module's `exposing` list names is public.
//!
//! - The type annotation is the signature; annotation and definition are one item.
//! - Constructors are public with `T(..)` only, and go by the module's name as users write them.
//! - Documentation is `{-| … -}`. Which modules of a package are exposed says its `elm.json`.

mod define;
mod finish;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::doc::Style;
use crate::outline::{Link, LinkKind, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// `{-| … -}`.
static COMMENTS: Style = Style {
    line: &["--"],
    blocks: &[("{-|", "-}"), ("{-", "-}")],
};
/// Longest documentation, in bytes.
const MAX_DOC: usize = 64 * 1024;
/// Declarations looked at for the module's documentation.
const MAX_HEAD: usize = 20;
/// `exposing (..)`.
const ALL: &str = "*";

pub(super) struct Elm;

impl Rules for Elm {
    fn name(&self) -> &'static str {
        "elm"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_elm::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["elm"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["--", "{-"]
    }

    fn comments(&self) -> &'static Style {
        &COMMENTS
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let visibility = if crate::paths::is_in_aside(file.path) {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        let header = root.child_by_field_name("moduleDeclaration");
        let name = header.and_then(|header| walk.field(header, "name"));
        let path = name.map_or_else(|| "Main".to_owned(), |name| name.into_owned());
        match header.and_then(|header| header.child_by_field_name("exposing")) {
            Some(list) => exposing(walk, list, &path),
            None => export(walk, &path, ALL, None),
        }
        let doc = module_doc(walk, root);
        walk.outline.module_doc.clone_from(&doc);
        let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
        let public = visibility == Visibility::Public;
        let def = Def::new(SnippetKind::Module, name, header.unwrap_or(root))
            .qualified(path.clone())
            .signature(format!("module {path}"))
            .public(public)
            .doc(doc);
        let item = walk.define(def);
        Scope {
            path,
            visibility,
            item,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "block_comment" => {
                if walk.bytes(node).starts_with(b"{-|") {
                    walk.lead.clear();
                    walk.lead.push_text(&doc(walk.bytes(node)));
                }
                Step::Lead
            }
            "line_comment" => Step::Lead,
            "type_annotation" | "port_annotation" => define::annotation(walk, node),
            "value_declaration" => define::value(walk, node),
            "type_declaration" => define::custom_type(walk, node),
            "type_alias_declaration" => define::alias(walk, node),
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

/// The first doc comment, when imports follow it and no definition.
fn module_doc(walk: &Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    let mut comment = None;
    for node in root.named_children(&mut cursor).take(MAX_HEAD) {
        match node.kind() {
            "block_comment" if walk.bytes(node).starts_with(b"{-|") => match comment {
                None => comment = Some(node),
                Some(_) => break,
            },
            "import_clause" => break,
            "module_declaration" | "block_comment" | "line_comment" => {}
            _ => return None,
        }
    }
    Some(doc(walk.bytes(comment?))).filter(|doc| !doc.is_empty())
}

/// The text of a doc comment: Markdown whose margin is the first column.
fn doc(comment: &[u8]) -> String {
    let comment = comment.get(..MAX_DOC).unwrap_or(comment);
    let text = crate::text::lossy(comment);
    let text = text.strip_prefix("{-|").unwrap_or(&text);
    let text = text.strip_suffix("-}").unwrap_or(text).trim();
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn exposing(walk: &mut Walk<'_>, list: Node<'_>, path: &str) {
    let mut cursor = list.walk();
    let nodes: Vec<_> = list.named_children(&mut cursor).collect();
    for node in nodes {
        match node.kind() {
            "double_dot" => export(walk, path, ALL, None),
            "exposed_value" => {
                let name = walk.text(node).into_owned();
                export(walk, path, &name, None);
            }
            "exposed_type" => {
                let text = walk.text(node);
                let name = text.split(['(', ' ', '\n']).next().unwrap_or_default();
                let alias = text.contains("..").then(|| "..".to_owned());
                let name = name.to_owned();
                export(walk, path, &name, alias);
            }
            _ => {}
        }
    }
}

fn export(walk: &mut Walk<'_>, path: &str, name: &str, alias: Option<String>) {
    walk.link(Link {
        kind: LinkKind::Export,
        scope: path.to_owned(),
        from: None,
        name: name.to_owned(),
        alias,
        visibility: Visibility::Public,
    });
}
