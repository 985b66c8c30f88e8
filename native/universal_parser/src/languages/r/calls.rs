//! Calls at the top level that define something: `setClass`, `setGeneric`, `setMethod`, `R6Class`.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::{SHOWN, add, bare, class};
use crate::define::Def;
use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Arguments of a call that are looked at.
const MAX_ARGUMENTS: usize = 256;
/// Names that one `export(…)` lists.
const MAX_EXPORTS: usize = 10_000;

/// [`Step::Lead`] when the call defines nothing. `assigned`: the name that gets its value, and the
/// assignment.
pub(super) fn call(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    assigned: Option<(&str, Node<'_>)>,
) -> Step {
    let function = walk.field(node, "function").unwrap_or_default();
    let function = function.rsplit("::").next().unwrap_or_default();
    let function = function.trim_start_matches(':').to_owned();
    let place = assigned.map_or(node, |(_, assignment)| assignment);
    match function.as_str() {
        "setClass" | "setRefClass" | "R6Class" | "setClassUnion" | "new_class" => {
            class::define(walk, node, place, assigned.map(|(name, _)| name), &function)
        }
        "setGeneric" => {
            if let Some(name) = argument(walk, node, 0, "name").and_then(|n| bare(walk, n)) {
                let text = head(walk, node);
                add(
                    walk,
                    place,
                    SnippetKind::Function,
                    &name,
                    &name,
                    text,
                    false,
                );
            }
            Step::Skip
        }
        "setMethod" | "setReplaceMethod" => {
            method(walk, node, place);
            Step::Skip
        }
        "export" | "exportMethods" | "exportClasses" | "exportPattern" | "S3method"
            if assigned.is_none() =>
        {
            exports(walk, node, &function);
            Step::Skip
        }
        _ if assigned.is_some() => Step::Lead,
        _ => Step::Skip,
    }
}

/// What `NAMESPACE` exports.
fn exports(walk: &mut Walk<'_>, node: Node<'_>, function: &str) {
    let Some(arguments) = node.child_by_field_name("arguments") else {
        return;
    };
    let mut cursor = arguments.walk();
    let values = arguments
        .named_children(&mut cursor)
        .take(MAX_EXPORTS)
        .filter_map(|argument| argument.child_by_field_name("value"));
    let mut names: Vec<String> = values.filter_map(|value| bare(walk, value)).collect();
    if function == "S3method" {
        // `S3method(print, shelf)` exports `print.shelf`.
        names.truncate(2);
        names = vec![names.join(".")];
    }
    let pattern = function == "exportPattern";
    for name in names {
        walk.link(Link {
            kind: LinkKind::Export,
            scope: String::new(),
            from: pattern.then(|| "pattern".to_owned()),
            name,
            alias: None,
            visibility: Visibility::Public,
        });
    }
}

/// The argument named `name`, else the one at `position` among those without a name.
pub(super) fn argument<'t>(
    walk: &Walk<'_>,
    call: Node<'t>,
    position: usize,
    name: &str,
) -> Option<Node<'t>> {
    let arguments = call.child_by_field_name("arguments")?;
    let mut cursor = arguments.walk();
    let mut unnamed = 0;
    let mut found = None;
    for argument in arguments.named_children(&mut cursor).take(MAX_ARGUMENTS) {
        if argument.kind() != "argument" {
            continue;
        }
        match walk.field(argument, "name") {
            Some(own) if own == name => return argument.child_by_field_name("value"),
            Some(_) => {}
            None => {
                if unnamed == position {
                    found = argument.child_by_field_name("value");
                }
                unnamed += 1;
            }
        }
    }
    found
}

/// The call up to the parameters of the function in it.
fn head(walk: &Walk<'_>, call: Node<'_>) -> String {
    let mut end = None;
    if let Some(arguments) = call.child_by_field_name("arguments") {
        let mut cursor = arguments.walk();
        for argument in arguments.named_children(&mut cursor).take(MAX_ARGUMENTS) {
            let value = argument.child_by_field_name("value");
            let function = value.filter(|value| value.kind() == "function_definition");
            if let Some(parameters) = function.and_then(|f| f.child_by_field_name("parameters")) {
                end = Some(parameters.end_byte());
                break;
            }
        }
    }
    let limit = call.end_byte().min(call.start_byte() + SHOWN);
    let range = call.start_byte()..end.unwrap_or(limit);
    let mut text = signature::cut(walk.source, range, call, &["#"]);
    if end.is_some() {
        text.push(')');
    }
    text
}

fn method(walk: &mut Walk<'_>, node: Node<'_>, place: Node<'_>) {
    let name = argument(walk, node, 0, "f").and_then(|name| bare(walk, name));
    let Some(name) = name else { return };
    let classes = argument(walk, node, 1, "signature").map(|types| classes(walk, types));
    let classes = classes.filter(|classes| !classes.is_empty());
    let replaced = walk
        .field(node, "function")
        .is_some_and(|function| function.ends_with("setReplaceMethod"));
    let name = if replaced { format!("{name}<-") } else { name };
    let qualified = match classes {
        Some(classes) => format!("{name},{classes}-method"),
        None => format!("{name}-method"),
    };
    let text = head(walk, node);
    add(
        walk,
        place,
        SnippetKind::Method,
        &name,
        &qualified,
        text,
        false,
    );
}

/// `"A"`, `c("A", "B")`, `signature(x = "A", y = "B")` as `A,B`.
fn classes(walk: &Walk<'_>, node: Node<'_>) -> String {
    if let Some(name) = bare(walk, node) {
        return name;
    }
    let mut names = Vec::new();
    if let Some(arguments) = node.child_by_field_name("arguments") {
        let mut cursor = arguments.walk();
        for argument in arguments.named_children(&mut cursor).take(MAX_ARGUMENTS) {
            let value = argument.child_by_field_name("value");
            names.extend(value.and_then(|value| bare(walk, value)));
        }
    }
    names.join(",")
}

/// A string alone after roxygen comments: a data set, or the package itself.
pub(super) fn documented(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.lead.has_comments()
        && let Some(name) = bare(walk, node)
    {
        if name == "_PACKAGE" {
            walk.outline.module_doc = walk.lead.doc(walk.source);
        } else {
            let def = Def::new(SnippetKind::Constant, name, node);
            walk.define(def);
        }
    }
    Step::Skip
}
