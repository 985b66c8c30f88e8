//! Classes of S4 (`setClass`), R5 (`setRefClass`) and R6 (`R6Class`).

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::calls::argument;
use super::{SHOWN, add, bare};
use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Members of one list.
const MAX_MEMBERS: usize = 20_000;

/// Lists of members: the argument, whether members are public, and what stands between the class
/// and the member.
const LISTS: [(&str, bool, char); 7] = [
    ("public", true, '$'),
    ("private", false, '$'),
    ("active", true, '$'),
    ("fields", true, '$'),
    ("methods", true, '$'),
    ("slots", true, '@'),
    ("representation", true, '@'),
];

pub(super) fn define(
    walk: &mut Walk<'_>,
    call: Node<'_>,
    place: Node<'_>,
    assigned: Option<&str>,
    function: &str,
) -> Step {
    let own = argument(walk, call, 0, "Class").and_then(|name| bare(walk, name));
    // Generators of R6 are what users see; classes of S4 go by their own name.
    let name = match (assigned, own) {
        (Some(assigned), _) if function == "R6Class" => assigned.to_owned(),
        (_, Some(own)) => own,
        (Some(assigned), None) => assigned.to_owned(),
        (None, None) => return Step::Skip,
    };
    let parent = ["inherit", "contains"]
        .iter()
        .find_map(|word| Some((word, argument(walk, call, usize::MAX, word)?)));
    let mut text = format!("{function}(\"{name}\"");
    if let Some((word, parent)) = parent
        && parent.end_byte() - parent.start_byte() <= SHOWN
    {
        let parent = walk.text(parent);
        text.push_str(&format!(", {word} = {parent}"));
    }
    text.push(')');
    let text = match assigned {
        Some(assigned) => format!("{assigned} <- {text}"),
        None => text,
    };
    let text = signature::fold(&text);
    let kind = SnippetKind::Class;
    let Some(index) = add(walk, place, kind, &name, &name, text, false) else {
        return Step::Skip;
    };
    if let Some(assigned) = assigned.filter(|assigned| *assigned != name)
        && let Some(item) = walk.outline.items.get_mut(index as usize)
    {
        item.aliases.push(assigned.to_owned());
    }
    let unnamed = argument(walk, call, 1, "representation");
    for (word, public, sign) in LISTS {
        let list = argument(walk, call, usize::MAX, word);
        let list = list.or(unnamed.filter(|_| word == "representation" && function == "setClass"));
        if let Some(list) = list {
            members(walk, list, index, &format!("{name}{sign}"), public);
        }
    }
    Step::Skip
}

/// The members `name = value` of a `list(…)` or `c(…)`.
fn members(walk: &mut Walk<'_>, list: Node<'_>, index: u32, prefix: &str, public: bool) {
    let Some(arguments) = list.child_by_field_name("arguments") else {
        return;
    };
    walk.lead.clear();
    let mut cursor = arguments.walk();
    for node in arguments.named_children(&mut cursor).take(MAX_MEMBERS) {
        match node.kind() {
            "comment" if walk.bytes(node).starts_with(b"#'") => walk.lead.push_adjacent(node),
            "argument" => {
                member(walk, node, index, prefix, public);
                walk.lead.clear();
            }
            _ => {}
        }
    }
    walk.lead.clear();
}

fn member(walk: &mut Walk<'_>, node: Node<'_>, index: u32, prefix: &str, public: bool) {
    let name = node
        .child_by_field_name("name")
        .and_then(|name| bare(walk, name));
    let value = node.child_by_field_name("value");
    let (Some(name), Some(value)) = (name, value) else {
        return;
    };
    let function = value.kind() == "function_definition";
    let kind = if function {
        SnippetKind::Method
    } else {
        SnippetKind::Field
    };
    let end = match value.child_by_field_name("parameters") {
        Some(parameters) if function => parameters,
        _ if value.end_byte() - value.start_byte() <= SHOWN => value,
        _ => node.child_by_field_name("name").unwrap_or(node),
    };
    let range = node.start_byte()..end.end_byte();
    let text = signature::cut(walk.source, range, node, &["#"]);
    let def = Def::new(kind, name.as_str(), node)
        .qualified(format!("{prefix}{name}"))
        .signature(text)
        .public(public && !name.starts_with('.'));
    if let Some(made) = walk.define(def)
        && let Some(item) = walk.outline.items.get_mut(made as usize)
    {
        item.parent = Some(index);
    }
}
