//! Python string literals, and docstrings as `inspect.cleandoc` leaves them.

use tree_sitter::Node;

use crate::walk::Walk;

/// Longest literal read, in bytes.
const MAX_LITERAL: usize = 64 * 1024;
/// Columns of a tab stop (`str.expandtabs`).
const TAB: usize = 8;

/// The value of a `string` or a `concatenated_string` of plain strings. `None` for f-strings and
/// bytes.
pub(super) fn value(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    match node.kind() {
        "string" => one(walk, node),
        "concatenated_string" => {
            let mut all = String::new();
            let mut cursor = node.walk();
            for part in node
                .named_children(&mut cursor)
                .filter(|part| !part.is_extra())
            {
                all.push_str(&one(walk, part)?);
                if all.len() > MAX_LITERAL {
                    break;
                }
            }
            Some(all)
        }
        "parenthesized_expression" => value(
            walk,
            node.named_child(0)
                .filter(|inner| inner.kind() != node.kind())?,
        ),
        _ => None,
    }
}

fn one(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let text = walk.text(node);
    let quote = text.find(['"', '\''])?;
    let (prefix, rest) = text.split_at(quote);
    let mut raw = false;
    for letter in prefix.chars() {
        match letter {
            'r' | 'R' => raw = true,
            'u' | 'U' => {}
            _ => return None,
        }
    }
    let mark = if rest.starts_with("\"\"\"") || rest.starts_with("'''") {
        rest.get(..3)?
    } else {
        rest.get(..1)?
    };
    let rest = rest.get(mark.len()..)?;
    let body = rest.strip_suffix(mark).unwrap_or(rest);
    let body = body
        .get(..body.floor_char_boundary(MAX_LITERAL))
        .unwrap_or(body);
    let body = if body.contains('\r') {
        body.replace("\r\n", "\n")
    } else {
        body.to_owned()
    };
    Some(if raw || !body.contains('\\') {
        body
    } else {
        unescape(&body)
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
        let after = &tail[letter.len_utf8()..];
        rest = after;
        match letter {
            '\n' => {}
            '\\' | '\'' | '"' => out.push(letter),
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'a' => out.push('\u{7}'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'v' => out.push('\u{b}'),
            'x' => rest = number(&mut out, tail, after, 2, 16),
            'u' => rest = number(&mut out, tail, after, 4, 16),
            'U' => rest = number(&mut out, tail, after, 8, 16),
            '0'..='7' => {
                let digits = tail
                    .bytes()
                    .take(3)
                    .take_while(|b| (b'0'..=b'7').contains(b))
                    .count();
                rest = number(&mut out, tail, tail, digits, 8);
            }
            _ => {
                out.push('\\');
                out.push(letter);
            }
        }
    }
    out.push_str(rest);
    out
}

/// Pushes the character whose number is `digits` long at the start of `after`; text that is no
/// such number stays as it is. Gives what is left to read.
fn number<'t>(
    out: &mut String,
    tail: &'t str,
    after: &'t str,
    digits: usize,
    radix: u32,
) -> &'t str {
    let read = after
        .get(..digits)
        .and_then(|digits| u32::from_str_radix(digits, radix).ok())
        .and_then(char::from_u32);
    match read {
        Some(c) => {
            out.push(c);
            &after[digits..]
        }
        None => {
            out.push('\\');
            tail
        }
    }
}

/// `inspect.cleandoc`; `None` when nothing is left.
pub(super) fn cleandoc(text: &str) -> Option<String> {
    let lines: Vec<String> = text.split('\n').map(expand_tabs).collect();
    let margin = lines
        .iter()
        .skip(1)
        .filter(|line| !line.trim_start().is_empty())
        .map(|line| line.chars().take_while(|c| c.is_whitespace()).count())
        .min()
        .unwrap_or(0);
    let mut cleaned: Vec<&str> = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let inside = line
            .char_indices()
            .nth(margin)
            .map_or(line.len(), |(at, _)| at);
        let from = if index == 0 {
            line.len() - line.trim_start().len()
        } else {
            inside
        };
        cleaned.push(line.get(from..).unwrap_or(""));
    }
    let first = cleaned.iter().position(|line| !line.trim().is_empty())?;
    let last = cleaned.iter().rposition(|line| !line.trim().is_empty())?;
    let text = cleaned.get(first..=last)?.join("\n");
    Some(text.trim_end().to_owned())
}

fn expand_tabs(line: &str) -> String {
    if !line.contains('\t') {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len() + TAB);
    let mut column = 0;
    for c in line.chars() {
        if c == '\t' {
            let stop = TAB - column % TAB;
            out.extend(std::iter::repeat_n(' ', stop));
            column += stop;
        } else {
            out.push(c);
            column += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_as_python_reads_them() {
        assert_eq!(
            unescape(r"a\nb\\\'\x41\u00e9\101\d\N{DASH}"),
            "a\nb\\'AéA\\d\\N{DASH}"
        );
        assert_eq!(unescape("a\\\nb"), "ab");
        assert_eq!(unescape(r"\xZZ \u12 \"), r"\xZZ \u12 \");
        assert_eq!(unescape(r"\ud800é\0"), "\\ud800é\0");
    }

    #[test]
    fn docstrings_are_cleaned_as_inspect_does() {
        assert_eq!(
            cleandoc("One.\n\n    Two\n      three\n    ").unwrap(),
            "One.\n\nTwo\n  three"
        );
        assert_eq!(cleandoc("\n\tA\n\t  b").unwrap(), "A\n  b");
        assert_eq!(cleandoc("  \n \n"), None);
        assert_eq!(cleandoc("a\n\u{2003}é\n b").unwrap(), "a\né\nb");
    }
}
