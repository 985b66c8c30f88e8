//! XML: the outermost element and its children, one each per name and `id`; and the declarations of a
//! DTD, which are definitions and no data.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::super::plain::{child, children, scope, unique, unquoted};
use crate::define::Def;
use crate::doc::Style;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

static STYLE: Style = Style {
    line: &[],
    blocks: &[("<!--", "-->")],
};

/// Inside of the outermost element.
const INSIDE: u32 = 1;

pub(in super::super) struct Xml;

impl Rules for Xml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_xml::LANGUAGE_XML.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[
            "xml", "xsd", "xsl", "xslt", "rng", "svg", "wsdl", "plist", "csproj", "props",
            "targets",
        ]
    }

    fn is_data(&self) -> bool {
        true
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["<!--"]
    }

    fn comments(&self) -> &'static Style {
        &STYLE
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "Comment" => {
                walk.lead.replace(node);
                Step::Lead
            }
            "prolog" | "content" => Step::Enter,
            "CharData" => Step::Lead,
            "element" if walk.scope().flags & INSIDE == 0 => match outermost(walk, node) {
                Some(scope) => Step::Scope(scope),
                None => Step::Enter,
            },
            "element" => {
                element(walk, node);
                Step::Skip
            }
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        unique(outline, |_| true);
    }
}

fn outermost(walk: &mut Walk<'_>, node: Node<'_>) -> Option<Scope> {
    // In a file whose outermost element is broken, its children come without it.
    let item = element(walk, node)?;
    let name = walk.outline.items.get(item as usize)?.name.clone();
    Some(walk.scope_of(&name, Some(item), INSIDE))
}

fn element(walk: &mut Walk<'_>, node: Node<'_>) -> Option<u32> {
    let tag = child(node, "STag").or_else(|| child(node, "EmptyElemTag"))?;
    let name = walk.text(child(tag, "Name")?);
    let id = children(tag, "Attribute")
        .into_iter()
        .find_map(|attribute| {
            let key = child(attribute, "Name").map(|key| walk.bytes(key));
            let is_id = matches!(key, Some(b"id" | b"name" | b"key"));
            child(attribute, "AttValue").filter(|_| is_id)
        });
    let name = match id {
        Some(id) => format!("{name}#{}", unquoted(&walk.text(id))),
        None => name.into_owned(),
    };
    let outer = walk.scope().flags & INSIDE == 0;
    let kind = if outer {
        SnippetKind::Module
    } else {
        SnippetKind::Field
    };
    let name = if outer {
        name.split('#').next().unwrap_or_default().to_owned()
    } else {
        name
    };
    let def = Def::new(kind, name, node).body(child(node, "content"));
    walk.define(def)
}

pub(in super::super) struct Dtd;

impl Rules for Dtd {
    fn name(&self) -> &'static str {
        "dtd"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_xml::LANGUAGE_DTD.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["dtd", "ent"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["<!--"]
    }

    fn comments(&self) -> &'static Style {
        &STYLE
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        use SnippetKind::{Constant, Field, Struct};
        let kind = match node.kind() {
            "Comment" => {
                walk.lead.replace(node);
                return Step::Lead;
            }
            "AttlistDecl" => {
                // The element stands somewhere else in the file.
                return match child(node, "Name") {
                    Some(name) => Step::Scope(walk.scope_of(&walk.text(name), None, 0)),
                    None => Step::Skip,
                };
            }
            "conditionalSect" => return Step::Enter,
            "elementdecl" => Struct,
            "GEDecl" | "PEDecl" => Constant,
            "AttDef" => Field,
            _ => return Step::Skip,
        };
        if let Some(name) = child(node, "Name") {
            walk.define(Def::new(kind, walk.text(name), node));
        }
        Step::Skip
    }
}
