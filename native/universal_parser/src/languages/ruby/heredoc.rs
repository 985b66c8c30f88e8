//! Heredocs with a long identifier: the grammar's scanner asserts that it fits a byte and aborts.

/// Bytes of an identifier that is let through.
const MAX_IDENTIFIER: usize = 200;

/// The reason not to parse, when some heredoc's identifier is too long.
pub(super) fn refuse(source: &[u8]) -> Option<String> {
    let long = memchr::memmem::find_iter(source, b"<<").any(|at| {
        let rest = source.get(at + 2..).unwrap_or_default();
        let rest = match rest {
            [b'~' | b'-', rest @ ..] => rest,
            rest => rest,
        };
        identifier(rest) > MAX_IDENTIFIER
    });
    long.then(|| format!("a heredoc whose identifier has more than {MAX_IDENTIFIER} bytes"))
}

/// Length of the identifier `text` begins with, quoted or not.
fn identifier(text: &[u8]) -> usize {
    let text = text.get(..2 * MAX_IDENTIFIER).unwrap_or(text);
    let length = match text {
        [quote @ (b'"' | b'\'' | b'`'), inside @ ..] => {
            inside.iter().position(|b| b == quote || *b == b'\n')
        }
        _ => text
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80)),
    };
    length.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::refuse;

    #[test]
    fn long_identifiers_are_refused() {
        let name = "a".repeat(256);
        for text in [
            format!("<<~\"{name}\""),
            format!("x = <<{name}\n"),
            format!("<<-{name}"),
            format!("<< <<'{name}"),
        ] {
            assert!(refuse(text.as_bytes()).is_some(), "{text}");
        }
        let quoted = format!("a << \"short\" + \"{name}\"");
        assert!(refuse(quoted.as_bytes()).is_none());
        assert!(refuse(b"a << b; <<").is_none());
    }
}
