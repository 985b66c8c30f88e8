//! Scheme: R5RS files, R6RS and R7RS libraries, Guile, Chicken, Gauche and Chez modules.
//!
//! - A library's export list decides what is public, under the name it has outside; items are
//!   `(library name) name`. A file without a library has everything public.
//! - Documentation is the comment right above, else Guile's docstring.

mod define;
mod library;

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{datum, exports, recover, skipped};
use crate::define::Def;
use crate::doc::Style;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Forms of the file looked at for its `define-module`.
const MAX_HEAD: usize = 50;

pub(in crate::languages) struct Scheme;

impl Rules for Scheme {
    fn name(&self) -> &'static str {
        "scheme"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_scheme::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["scm", "ss", "sls", "sld", "sps", "stk"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &[
            "guile",
            "csi",
            "gosh",
            "scheme",
            "chibi-scheme",
            "gsi",
            "petite",
        ]
    }

    fn separator(&self) -> &'static str {
        " "
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        super::MARKERS
    }

    fn comments(&self) -> &'static Style {
        &super::COMMENTS
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let mut scope = Scope::of_file("", crate::paths::is_in_aside(file.path));
        let mut cursor = root.walk();
        let module = root
            .named_children(&mut cursor)
            .take(MAX_HEAD)
            .filter(|node| node.kind() == "list")
            .find(|node| datum::head(walk, *node) == "define-module");
        if let Some(node) = module {
            let data = datum::data(node);
            let name = data.get(1).map(|name| datum::text(walk, *name));
            let name = name.unwrap_or_default();
            let def = Def::new(SnippetKind::Module, name.clone(), node)
                .qualified(name.clone())
                .signature(format!("(define-module {name})"))
                .doc(None);
            scope.item = walk.define(def);
            scope.path = name;
        }
        scope
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" | "block_comment" => {
                walk.lead.push_adjacent(node);
                Step::Lead
            }
            "sexp_comment" | "directive" => Step::Lead,
            "list" => {
                walk.lead.drop_detached(node.start_position().row);
                let step = define::form(walk, node);
                recover(walk, node, step)
            }
            _ => Step::Skip,
        }
    }

    fn error(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        skipped(walk, node)
    }

    fn finish(&self, outline: &mut Outline) {
        // A module without an export list exports nothing; a plain file has no module.
        exports::apply(outline, " ", |module| !module.is_empty());
    }
}
