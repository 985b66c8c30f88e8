//! Package variables, constants, export lists, attributes, assigned globs.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{add, note};
use crate::outline::LinkKind;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Bytes of a value that is shown.
const SHOWN: usize = 160;
/// Names in one statement.
const MAX_NAMES: usize = 4096;
/// Variables that are the module's own business.
const OWN: [&str; 7] = [
    "ISA",
    "EXPORT",
    "EXPORT_OK",
    "EXPORT_TAGS",
    "EXPORT_FAIL",
    "AUTOLOAD",
    "AUTHORITY",
];

/// `use constant NAME => …`, `use constant { A => 1, B => 2 }`.
pub(super) fn constants(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let is_constant = walk
        .field(node, "module")
        .is_some_and(|name| name == "constant");
    let list = value(node, 1).filter(|_| is_constant);
    let Some(list) = list else {
        return Step::Skip;
    };
    if list.kind() != "anonymous_hash_expression" {
        let name = if list.kind() == "list_expression" {
            list.named_child(0).unwrap_or(list)
        } else {
            list
        };
        constant(walk, node, name);
        return Step::Skip;
    }
    // The pairs of a hash lie in each other, each in the list of the one before.
    let mut list = value(list, 0);
    for _ in 0..MAX_NAMES {
        let Some(pairs) = list.filter(|list| list.kind() == "list_expression") else {
            break;
        };
        list = pairs_of(walk, pairs);
    }
    Step::Skip
}

/// The child at `index`, comments not counted.
fn value(node: Node<'_>, index: usize) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .filter(|child| !child.is_extra())
        .nth(index)
}

/// Adds the constants of a list `name => value, …`; gives the list inside of it.
fn pairs_of<'t>(walk: &mut Walk<'_>, pairs: Node<'t>) -> Option<Node<'t>> {
    let mut cursor = pairs.walk();
    let mut inner = None;
    for child in pairs.children(&mut cursor).take(MAX_NAMES) {
        match child.kind() {
            "list_expression" => inner = Some(child),
            "autoquoted_bareword" => {
                // The value ends the line, as a rule.
                let line = crate::text::rest_of_line(walk.source, child.start_byte());
                let line = crate::text::lossy(line.get(..SHOWN).unwrap_or(line));
                let text = line.split('#').next().unwrap_or_default();
                let text = signature::fold(text);
                let text = text.trim_end_matches(['}', ',', ' ', ')']).to_owned();
                let name = walk.text(child).into_owned();
                add(walk, child, SnippetKind::Constant, &name, text);
            }
            _ => {}
        }
    }
    inner
}

fn constant(walk: &mut Walk<'_>, node: Node<'_>, name: Node<'_>) {
    let Some(word) = words(walk, name).into_iter().next() else {
        return;
    };
    let short = node.end_byte() - node.start_byte() <= SHOWN;
    let end = if short { node } else { name }.end_byte();
    let text = signature::cut(walk.source, node.start_byte()..end, node, &["#"]);
    add(walk, node, SnippetKind::Constant, &word, text);
}

/// The words that a string, bareword or list of them spells.
fn words(walk: &Walk<'_>, node: Node<'_>) -> Vec<String> {
    let text = walk.text(node);
    let text = text.trim();
    let text = match node.kind() {
        "quoted_word_list" => text.trim_start_matches("qw").trim(),
        _ => text,
    };
    let separators = |c: char| c.is_whitespace() || "'\",()[]{}/|!".contains(c) || c == '\\';
    text.split(separators)
        .filter(|word| !word.is_empty() && *word != "qw")
        .take(MAX_NAMES)
        .map(str::to_owned)
        .collect()
}

/// `our $x = …`, `has name => …`, `*name = sub …`.
pub(super) fn statement(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(expression) = node.named_child(0) else {
        return Step::Skip;
    };
    match expression.kind() {
        "assignment_expression" => assignment(walk, node, expression),
        "variable_declaration" => declared(walk, node, expression, None),
        "ambiguous_function_call_expression" | "function_call_expression" => {
            attribute(walk, node, expression);
        }
        _ => {}
    }
    Step::Skip
}

fn assignment(walk: &mut Walk<'_>, node: Node<'_>, expression: Node<'_>) {
    let (Some(left), Some(right)) = (
        expression.child_by_field_name("left"),
        expression.child_by_field_name("right"),
    ) else {
        return;
    };
    match left.kind() {
        "variable_declaration" => declared(walk, node, left, Some(right)),
        "array" => exports(walk, left, right),
        "glob" => {
            let Some(name) = left.named_child(0) else {
                return;
            };
            let name = walk.text(name).into_owned();
            let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b':';
            if name.bytes().all(fits) {
                let short = right.end_byte() - right.start_byte() <= 60;
                let end = if short { right } else { left }.end_byte();
                let range = expression.start_byte()..end;
                let text = signature::cut(walk.source, range, expression, &["#"]);
                add(walk, node, SnippetKind::Function, &name, text);
            }
        }
        _ => {}
    }
}

/// `@EXPORT = qw(…)`.
fn exports(walk: &mut Walk<'_>, left: Node<'_>, right: Node<'_>) {
    let name = walk.text(left);
    if name.ends_with("@EXPORT") || name.ends_with("@EXPORT_OK") {
        for word in words(walk, right) {
            let word = word.trim_start_matches('&').to_owned();
            note(walk, LinkKind::Member, word, None);
        }
    }
}

/// `our ($a, @b)`; lexical variables are nobody else's.
fn declared(walk: &mut Walk<'_>, node: Node<'_>, declaration: Node<'_>, value: Option<Node<'_>>) {
    if !walk.bytes(declaration).starts_with(b"our") {
        return;
    }
    let short = value.filter(|value| value.end_byte() - value.start_byte() <= SHOWN);
    let end = short.unwrap_or(declaration).end_byte();
    let range = declaration.start_byte()..end;
    let mut cursor = declaration.walk();
    for variable in declaration.named_children(&mut cursor).take(64) {
        let text = walk.text(variable);
        let Some(sigil) = text
            .get(..1)
            .filter(|sigil| matches!(*sigil, "$" | "@" | "%"))
        else {
            continue;
        };
        let name = text.get(1..).unwrap_or_default();
        if OWN.contains(&name) {
            if let Some(value) = value {
                exports(walk, variable, value);
            }
            continue;
        }
        let signature = signature::cut(walk.source, range.clone(), declaration, &[" #"]);
        let before = walk.outline.items.len();
        add(walk, node, SnippetKind::Constant, name, signature);
        if let Some(item) = walk.outline.items.get_mut(before) {
            item.qualified_name.insert_str(0, sigil);
        }
    }
}

/// `has name => (…)`, `has [qw(a b)] => …`.
fn attribute(walk: &mut Walk<'_>, node: Node<'_>, call: Node<'_>) {
    let function = call.child_by_field_name("function");
    if function.is_none_or(|name| walk.bytes(name) != b"has") {
        return;
    }
    let Some(arguments) = call.child_by_field_name("arguments") else {
        return;
    };
    let first = if arguments.kind() == "list_expression" {
        arguments.named_child(0).unwrap_or(arguments)
    } else {
        arguments
    };
    let short = call.end_byte() - call.start_byte() <= SHOWN;
    let end = if short { call } else { first }.end_byte();
    let text = signature::cut(walk.source, call.start_byte()..end, call, &["#"]);
    for name in words(walk, first) {
        // `has '+name'` changes an inherited one.
        if !name.starts_with('+') {
            add(walk, node, SnippetKind::Field, &name, text.clone());
        }
    }
}
