//! Erlang tokens, as far as terms need them. Linear in the input, whatever it holds.

use std::str::Chars;

use registry_types::{Error, Result};

/// A token of an Erlang term file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `[ ] { } , | / : #` or the full stop that ends a term.
    Mark(char),
    /// `<<`.
    OpenBinary,
    /// `>>`.
    CloseBinary,
    /// `=>`.
    Arrow,
    /// A bare or quoted atom.
    Atom(String),
    /// A string literal, escapes resolved.
    Text(String),
    /// An integer or a character; floats and integers beyond 64 bits are cut to their nearest.
    Integer(i64),
}

/// Reads tokens off `rest`.
pub(super) struct Lexer<'a> {
    whole: usize,
    rest: Chars<'a>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            whole: text.len(),
            rest: text.chars(),
        }
    }

    /// An error at the present place.
    pub(super) fn error(&self, what: &str) -> Error {
        let at = self.whole - self.rest.as_str().len();
        Error::archive(format!("metadata.config: {what} at byte {at}"))
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn skip_blank(&mut self) {
        while let Some(c) = self.peek() {
            if c == '%' {
                while self.rest.next().is_some_and(|c| c != '\n') {}
            } else if c.is_whitespace() {
                self.rest.next();
            } else {
                return;
            }
        }
    }

    /// The next token, `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token>> {
        self.skip_blank();
        let Some(c) = self.peek() else {
            return Ok(None);
        };
        let two = |second| self.rest.as_str().chars().nth(1) == Some(second);
        let token = match c {
            '<' if two('<') => self.two_marks(Token::OpenBinary),
            '>' if two('>') => self.two_marks(Token::CloseBinary),
            '=' if two('>') => self.two_marks(Token::Arrow),
            '[' | ']' | '{' | '}' | ',' | '|' | '/' | ':' | '#' | '.' => {
                self.rest.next();
                Token::Mark(c)
            }
            '"' => Token::Text(self.quoted('"')?),
            '\'' => Token::Atom(self.quoted('\'')?),
            '$' => {
                self.rest.next();
                let c = match self.rest.next() {
                    Some('\\') => self.escape()?,
                    Some(c) => c,
                    None => return Err(self.error("`$` without a character")),
                };
                Token::Integer(i64::from(u32::from(c)))
            }
            '-' | '+' | '0'..='9' => Token::Integer(self.number()?),
            _ if c.is_lowercase() => Token::Atom(self.word()),
            _ => return Err(self.error(&format!("unexpected {c:?}"))),
        };
        Ok(Some(token))
    }

    fn two_marks(&mut self, token: Token) -> Token {
        self.rest.nth(1);
        token
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self
            .peek()
            .filter(|c| c.is_alphanumeric() || "_@".contains(*c))
        {
            word.push(c);
            self.rest.next();
        }
        word
    }

    /// `12`, `-1`, `16#ff`, `1_000`, `1.5e-3`. A full stop counts only before a digit.
    fn number(&mut self) -> Result<i64> {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            let follows = self.rest.as_str().chars().nth(1);
            let digit_follows = follows.is_some_and(|c| c.is_ascii_digit());
            let part = match c {
                '-' | '+' => text.is_empty() || (text.ends_with(['e', 'E']) && text.contains('.')),
                '.' => digit_follows,
                _ => c.is_ascii_alphanumeric() || matches!(c, '_' | '#'),
            };
            if !part {
                break;
            }
            if c != '_' {
                text.push(c);
            }
            self.rest.next();
        }
        let value = match text.split_once('#') {
            Some((radix, digits)) => radix
                .parse()
                .ok()
                .filter(|radix| (2..=36).contains(radix))
                .and_then(|radix| i64::from_str_radix(digits, radix).ok()),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "`as` saturates, which is meant"
            )]
            None => text
                .parse()
                .ok()
                .or_else(|| text.parse::<f64>().ok().map(|float| float as i64)),
        };
        value.ok_or_else(|| self.error(&format!("{text:?} is no number")))
    }

    fn quoted(&mut self, end: char) -> Result<String> {
        self.rest.next();
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some(c) if c == end => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(c) => text.push(c),
                None => return Err(self.error("a literal that is never closed")),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let bad = |lexer: &Self| lexer.error("a malformed escape");
        let c = self.rest.next().ok_or_else(|| bad(self))?;
        let code = match c {
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            'b' => 8,
            'f' => 12,
            'e' => 27,
            's' => 32,
            'd' => 127,
            '^' => match self.rest.next().ok_or_else(|| bad(self))? {
                '?' => 127,
                c => u32::from(c) % 32,
            },
            'x' => self.hexadecimal()?,
            '0'..='7' => {
                let mut code = c.to_digit(8).unwrap_or_default();
                for _ in 0..2 {
                    let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    code = code * 8 + digit;
                    self.rest.next();
                }
                code
            }
            other => return Ok(other),
        };
        char::from_u32(code).ok_or_else(|| bad(self))
    }

    fn hexadecimal(&mut self) -> Result<u32> {
        let bad = |lexer: &Self| lexer.error("a malformed \\x escape");
        let braces = self.peek() == Some('{');
        if braces {
            self.rest.next();
        }
        let mut code = 0u32;
        for count in 0.. {
            if !braces && count == 2 {
                break;
            }
            let c = self.rest.next().ok_or_else(|| bad(self))?;
            if braces && c == '}' && count > 0 {
                break;
            }
            let digit = c.to_digit(16).ok_or_else(|| bad(self))?;
            code = code
                .checked_mul(16)
                .and_then(|code| code.checked_add(digit))
                .ok_or_else(|| bad(self))?;
        }
        Ok(code)
    }
}
