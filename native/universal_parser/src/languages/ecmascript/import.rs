//! `import` and `require`.

use registry_types::Visibility;
use tree_sitter::Node;

use super::unquoted;
use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::walk::Walk;

/// One link per name imported.
pub(super) fn statement(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(source) = node.child_by_field_name("source") else {
        return Step::Skip;
    };
    let from = unquoted(&walk.text(source)).to_owned();
    let mut cursor = node.walk();
    let clause = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "import_clause");
    let Some(clause) = clause else {
        return Step::Skip;
    };
    let mut cursor = clause.walk();
    for part in clause.named_children(&mut cursor) {
        match part.kind() {
            "identifier" => add(walk, &from, "default", Some(&walk.text(part))),
            "namespace_import" => {
                if let Some(name) = part.named_child(0) {
                    add(walk, &from, "*", Some(&walk.text(name)));
                }
            }
            "named_imports" => {
                let mut inner = part.walk();
                for specifier in part.named_children(&mut inner) {
                    if let Some(name) = walk.field(specifier, "name") {
                        add(
                            walk,
                            &from,
                            &name,
                            walk.field(specifier, "alias").as_deref(),
                        );
                    }
                }
            }
            _ => {}
        }
    }
    Step::Skip
}

fn add(walk: &mut Walk<'_>, from: &str, name: &str, alias: Option<&str>) {
    walk.link(Link {
        kind: LinkKind::Import,
        scope: walk.scope().path.clone(),
        from: Some(from.to_owned()),
        name: unquoted(name).to_owned(),
        alias: alias.map(str::to_owned),
        visibility: Visibility::Internal,
    });
}

/// The module named by `require("…")`.
pub(super) fn require<'s>(walk: &Walk<'s>, value: Node<'_>) -> Option<std::borrow::Cow<'s, str>> {
    let call = Some(value).filter(|value| value.kind() == "call_expression")?;
    let function = call.child_by_field_name("function")?;
    if walk.bytes(function) != b"require" {
        return None;
    }
    let argument = call.child_by_field_name("arguments")?.named_child(0)?;
    (argument.kind() == "string").then(|| walk.text(argument))
}

/// `name = require("…")` or `name = require("…").member`: remembered as an import.
pub(super) fn required(walk: &mut Walk<'_>, value: Node<'_>, name: &str) -> bool {
    let (module, member) = match value.kind() {
        "member_expression" => match value.child_by_field_name("object") {
            Some(object) => (object, walk.field(value, "property")),
            None => return false,
        },
        _ => (value, None),
    };
    let Some(from) = require(walk, module) else {
        return false;
    };
    add(
        walk,
        unquoted(&from),
        member.as_deref().unwrap_or("*"),
        Some(name),
    );
    true
}

/// One name of `const { … } = require("…")`.
pub(super) fn destructured(walk: &mut Walk<'_>, value: Node<'_>, key: &str, local: &str) -> bool {
    let Some(from) = require(walk, value) else {
        return false;
    };
    add(walk, unquoted(&from), key, (key != local).then_some(local));
    true
}
