//! `#if` and its kin: what is declared there exists under a condition.

use tree_sitter::Node;

use crate::rules::Step;
use crate::walk::Walk;

/// Longest condition, in bytes; of a longer one only the beginning is kept.
const MAX_TEXT: usize = 256;

/// One branch: `#if`, `#ifdef`, `#ifndef`, `#elif` …
pub(super) fn branch(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let before = walk.conditions.take_alternative(node.start_byte());
    let other = node.child_by_field_name("alternative");
    let end = other.map_or(node.end_byte(), |other| other.start_byte());
    let own = condition(walk, node);
    if let Some(other) = other {
        let rest = and(&before, &own.as_deref().map(not).unwrap_or_default());
        walk.conditions.await_alternative(other.start_byte(), rest);
    }
    let own = and(&before, &own.unwrap_or_default());
    walk.conditions.push(&own, node.start_byte()..end);
    Step::Enter
}

/// The last branch: none of the conditions before it holds.
pub(super) fn otherwise(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let before = walk.conditions.take_alternative(node.start_byte());
    walk.conditions.push(&before, node.byte_range());
    Step::Enter
}

/// `None` for a guard against reading a header twice, and for the question whether this is C++.
fn condition(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    if let Some(name) = node.child_by_field_name("name") {
        let text = walk.text(name);
        let negative = node
            .child(0)
            .is_some_and(|word| matches!(word.kind(), "#ifndef" | "#elifndef"));
        let guard = || {
            let first = name.next_named_sibling();
            let defined = first.filter(|first| first.kind() == "preproc_def");
            defined
                .and_then(|defined| defined.child_by_field_name("name"))
                .is_some_and(|defined| walk.text(defined) == text)
        };
        return match negative {
            _ if text == "__cplusplus" => None,
            true if guard() => None,
            true => Some(format!("!defined({text})")),
            false => Some(format!("defined({text})")),
        };
    }
    let text = walk.text(node.child_by_field_name("condition")?);
    let folded: Vec<_> = text
        .split_whitespace()
        .filter(|word| *word != "\\")
        .collect();
    let mut folded = folded.join(" ");
    folded.truncate(folded.floor_char_boundary(MAX_TEXT));
    Some(folded)
}

fn not(condition: &str) -> String {
    match condition.strip_prefix("!defined(") {
        Some(name) if !name.contains(['&', '|']) => format!("defined({name}"),
        _ if condition.starts_with("defined(") && !condition.contains(['&', '|']) => {
            format!("!{condition}")
        }
        _ => format!("!({condition})"),
    }
}

fn and(before: &str, own: &str) -> String {
    match (before.is_empty(), own.is_empty()) {
        (true, _) => own.to_owned(),
        (_, true) => before.to_owned(),
        _ if own.contains("||") => format!("{before} && ({own})"),
        _ => format!("{before} && {own}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_negated_and_joined() {
        assert_eq!(not("defined(A)"), "!defined(A)");
        assert_eq!(not("!defined(A)"), "defined(A)");
        assert_eq!(not("!defined(A) && B"), "!(!defined(A) && B)");
        assert_eq!(not("A > 1"), "!(A > 1)");
        assert_eq!(and("!defined(A)", "B || C"), "!defined(A) && (B || C)");
        assert_eq!(and("", "B || C"), "B || C");
    }
}
