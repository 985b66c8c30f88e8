//! Fortran: what a module gives to those who use it.
//!
//! - `public` and `private`, as attributes, as lists and as the default of a module or a type,
//!   decide; names compare without case. Submodules and programs are internal.
//! - `shapes.circle.grow` for members of a type in a module. A generic interface is one function
//!   with the names of its procedures; the procedures of an abstract interface are types.
//! - `!>` before, `!!` and `!<` after (Doxygen's and FORD's ways) are documentation.
//! - Fixed form (`.f`, `.for`) is read as the free form that the grammar knows.

mod docs;
mod finish;
mod fixed;
mod procedure;
mod types;
mod variable;

use std::borrow::Cow;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::{Link, LinkKind, Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members are private unless they say otherwise.
const PRIVATE: u32 = 1;
/// Scope: a derived type.
const TYPE: u32 = 2;
/// Scope: an abstract interface.
const ABSTRACT: u32 = 4;
/// An item that says itself whether it is public.
const EXPLICIT: Marks = Marks(1 << 15);
/// Names of one access statement.
const MAX_NAMES: usize = 10_000;

/// One of the two forms.
pub(super) struct Fortran {
    fixed: bool,
}

pub(super) static FREE: Fortran = Fortran { fixed: false };
pub(super) static FIXED: Fortran = Fortran { fixed: true };

impl Rules for Fortran {
    fn name(&self) -> &'static str {
        "fortran"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_fortran::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        if self.fixed {
            &["f", "for", "ftn", "f77"]
        } else {
            &["f90", "f95", "f03", "f08", "f18", "fpp"]
        }
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["!"]
    }

    fn comments(&self) -> &'static crate::doc::Style {
        &docs::STYLE
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        if self.fixed {
            Cow::Owned(fixed::to_free(source))
        } else {
            Cow::Borrowed(source)
        }
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        Scope::of_file("", crate::paths::is_in_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => docs::comment(walk, node),
            "module" => module(walk, node),
            "submodule" => {
                let scope = walk.scope().clone();
                Step::Scope(Scope {
                    visibility: Visibility::Internal,
                    ..scope
                })
            }
            "private_statement" => access(walk, node, Visibility::Internal),
            "public_statement" => access(walk, node, Visibility::Public),
            "variable_declaration" => variable::declaration(walk, node),
            "enumerator_statement" => variable::enumerators(walk, node),
            "derived_type_definition" => types::definition(walk, node),
            "procedure_statement" => types::bindings(walk, node),
            "generic_statement" => types::generic(walk, node),
            "function" | "subroutine" => procedure::define(walk, node),
            "interface" => procedure::interface(walk, node),
            "derived_type_procedures" => {
                // What comes after `contains` is public until it says `private` once more.
                let flags = walk.scope().flags & !PRIVATE;
                walk.set_scope_flags(flags);
                Step::Enter
            }
            "internal_procedures"
            | "enum"
            | "preproc_if"
            | "preproc_ifdef"
            | "preproc_else"
            | "preproc_elif" => Step::Body,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

fn module(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(statement) = node.named_child(0) else {
        return Step::Skip;
    };
    let mut cursor = statement.walk();
    let name = statement
        .named_children(&mut cursor)
        .find(|child| child.kind() == "name")
        .map(|name| walk.text(name).into_owned());
    let Some(name) = name else {
        return Step::Enter;
    };
    let def = Def::new(SnippetKind::Module, name.as_str(), node)
        .signature(procedure::fold(&walk.text(statement)))
        .doc(docs::around(walk, node));
    let item = walk.define(def);
    Step::Scope(walk.scope_of(&name, item, 0))
}

/// `private` alone sets what holds for all; with names, for these.
fn access(walk: &mut Walk<'_>, node: Node<'_>, visibility: Visibility) -> Step {
    let mut cursor = node.walk();
    let names: Vec<String> = node
        .named_children(&mut cursor)
        .filter(|child| !child.is_extra())
        .take(MAX_NAMES)
        .map(|child| walk.text(child).into_owned())
        .collect();
    if walk.scope().flags & TYPE != 0 {
        let flags = walk.scope().flags;
        let private = visibility == Visibility::Internal;
        walk.set_scope_flags(if private {
            flags | PRIVATE
        } else {
            flags & !PRIVATE
        });
        return Step::Skip;
    }
    let scope = walk.scope().path.clone();
    let names = if names.is_empty() {
        vec!["*".to_owned()]
    } else {
        names
    };
    for name in names {
        walk.link(Link {
            kind: LinkKind::Export,
            scope: scope.clone(),
            from: None,
            name,
            alias: None,
            visibility,
        });
    }
    Step::Skip
}

/// Whether a declaration says `public` or `private` itself.
fn stated(walk: &Walk<'_>, node: Node<'_>) -> Option<bool> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).take(64).find_map(|child| {
        let text = walk.bytes(child);
        let said = |word: &str| text.len() < 16 && text.eq_ignore_ascii_case(word.as_bytes());
        if said("public") {
            Some(true)
        } else if said("private") {
            Some(false)
        } else {
            None
        }
    })
}
