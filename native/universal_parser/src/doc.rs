//! Doc comments without their markers.

use std::borrow::Cow;

use crate::text::lossy;

/// Longest documentation kept of one item, in bytes.
const MAX_DOC: usize = 64 * 1024;

/// How a language writes comments.
pub(crate) struct Style {
    /// Line markers, longest first; one of them is dropped from each line of a line comment.
    pub line: &'static [&'static str],
    /// What block comments begin and end with, beside `/* */`.
    pub blocks: &'static [(&'static str, &'static str)],
}

/// Languages with `//`, `%` or `#`.
pub(crate) static COMMON: Style = Style {
    line: &["////", "///", "//!", "//<", "//", "%%%", "%%", "%", "#"],
    blocks: &[],
};

/// A line of documentation. One that shares its line with the marker of a block (`/** Text`) has no
/// indentation to compare with that of others.
struct Line<'a> {
    text: &'a str,
    first: bool,
}

/// The text of comments that follow each other.
///
/// Each line loses its marker, one space after it, and for block comments the leading `*`. Common
/// indentation that is left goes too. Nothing but white space gives `None`.
pub(crate) fn strip<'a>(comments: impl Iterator<Item = &'a [u8]>) -> Option<String> {
    strip_as(&COMMON, comments)
}

/// As [`strip`], of a language with a style of its own.
pub(crate) fn strip_as<'a>(
    style: &Style,
    comments: impl Iterator<Item = &'a [u8]>,
) -> Option<String> {
    let mut size = 0;
    let within = |comment: &&[u8]| {
        size += comment.len();
        size - comment.len() < MAX_DOC
    };
    let cut = |comment: &'a [u8]| lossy(comment.get(..MAX_DOC).unwrap_or(comment));
    let texts: Vec<Cow<'_, str>> = comments.take_while(within).map(cut).collect();
    let mut lines = Vec::with_capacity(16);
    for text in &texts {
        let text = text.trim_ascii();
        if let Some(block) = text.strip_prefix("/*") {
            block_lines(block, &mut lines);
        } else if let Some(block) = style.block(text) {
            let line = |(index, text)| Line {
                text,
                first: index == 0,
            };
            lines.extend(block.lines().enumerate().map(line));
        } else {
            lines.extend(text.lines().map(|line| line_comment(style, line)));
        }
    }
    join(&lines)
}

impl Style {
    /// The inside of a block comment other than `/* */`.
    fn block<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.blocks.iter().find_map(|(open, close)| {
            let inside = text.strip_prefix(open)?;
            Some(
                inside
                    .strip_suffix(close)
                    .unwrap_or(inside)
                    .trim_start_matches(' '),
            )
        })
    }
}

fn line_comment<'a>(style: &Style, line: &'a str) -> Line<'a> {
    let line = line.trim_ascii_start();
    let text = style
        .line
        .iter()
        .find_map(|marker| line.strip_prefix(marker))
        .unwrap_or(line);
    Line { text, first: false }
}

fn block_lines<'a>(block: &'a str, lines: &mut Vec<Line<'a>>) {
    let block = block.strip_suffix("*/").unwrap_or(block);
    let block = block.trim_start_matches('*');
    let block = block.strip_prefix(['!', '<']).unwrap_or(block);
    let block = block.trim_end_matches('*');
    let before = lines.len();
    let line = |(index, text)| Line {
        text,
        first: index == 0,
    };
    lines.extend(split(block).enumerate().map(line));
    let block = lines.get_mut(before..).unwrap_or_default();
    // A block whose lines do not all begin with a star has stars of its own: lists.
    let starred = block
        .iter()
        .skip(1)
        .map(|line| line.text.trim_ascii_start())
        .all(|line| line.is_empty() || line.starts_with('*'));
    for line in block {
        if line.first {
            line.text = line.text.trim_ascii_start();
        } else if starred {
            line.text = line.text.trim_ascii_start().trim_start_matches('*');
        }
    }
}

/// As [`str::lines`], except that `\r` stays, which [`join`] drops; the standard library's search is
/// slower.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    memchr::memchr_iter(b'\n', text.as_bytes())
        .chain(Some(text.len()))
        .filter_map(move |at| {
            let line = text.get(from..at);
            let ended = from == text.len();
            from = at + 1;
            line.filter(|_| !ended)
        })
}

