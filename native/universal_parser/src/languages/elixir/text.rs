//! Strings and sigils of documentation.

use tree_sitter::Node;

use crate::doc::dedent_heredoc;
use crate::walk::Walk;

/// Longest text read, in bytes.
const MAX_TEXT: usize = 64 * 1024;
/// Operands of `<>`.
const MAX_PARTS: usize = 64;

/// The value of a string, heredoc or sigil; of several joined by `<>`, as far as they are known.
/// Interpolations stay as they are written.
pub(super) fn value(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let mut open = vec![node];
    let mut all = None::<String>;
    for _ in 0..MAX_PARTS {
        let Some(node) = open.pop() else { break };
        match node.kind() {
            "string" | "sigil" => {
                let text = one(walk, node)?;
                all.get_or_insert_default().push_str(&text);
            }
            "binary_operator" if super::head::operator(walk, node) == b"<>" => {
                open.extend(node.child_by_field_name("right"));
                open.extend(node.child_by_field_name("left"));
            }
            _ => {}
        }
    }
    all
}

fn one(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let mut cursor = node.walk();
    let name = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "sigil_name");
    let raw = match name.map_or(b"s".as_slice(), |name| walk.bytes(name)) {
        b"S" => true,
        b"s" => false,
        _ => return None,
    };
    let opening = node.child_by_field_name("quoted_start")?;
    let heredoc = opening.byte_range().len() == 3;
    let (start, end) = (
        opening.end_byte(),
        node.child_by_field_name("quoted_end")?.start_byte(),
    );
    let cut = end.min(start + MAX_TEXT).max(start);
    let text = String::from_utf8_lossy(walk.source.get(start..cut)?).into_owned();
    let text = if heredoc {
        dedent_heredoc(&text, |_| cut == end)
    } else {
        text
    };
    Some(if raw || !text.contains('\\') {
        text
    } else {
        unescape(&text)
    })
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let Some(letter) = tail.chars().next() else {
            out.push('\\');
            return out;
        };
        rest = &tail[letter.len_utf8()..];
        match letter {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            's' => out.push(' '),
            'e' => out.push('\u{1b}'),
            'd' => out.push('\u{7f}'),
            '0' => out.push('\0'),
            '\n' => {}
            'x' | 'u' => {
                if let Some((c, after)) = codepoint(letter, rest) {
                    out.push(c);
                    rest = after;
                } else {
                    out.push('\\');
                    out.push(letter);
                }
            }
            other => out.push(other),
        }
    }
    out.push_str(rest);
    out
}

/// `41` after `\x`, `00E9` after `\u`, or either in braces.
fn codepoint(letter: char, text: &str) -> Option<(char, &str)> {
    let (digits, after) = match text.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => text.split_at_checked(if letter == 'x' { 2 } else { 4 })?,
    };
    let hexadecimal = digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let number = hexadecimal.then(|| u32::from_str_radix(digits, 16).ok())??;
    Some((char::from_u32(number)?, after))
}

/// Without empty lines at its ends; `None` when nothing is left.
pub(super) fn trimmed(text: &str) -> Option<String> {
    let text = text.trim_end().trim_start_matches(['\n', '\r']);
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heredocs_lose_the_indentation_of_their_end() {
        assert_eq!(dedent_heredoc("\n  A\n\n    b\n  ", |_| true), "A\n\n  b\n");
        assert_eq!(dedent_heredoc("\nA\n b\n", |_| true), "A\n b\n");
        assert_eq!(
            dedent_heredoc("\n é\n\u{2003}x\n   ", |_| true),
            "é\n\u{2003}x\n"
        );
        assert_eq!(dedent_heredoc("", |_| true), "");
    }

    #[test]
    fn escapes() {
        assert_eq!(
            unescape(r#"a\n\"\\\#{x}\s\x41\u00E9\u{1F600}"#),
            "a\n\"\\#{x} Aé😀"
        );
        assert_eq!(unescape(r"\u12 \x{zz} \"), r"\u12 \x{zz} \");
    }
}
