//! SQL: what its definitions make: schemas, tables with their columns, views, indexes, types,
//! functions, triggers, sequences. `COMMENT ON` is documentation, as are comments right above.

mod mask;
mod recover;

use std::borrow::Cow;
use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::plain::{child, children, comment, scope, unquoted};
use crate::define::Def;
use crate::doc::Style;
use crate::outline::{Link, LinkKind, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Parts of a name.
const MAX_PARTS: usize = 8;

pub(super) struct Sql;

impl Rules for Sql {
    fn name(&self) -> &'static str {
        "sql"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_sequel::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sql", "ddl", "pgsql"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["--", "/*"]
    }

    fn comments(&self) -> &'static Style {
        static STYLE: Style = Style {
            line: &["---", "--"],
            blocks: &[],
        };
        &STYLE
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        mask::mask(source)
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn error(&self, _walk: &mut Walk<'_>, _error: Node<'_>) -> Step {
        Step::Body
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        use SnippetKind::{Constant, Enum, Function, Module, Struct, Type};
        match node.kind() {
            "comment" | "marginalia" => comment(walk, node),
            "statement" | "block" | "transaction" => Step::Body,
            "column_definitions" | "add_column" => Step::Body,
            "create_table" => {
                let body = child(node, "column_definitions").or_else(|| child(node, "keyword_as"));
                definition(walk, node, Struct, body)
            }
            "create_view" | "create_materialized_view" => {
                definition(walk, node, Struct, child(node, "keyword_as"))
            }
            "create_type" if child(node, "enum_elements").is_some() => {
                definition(walk, node, Enum, None)
            }
            "create_type" | "create_domain" => definition(walk, node, Type, None),
            "create_function" | "create_procedure" => {
                definition(walk, node, Function, child(node, "function_body"))
            }
            "create_trigger" => definition(walk, node, Function, None),
            "create_index" | "create_sequence" => definition(walk, node, Constant, None),
            "create_schema" | "create_database" => definition(walk, node, Module, None),
            "enum_elements" => Step::Enter,
            "literal" if walk.scope().item.is_some() => field(walk, node, node),
            "column_definition" => match node.child_by_field_name("name") {
                Some(name) => field(walk, node, name),
                None => Step::Skip,
            },
            "alter_table" => match child(node, "object_reference") {
                Some(table) => Step::Scope(Scope {
                    path: reference(walk, table),
                    item: None,
                    ..walk.scope().clone()
                }),
                None => Step::Skip,
            },
            "keyword_create" | "keyword_or" | "keyword_replace" | "keyword_function" => {
                recover::word(walk, node)
            }
            "object_reference" => recover::name(walk, node),
            "comment_statement" => comment_on(walk, node),
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        let comments: HashMap<String, String> = std::mem::take(&mut outline.links)
            .into_iter()
            .map(|link| (link.scope, link.name))
            .collect();
        for item in &mut outline.items {
            if let Some(text) = comments.get(&item.qualified_name) {
                item.doc = Some(text.clone());
            }
        }
    }
}

fn definition(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    body: Option<Node<'_>>,
) -> Step {
    let named = child(node, "object_reference").filter(|_| node.kind() != "create_index");
    let Some(name) = named.or_else(|| child(node, "identifier")) else {
        return Step::Skip;
    };
    walk.lead.drop_detached(node.start_position().row);
    let path = reference(walk, name);
    let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
    let def = Def::new(kind, name, node)
        .body(body)
        .qualified(path.clone());
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    match kind {
        SnippetKind::Struct | SnippetKind::Enum => Step::Scope(Scope {
            path,
            ..walk.scope_of("", Some(item), 0)
        }),
        _ => Step::Skip,
    }
}

fn field(walk: &mut Walk<'_>, node: Node<'_>, name: Node<'_>) -> Step {
    walk.lead.drop_detached(node.start_position().row);
    let name = walk.text(name);
    let name = if node.kind() == "literal" {
        unquoted(&name)
    } else {
        bare(&name)
    };
    let mut def = Def::new(SnippetKind::Field, name, node);
    // MySQL: `id INT COMMENT 'text'`.
    if child(node, "keyword_comment").is_some()
        && let Some(text) = children(node, "literal").pop()
    {
        let text = walk.text(text);
        def = def.doc(Some(unquoted(&text).replace("''", "'")));
    }
    walk.define(def);
    Step::Skip
}

/// `"schema".table` without quotes; of a column's name the table's too.
fn reference(walk: &Walk<'_>, node: Node<'_>) -> String {
    let text = walk.text(node);
    let parts: Vec<_> = text.split('.').take(MAX_PARTS).map(bare).collect();
    parts.join(".")
}

/// Without quotes, or the brackets of T-SQL, which the grammar reads one by one.
fn bare(part: &str) -> &str {
    part.trim_matches(|c: char| c.is_whitespace() || "\"`[]".contains(c))
}

/// Kept as a link until the file is known.
fn comment_on(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = children(node, "literal").pop();
    if let (Some(of), Some(text)) = (child(node, "object_reference"), text) {
        let text = walk.text(text);
        let link = Link {
            kind: LinkKind::Member,
            scope: reference(walk, of),
            from: None,
            name: unquoted(&text).replace("''", "'"),
            alias: None,
            visibility: Visibility::Public,
        };
        walk.link(link);
    }
    Step::Skip
}
