//! `if`, `elif`, `else` and `except`: what holds where.

use registry_types::Visibility;
use tree_sitter::Node;

use super::{CONDITIONAL, FALLBACK, INIT, OUTDATED};
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk};

/// Branches of one `if` whose conditions are kept.
const MAX_BRANCHES: usize = 16;

pub(super) fn with_flags(walk: &Walk<'_>, flags: u32) -> Step {
    Step::Scope(Scope {
        flags,
        ..walk.scope().clone()
    })
}

/// An `if`: the conditions of all its branches are known here only.
pub(super) fn conditional(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let flags = walk.scope().flags;
    if is_main_guard(walk, node) {
        return Step::Scope(Scope {
            flags: flags | CONDITIONAL,
            visibility: Visibility::Internal,
            ..walk.scope().clone()
        });
    }
    if flags & INIT != 0 {
        // What an object has by chance is no condition of the module.
        return with_flags(walk, flags | CONDITIONAL);
    }
    let mut branches = Vec::new();
    let mut not = String::new();
    if let Some(body) = node.child_by_field_name("consequence") {
        let text = condition_text(walk, node);
        not = negated(&text);
        branches.push((text, body));
    }
    let mut cursor = node.walk();
    let others = node.children_by_field_name("alternative", &mut cursor);
    for branch in others.take(MAX_BRANCHES) {
        let text = match branch.kind() {
            "elif_clause" => condition_text(walk, branch),
            _ => not.clone(),
        };
        if branch.kind() == "elif_clause" && not.len() < 200 {
            not = format!("{not} and {}", negated(&text));
        }
        branches.push((text, branch));
    }
    for (text, branch) in branches.into_iter().rev() {
        walk.conditions.push(&text, branch.byte_range());
    }
    let outdated = if is_for_old_python(walk, node) {
        OUTDATED
    } else {
        0
    };
    with_flags(walk, flags | CONDITIONAL | outdated)
}

/// An `except`: what it defines stands in for what was tried.
pub(super) fn fallback(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let colon = node.children(&mut cursor).find(|child| child.kind() == ":");
    let flags = walk.scope().flags;
    if let Some(colon) = colon.filter(|_| flags & INIT == 0) {
        let range = node.start_byte()..colon.start_byte();
        let text = signature::cut(walk.source, range, node, &["#"]);
        let text = text.split(" as ").next().unwrap_or(&text);
        walk.conditions.push(text, node.byte_range());
    }
    with_flags(walk, flags | CONDITIONAL | FALLBACK)
}

fn negated(condition: &str) -> String {
    match condition.strip_prefix("not ") {
        Some(rest) if !rest.contains(" and ") && !rest.contains(" or ") => rest.to_owned(),
        _ if condition.contains(" and ") || condition.contains(" or ") => {
            format!("not ({condition})")
        }
        _ => format!("not {condition}"),
    }
}

fn condition_text(walk: &Walk<'_>, node: Node<'_>) -> String {
    let condition = node.child_by_field_name("condition");
    condition.map_or_else(String::new, |condition| {
        signature::cut(walk.source, condition.byte_range(), condition, &["#"])
    })
}

/// `if __name__ == "__main__":`: runs in no import.
fn is_main_guard(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let text = condition(walk, node);
    text.starts_with(b"__name__") && memchr::memmem::find(text, b"__main__").is_some()
}

/// `if sys.version_info < (3, 9):`.
fn is_for_old_python(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let text = condition(walk, node);
    let text = text.strip_prefix(b"sys.").unwrap_or(text);
    let version = text.strip_prefix(b"version_info");
    version.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"<"))
}

fn condition<'s>(walk: &Walk<'s>, node: Node<'_>) -> &'s [u8] {
    let condition = node.child_by_field_name("condition");
    condition.map_or(b"", |condition| walk.bytes(condition))
}

#[cfg(test)]
mod tests {
    use super::negated;

    #[test]
    fn the_other_branch() {
        assert_eq!(negated("TYPE_CHECKING"), "not TYPE_CHECKING");
        assert_eq!(negated("not a"), "a");
        assert_eq!(negated("not a or b"), "not (not a or b)");
    }
}