/// Drops empty lines at both ends and the indentation common to all lines.
fn join(lines: &[Line<'_>]) -> Option<String> {
    let is_empty = |line: &Line<'_>| line.text.trim_ascii_start().is_empty();
    let first = lines.iter().position(|line| !is_empty(line))?;
    let last = lines.iter().rposition(|line| !is_empty(line))?;
    let lines = lines.get(first..=last)?;
    let indent = lines
        .iter()
        .filter(|line| !line.first && !is_empty(line))
        .map(|line| {
            let mut bytes = line.text.bytes();
            bytes
                .position(|b| !matches!(b, b' ' | b'\t'))
                .unwrap_or(line.text.len())
        })
        .min()
        .unwrap_or(0);
    let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let line = if line.first {
            line.text
        } else {
            line.text.get(indent..).unwrap_or("")
        };
        text.push_str(line.trim_ascii_end());
    }
    Some(text)
}

/// A docstring: the first line starts at the quote, the others lose their common indentation.
pub(crate) fn docstring(text: &str) -> Option<String> {
    let text = text
        .get(..text.floor_char_boundary(MAX_DOC))
        .unwrap_or(text);
    let line = |(index, text)| Line {
        text,
        first: index == 0,
    };
    join(&text.lines().enumerate().map(line).collect::<Vec<_>>())
}

/// The text between triple quotes: its lines lose the indentation of the closing quotes, which is
/// the last line where `closes` says that those stand on it.
#[cfg(any(feature = "elixir", feature = "erlang"))]
pub(crate) fn dedent_heredoc(text: &str, closes: impl FnOnce(&str) -> bool) -> String {
    let text = text.split_once('\n').map_or(text, |(_, text)| text);
    let (text, last) = text.rsplit_once('\n').unwrap_or(("", text));
    let indent = if closes(last) { last.len() } else { 0 };
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let blank = line
            .bytes()
            .take(indent)
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count();
        out.push_str(line.get(blank..).unwrap_or(""));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(comments: &[&str]) -> Option<String> {
        strip(comments.iter().map(|text| text.as_bytes()))
    }

    #[test]
    fn line_comments_lose_their_marker_and_common_indentation() {
        assert_eq!(
            doc(&["/// A\n", "///\n", "///     code\n"]).unwrap(),
            "A\n\n    code"
        );
        assert_eq!(doc(&["%% @doc A.\n%% B."]).unwrap(), "@doc A.\nB.");
        assert_eq!(doc(&["# A", "#  B"]).unwrap(), "A\n B");
        assert_eq!(doc(&["///", "///"]), None);
    }

    #[test]
    fn blocks_lose_their_stars() {
        assert_eq!(doc(&["/** One line. */"]).unwrap(), "One line.");
        let text = "/**\n * A\n *   b\n *\n * - c\n */";
        assert_eq!(doc(&[text]).unwrap(), "A\n  b\n\n- c");
        assert_eq!(doc(&["/** A\n *  b\n */"]).unwrap(), "A\nb");
        assert_eq!(doc(&["/** A\n    b\n      c */"]).unwrap(), "A\nb\n  c");
    }

    #[test]
    fn stars_of_a_list_stay() {
        assert_eq!(
            doc(&["/**\n  A:\n  * b\n  * c\n*/"]).unwrap(),
            "A:\n* b\n* c"
        );
    }

    #[test]
    fn styles_have_markers_of_their_own() {
        let style = Style {
            line: &["---", "--"],
            blocks: &[("--[[", "]]")],
        };
        let doc = |text: &str| strip_as(&style, std::iter::once(text.as_bytes()));
        assert_eq!(doc("--- A\n-- # B").unwrap(), "A\n# B");
        assert_eq!(doc("--[[ A\n  b\n    c\n]]").unwrap(), "A\nb\n  c");
        assert_eq!(doc("--[[]]"), None);
    }

    #[test]
    fn odd_ends_do_not_panic() {
        for text in [
            "/*", "/**", "/**/", "/***/", "//", "", "/*!", "/** é", "\u{a0}é",
        ] {
            doc(&[text]);
        }
        doc(&["/**\n\u{2003}* é\n\u{2003}* b */"]);
    }
}
