//! Erlang terms as Hex's `metadata.config` holds them: `{<<"key">>,Value}.` again and again.

use std::borrow::Cow;

use registry_types::{Error, Result};

use super::lexer::{Lexer, Token};

/// Bytes of a `metadata.config` (Hex itself refuses larger ones).
const LARGEST: usize = 1024 * 1024;
/// How deep lists, tuples and maps may nest.
const DEEPEST: usize = 64;

/// An Erlang term.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    /// A binary, or a string literal as UTF-8.
    Binary(Vec<u8>),
    /// An atom.
    Atom(String),
    /// An integer.
    Integer(i64),
    /// A list.
    List(Vec<Term>),
    /// A tuple.
    Tuple(Vec<Term>),
    /// A map: keys and values in turn.
    Map(Vec<Term>),
}

impl Term {
    /// The text of a binary or an atom. Bytes that are no UTF-8 are Latin-1.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Binary(bytes) => Some(decode(bytes)),
            Self::Atom(atom) if !matches!(atom.as_str(), "undefined" | "nil") => {
                Some(Cow::Borrowed(atom))
            }
            _ => None,
        }
    }

    /// The elements of a list.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a key-value list or a map whose keys are text.
    pub(super) fn entries(&self) -> Vec<(Cow<'_, str>, &Self)> {
        match self {
            Self::List(items) => items.iter().filter_map(Self::pair).collect(),
            Self::Map(flat) => flat
                .chunks_exact(2)
                .filter_map(|pair| match pair {
                    [key, value] => Some((key.text()?, value)),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// `{Key, Value}`.
    pub(super) fn pair(&self) -> Option<(Cow<'_, str>, &Self)> {
        match self {
            Self::Tuple(items) => match items.as_slice() {
                [key, value] => Some((key.text()?, value)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Reads all terms of a file. A file that is no UTF-8 is read as Latin-1, as hex_core does.
pub(super) fn consult(bytes: &[u8]) -> Result<Vec<Term>> {
    if bytes.len() > LARGEST {
        return Err(Error::limit(
            "metadata_bytes",
            format!(
                "metadata.config has {} bytes, more than {LARGEST}",
                bytes.len()
            ),
        ));
    }
    let text = decode(bytes);
    let mut lexer = Lexer::new(&text);
    let mut parser = Parser::default();
    let mut terms = Vec::new();
    while let Some(token) = lexer.next()? {
        if token == Token::Mark('.') && parser.stack.is_empty() {
            let term = parser.top.take();
            terms.push(term.ok_or_else(|| lexer.error("a full stop without a term"))?);
        } else {
            parser.take(token, &mut lexer)?;
        }
    }
    if !parser.stack.is_empty() || parser.top.is_some() {
        return Err(lexer.error("the last term is cut off"));
    }
    Ok(terms)
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}

/// Terms are built on a stack of our own: foreign depth never becomes our recursion.
#[derive(Default)]
struct Parser {
    stack: Vec<Frame>,
    top: Option<Term>,
}

struct Frame {
    shape: fn(Vec<Term>) -> Term,
    close: char,
    map: bool,
    items: Vec<Term>,
    /// A comma or `=>` came last, or nothing yet: a value may follow.
    open: bool,
}

impl Parser {
    fn take(&mut self, token: Token, lexer: &mut Lexer<'_>) -> Result<()> {
        match token {
            Token::Mark('[') => self.open(Term::List, ']', lexer),
            Token::Mark('{') => self.open(Term::Tuple, '}', lexer),
            Token::Mark('#') => match lexer.next()? {
                Some(Token::Mark('{')) => self.open(Term::Map, '}', lexer),
                _ => Err(lexer.error("`#` without `{`")),
            },
            Token::Mark(close @ (']' | '}')) => self.close(close, lexer),
            Token::Mark(',') => self.separate(false, lexer),
            Token::Arrow => self.separate(true, lexer),
            Token::OpenBinary => {
                let bytes = binary(lexer)?;
                self.value(Term::Binary(bytes), lexer)
            }
            Token::Atom(atom) => self.value(Term::Atom(atom), lexer),
            Token::Integer(integer) => self.value(Term::Integer(integer), lexer),
            Token::Text(text) => self.value(Term::Binary(text.into_bytes()), lexer),
            Token::Mark(_) | Token::CloseBinary => Err(lexer.error("an unexpected mark")),
        }
    }

    fn open(&mut self, shape: fn(Vec<Term>) -> Term, close: char, lexer: &Lexer<'_>) -> Result<()> {
        if self.stack.len() == DEEPEST {
            return Err(lexer.error("terms nested too deeply"));
        }
        self.stack.push(Frame {
            shape,
            close,
            map: matches!(shape(Vec::new()), Term::Map(_)),
            items: Vec::new(),
            open: true,
        });
        Ok(())
    }

    fn close(&mut self, close: char, lexer: &Lexer<'_>) -> Result<()> {
        let frame = self
            .stack
            .pop()
            .filter(|f| {
                let complete = f.items.is_empty() || !f.open;
                f.close == close && complete && !(f.map && f.items.len() % 2 == 1)
            })
            .ok_or_else(|| lexer.error(&format!("an unexpected `{close}`")))?;
        self.value((frame.shape)(frame.items), lexer)
    }

    fn separate(&mut self, arrow: bool, lexer: &Lexer<'_>) -> Result<()> {
        match self.stack.last_mut() {
            Some(f) if !f.open && arrow == (f.map && f.items.len() % 2 == 1) => {
                f.open = true;
                Ok(())
            }
            _ => Err(lexer.error("an unexpected separator")),
        }
    }

    fn value(&mut self, term: Term, lexer: &Lexer<'_>) -> Result<()> {
        match self.stack.last_mut() {
            Some(frame) if frame.open => {
                frame.items.push(term);
                frame.open = false;
                Ok(())
            }
            None if self.top.is_none() => {
                self.top = Some(term);
                Ok(())
            }
            _ => Err(lexer.error("two values without a separator")),
        }
    }
}

/// The segments of a binary up to `>>`: text (one byte per character unless `/utf8`) and integers.
fn binary(lexer: &mut Lexer<'_>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut next = lexer.next()?;
    while next != Some(Token::CloseBinary) {
        let mut characters = String::new();
        let number = match next {
            Some(Token::Integer(number)) => {
                next = lexer.next()?;
                Some(number)
            }
            Some(Token::Text(_)) => {
                // Long literals are printed in pieces side by side.
                while let Some(Token::Text(piece)) = next {
                    characters.push_str(&piece);
                    next = lexer.next()?;
                }
                None
            }
            _ => return Err(lexer.error("an unexpected part of a binary")),
        };
        let mut utf8 = false;
        if next == Some(Token::Mark('/')) {
            match lexer.next()? {
                Some(Token::Atom(kind)) if kind == "utf8" => utf8 = true,
                Some(Token::Atom(kind)) if kind == "integer" || kind == "binary" => {}
                _ => return Err(lexer.error("an unknown type of a binary's part")),
            }
            next = lexer.next()?;
        }
        match number {
            Some(number) => push_number(&mut bytes, number, utf8)
                .ok_or_else(|| lexer.error("an integer that is no byte"))?,
            None => push_text(&mut bytes, &characters, utf8),
        }
        match next {
            Some(Token::Mark(',')) => next = lexer.next()?,
            Some(Token::CloseBinary) => {}
            _ => return Err(lexer.error("a binary that is never closed")),
        }
    }
    Ok(bytes)
}

fn push_number(bytes: &mut Vec<u8>, number: i64, utf8: bool) -> Option<()> {
    if utf8 {
        let c = char::from_u32(u32::try_from(number).ok()?)?;
        bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    } else {
        bytes.push(u8::try_from(number).ok()?);
    }
    Some(())
}

fn push_text(bytes: &mut Vec<u8>, text: &str, utf8: bool) {
    let latin1: Option<Vec<u8>> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).ok())
        .collect();
    match latin1 {
        Some(latin1) if !utf8 => bytes.extend(latin1),
        _ => bytes.extend_from_slice(text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::ErrorKind;

    fn one(text: &str) -> Term {
        let mut terms = consult(text.as_bytes()).unwrap();
        assert_eq!(terms.len(), 1);
        terms.remove(0)
    }

    fn text(source: &str) -> String {
        one(source).text().unwrap().into_owned()
    }

    #[test]
    fn four_spellings_of_a_binary() {
        assert_eq!(text("<<\"text\">>."), "text");
        assert_eq!(text("<<\"täxt ł\"/utf8>>."), "täxt ł");
        assert_eq!(text("<<110,97,195,175>>."), "naï");
        assert_eq!(text("<<>>."), "");
        assert_eq!(text("<<\"a\"\n  \"b\" \"c\"/utf8>>."), "abc");
        assert_eq!(text("<<\"a\",$b,16#63,\"d\"/utf8>>."), "abcd");
    }

    #[test]
    fn without_utf8_each_character_is_a_byte() {
        // The bytes of "ä", printed as two Latin-1 characters.
        assert_eq!(text("<<\"Ã¤\">>."), "ä");
        assert_eq!(text("<<\"\\303\\244\">>."), "ä");
        assert_eq!(text("<<\"\\x{c3}\\xa4\">>."), "ä");
        // A lone Latin-1 byte is no UTF-8 and stays a character.
        assert_eq!(text("<<\"ä\">>."), "ä");
    }

    #[test]
    fn a_file_in_latin_1() {
        let terms = consult(b"<<\"caf\xe9\">>. <<\"\xc3\xa4\">>.").unwrap();
        assert_eq!(terms[0].text().unwrap(), "café");
        assert_eq!(terms[1].text().unwrap(), "ä");
    }

    #[test]
    fn escapes() {
        assert_eq!(
            text(r#"<<"\n\r\t\v\b\f\e\s\d\"\\\'\^A\^?\7\101\x41\x{42}\q">>."#),
            "\n\r\t\u{b}\u{8}\u{c}\u{1b} \u{7f}\"\\'\u{1}\u{7f}\u{7}AABq"
        );
        assert_eq!(text(r#"<<"\x{1F600}"/utf8>>."#), "😀");
    }

    #[test]
    fn structures() {
        let term = one("#{<<\"a\">> => [1,-2,true,'Quoted atom'], b => {x,y}}. % done");
        let entries = term.entries();
        assert_eq!(entries[0].0, "a");
        assert_eq!(
            entries[0].1.items(),
            [
                Term::Integer(1),
                Term::Integer(-2),
                Term::Atom("true".into()),
                Term::Atom("Quoted atom".into())
            ]
        );
        assert_eq!(entries[1].1.pair().unwrap().0, "x");
        assert_eq!(one("{version,1}.").pair().unwrap().1, &Term::Integer(1));
        assert_eq!(
            one("[1.5,2].").items(),
            [Term::Integer(1), Term::Integer(2)]
        );
    }

    #[test]
    fn malformed_files_are_archive_errors() {
        for source in [
            "{",
            "}",
            "{a",
            "{a,}",
            "{a b}.",
            "[a|b].",
            "a",
            "a b.",
            ".",
            "<<a>>.",
            "<<256>>.",
            "<<\"a\"",
            "<<\"a\">",
            "\"abc",
            "'abc",
            "#{a}.",
            "#{a => b => c}.",
            "#a{}.",
            "Var.",
            "<<\"\\x{110000}\"/utf8>>.",
            "<<\"\\x{}\">>.",
            "\"\\",
            "$",
            "1#1.",
            "fun() -> ok end.",
            "<<1/float>>.",
            "{a,,b}.",
            "-.",
        ] {
            let error = consult(source.as_bytes()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Archive, "{source}");
            assert!(error.message.contains("metadata.config"), "{source}");
        }
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let deep = format!("{}{}.", "[".repeat(DEEPEST + 1), "]".repeat(DEEPEST + 1));
        assert_eq!(
            consult(deep.as_bytes()).unwrap_err().kind,
            ErrorKind::Archive
        );
        let fine = format!("{}{}.", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
        assert!(consult(fine.as_bytes()).is_ok());
        let large = " ".repeat(LARGEST + 1);
        assert_eq!(
            consult(large.as_bytes()).unwrap_err().kind,
            ErrorKind::LimitExceeded
        );
    }

    #[test]
    fn a_megabyte_of_escapes_is_linear_work() {
        let source = format!("<<\"{}\">>.", "\\n".repeat(LARGEST / 2 - 8));
        let started = std::time::Instant::now();
        assert_eq!(text(&source).len(), LARGEST / 2 - 8);
        assert!(started.elapsed().as_secs() < 5);
    }
}
