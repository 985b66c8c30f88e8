//! Preprocessor conditions the grammar cannot take: those inside a statement or around half of a
//! block, those for the other language, and `#if 0`.

use super::tokens::{Kind, Token, Tokens};
use super::{blank, is_upper};

/// Conditions inside each other that are followed.
const MAX_NESTING: usize = 64;

/// Where the reading stands.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    braces: i32,
    parens: i32,
    /// No statement is under way.
    idle: bool,
}

/// What is to become of the first branch of a condition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    Keep,
    /// `#if 0`, or C++ in C.
    Drop,
    /// Only `extern "C" {` or its end may be dropped.
    DropLinkage,
}

/// An open `#if`.
struct Frame {
    directive: (usize, usize),
    before: Place,
    branch: Branch,
    /// Where the first branch led.
    after: Option<Place>,
    /// `#else` and `#elif`.
    others: Vec<(usize, usize)>,
}

/// Blanks in `out` what stands in the way, as found in `text`.
pub(super) fn mask(text: &[u8], out: &mut [u8], cpp: bool) {
    let mut frames: Vec<Frame> = Vec::new();
    let mut deeper = 0usize;
    let mut place = Place {
        braces: 0,
        parens: 0,
        idle: true,
    };
    // The statement so far is nothing but macros: words in capitals and their arguments.
    let mut macros_only = true;
    for token in Tokens::new(text) {
        match token.kind {
            Kind::Directive => {
                let line = text.get(token.start..token.end).unwrap_or_default();
                let here = Place {
                    idle: place.idle || macros_only && place.parens == 0,
                    ..place
                };
                match word(line) {
                    b"if" | b"ifdef" | b"ifndef" if frames.len() >= MAX_NESTING => deeper += 1,
                    b"if" | b"ifdef" | b"ifndef" => frames.push(Frame {
                        directive: (token.start, token.end),
                        before: here,
                        branch: branch(line, cpp),
                        after: None,
                        others: Vec::new(),
                    }),
                    b"else" | b"elif" | b"elifdef" | b"elifndef" if deeper == 0 => {
                        if let Some(frame) = frames.last_mut() {
                            frame.after.get_or_insert(here);
                            frame.others.push((token.start, token.end));
                            place = frame.before;
                            macros_only = true;
                        }
                    }
                    b"endif" if deeper > 0 => deeper -= 1,
                    b"endif" => {
                        if let Some(frame) = frames.pop() {
                            place = close(text, out, &frame, here, token);
                            macros_only = true;
                        }
                    }
                    _ => {}
                }
            }
            kind => {
                let upper = kind == Kind::Word && is_upper(text, token);
                let paren = matches!(kind, Kind::Mark(b'(' | b')'));
                if place.idle {
                    macros_only = true;
                }
                macros_only &= upper || paren || place.parens > 0;
                place.step(kind);
            }
        }
    }
}

impl Place {
    fn step(&mut self, kind: Kind) {
        match kind {
            Kind::Mark(b'{') => self.braces += 1,
            Kind::Mark(b'}') => self.braces -= 1,
            Kind::Mark(b'(') => self.parens += 1,
            Kind::Mark(b')') => self.parens -= 1,
            _ => {}
        }
        self.idle = self.parens == 0 && matches!(kind, Kind::Mark(b'{' | b'}' | b';'));
    }
}

/// The word after `#`.
fn word(line: &[u8]) -> &[u8] {
    let line = line.get(1..).unwrap_or_default().trim_ascii_start();
    let end = line
        .iter()
        .position(|b| !b.is_ascii_alphabetic())
        .unwrap_or(line.len());
    line.get(..end).unwrap_or_default()
}

fn branch(line: &[u8], cpp: bool) -> Branch {
    let rest = line.get(1..).unwrap_or_default().trim_ascii_start();
    let condition = rest
        .get(word(line).len()..)
        .unwrap_or_default()
        .trim_ascii();
    let names = memchr::memmem::find(condition, b"__cplusplus").is_some();
    let negated = word(line) == b"ifndef" || condition.contains(&b'!') || condition.contains(&b'|');
    if word(line) == b"if" && matches!(condition, b"0" | b"false") {
        return Branch::Drop;
    }
    match (names && !negated, cpp) {
        (true, false) => Branch::Drop,
        (true, true) => Branch::DropLinkage,
        _ => Branch::Keep,
    }
}

/// At `#endif`. Gives the place from which to read on.
fn close(text: &[u8], out: &mut [u8], frame: &Frame, here: Place, end: Token) -> Place {
    let first = (
        frame.directive.1,
        frame.others.first().map_or(end.start, |other| other.0),
    );
    let after = frame.after.unwrap_or(here);
    let drop = match frame.branch {
        Branch::Keep => false,
        Branch::Drop => true,
        Branch::DropLinkage => is_linkage(text.get(first.0..first.1).unwrap_or_default()),
    };
    if drop {
        blank(out, frame.directive.0, first.1);
        match frame.others.first() {
            // The other branch stands without a condition.
            Some(other) => {
                blank(out, other.0, other.1);
                blank(
                    out,
                    frame.others.get(1).map_or(end.start, |next| next.0),
                    end.end,
                );
                return here;
            }
            None => {
                blank(out, end.start, end.end);
                return frame.before;
            }
        }
    }
    let whole = |after: Place| frame.before.idle && after == frame.before;
    if whole(after) && (frame.others.is_empty() || whole(here)) {
        return here;
    }
    blank(out, frame.directive.0, frame.directive.1);
    blank(
        out,
        frame.others.first().map_or(end.start, |other| other.0),
        end.end,
    );
    after
}

/// Nothing but `extern "C" {` or `}`.
fn is_linkage(text: &[u8]) -> bool {
    let mut tokens =
        Tokens::new(text).map(|token| text.get(token.start..token.end).unwrap_or_default());
    match tokens.next() {
        Some(b"}") => tokens.next().is_none(),
        Some(b"extern") => {
            matches!(tokens.next(), Some(b"\"C\"" | b"\"C++\""))
                && tokens.next() == Some(b"{")
                && tokens.next().is_none()
        }
        _ => false,
    }
}
