//! What the grammar gets to see: no POD, nothing after `__END__`, no forward declarations, which it
//! takes for the head of a sub with all of the file inside.

use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a forward declaration.
const MAX_FORWARD: usize = 200;

pub(super) fn mask(source: &[u8]) -> Cow<'_, [u8]> {
    let mut copy = Vec::new();
    for range in hidden(source) {
        if copy.is_empty() {
            copy = source.to_vec();
        }
        for byte in copy.get_mut(range).unwrap_or_default() {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    if copy.is_empty() {
        Cow::Borrowed(source)
    } else {
        Cow::Owned(copy)
    }
}

/// The stretches to blank.
fn hidden(source: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut pod = None;
    let mut at = 0;
    for line in source.split_inclusive(|b| *b == b'\n') {
        let end = at + line.len();
        match pod {
            Some(start) if line.starts_with(b"=cut") => {
                found.push(start..end);
                pod = None;
            }
            Some(_) => {}
            None if line.first() == Some(&b'=') && starts_pod(line) => pod = Some(at),
            None if matches!(line.trim_ascii_end(), b"__END__" | b"__DATA__") => {
                found.push(at..source.len());
                return found;
            }
            None => {
                if let Some(length) = forward(line.trim_ascii_start()) {
                    let start = end - line.trim_ascii_start().len();
                    found.push(start..start + length);
                }
            }
        }
        at = end;
    }
    found.extend(pod.map(|start| start..source.len()));
    found
}

pub(super) fn starts_pod(line: &[u8]) -> bool {
    line.get(1).is_some_and(u8::is_ascii_alphabetic)
}

/// Length of `sub name;` or `sub name($$);`.
fn forward(line: &[u8]) -> Option<usize> {
    let rest = line.strip_prefix(b"sub ")?;
    let rest = rest.get(..rest.len().min(MAX_FORWARD))?;
    let end = rest
        .iter()
        .position(|b| matches!(b, b';' | b'{' | b'#' | b'='))?;
    let declaration = rest.get(..end)?;
    // A prototype can hold a semicolon: `($;$)`.
    let closed = !declaration.contains(&b'(') || declaration.contains(&b')');
    if rest.get(end) == Some(&b';') && closed {
        return Some(b"sub ".len() + end + 1);
    }
    let (close, _) = rest.iter().enumerate().find(|(_, b)| **b == b')')?;
    let after = rest.get(close + 1..)?;
    let blank = after.len() - after.trim_ascii_start().len();
    let plain = rest
        .get(..close)?
        .iter()
        .all(|b| !matches!(b, b'{' | b'#' | b'='));
    let forward = plain && after.trim_ascii_start().starts_with(b";");
    forward.then_some(b"sub ".len() + close + 1 + blank + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pod_ends_and_forward_declarations_are_blanked() {
        let text = "a;\n=head1 A\n\nx\n\n=cut\nsub f;\nsub g($;$);\nsub h($;$) { }\nsub i { ; }\n__END__\nx'\n";
        let seen = mask(text.as_bytes());
        assert_eq!(seen.len(), text.len());
        let seen = String::from_utf8(seen.into_owned()).unwrap();
        let lines: Vec<_> = seen
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(lines, ["a;", "sub h($;$) { }", "sub i { ; }"]);
    }

    #[test]
    fn nothing_to_blank_is_no_copy() {
        assert!(matches!(mask(b"sub a { 1 }\n"), Cow::Borrowed(_)));
        assert!(matches!(mask(b""), Cow::Borrowed(_)));
    }
}
