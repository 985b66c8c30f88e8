//! PowerShell: functions, classes, enums, aliases.
//!
//! - `Export-ModuleMember` decides where there is one; else functions are public and aliases are not.
//!   `script:` functions, `hidden` members and files under `Private` are internal.
//! - Comment-based help before a function or at the head of its body is its documentation.
//! - Signatures show the parameters with their types, from `param(…)` too.

mod class;
mod exports;
mod function;

use registry_types::SnippetKind;
use tree_sitter::Node;

use crate::define::Def;
use crate::doc::Style;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::text::begins_line;
use crate::walk::{File, Scope, Walk};

static STYLE: Style = Style {
    line: &["#"],
    blocks: &[("<#", "#>")],
};

pub(super) struct PowerShell;

impl Rules for PowerShell {
    fn name(&self) -> &'static str {
        "powershell"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_powershell::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ps1", "psm1"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["pwsh", "powershell"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn comments(&self) -> &'static Style {
        &STYLE
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let private = |part: &str| {
            part.eq_ignore_ascii_case("private") || part.eq_ignore_ascii_case("internal")
        };
        let aside = crate::paths::is_aside(file.path)
            || file.path.ends_with(".Tests.ps1")
            || file.path.rsplit('/').skip(1).any(private);
        Scope::of_file("", aside)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => {
                if begins_line(walk.source, node.start_byte()) {
                    walk.lead.push_adjacent(node);
                }
                Step::Lead
            }
            "function_statement" => function::define(walk, node),
            "class_statement" => class::define(walk, node, SnippetKind::Class),
            "enum_statement" => class::define(walk, node, SnippetKind::Enum),
            "class_property_definition" => class::property(walk, node),
            "class_method_definition" => class::method(walk, node),
            "enum_member" => class::member(walk, node),
            "pipeline" => exports::command(walk, node),
            // Attributes before an enum are an error to the grammar.
            "attribute" | "attribute_list" | "type_literal" => Step::Lead,
            "statement_list" | "script_block_body" | "script_block" => Step::Body,
            "if_statement" | "statement_block" | "else_clause" | "elseif_clauses" => Step::Enter,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        exports::finish(outline);
    }
}

/// Adds what is named `name`, with the comments before it.
fn add(walk: &mut Walk<'_>, node: Node<'_>, def: Def<'_>) -> Option<u32> {
    walk.lead.drop_detached(node.start_position().row);
    let head = crate::text::rest_of_line(walk.source, node.start_byte());
    let deprecated = crate::text::contains_any(head, &["Obsolete"]);
    walk.define(def.marks(Marks::when(deprecated, Marks::DEPRECATED)))
}
