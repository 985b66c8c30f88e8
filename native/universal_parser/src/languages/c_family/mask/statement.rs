//! Macros among the words of a statement.

use super::tokens::{Kind, Token};
use super::{blank, is_upper};

/// A statement's token; what is in parentheses is one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Word,
    Group,
    Mark(u8),
    Path,
    Other,
}

/// A piece's place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub piece: Piece,
    pub start: usize,
    pub end: usize,
}

/// A statement, or the head of a block.
pub(super) struct Statement<'s> {
    pub text: &'s [u8],
    pub parts: &'s [Part],
    /// `;`, `{`, `}`, or 0 at the file's end.
    pub end: u8,
    /// The statement follows the block of a `struct` or its like; whether that was a `typedef`.
    pub after_type: Option<bool>,
}

pub(super) const STORAGE: [&[u8]; 14] = [
    b"static",
    b"extern",
    b"inline",
    b"__inline",
    b"__inline__",
    b"__forceinline",
    b"virtual",
    b"explicit",
    b"friend",
    b"constexpr",
    b"consteval",
    b"typedef",
    b"register",
    b"_Noreturn",
];
pub(super) const QUALIFIERS: [&[u8]; 5] = [
    b"const",
    b"volatile",
    b"restrict",
    b"__restrict",
    b"__const",
];
/// Words that begin a declaration or go on with one, whatever the word before them was.
pub(super) const STARTS: [&[u8]; 29] = [
    b"void",
    b"int",
    b"char",
    b"short",
    b"long",
    b"unsigned",
    b"signed",
    b"float",
    b"double",
    b"bool",
    b"_Bool",
    b"auto",
    b"size_t",
    b"struct",
    b"class",
    b"union",
    b"enum",
    b"namespace",
    b"template",
    b"using",
    b"public",
    b"private",
    b"protected",
    b"typename",
    b"signals",
    b"slots",
    b"decltype",
    b"static_assert",
    b"concept",
];
/// Words after the parameters of a function.
pub(super) const TRAILING: [&[u8]; 10] = [
    b"const",
    b"noexcept",
    b"override",
    b"final",
    b"volatile",
    b"throw",
    b"requires",
    b"try",
    b"__attribute__",
    b"asm",
];
/// Words that the grammars read with the parentheses after them.
pub(super) const ATTRIBUTES: [&[u8]; 4] = [b"__attribute__", b"__attribute", b"__asm__", b"__asm"];
pub(super) const TAGS: [&[u8]; 4] = [b"class", b"struct", b"union", b"enum"];

impl Statement<'_> {
    pub(super) fn word(&self, at: usize) -> Option<&[u8]> {
        let part = self
            .parts
            .get(at)
            .filter(|part| part.piece == Piece::Word)?;
        self.text.get(part.start..part.end)
    }

    pub(super) fn is(&self, at: usize, words: &[&[u8]]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    pub(super) fn piece(&self, at: usize) -> Option<Piece> {
        self.parts.get(at).map(|part| part.piece)
    }

    pub(super) fn upper(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| {
            part.piece == Piece::Word
                && is_upper(
                    self.text,
                    Token {
                        kind: Kind::Word,
                        start: part.start,
                        end: part.end,
                    },
                )
        })
    }

    pub(super) fn blank(&self, out: &mut [u8], at: usize) {
        if let Some(part) = self.parts.get(at) {
            blank(out, part.start, part.end);
        }
    }

    /// Blanks the macros of the statement.
    pub fn mask(&self, out: &mut [u8]) {
        if let Some(typedef) = self.after_type
            && self.attributes_of_type(out, typedef)
        {
            return;
        }
        let start = self.leading(out);
        self.tag(out, start);
        self.namespace(out, start);
        if self.wrapped_parameters(out, start) {
            return;
        }
        if let Some(group) = self.function(start) {
            self.calling_convention(out, start, group);
            self.trailing(out, group);
        } else {
            self.variable(out, start);
        }
    }
}
