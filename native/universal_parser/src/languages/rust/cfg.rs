//! Compile-time conditions, as text.

use super::text;

/// Conditions inside each other that are looked into.
const MAX_DEPTH: usize = 8;
/// Longest condition kept, in bytes.
const MAX_CONDITION: usize = 512;

/// What stands between the parentheses of `cfg(…)`, on one line.
pub(super) fn inner(arguments: &str) -> String {
    let text = crate::signature::fold(arguments);
    let text = text.strip_prefix('(').unwrap_or(&text);
    let text = text.strip_suffix(')').unwrap_or(text).trim();
    let text = text.strip_suffix(',').unwrap_or(text).trim();
    if text.len() > MAX_CONDITION {
        return "…".to_owned();
    }
    text.to_owned()
}

/// Two conditions that must both hold; one that is a list itself reads as its parts.
pub(super) fn both(first: Option<String>, second: String) -> String {
    let Some(first) = first else { return second };
    if first.len() + second.len() > MAX_CONDITION || first == second {
        return first;
    }
    format!("all({}, {})", inside_all(&first), inside_all(&second))
}

fn inside_all(condition: &str) -> &str {
    let inner = condition
        .strip_prefix("all(")
        .and_then(|all| all.strip_suffix(')'));
    inner.unwrap_or(condition)
}

/// That `condition` does not hold.
pub(super) fn not(condition: &str) -> String {
    format!("not({condition})")
}

/// `test`, `all(test, …)`: never without tests.
pub(super) fn needs_test(condition: &str) -> bool {
    needs(condition, MAX_DEPTH)
}

fn needs(condition: &str, depth: usize) -> bool {
    let condition = condition.trim();
    let inside = |name: &str| {
        condition
            .strip_prefix(name)?
            .trim()
            .strip_prefix('(')?
            .strip_suffix(')')
    };
    if condition == "test" || depth == 0 {
        return condition == "test";
    }
    if let Some(all) = inside("all") {
        return parts(all).any(|part| needs(part, depth - 1));
    }
    inside("any").is_some_and(|any| {
        let mut parts = parts(any).peekable();
        parts.peek().is_some() && parts.all(|part| needs(part, depth - 1))
    })
}

/// Splits at the commas that stand in no parentheses and no string.
fn parts(list: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut quoted) = (0usize, false);
    let split = move |c: char| {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0 && !quoted
    };
    list.split(split).filter(|part| !part.trim().is_empty())
}

/// The file of `cfg_attr(…, path = "…")`.
pub(super) fn path(arguments: &str) -> Option<String> {
    let inside = inner(arguments);
    let value = |part: &str| {
        let value = part
            .trim()
            .strip_prefix("path")?
            .trim_start()
            .strip_prefix('=')?;
        text::literal(value.trim())
    };
    parts(&inside).skip(1).find_map(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_for_tests_only() {
        for yes in [
            "test",
            "all(test, unix)",
            "all(loom, any(test))",
            "any(test, all(test, x))",
        ] {
            assert!(needs_test(yes), "{yes}");
        }
        for no in [
            "any(test, unix)",
            "not(test)",
            "feature = \"test\"",
            "all(any(test, x))",
            "any()",
        ] {
            assert!(!needs_test(no), "{no}");
        }
        assert!(!needs_test(&"all(".repeat(10_000)));
    }

    #[test]
    fn joins() {
        assert_eq!(both(None, "a".into()), "a");
        assert_eq!(both(Some("a".into()), "b".into()), "all(a, b)");
        assert_eq!(both(Some("all(a, b)".into()), "c".into()), "all(a, b, c)");
        assert_eq!(inner("(\n  all(a,\n b),\n)"), "all(a, b)");
        assert_eq!(path("(unix, path = \"a.rs\")").as_deref(), Some("a.rs"));
        assert_eq!(path("(docsrs, doc(cfg(path = \"a.rs\")))"), None);
    }
}
