//! Macros in the heads of classes and namespaces.

use super::statement::{Piece, Statement, TAGS};

impl Statement<'_> {
    /// `namespace name MACRO(…) {`.
    pub(super) fn namespace(&self, out: &mut [u8], start: usize) {
        if !self.is(start, &[b"namespace"]) || self.end != b'{' {
            return;
        }
        for at in start + 2..self.parts.len() {
            if self.upper(at) || self.piece(at) == Some(Piece::Group) && self.upper(at - 1) {
                self.blank(out, at);
            }
        }
    }

    /// `class EXPORT Name …`: the macro between the keyword and the name of a definition.
    pub(super) fn tag(&self, out: &mut [u8], start: usize) {
        let Some(tag) = (start..self.parts.len().min(start + 3)).find(|at| self.is(*at, &TAGS))
        else {
            return;
        };
        let mut at = tag + 1;
        if self.is(at, &TAGS) {
            at += 1;
        }
        for _ in 0..4 {
            let group = usize::from(self.piece(at + 1) == Some(Piece::Group));
            let name = at + 1 + group;
            if !(self.upper(at) || group == 1) || self.piece(name) != Some(Piece::Word) {
                return;
            }
            let mut after = name + 1;
            while self.piece(after) == Some(Piece::Path) {
                after += 2;
            }
            let forward = self.end == b';' && self.is(tag, &[b"class"]);
            let defines = match self.piece(after) {
                None => self.end == b'{' || forward,
                Some(Piece::Mark(b':' | b'<')) => self.end == b'{',
                Some(Piece::Word) => self.is(after, &[b"final"]) || self.upper(name) || group == 1,
                _ => false,
            };
            if !defines || self.end != b'{' && !forward {
                return;
            }
            self.blank(out, at);
            if group == 1 {
                self.blank(out, at + 1);
            }
            at = name;
        }
    }
}
