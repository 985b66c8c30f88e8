//! Macros before a declaration.

use super::blank;
use super::statement::{ATTRIBUTES, Piece, QUALIFIERS, STARTS, STORAGE, Statement};
use super::tokens::is_word;

impl Statement<'_> {
    /// `} PACKED;` after a type, `} PACKED name;` after a `typedef`.
    pub(super) fn attributes_of_type(&self, out: &mut [u8], typedef: bool) -> bool {
        let group = usize::from(self.piece(1) == Some(Piece::Group));
        let last = self.parts.len() == 1 + group;
        let blanked = self.upper(0) && self.end == b';' && if typedef { !last } else { last };
        if blanked {
            self.blank(out, 0);
            if group == 1 {
                self.blank(out, 1);
            }
        }
        blanked
    }

    /// Macros before the declaration; where it starts.
    pub(super) fn leading(&self, out: &mut [u8]) -> usize {
        let mut at = 0;
        if self.is(0, &[b"template"]) {
            at = self.after_angles(1);
        }
        while at < self.parts.len() {
            if self.is(at, &[b"__extension__"]) {
                self.blank(out, at);
                at += 1;
            } else if self.is(at, &STORAGE) || self.piece(at) == Some(Piece::Other) && at > 0 {
                at += 1;
            } else if !self.upper(at) {
                return if self.wrapped_type(out, at) {
                    at + 2
                } else {
                    at
                };
            } else if self.piece(at + 1) == Some(Piece::Group) {
                let next = at + 2;
                let declares = self.is(next, &STARTS)
                    || self.is(next, &STORAGE)
                    || self.upper(next) && next + 1 < self.parts.len()
                    || self.words(next) >= 2;
                let ends = next >= self.parts.len() && self.end == 0;
                if !declares && !ends {
                    return if self.wrapped_type(out, at) { next } else { at };
                }
                self.blank(out, at);
                self.blank(out, at + 1);
                at = next;
            } else {
                let next = at + 1;
                let declares =
                    self.is(next, &STARTS) || self.is(next, &STORAGE) || self.words(next) >= 2;
                let ends = next >= self.parts.len() && self.end == 0;
                if !declares && !ends
                    || self.is_convention(next) && self.words(next) == 2 && !self.is_export(at)
                {
                    break;
                }
                self.blank(out, at);
                at = next;
            }
        }
        at
    }

    /// `API(void) f(int);`: of the macro only the type is left. The grammars take it for a call often.
    fn wrapped_type(&self, out: &mut [u8], at: usize) -> bool {
        let Some(group) = self
            .parts
            .get(at + 1)
            .filter(|part| part.piece == Piece::Group)
        else {
            return false;
        };
        let mixed = self.word(at).is_some_and(|word| {
            word.contains(&b'_') && word.iter().filter(|b| b.is_ascii_uppercase()).count() > 2
        });
        let inside = self
            .text
            .get(group.start + 1..group.end - 1)
            .unwrap_or_default()
            .trim_ascii();
        let typed = inside
            .first()
            .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_')
            && inside
                .iter()
                .all(|b| is_word(*b) || b.is_ascii_whitespace() || *b == b'*');
        let declares = match (self.piece(at + 2), self.piece(at + 3)) {
            (Some(Piece::Word), Some(Piece::Group)) => true,
            (Some(Piece::Word), None) => self.end == b';' && self.is(0, &[b"extern"]),
            _ => false,
        };
        let found = (mixed || self.upper(at)) && typed && declares && !self.is(at, &ATTRIBUTES);
        if found {
            self.blank(out, at);
            blank(out, group.start, group.start + 1);
            blank(out, group.end - 1, group.end);
        }
        found
    }

    /// After `<…>`.
    fn after_angles(&self, from: usize) -> usize {
        let mut depth = 0;
        for (index, part) in self.parts.iter().enumerate().skip(from) {
            match part.piece {
                Piece::Mark(b'<') => depth += 1,
                Piece::Mark(b'>') => depth -= 1,
                _ => {}
            }
            if depth <= 0 {
                return index + 1;
            }
        }
        self.parts.len()
    }

    /// Words of a type and a name from `from` up to parameters or a value; a path is one word, a
    /// base type or tag counts as two: it says that a declaration goes on.
    fn words(&self, from: usize) -> usize {
        let mut words = 0;
        let mut path = false;
        for at in from..self.parts.len() {
            match self.piece(at) {
                Some(Piece::Word) if self.is(at, &QUALIFIERS) => {}
                Some(Piece::Word) if self.is(at, &STARTS) => words += 2,
                Some(Piece::Word) => words += usize::from(!path),
                Some(Piece::Path | Piece::Mark(b'*' | b'&' | b'<' | b'>')) => {}
                _ => break,
            }
            path = self.piece(at) == Some(Piece::Path);
        }
        words
    }

    fn is_convention(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| {
            matches!(
                word,
                b"WINAPI" | b"APIENTRY" | b"CALLBACK" | b"PASCAL" | b"FAR" | b"CDECL" | b"STDCALL"
            ) || word.ends_with(b"_CALL")
                || word.ends_with(b"CALLBACK")
        })
    }

    fn is_export(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| {
            [
                b"API".as_slice(),
                b"EXPORT",
                b"EXTERN",
                b"IMPORT",
                b"INLINE",
                b"PUBLIC",
            ]
            .iter()
            .any(|end| word.ends_with(end))
        })
    }
}
