//! Compile-time conditions, as text.

use super::text;

/// Conditions inside each other that are looked into.
const MAX_DEPTH: usize = 8;
/// Longest condition kept, in bytes.
const MAX_CONDITION: usize = 512;

/// What stands between the parentheses of `cfg(…)`, on one line.
pub(super) fn inner(arguments: &str) -> String {
    let text = crate::signature::fold(arguments);
    let outer = text.strip_prefix('(');
    let outer = outer.and_then(|text| text.strip_suffix(')'));
    let text = outer.unwrap_or(&text).trim();
    let text = text.strip_suffix(',').unwrap_or(text).trim();
    if text.len() > MAX_CONDITION {
        return "…".to_owned();
    }
    text.to_owned()
}

/// Whether two conditions together are short enough to be told.
pub(super) fn fit(first: &str, second: &str) -> bool {
    first.len() + second.len() <= MAX_CONDITION
}

/// Two conditions that must both hold; one that is a list itself reads as its parts.
pub(super) fn both(first: Option<String>, second: String) -> String {
    let Some(first) = first else { return second };
    if !fit(&first, &second) || first == second {
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

/// The text of `cfg_attr(…, name = "text")`.
pub(super) fn value(arguments: &str, name: &str) -> Option<String> {
    let inside = arguments.trim().strip_prefix('(')?.strip_suffix(')')?;
    let value = |part: &str| {
        let value = part.trim().strip_prefix(name)?.trim_start();
        let value = value.strip_prefix('=')?.trim();
        text::literal(value).or_else(|| text::included(value))
    };
    parts(inside).skip(1).find_map(value)
}

/// The condition of `cfg_attr(condition, …)`.
pub(super) fn first(arguments: &str) -> String {
    let inside = arguments.trim().strip_prefix('(').unwrap_or(arguments);
    inner(parts(inside).next().unwrap_or_default())
}

/// `cfg_attr(not(unstable), doc(hidden))`: hidden but in odd configurations.
pub(super) fn hides(arguments: &str) -> bool {
    let inside = arguments.trim().strip_prefix('(').unwrap_or(arguments);
    let mut parts = parts(inside.strip_suffix(')').unwrap_or(inside)).skip(1);
    parts.any(|part| {
        let mut words = text::words(part);
        words.next() == Some("doc") && words.next() == Some("hidden")
    }) && !first(arguments).starts_with("not(doc")
}

/// The condition under which a macro gives back what it was called with: the first
/// `#[cfg(…)]` of its body.
pub(super) fn of_macro(body: &str) -> Option<String> {
    let (_, rest) = body.split_once("#[cfg(")?;
    let mut depth = 1usize;
    let end = rest.find(|c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let condition = inner(rest.get(..end)?);
    (!condition.contains('$') && !condition.is_empty()).then_some(condition)
}

/// The condition that a macro is called with: `#![feature = "a"]` before the items.
pub(super) fn of_call(arguments: &str) -> Option<String> {
    let (inside, _) = arguments
        .trim_start()
        .strip_prefix("#![")?
        .split_once(']')?;
    let inside = inside.trim();
    if let Some(condition) = inside.strip_prefix("cfg") {
        return Some(inner(condition.trim_start()));
    }
    let known = [
        "feature", "all(", "any(", "not(", "target_", "unix", "windows",
    ];
    known
        .iter()
        .any(|word| inside.starts_with(word))
        .then(|| inner(inside))
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
        assert_eq!(
            value("(unix, path = \"a.rs\")", "path").as_deref(),
            Some("a.rs")
        );
        assert_eq!(value("(docsrs, doc(cfg(path = \"a.rs\")))", "path"), None);
    }

    #[test]
    fn some_hide_things() {
        assert!(hides("(not(unstable), doc(hidden))"));
        assert!(!hides("(docsrs, doc(cfg(hidden)))") && !hides("(not(doc), doc(hidden))"));
    }

    #[test]
    fn macros_tell_their_condition() {
        let body =
            "($($item:item)*) => { $( #[cfg(any(a, b = \"c\"))] #[cfg_attr(x, y)] $item )* }";
        assert_eq!(of_macro(body).as_deref(), Some("any(a, b = \"c\")"));
        assert_eq!(of_macro("#[cfg($meta)] $item"), None);
        assert_eq!(of_macro("#[cfg((("), None);
        let call = "\n #![all(\n a,\n b,\n)]\n pub mod c;";
        assert_eq!(of_call(call).as_deref(), Some("all(a, b)"));
        assert_eq!(of_call("#![allow(x)] pub mod c;"), None);
        assert_eq!(of_call("#![cfg(unix)] fn a() {}").as_deref(), Some("unix"));
    }
}
