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

const STORAGE: [&[u8]; 14] = [
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
const QUALIFIERS: [&[u8]; 5] = [
    b"const",
    b"volatile",
    b"restrict",
    b"__restrict",
    b"__const",
];
/// Words that begin a declaration or go on with one, whatever the word before them was.
const STARTS: [&[u8]; 29] = [
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
const TRAILING: [&[u8]; 10] = [
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
const ATTRIBUTES: [&[u8]; 4] = [b"__attribute__", b"__attribute", b"__asm__", b"__asm"];
const TAGS: [&[u8]; 4] = [b"class", b"struct", b"union", b"enum"];

impl Statement<'_> {
    fn word(&self, at: usize) -> Option<&[u8]> {
        let part = self
            .parts
            .get(at)
            .filter(|part| part.piece == Piece::Word)?;
        self.text.get(part.start..part.end)
    }

    fn is(&self, at: usize, words: &[&[u8]]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    fn piece(&self, at: usize) -> Option<Piece> {
        self.parts.get(at).map(|part| part.piece)
    }

    fn upper(&self, at: usize) -> bool {
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

    fn blank(&self, out: &mut [u8], at: usize) {
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

    /// `} PACKED;` after a type, `} PACKED name;` after a `typedef`.
    fn attributes_of_type(&self, out: &mut [u8], typedef: bool) -> bool {
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
    fn leading(&self, out: &mut [u8]) -> usize {
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
                .all(|b| super::tokens::is_word(*b) || b.is_ascii_whitespace() || *b == b'*');
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

    /// `namespace name MACRO(…) {`.
    fn namespace(&self, out: &mut [u8], start: usize) {
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
    fn tag(&self, out: &mut [u8], start: usize) {
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

    /// The parameters of a function: the first parentheses after a name.
    fn function(&self, start: usize) -> Option<usize> {
        let value = |at: &usize| matches!(self.piece(*at), Some(Piece::Mark(b'=')));
        let end = (start..self.parts.len())
            .find(value)
            .unwrap_or(self.parts.len());
        (start + 1..end)
            .find(|at| self.piece(*at) == Some(Piece::Group) && !self.is(at - 1, &TRAILING))
    }

    /// `int f OF((int a));`: a macro around the parameters, from the time before prototypes.
    fn wrapped_parameters(&self, out: &mut [u8], start: usize) -> bool {
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
    fn calling_convention(&self, out: &mut [u8], start: usize, group: usize) {
        if self.piece(group + 1) == Some(Piece::Group)
            && let Some(part) = self.parts.get(group)
        {
            let inside = self.text.get(part.start + 1..part.end).unwrap_or_default();
            let word = inside.trim_ascii_start();
            let length = word
                .iter()
                .take_while(|b| super::tokens::is_word(**b))
                .count();
            let from = part.start + 1 + inside.len() - word.len();
            let token = Token {
                kind: Kind::Word,
                start: from,
                end: from + length,
            };
            let rest = word.get(length..).unwrap_or_default().trim_ascii_start();
            // `(APIENTRYP name)`: the star is the macro's.
            let named = rest.first().is_some_and(|b| super::tokens::is_word(*b))
                && self.is(0, &[b"typedef"]);
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
    fn trailing(&self, out: &mut [u8], group: usize) {
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
    fn variable(&self, out: &mut [u8], start: usize) {
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
