//! `#if` of the C preprocessor: a condition for what stands up to its `#endif`.

use tree_sitter::Node;

use crate::rules::Step;
use crate::walk::Walk;

/// Bytes looked through for the end of a branch.
const MAX_BRANCH: usize = 64 * 1024;

/// Directives of one file that are looked at.
const MAX_DIRECTIVES: u32 = 2000;

pub(super) fn directive(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.text(node).into_owned();
    let text = text.trim_start_matches('#').trim_start();
    let line = text.lines().next().unwrap_or_default().trim_end();
    let condition = if let Some(name) = line.strip_prefix("ifdef ") {
        format!("defined({})", name.trim())
    } else if let Some(name) = line.strip_prefix("ifndef ") {
        format!("!defined({})", name.trim())
    } else if let Some(rest) = line
        .strip_prefix("if ")
        .or_else(|| line.strip_prefix("elif "))
    {
        rest.trim().to_owned()
    } else if line.starts_with("else") {
        "else".to_owned()
    } else {
        return Step::Lead;
    };
    // Each looks ahead for its end: so many may, a file of nothing else would take for ever.
    walk.state = walk.state.saturating_add(1);
    if walk.state > MAX_DIRECTIVES {
        return Step::Lead;
    }
    let from = node.end_byte();
    let end = walk.source.len().min(from + MAX_BRANCH);
    let rest = walk.source.get(from..end).unwrap_or_default();
    let length = branch(rest);
    walk.conditions.push(&condition, from..from + length);
    Step::Lead
}

/// Bytes up to the directive that ends the branch.
fn branch(text: &[u8]) -> usize {
    let mut depth = 0usize;
    for at in memchr::memchr_iter(b'#', text) {
        let starts_line = at == 0 || text.get(at - 1) == Some(&b'\n');
        if !starts_line {
            continue;
        }
        let word = text.get(at + 1..).unwrap_or_default().trim_ascii_start();
        if word.starts_with(b"if") {
            depth += 1;
        } else if word.starts_with(b"endif") {
            if depth == 0 {
                return at;
            }
            depth -= 1;
        } else if depth == 0 && (word.starts_with(b"else") || word.starts_with(b"elif")) {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::branch;

    #[test]
    fn a_branch_ends_at_its_own_endif() {
        assert_eq!(branch(b"a\n#if X\n#else\n#endif\n#endif"), 21);
        assert_eq!(branch(b"a\n# else\n"), 2);
        assert_eq!(branch(b"a # endif"), 9);
    }
}
