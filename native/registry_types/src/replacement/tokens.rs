//! The words of a block, with what markup says of them.

use crate::Ecosystem;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    Word,
    /// Between back-ticks.
    Code,
    /// One word in quotes, brackets, asterisks, or an Elixir atom.
    Quoted,
    /// The text of a link, and where it leads.
    Link(&'t str),
    /// A bare address.
    Address,
    Punct(char),
    /// An HTML tag that ends a line.
    Break,
}

/// A piece of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind<'t>,
    pub(super) text: &'t str,
    /// Where it begins and ends in the block, marks included.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Token<'_> {
    pub(super) fn is_punct(&self, c: char) -> bool {
        self.kind == Kind::Punct(c)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.kind, Kind::Word | Kind::Quoted) && self.text.eq_ignore_ascii_case(word)
    }
}

/// The longest text between two marks.
const LONGEST: usize = 300;

/// Cuts a block into tokens.
pub(super) fn tokens(text: &str, ecosystem: Ecosystem) -> Vec<Token<'_>> {
    let mut scanner = Scanner {
        text,
        at: 0,
        atoms: ecosystem == Ecosystem::Hex,
        tokens: Vec::new(),
    };
    while scanner.at < text.len() {
        scanner.step();
    }
    scanner.tokens
}

/// Cuts tokens into sentences.
pub(super) fn sentences<'a, 't>(tokens: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (place, token) in tokens.iter().enumerate() {
        let ends = match token.kind {
            Kind::Break => true,
            Kind::Punct('.' | '!' | '?') => {
                let next = tokens.get(place + 1);
                next.is_none_or(|next| next.start > token.end) && !is_short(tokens, place)
            }
            _ => false,
        };
        if ends {
            sentences.extend(tokens.get(start..=place));
            start = place + 1;
        }
    }
    sentences.extend(tokens.get(start..).filter(|rest| !rest.is_empty()));
    sentences
}

