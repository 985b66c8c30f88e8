//! A copy of C or C++ text without what only the preprocessor understands: export macros, attribute
//! macros, `extern "C" {` under a condition, branches that cut statements in halves.
//!
//! Guesses by spelling: a word in capitals where no type or name can stand is a macro. What is
//! blanked keeps its length and its line breaks.

mod conditions;
mod function;
mod heads;
mod leading;
mod statement;
#[cfg(test)]
mod tests;
mod tokens;

use std::borrow::Cow;

use statement::{Part, Piece, Statement};
use tokens::{Kind, Token, Tokens};

/// Parts of a statement looked at; longer ones are tables.
const MAX_PARTS: usize = 256;
/// Blocks inside each other that are remembered.
const MAX_BLOCKS: usize = 256;

/// The text for the parser.
pub(super) fn mask(source: &[u8], cpp: bool) -> Cow<'_, [u8]> {
    let mut out = source.to_vec();
    conditions::mask(source, &mut out, cpp);
    let text = out.clone();
    statements(&text, &mut out);
    Cow::Owned(out)
}

/// Overwrites with spaces, line breaks excepted.
fn blank(out: &mut [u8], start: usize, end: usize) {
    for byte in out.get_mut(start..end).unwrap_or_default() {
        if !matches!(*byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

/// A word in capitals, as macros are written.
fn is_upper(text: &[u8], token: Token) -> bool {
    let word = text.get(token.start..token.end).unwrap_or_default();
    word.len() > 1
        && word.iter().any(u8::is_ascii_uppercase)
        && word
            .iter()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
}

fn statements(text: &[u8], out: &mut [u8]) {
    let mut parts: Vec<Part> = Vec::new();
    // Of each open block: whether it is a type's, and if so whether a `typedef`'s.
    let mut blocks: Vec<Option<bool>> = Vec::new();
    let mut after_type = None;
    let mut in_enum = false;
    let mut parens = 0usize;
    let mut group = 0;
    for token in Tokens::new(text) {
        let end = match token.kind {
            Kind::Directive => {
                // `A, \n#define A A`: no grammar takes that among the constants of an `enum`.
                if in_enum && is_define(text, token) {
                    blank(out, token.start, token.end);
                }
                continue;
            }
            Kind::Mark(b'(') => {
                if parens == 0 {
                    group = token.start;
                }
                parens += 1;
                continue;
            }
            Kind::Mark(b')') => {
                parens = parens.saturating_sub(1);
                if parens == 0 {
                    parts.push(Part {
                        piece: Piece::Group,
                        start: group,
                        end: token.end,
                    });
                }
                continue;
            }
            // A brace at the start of a line ends what was never closed.
            Kind::Mark(b'}') if parens > 0 && starts_line(text, token.start) => {
                parens = 0;
                b'}'
            }
            _ if parens > 0 => continue,
            Kind::Mark(mark @ (b';' | b'{' | b'}')) => mark,
            Kind::Mark(b':') if is_access(text, &parts) => b':',
            kind => {
                let piece = match kind {
                    Kind::Word => Piece::Word,
                    Kind::Path => Piece::Path,
                    Kind::Mark(mark) => Piece::Mark(mark),
                    _ => Piece::Other,
                };
                if parts.len() <= MAX_PARTS {
                    parts.push(Part {
                        piece,
                        start: token.start,
                        end: token.end,
                    });
                }
                continue;
            }
        };
        // A macro before the end of a block stands alone, but for the last constant of an `enum`.
        let last = end == b'}' && !in_enum;
        finish(text, out, &parts, if last { 0 } else { end }, after_type);
        in_enum = end == b'{' && parts.iter().any(|part| word(text, part) == b"enum");
        match end {
            b'{' if blocks.len() < MAX_BLOCKS => blocks.push(type_block(text, &parts)),
            b'}' => after_type = blocks.pop().flatten(),
            _ => {}
        }
        if end != b'}' {
            after_type = None;
        }
        parts.clear();
    }
    finish(text, out, &parts, 0, after_type);
}

fn finish(text: &[u8], out: &mut [u8], parts: &[Part], end: u8, after_type: Option<bool>) {
    if !parts.is_empty() && parts.len() <= MAX_PARTS {
        Statement {
            text,
            parts,
            end,
            after_type,
        }
        .mask(out);
    }
}

fn is_define(text: &[u8], token: Token) -> bool {
    let line = text
        .get(token.start + 1..token.end)
        .unwrap_or_default()
        .trim_ascii_start();
    line.starts_with(b"define")
}

fn starts_line(text: &[u8], at: usize) -> bool {
    at == 0 || text.get(at - 1) == Some(&b'\n')
}

fn word<'s>(text: &'s [u8], part: &Part) -> &'s [u8] {
    text.get(part.start..part.end).unwrap_or_default()
}

/// Whether the last word is one that a `:` ends (`public:`).
fn is_access(text: &[u8], parts: &[Part]) -> bool {
    let last = parts.last().map_or(b"".as_slice(), |part| word(text, part));
    matches!(
        last,
        b"public" | b"private" | b"protected" | b"signals" | b"slots" | b"Q_SIGNALS" | b"Q_SLOTS"
    )
}

/// Whether the head is that of a `struct` or its like: no function that returns one.
fn type_block(text: &[u8], parts: &[Part]) -> Option<bool> {
    let tag = parts.iter().position(|part| {
        part.piece == Piece::Word
            && matches!(word(text, part), b"struct" | b"union" | b"enum" | b"class")
    })?;
    let function = parts
        .iter()
        .skip(tag + 2)
        .any(|part| part.piece == Piece::Group);
    // A macro call without its semicolon may stand before it.
    let typedef = parts
        .iter()
        .take(tag)
        .any(|part| word(text, part) == b"typedef");
    (!function).then_some(typedef)
}
