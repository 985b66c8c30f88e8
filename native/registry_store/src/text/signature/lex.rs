//! Signatures as words and signs, with their brackets paired.

use std::ops::Range;

/// More of a signature is not read.
const MOST_BYTES: usize = 2 * 1024;
/// More words and signs of it are not read.
const MOST_TOKENS: usize = 600;
/// Signs of more than one character. `>>` is none: it closes two brackets.
const SIGNS: [&str; 15] = [
    "...", "->", "=>", "::", "..", "**", "<-", "<=", ">=", "==", "!=", ":=", "&&", "||", "//",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Word,
    Sign,
    /// A quoted text.
    Literal,
    /// A lifetime or a type variable: `'a`.
    Variable,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    pub(crate) what: What,
    /// Where it begins in the text.
    pub(crate) at: usize,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
    /// Of an opening bracket: the closing one.
    close: Option<usize>,
}

/// The words and signs of a text.
pub(crate) struct Tokens<'a>(Vec<Token<'a>>);

impl<'a> Tokens<'a> {
    /// Reads any text; brackets without a partner are plain signs.
    pub(crate) fn read(text: &'a str) -> Self {
        let text = text
            .get(..text.floor_char_boundary(MOST_BYTES))
            .unwrap_or(text);
        let mut all = Vec::with_capacity(32);
        let mut at = 0;
        let mut spaced = false;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if c.is_whitespace() {
                spaced = true;
                at += c.len_utf8();
                continue;
            }
            if all.len() == MOST_TOKENS {
                break;
            }
            let rest = text.get(at..).unwrap_or_default();
            let (what, length) = token(c, rest);
            all.push(Token {
                text: rest.get(..length).unwrap_or_default(),
                what,
                at,
                spaced,
                close: None,
            });
            spaced = false;
            at += length;
        }
        let mut tokens = Self(all);
        tokens.pair();
        tokens
    }

    /// Pairs brackets. An opening `<` that meets another bracket's end was a comparison.
    fn pair(&mut self) {
        let mut open: Vec<(usize, &str)> = Vec::new();
        for at in 0..self.0.len() {
            let text = self.text(at);
            let opener = match text {
                "(" | "[" | "{" => {
                    open.push((at, text));
                    continue;
                }
                "<" => {
                    let apart = self.spaced(at) && self.spaced(at + 1);
                    if !apart {
                        open.push((at, text));
                    }
                    continue;
                }
                ")" => "(",
                "]" => "[",
                "}" => "{",
                ">" => "<",
                _ => continue,
            };
            if opener == "<" {
                if open.last().is_some_and(|(_, text)| *text == "<")
                    && let Some((start, _)) = open.pop()
                {
                    self.close(start, at);
                }
            } else if let Some(place) = open.iter().rposition(|(_, text)| *text == opener) {
                if let Some((start, _)) = open.get(place).copied() {
                    self.close(start, at);
                }
                open.truncate(place);
            }
        }
    }

    fn close(&mut self, start: usize, end: usize) {
        if let Some(token) = self.0.get_mut(start) {
            token.close = Some(end);
        }
    }

    pub(crate) fn all(&self) -> Range<usize> {
        0..self.0.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.0.get(at)
    }

    /// The token's text; none behind the end.
    pub(crate) fn text(&self, at: usize) -> &'a str {
        self.0.get(at).map_or("", |token| token.text)
    }

    pub(crate) fn is(&self, at: usize, what: What) -> bool {
        self.0.get(at).is_some_and(|token| token.what == what)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.is(at, What::Word)
    }

    pub(crate) fn spaced(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|token| token.spaced)
    }

    /// What stands between a bracket and its partner.
    pub(crate) fn inside(&self, at: usize) -> Option<Range<usize>> {
        let close = self.0.get(at)?.close?;
        Some(at + 1..close)
    }

    /// The place behind the token, or behind the group that it opens.
    pub(crate) fn after(&self, at: usize) -> usize {
        self.inside(at).map_or(at, |inside| inside.end) + 1
    }

    /// The places of a range that lie in no brackets of it.
    pub(crate) fn top(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let end = range.end;
        let first = Some(range.start).filter(|at| *at < end);
        std::iter::successors(first, move |at| {
            Some(self.after(*at)).filter(|next| *next < end)
        })
    }

    /// The first place in no brackets that holds one of these texts.
    pub(crate) fn find(&self, range: Range<usize>, texts: &[&str]) -> Option<usize> {
        self.top(range).find(|at| texts.contains(&self.text(*at)))
    }

    /// The parts of a range between separators that lie in no brackets; empty ones left out.
    pub(crate) fn split(&self, range: Range<usize>, separator: &str) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        for at in self.top(range.clone()) {
            if self.text(at) == separator {
                parts.push(start..at);
                start = at + 1;
            }
        }
        parts.push(start..range.end);
        parts.retain(|part| !part.is_empty());
        parts
    }
}

/// The kind and the length of the token at the start of `rest`, which begins with `c`.
fn token(c: char, rest: &str) -> (What, usize) {
    if is_word(c) {
        let end = rest.find(|c| !is_word(c) && c != '\'');
        return (What::Word, end.unwrap_or(rest.len()));
    }
    match c {
        '\'' => quote(rest),
        '"' | '`' => {
            let end = rest.get(1..).and_then(|rest| rest.find(c));
            end.map_or((What::Sign, 1), |end| (What::Literal, end + 2))
        }
        _ => {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            (What::Sign, sign.map_or(c.len_utf8(), |sign| sign.len()))
        }
    }
}

/// `'a` is a lifetime, `'a'` and `'two words'` are literals.
fn quote(rest: &str) -> (What, usize) {
    let body = rest.get(1..).unwrap_or_default();
    let word = body.find(|c| !is_word(c)).unwrap_or(body.len());
    if body.get(word..).is_some_and(|rest| rest.starts_with('\'')) {
        return (What::Literal, word + 2);
    }
    if word > 0 {
        return (What::Variable, word + 1);
    }
    let end = body.find('\'');
    end.map_or((What::Sign, 1), |end| (What::Literal, end + 2))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        Tokens::read(text)
            .0
            .iter()
            .map(|token| token.text)
            .collect()
    }

    #[test]
    fn words_signs_and_quotes() {
        assert_eq!(
            texts("fn f<'a>(s: &'a str, c: 'x') -> Vec<Vec<u8>>"),
            [
                "fn", "f", "<", "'a", ">", "(", "s", ":", "&", "'a", "str", ",", "c", ":", "'x'",
                ")", "->", "Vec", "<", "Vec", "<", "u8", ">", ">"
            ]
        );
        assert_eq!(texts("foldl' :: \"a b\""), ["foldl'", "::", "\"a b\""]);
    }

    #[test]
    fn brackets_find_their_partners() {
        let tokens = Tokens::read("f(a < b, c[1) -> <T>");
        assert_eq!(tokens.inside(1), Some(2..9));
        assert_eq!(tokens.inside(3), None);
        assert_eq!(tokens.split(2..9, ",").len(), 2);
        assert_eq!(tokens.top(tokens.all()).count(), 4);
        let deep = "(".repeat(5000);
        assert!(Tokens::read(&deep).all().len() <= MOST_TOKENS);
    }
}
