//! R: functions, constants, classes of S4, R5 and R6.
//!
//! - roxygen's `@export` decides in files that use roxygen; elsewhere only a leading dot is internal.
//!   `@noRd` and `@keywords internal` hide.
//! - Members are named as users reach them: `Stack$push`, slots `Book@title`; a method of a generic
//!   has the name under which R documents it: `title,Book-method`.
//! - What `NAMESPACE` exports becomes links; across the files of a package it decides alone.

mod calls;
mod class;
mod finish;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::doc::Style;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::signature;
use crate::text::{begins_line, contains_any};
use crate::walk::{File, Scope, Walk};

/// Bytes of a value that is shown.
const SHOWN: usize = 120;
/// Bytes at the head of a body where a deprecation would be told.
const HEAD: usize = 300;
/// Not exported, as far as roxygen says.
const UNEXPORTED: Marks = Marks(1 << 15);
/// Of `Walk::state`: roxygen is in use.
const ROXYGEN: u32 = 1;

static STYLE: Style = Style {
    line: &["#'", "#"],
    blocks: &[],
};

pub(super) struct R;

impl Rules for R {
    fn name(&self) -> &'static str {
        "r"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_r::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["r"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &[".Rprofile", "NAMESPACE"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["Rscript", "r"]
    }

    fn separator(&self) -> &'static str {
        "$"
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn comments(&self) -> &'static Style {
        &STYLE
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let first = file.path.split('/').next().unwrap_or_default();
        let aside = matches!(first, "inst" | "demo" | "data-raw" | "vignettes" | "man")
            || crate::paths::is_aside(file.path);
        let visibility = if aside {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        let roxygen = contains_any(walk.source, &["\n#' ", "#' @export"]);
        walk.state = if roxygen { ROXYGEN } else { 0 };
        Scope {
            path: String::new(),
            visibility,
            item: None,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => {
                let roxygen = walk.bytes(node).starts_with(b"#'");
                let wanted = roxygen || walk.state & ROXYGEN == 0;
                if wanted && begins_line(walk.source, node.start_byte()) {
                    walk.lead.push_adjacent(node);
                }
                Step::Lead
            }
            "binary_operator" => assign(walk, node),
            "call" => calls::call(walk, node, None),
            "string" => calls::documented(walk, node),
            "if_statement" | "braced_expression" | "parameters" | "parameter" => Step::Enter,
            "function_definition" if node.has_error() => Step::Enter,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

/// `name <- value`, `value -> name`.
fn assign(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let (Some(left), Some(right)) = (
        node.child_by_field_name("lhs"),
        node.child_by_field_name("rhs"),
    ) else {
        return Step::Skip;
    };
    let operator = node
        .child_by_field_name("operator")
        .map_or(b"".as_slice(), |operator| walk.bytes(operator));
    let (name, value) = match operator {
        b"<-" | b"<<-" | b"=" | b":=" => (left, right),
        b"->" | b"->>" => (right, left),
        _ => return Step::Skip,
    };
    let Some(name) = bare(walk, name) else {
        return Step::Skip;
    };
    match value.kind() {
        "function_definition" => {
            let range = match value.child_by_field_name("parameters") {
                Some(end) if value.start_byte() > node.start_byte() => {
                    node.start_byte()..end.end_byte()
                }
                _ => value.start_byte()..node.end_byte().min(value.start_byte() + SHOWN),
            };
            let text = signature::cut(walk.source, range, node, &["#"]);
            let body = value.child_by_field_name("body");
            let body = body.map_or(b"".as_slice(), |body| walk.bytes(body));
            let old = is_deprecated(body);
            add(walk, node, SnippetKind::Function, &name, &name, text, old);
            // A function that was not understood may have swallowed those after it.
            if value.has_error() {
                return Step::Enter;
            }
        }
        "call" => match calls::call(walk, value, Some((&name, node))) {
            Step::Lead => constant(walk, node, &name, value),
            step => return step,
        },
        "binary_operator" => {
            constant(walk, node, &name, value);
            // `a <- b <- 1`.
            return Step::Enter;
        }
        _ => constant(walk, node, &name, value),
    }
    Step::Skip
}

fn constant(walk: &mut Walk<'_>, node: Node<'_>, name: &str, value: Node<'_>) {
    let short = value.end_byte() - value.start_byte() <= SHOWN;
    let text = if short {
        signature::cut(walk.source, node.byte_range(), node, &["#"])
    } else {
        name.to_owned()
    };
    add(walk, node, SnippetKind::Constant, name, name, text, false);
}

fn is_deprecated(body: &[u8]) -> bool {
    let head = body.get(..HEAD).unwrap_or(body);
    contains_any(head, &[".Deprecated(", ".Defunct(", "deprecate_"])
}

/// An identifier or string as a name.
fn bare(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let text = walk.text(node);
    let name = match node.kind() {
        "identifier" => text.trim_matches('`'),
        "string" => text.trim_matches(['"', '\'']),
        _ => return None,
    };
    (!name.is_empty()).then(|| name.to_owned())
}

/// Adds an item; what roxygen says of it decides whether it is public.
fn add(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: &str,
    qualified: &str,
    signature: String,
    deprecated: bool,
) -> Option<u32> {
    walk.lead.drop_detached(node.start_position().row);
    let doc = walk.lead.doc(walk.source);
    let said = doc.as_deref().unwrap_or_default();
    let tag = |name: &str| said.lines().any(|line| line.starts_with(name));
    let exported = tag("@export") || tag("@S3method") || tag("@method");
    let hidden = tag("@noRd") || tag("@keywords internal");
    let member = walk.scope().item.is_some();
    let unexported = walk.state & ROXYGEN != 0 && !exported && !member;
    let old = deprecated || said.contains("badge(\"deprecated\")") || tag("@deprecated");
    let def = Def::new(kind, name, node)
        .qualified(qualified.to_owned())
        .signature(signature)
        .public(!name.starts_with('.') && !hidden)
        .marks(Marks::when(hidden, Marks::HIDDEN))
        .marks(Marks::when(unexported, UNEXPORTED))
        .marks(Marks::when(old, Marks::DEPRECATED))
        .doc(doc);
    walk.define(def)
}
