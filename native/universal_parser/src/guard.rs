//! Files that are not parsed, by rule.

use registry_types::{ParseFailure, ParseFailureKind};

/// Longest line of a file that is parsed, in bytes.
pub(crate) const MAX_LINE: usize = 200 * 1000;
/// Mean bytes per line above which a script counts as minified.
const MINIFIED_MEAN: usize = 400;
/// Files below this size are never called minified or generated.
const SMALL: usize = 16 * 1024;
/// Files marked as generated are skipped above this size: tables and bindings that nobody reads.
const GENERATED: usize = 512 * 1024;

/// Why the file is not worth (or not safe) parsing, if so.
pub(crate) fn check(path: &str, source: &[u8], max_bytes: usize) -> Option<ParseFailure> {
    if source.len() > max_bytes {
        let message = format!("{} bytes, more than {max_bytes}", source.len());
        return Some(failure(ParseFailureKind::LimitExceeded, message));
    }
    if let Some(at) = memchr::memchr(0, source) {
        return Some(failure(
            ParseFailureKind::NotText,
            format!("a NUL byte at {at}"),
        ));
    }
    if has_long_line(source) {
        let longest = source.split(|byte| *byte == b'\n').map(<[u8]>::len).max();
        let longest = longest.unwrap_or_default();
        let message = format!("a line of {longest} bytes, more than {MAX_LINE}");
        return Some(failure(ParseFailureKind::Generated, message));
    }
    if minified_name(path) {
        return Some(failure(
            ParseFailureKind::Generated,
            "minified, by its name".to_owned(),
        ));
    }
    let lines = memchr::memchr_iter(b'\n', source).count() + 1;
    if source.len() > SMALL && source.len() / lines > MINIFIED_MEAN {
        let message = format!("minified: {} bytes in {lines} lines", source.len());
        return Some(failure(ParseFailureKind::Generated, message));
    }
    if source.len() > GENERATED && marked_generated(source) {
        let message = format!("generated, by its own words, and {} bytes", source.len());
        return Some(failure(ParseFailureKind::Generated, message));
    }
    None
}

pub(crate) fn failure(kind: ParseFailureKind, message: String) -> ParseFailure {
    ParseFailure { kind, message }
}

/// Whether a line is longer than allowed. Looks only at the last line that ends within each such
/// length.
fn has_long_line(mut rest: &[u8]) -> bool {
    while let Some(head) = rest.get(..=MAX_LINE) {
        let Some(end) = memchr::memrchr(b'\n', head) else {
            return true;
        };
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    false
}

fn minified_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut parts = name.rsplit('.');
    let script = matches!(parts.next(), Some("js" | "mjs" | "cjs" | "css"));
    let minified = parts.next() == Some("min") && parts.next().is_some();
    script && (minified || name.contains("-min."))
}

fn marked_generated(source: &[u8]) -> bool {
    let head = source.get(..2048).unwrap_or(source);
    let marks: [&[u8]; 4] = [
        b"@generated",
        b"DO NOT EDIT",
        b"Do not edit",
        b"Automatically generated",
    ];
    marks
        .iter()
        .any(|mark| memchr::memmem::find(head, mark).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(path: &str, source: &[u8]) -> Option<ParseFailureKind> {
        check(path, source, 1 << 20).map(|failure| failure.kind)
    }

    #[test]
    fn says_why() {
        use ParseFailureKind::{Generated, LimitExceeded, NotText};
        assert_eq!(kind("a.js", b"let a = 1\n"), None);
        assert_eq!(kind("a.js", b"let a\0"), Some(NotText));
        assert_eq!(
            kind("a.js", &vec![b' '; (1 << 20) + 1]),
            Some(LimitExceeded)
        );
        assert_eq!(kind("a.js", &vec![b' '; MAX_LINE + 1]), Some(Generated));
        let mut lines = vec![b' '; MAX_LINE];
        lines.extend(b"\n\n");
        assert!(!has_long_line(&lines.repeat(3)));
        lines.insert(0, b' ');
        assert!(has_long_line(&[b"\n", lines.as_slice()].concat()));
        assert_eq!(kind("a.min.js", b""), Some(Generated));
        assert_eq!(kind("min.js", b""), None);
        assert_eq!(kind("a.js", &b"x=1;".repeat(10_000)), Some(Generated));
        let mut generated = b"// @generated\n".to_vec();
        assert_eq!(kind("a.rs", &generated), None);
        generated.extend(b"const A: u8 = 1;\n".repeat(40_000));
        assert_eq!(kind("a.rs", &generated), Some(Generated));
    }
}