/// Whether the full stop belongs to an abbreviation.
fn is_short(tokens: &[Token<'_>], stop: usize) -> bool {
    let word = stop.checked_sub(1).and_then(|place| tokens.get(place));
    word.is_some_and(|w| {
        ["e.g", "i.e", "eg", "ie", "vs", "etc", "incl"]
            .iter()
            .any(|short| w.is_word(short))
    })
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Whether `:name` is a name.
    atoms: bool,
    tokens: Vec<Token<'t>>,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind<'t>, text: &'t str, length: usize) {
        let end = (self.at + length).min(self.text.len());
        self.tokens.push(Token {
            kind,
            text,
            start: self.at,
            end,
        });
        self.at = end;
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return;
        };
        let marked = match first {
            '`' => self.code(rest),
            '[' => self.link(rest),
            '!' if rest.starts_with("![") => self.image(rest),
            '<' => self.tag(rest),
            '"' | '\'' | '“' | '‘' | '*' | '_' => self.quoted(rest, first),
            ':' if self.atoms => self.atom(rest),
            _ if rest.starts_with("http://") || rest.starts_with("https://") => self.address(rest),
            _ if first.is_alphanumeric() || first == '@' => self.word(rest),
            _ => false,
        };
        if marked {
            return;
        }
        match first {
            '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '/' | '&' | '–' | '—' | '-' => {
                self.push(Kind::Punct(first), "", first.len_utf8());
            }
            _ => self.at += first.len_utf8(),
        }
    }

    fn code(&mut self, rest: &'t str) -> bool {
        let marks = rest.bytes().take_while(|b| *b == b'`').count();
        let (open, body) = rest.split_at(marks);
        let Some(length) = near(body, open) else {
            return false;
        };
        let body = body.get(..length).unwrap_or_default().trim();
        let mut total = marks * 2 + length;
        while rest
            .get(total..)
            .is_some_and(|after| after.starts_with('_'))
        {
            total += 1;
        }
        // reStructuredText writes links as `text <address>`_.
        match body.strip_suffix('>').and_then(|b| b.split_once(" <")) {
            Some((text, address)) => self.push(Kind::Link(address), text.trim(), total),
            None => self.push(Kind::Code, body, total),
        }
        true
    }

    fn link(&mut self, rest: &'t str) -> bool {
        let body = rest.get(1..).unwrap_or_default();
        if body.starts_with("![") {
            return false;
        }
        let Some(length) = near(body, "]") else {
            return false;
        };
        let (text, after) = body.split_at(length);
        let after = after.get(1..).unwrap_or_default();
        let text = text.trim_matches(['`', '*', '_', ' ', '"']);
        let inner = after
            .strip_prefix('(')
            .and_then(|a| Some((a, near(a, ")")?)));
        if let Some((inner, length_of)) = inner {
            let address = inner.get(..length_of).unwrap_or_default();
            let address = address.split_whitespace().next().unwrap_or_default();
            self.push(Kind::Link(address), text, length + length_of + 4);
            return true;
        }
        if text.is_empty() || text.contains(char::is_whitespace) {
            return false;
        }
        let reference = after.strip_prefix('[').and_then(|a| near(a, "]"));
        self.push(
            Kind::Quoted,
            text,
            length + 2 + reference.map_or(0, |n| n + 2),
        );
        true
    }

    /// Passes over an image, and over the address of the link around it.
    fn image(&mut self, rest: &'t str) -> bool {
        let Some(end) = near(rest, ")") else {
            return false;
        };
        self.at += end + 1;
        if let Some(address) = self.rest().strip_prefix("](")
            && let Some(end) = near(address, ")")
        {
            self.at += end + 3;
        }
        true
    }

    fn tag(&mut self, rest: &'t str) -> bool {
        let Some(length) = near(rest, ">") else {
            return false;
        };
        let inner = rest.get(1..length).unwrap_or_default();
        if inner.starts_with("http") {
            self.push(Kind::Address, inner, length + 1);
            return true;
        }
        let name = inner.trim_start_matches('/');
        let name = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let address = inner.split_once("href=").map(|(_, value)| value);
        match name.as_str() {
            "a" => match address
                .and_then(|a| a.trim_matches(['"', '\'']).split(['"', '\'', ' ']).next())
            {
                Some(address) => self.push(Kind::Address, address, length + 1),
                None => self.at += length + 1,
            },
            "br" | "p" | "div" | "h1" | "h2" | "h3" | "h4" | "li" | "td" | "tr" => {
                self.push(Kind::Break, "", length + 1);
            }
            "" if !inner.starts_with('!') => return false,
            _ => self.at += length + 1,
        }
        true
    }

    /// One word between marks; marks around several words are passed over.
    fn quoted(&mut self, rest: &'t str, mark: char) -> bool {
        let body = rest.trim_start_matches(mark);
        let open = rest.len() - body.len();
        let close = match mark {
            '“' => '”',
            '‘' => '’',
            other => other,
        };
        let word = body
            .split(|c: char| c == close || c.is_whitespace())
            .next()
            .unwrap_or_default();
        let after = body.get(word.len()..).unwrap_or_default();
        let closing = after.len() - after.trim_start_matches(close).len();
        if closing == 0 || word.is_empty() || word.len() > LONGEST {
            return false;
        }
        let stop = word.trim_end_matches(['.', ',', ':', '!']);
        let is_marked_link = stop.starts_with(['[', '`', '<']) || stop.starts_with("http");
        if stop.is_empty() || is_marked_link {
            self.at += open;
            return true;
        }
        self.push(Kind::Quoted, stop, open + word.len() + closing);
        true
    }

    fn atom(&mut self, rest: &'t str) -> bool {
        let body = rest.get(1..).unwrap_or_default();
        let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = body.find(|c| !name(c)).unwrap_or(body.len());
        if !body.starts_with(|c: char| c.is_ascii_lowercase()) {
            return false;
        }
        self.push(
            Kind::Quoted,
            body.get(..length).unwrap_or_default(),
            length + 1,
        );
        true
    }

    fn address(&mut self, rest: &'t str) -> bool {
        let ends =
            |c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '"' | '\'' | '<' | '`');
        let length = rest.find(ends).unwrap_or(rest.len());
        let address = rest.get(..length).unwrap_or_default();
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        self.push(Kind::Address, address, address.len());
        true
    }

    fn word(&mut self, rest: &'t str) -> bool {
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ',' | ';' | '!' | '?' | '"' | '`' | '<' | '>' | '[' | ']' | '*'
                )
                || matches!(c, '“' | '”' | '—')
        };
        let mut length = rest.find(ends).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        // A call keeps its parentheses, and so is no name; "alternative(s)" does.
        if let Some(open) = word.find('(') {
            length = if word.get(open..).is_some_and(|w| w.starts_with("(s)")) {
                open + 3
            } else {
                length
            };
        } else if let Some(close) = word.find(')') {
            length = close;
        }
        let word = rest.get(..length).unwrap_or_default();
        if let Some(colon) = word.find(':')
            && !word.starts_with("npm:")
            && !word.starts_with("pkg:")
            && !word.get(colon..).is_some_and(|w| w.starts_with("::"))
        {
            length = colon;
        }
        let word = rest.get(..length).unwrap_or_default();
        let trimmed = word.trim_end_matches(['.', ':', '\'', '’', '-', '/', '_', '@']);
        if trimmed.is_empty() {
            return false;
        }
        // `theme-*` stands for many.
        let after = rest.get(word.len()..).unwrap_or_default();
        let pattern = after.starts_with('*') && word.ends_with(['-', '_', '/']);
        let text = if pattern {
            ""
        } else {
            trimmed.strip_suffix("(s)").unwrap_or(trimmed)
        };
        self.push(Kind::Word, text, trimmed.len());
        true
    }
}

/// Where `mark` stands in the next characters.
fn near(text: &str, mark: &str) -> Option<usize> {
    let near = text.get(..text.floor_char_boundary(LONGEST));
    near.unwrap_or(text).find(mark)
}
