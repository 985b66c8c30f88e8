//! Atoms and string literals.

/// Longest text read, in bytes.
const MAX_TEXT: usize = 64 * 1024;

/// Words that are no atoms without quotes.
const RESERVED: [&str; 27] = [
    "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor", "case",
    "catch", "cond", "div", "end", "fun", "if", "let", "not", "of", "or", "orelse", "receive",
    "rem", "try", "when", "xor",
];

/// An atom without its quotes.
pub(super) fn unquoted(atom: &str) -> String {
    let inside = atom
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    match inside {
        Some(inside) if inside.contains('\\') => unescape(inside),
        Some(inside) => inside.to_owned(),
        None => atom.to_owned(),
    }
}

/// An atom as it is written when quoted only where it must be.
pub(super) fn canonical(atom: &str) -> String {
    let inside = unquoted(atom);
    let plain = inside.starts_with(|c: char| c.is_lowercase())
        && inside
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '@'));
    if plain && !RESERVED.contains(&inside.as_str()) {
        inside
    } else {
        atom.to_owned()
    }
}

/// A type's text with its atoms as [`canonical`] has them: `{'ok', 'A'}` is `{ok, 'A'}`.
pub(super) fn plain_atoms(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '"', '$']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let length = token(from);
        let (token, after) = from.split_at(length);
        if token.len() > 1 && token.starts_with('\'') {
            out.push_str(&canonical(token));
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Bytes of the quoted atom, string or character that `text` begins with.
fn token(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, mark)) = chars.next() else {
        return 0;
    };
    let mut escaped = false;
    for (at, c) in chars {
        let end = at + c.len_utf8();
        match c {
            _ if escaped => {
                escaped = false;
                if mark == '$' {
                    return end;
                }
            }
            '\\' => escaped = true,
            _ if mark == '$' || c == mark => return end,
            _ => {}
        }
    }
    text.len()
}

/// The value of a string, triple-quoted string or sigil (`~"…"`, `~S"""…"""`); `None` when it is
/// none of these or empty.
pub(super) fn string(literal: &str) -> Option<String> {
    let (sigil, rest) = match literal.strip_prefix('~') {
        Some(rest) => {
            let letters = rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_ascii_alphabetic())
                    .len();
            rest.split_at(letters)
        }
        None => ("-", literal),
    };
    let quotes = rest.len() - rest.trim_start_matches('"').len();
    if quotes == 0 {
        return None;
    }
    let (mark, triple) = if quotes >= 3 {
        (rest.get(..quotes)?, true)
    } else {
        (rest.get(..1)?, false)
    };
    let inside = rest.strip_prefix(mark)?;
    let inside = if triple {
        inside.trim_end_matches('"')
    } else {
        inside.strip_suffix('"').unwrap_or(inside)
    };
    let inside = inside
        .get(..inside.floor_char_boundary(MAX_TEXT))
        .unwrap_or(inside);
    // Triple-quoted text has no escapes unless a sigil says so.
    let raw = if triple {
        !matches!(sigil, "b" | "s")
    } else {
        matches!(sigil, "B" | "S")
    };
    let text = if triple {
        crate::doc::dedent_heredoc(inside, |last| last.trim().is_empty())
    } else {
        inside.to_owned()
    };
    let text = if raw || !text.contains('\\') {
        text
    } else {
        unescape(&text)
    };
    let text = text.trim_end().trim_start_matches('\n');
    (!text.is_empty()).then(|| text.to_owned())
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('s') => out.push(' '),
            Some('e') => out.push('\u{1b}'),
            Some('x') => out.extend(hexadecimal(&mut chars)),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

/// The character of `41` or `{1F600}` after `\x`.
fn hexadecimal(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let rest = chars.as_str();
    let (digits, after) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => rest.split_at_checked(2)?,
    };
    if digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    *chars = after.chars();
    Some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn atoms() {
        assert_eq!(unquoted("a"), "a");
        assert_eq!(unquoted(r"'a b\'c'"), "a b'c");
        assert_eq!(unquoted("'"), "'");
        assert_eq!(canonical("'plain'"), "plain");
        assert_eq!(canonical("'end'"), "'end'");
        assert_eq!(canonical("'a b'"), "'a b'");
    }

    #[test]
    fn atoms_of_types() {
        assert_eq!(
            plain_atoms(r#"f('ok', 'A b', 'end', $', "it's 'x'", $\', 'é') -> 'x'"#),
            r#"f(ok, 'A b', 'end', $', "it's 'x'", $\', é) -> x"#
        );
        for odd in ["'", "$", "$\\", "'a", "\"", "''", "'\\"] {
            plain_atoms(odd);
        }
    }

    #[test]
    fn strings() {
        assert_eq!(string(r#""a\n\"b\x{e9}\x41""#).unwrap(), "a\n\"béA");
        assert_eq!(
            string("\"\"\"\n  A\n    b \\n\n  \"\"\"").unwrap(),
            "A\n  b \\n"
        );
        assert_eq!(string("~b\"\"\"\n  A\\n\n  \"\"\"").unwrap(), "A");
        assert_eq!(string("~S\"a\\n\"").unwrap(), "a\\n");
        assert_eq!(string("\"\""), None);
        assert_eq!(string("#{since => ~\"1\"}"), None);
        for odd in ["\"", "~", "~S", "\"\"\"", "\"\"\"\"\"\"", "é", ""] {
            string(odd);
        }
    }
}
