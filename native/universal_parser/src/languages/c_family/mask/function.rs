//! Macros of functions and variables: between type and name, after the parameters.

use super::statement::{ATTRIBUTES, Piece, QUALIFIERS, STARTS, STORAGE, Statement, TAGS, TRAILING};
use super::tokens::{Kind, Token, is_word};
use super::{blank, is_upper};

impl Statement<'_> {
    /// The parameters of a function: the first parentheses after a name.
    pub(super) fn function(&self, start: usize) -> Option<usize> {
        let value = |at: &usize| matches!(self.piece(*at), Some(Piece::Mark(b'=')));
        let end = (start..self.parts.len())
            .find(value)
            .unwrap_or(self.parts.len());
        (start + 1..end)
            .find(|at| self.piece(*at) == Some(Piece::Group) && !self.is(at - 1, &TRAILING))
    }

    /// `int f OF((int a));`: a macro around the parameters, from the time before prototypes.
    pub(super) fn wrapped_parameters(&self, out: &mut [u8], start: usize) -> bool {
        let Some(at) =
            (start + 2..self.parts.len()).find(|at| self.piece(*at) == Some(Piece::Group))
        else {
            return false;
        };
        let Some(group) = self.parts.get(at) else {
            return false;
        };
        let text = self.text.get(group.start..group.end).unwrap_or_default();
        let twice = text.starts_with(b"((") && text.ends_with(b"))");
        let named = self.piece(at - 2) == Some(Piece::Word)
            && (self.upper(at - 1) || self.is(at - 1, &[b"__P"]));
        if twice && named {
            self.blank(out, at - 1);
            blank(out, group.start, group.start + 1);
            blank(out, group.end - 1, group.end);
            // `ZEXPORT` in `int ZEXPORT f OF((…))`.
            if at >= start + 4 && self.upper(at - 3) {
                self.blank(out, at - 3);
            }
        }
        twice && named
    }

    /// `int WINAPI f(…)`, `typedef int (WINAPI *f)(…)`.
    pub(super) fn calling_convention(&self, out: &mut [u8], start: usize, group: usize) {
        if self.piece(group + 1) == Some(Piece::Group)
            && let Some(part) = self.parts.get(group)
        {
            let inside = self.text.get(part.start + 1..part.end).unwrap_or_default();
            let word = inside.trim_ascii_start();
            let length = word.iter().take_while(|b| is_word(**b)).count();
            let from = part.start + 1 + inside.len() - word.len();
            let token = Token {
                kind: Kind::Word,
                start: from,
                end: from + length,
            };
            let rest = word.get(length..).unwrap_or_default().trim_ascii_start();
            // `(APIENTRYP name)`: the star is the macro's.
            let named = rest.first().is_some_and(|b| is_word(*b)) && self.is(0, &[b"typedef"]);
            if length > 0 && (named || rest.starts_with(b"*")) && is_upper(self.text, token) {
                blank(out, from, from + length);
            }
        }
        let Some(at) = group
            .checked_sub(2)
            .filter(|at| *at > start && self.upper(*at))
        else {
            return;
        };
        let of_tag = self.is(at - 1, &TAGS);
        let typed = (start..at).any(|at| match self.piece(at) {
            Some(Piece::Word) => !self.is(at, &STORAGE) && !self.is(at, &QUALIFIERS),
            Some(Piece::Mark(b'*')) => true,
            _ => false,
        });
        if typed && !of_tag && self.piece(group - 1) == Some(Piece::Word) {
            self.blank(out, at);
        }
    }

    /// `void f(int) THROWS NONNULL(1);`, but not the parameters of a K&R definition.
    pub(super) fn trailing(&self, out: &mut [u8], group: usize) {
        if self.is(0, &[b"typedef"]) {
            return;
        }
        let mut found = Vec::new();
        let mut at = group + 1;
        while at < self.parts.len() {
            match self.piece(at) {
                Some(Piece::Word) if self.is(at, &TRAILING) => {
                    at += usize::from(self.piece(at + 1) == Some(Piece::Group));
                }
                Some(Piece::Word) => {
                    let reserved = self.word(at).is_some_and(|word| word.starts_with(b"_"))
                        || self.doubly_wrapped(at + 1);
                    let attribute = self.is(at, &ATTRIBUTES);
                    if !attribute && (self.upper(at) || reserved) {
                        found.push(at);
                        if self.piece(at + 1) == Some(Piece::Group) {
                            found.push(at + 1);
                            at += 1;
                        }
                    } else if attribute {
                        at += usize::from(self.piece(at + 1) == Some(Piece::Group));
                    } else {
                        return;
                    }
                }
                Some(Piece::Mark(b':' | b'=' | b'-')) => break,
                _ => {}
            }
            at += 1;
        }
        found.into_iter().for_each(|at| self.blank(out, at));
    }

    /// `((…))`, as after an attribute.
    fn doubly_wrapped(&self, at: usize) -> bool {
        let group = self.parts.get(at).filter(|part| part.piece == Piece::Group);
        let text = group.and_then(|group| self.text.get(group.start..group.end));
        text.is_some_and(|text| text.starts_with(b"((") && text.ends_with(b"))"))
    }

    /// `int name UNUSED;`.
    pub(super) fn variable(&self, out: &mut [u8], start: usize) {
        let value = |at: &usize| matches!(self.piece(*at), Some(Piece::Mark(b'=' | b',' | b'[')));
        let end = (start..self.parts.len())
            .find(value)
            .unwrap_or(self.parts.len());
        let words = (start..end).filter(|at| {
            self.piece(*at) == Some(Piece::Word)
                && !self.is(*at, &STORAGE)
                && !self.is(*at, &QUALIFIERS)
        });
        let last = end.saturating_sub(1);
        let before = last.checked_sub(1);
        let name = before.is_some_and(|at| {
            self.piece(at) == Some(Piece::Word) && !self.upper(at) && !self.is(at, &STARTS)
        });
        if words.count() >= 3
            && name
            && self.upper(last)
            && self.end == b';'
            && !self.is(start, &TAGS)
        {
            self.blank(out, last);
        }
    }
}
