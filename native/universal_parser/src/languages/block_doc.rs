//! What languages in the style of Java share: `/** … */`, paths of tests, values in signatures.

use tree_sitter::Node;

use crate::rules::Step;
use crate::walk::Walk;

/// Values longer than this, or of several lines, are not part of a signature.
const MAX_VALUE: usize = 120;

/// `/** … */` (the last one counts) and `///` lines document what follows; other comments neither
/// document nor part.
pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    if text.starts_with(b"/**") && !text.starts_with(b"/**/") {
        walk.lead.replace(node);
    } else if text.starts_with(b"///") && !text.starts_with(b"////") {
        walk.lead.push(node);
    }
    Step::Lead
}

/// Where a signature ends because the value that follows is too long for it.
pub(super) fn long_value<'t>(walk: &Walk<'_>, value: Option<Node<'t>>) -> Option<Node<'t>> {
    value.filter(|value| {
        let text = walk.bytes(*value);
        text.len() > MAX_VALUE || memchr::memchr(b'\n', text).is_some()
    })
}

/// Whether a file is no part of what is published: `src/test/…`, `src/jvmTest/…`, and as elsewhere.
pub(super) fn is_aside(path: &str) -> bool {
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let set = parts.peek().copied().unwrap_or_default();
        if part == "src"
            && (matches!(set, "test" | "testFixtures" | "it" | "jmh") || set.ends_with("Test"))
        {
            return true;
        }
    }
    crate::paths::is_in_aside(path)
}

#[cfg(test)]
mod tests {
    use super::is_aside;

    #[test]
    fn source_sets_of_tests_are_aside() {
        for path in [
            "src/test/java/A.java",
            "core/src/jvmTest/kotlin/A.kt",
            "test/A.java",
        ] {
            assert!(is_aside(path), "{path}");
        }
        assert!(!is_aside("src/main/java/org/test/A.java"));
        assert!(!is_aside("src/commonMain/kotlin/Test.kt"));
    }
}
