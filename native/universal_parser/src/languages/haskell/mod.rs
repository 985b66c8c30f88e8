//! Haskell: what the module's export list names is public.
//!
//! - The type signature is a function's signature; it and all clauses are one item.
//! - Constructors and fields are `Module.Con`, `Module.field`, as users write them, members of their
//!   type: public with `T(..)` or by their own names. Methods likewise.
//! - Documentation is Haddock's `-- |`, `-- ^` and `{-| -}`; the fields of a module's header
//!   (`Copyright`, `Maintainer`) are left out. `{-# DEPRECATED #-}`; `#if` is a condition.
//! - Instances are no items. What Template Haskell makes is not seen.

mod cpp;
mod exports;
mod finish;
mod functions;
mod header;
mod types;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::doc::Style;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// In a scope's flags: of a class.
const CLASS: u32 = 1;

/// Haddock's comments.
static COMMENTS: Style = Style {
    line: &["-- |", "-- ^", "--|", "--^", "--"],
    blocks: &[
        ("{-|", "-}"),
        ("{- |", "-}"),
        ("{-^", "-}"),
        ("{- ^", "-}"),
        ("{-", "-}"),
    ],
};

pub(super) struct Haskell;

impl Rules for Haskell {
    fn name(&self) -> &'static str {
        "haskell"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_haskell::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["hs", "hs-boot", "hsig"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["runhaskell", "runghc", "stack"]
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
        let (node, doc) = header::find(walk, root);
        let name = node.and_then(|node| walk.field(node, "module"));
        let path = name.map_or_else(|| "Main".to_owned(), |name| name.into_owned());
        match node {
            Some(node) => exports::read(walk, node, &path),
            // A file without a header is a program.
            None => exports::push(walk, &path, "main", None),
        }
        let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
        walk.outline.module_doc.clone_from(&doc);
        let def = Def::new(SnippetKind::Module, name, node.unwrap_or(root))
            .qualified(path.clone())
            .signature(format!("module {path}"))
            .public(visibility == Visibility::Public)
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
        let step = self.step(walk, node);
        recover(walk, node, step)
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

impl Haskell {
    fn step(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "haddock" => header::haddock(walk, node),
            "imports" => header::imports(walk, node),
            "comment" => Step::Lead,
            "pragma" => functions::pragma(walk, node),
            "cpp" => cpp::directive(walk, node),
            // What they hold begins with them: comments before belong to the first of it.
            "declarations" | "class_declarations" | "data_constructors" | "gadt_constructors"
            | "fields" => Step::Body,
            "signature" => functions::signature(walk, node),
            "function" | "bind" => functions::clause(walk, node),
            "foreign_import" => functions::foreign(walk, node),
            "pattern_synonym" => functions::pattern_synonym(walk, node),
            "data_type" | "newtype" | "data_instance" => types::data(walk, node),
            "data_constructor" | "newtype_constructor" | "gadt_constructor" => {
                types::constructor(walk, node)
            }
            "record" => Step::Enter,
            "field" => types::field(walk, node),
            "class" => types::class(walk, node),
            "type_synonym" | "type_family" | "data_family" => types::synonym(walk, node),
            // Of the definition that follows.
            "kind_signature" | "fixity" | "role_annotation" => Step::Lead,
            _ => Step::Skip,
        }
    }
}

/// What starts in the first column is a declaration of its own, whatever was left open before it.
fn recover(walk: &Walk<'_>, node: Node<'_>, step: Step) -> Step {
    let skipped = matches!(step, Step::Skip | Step::Scope(_));
    if !node.has_error() || !skipped || node.start_position().column > 0 {
        return step;
    }
    super::restart::at_margin(walk, node, |byte| byte.is_ascii_alphabetic(), b'-', false)
        .unwrap_or(step)
}

/// The text from `node`'s start to `end` on one line, without what opens a body.
fn head(walk: &Walk<'_>, node: Node<'_>, end: usize) -> String {
    let range = node.start_byte()..end.max(node.start_byte());
    let text = crate::signature::cut(walk.source, range, node, &["--", "{-"]);
    let text = text.strip_suffix("where").unwrap_or(&text).trim_end();
    text.trim_end_matches(['=', '|']).trim_end().to_owned()
}
