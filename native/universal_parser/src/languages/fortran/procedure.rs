//! Functions, subroutines and interfaces.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::{ABSTRACT, docs};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::{Scope, Walk};

/// Names of the procedures of one generic interface.
const MAX_NAMES: usize = 200;
/// Longest head of a procedure.
const MAX_HEAD: usize = 4 * 1024;

pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(statement) = node.named_child(0) else {
        return Step::Skip;
    };
    let name = walk
        .field(statement, "name")
        .unwrap_or_default()
        .into_owned();
    let kind = if walk.scope().flags & ABSTRACT != 0 {
        SnippetKind::Type
    } else {
        SnippetKind::Function
    };
    let def = Def::new(kind, name, node)
        .signature(fold(&walk.text(statement)))
        .doc(docs::around(walk, node));
    walk.define(def);
    Step::Skip
}

/// A named one is a generic procedure; one without a name declares procedures that are elsewhere.
pub(super) fn interface(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(statement) = node.named_child(0) else {
        return Step::Skip;
    };
    let mut cursor = statement.walk();
    let mut name = None;
    let mut flags = 0;
    for child in statement.named_children(&mut cursor) {
        match child.kind() {
            "abstract_specifier" => flags |= ABSTRACT,
            "name" | "operator" | "assignment" => name = Some(walk.text(child).into_owned()),
            _ => {}
        }
    }
    let scope = walk.scope().clone();
    let Some(name) = name else {
        return Step::Scope(Scope {
            flags: scope.flags | flags,
            ..scope
        });
    };
    let mut cursor = node.walk();
    let procedures = node.named_children(&mut cursor).filter_map(|child| {
        if child.kind() != "procedure_statement" {
            return None;
        }
        let mut cursor = child.walk();
        let names: Vec<_> = child
            .children_by_field_name("declarator", &mut cursor)
            .take(MAX_NAMES)
            .map(|name| walk.text(name).into_owned())
            .collect();
        Some(names.join(", "))
    });
    let procedures: Vec<String> = procedures.take(MAX_NAMES).collect();
    let mut signature = fold(&walk.text(statement));
    if !procedures.is_empty() {
        signature = format!("{signature}: {}", procedures.join(", "));
    }
    let def = Def::new(SnippetKind::Function, name, node)
        .signature(signature)
        .doc(docs::around(walk, node));
    walk.define(def);
    // Bodies inside declare procedures that are reached by the generic's name.
    Step::Scope(Scope {
        visibility: Visibility::Internal,
        ..scope
    })
}

/// What marks a continuation line in fixed form, as a rule; a letter would do, but free form is
/// indented too.
const CONTINUES: [char; 14] = [
    '&', '+', '*', '$', '#', '.', '1', '2', '3', '4', '5', '>', '|', '-',
];

/// One line without continuation marks and comments.
pub(super) fn fold(text: &str) -> String {
    let text = text
        .get(..text.floor_char_boundary(MAX_HEAD))
        .unwrap_or(text);
    let mut folded = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.split('!').next().unwrap_or_default();
        // The mark of a continuation line in fixed form.
        let line = match line.strip_prefix("     ") {
            Some(rest) if rest.starts_with(CONTINUES) => rest.get(1..).unwrap_or_default(),
            _ => line.trim(),
        };
        let line = line.trim_end_matches('&').trim_start_matches('&');
        for word in line.split_whitespace() {
            if !folded.is_empty() && !folded.ends_with('(') {
                folded.push(' ');
            }
            folded.push_str(word);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn heads_become_one_line() {
        let text = "subroutine f( & ! comment\n     a, &\n   & b)";
        assert_eq!(fold(text), "subroutine f(a, b)");
    }
}
