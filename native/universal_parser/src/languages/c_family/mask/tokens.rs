//! Just enough of a lexer for C and C++ to tell statements from each other.

/// A piece of text between white space and comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or keyword.
    Word,
    /// A number.
    Number,
    /// A string or character.
    Text,
    /// `#if …` with its continued lines, the last line's end excluded.
    Directive,
    /// One byte of punctuation; `::` is one token with this first byte twice.
    Mark(u8),
    /// `::`.
    Path,
}

/// A token's place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Tokens of a text, in order.
pub(super) struct Tokens<'s> {
    text: &'s [u8],
    at: usize,
    /// Only white space since the last line break.
    fresh: bool,
}

impl<'s> Tokens<'s> {
    pub fn new(text: &'s [u8]) -> Self {
        Self {
            text,
            at: 0,
            fresh: true,
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    fn search(&self, needle: &[u8], from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        memchr::memmem::find(rest, needle).map_or(self.text.len(), |at| from + at)
    }

    /// The end of a line from `at`, with lines continued by `\`.
    fn line_end(&self, mut at: usize) -> usize {
        loop {
            let end = self.search(b"\n", at);
            let before = self.text.get(..end).unwrap_or_default();
            let before = before.strip_suffix(b"\r").unwrap_or(before);
            if end >= self.text.len() || !before.ends_with(b"\\") {
                return end;
            }
            at = end + 1;
        }
    }

    /// The end of a directive: its line, and the lines of a comment that begins on it.
    fn directive_end(&self, start: usize) -> usize {
        let end = self.line_end(start);
        let line = self.text.get(start..end).unwrap_or_default();
        match memchr::memmem::rfind(line, b"/*") {
            Some(at)
                if memchr::memmem::find(line.get(at..).unwrap_or_default(), b"*/").is_none() =>
            {
                start + at
            }
            _ => end,
        }
    }

    fn quoted(&self, quote: u8, mut at: usize) -> usize {
        while at < self.text.len() {
            match self.byte(at) {
                b'\\' => at += 2,
                // An apostrophe in text that is no code; strings do not cross lines.
                b'\n' => return at,
                byte if byte == quote => return at + 1,
                _ => at += 1,
            }
        }
        self.text.len()
    }

    /// `R"tag( … )tag"`, from its quote on.
    fn raw_string(&self, quote: usize) -> usize {
        let open = self.search(b"(", quote);
        let tag = self.text.get(quote + 1..open).unwrap_or_default();
        if tag.len() > 16 {
            return self.quoted(b'"', quote + 1);
        }
        let mut close = vec![b')'];
        close.extend_from_slice(tag);
        close.push(b'"');
        (self.search(&close, open) + close.len()).min(self.text.len())
    }

    fn word_end(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.iter().take_while(|b| is_word(**b)).count()
    }
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let byte = *self.text.get(start)?;
            let fresh = self.fresh;
            self.fresh = byte == b'\n' || fresh && byte.is_ascii_whitespace();
            let (kind, end) = match byte {
                b'\\' | b'\n' | b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {
                    self.at += 1;
                    continue;
                }
                b'/' if self.byte(start + 1) == b'*' => {
                    self.fresh = fresh;
                    self.at = (self.search(b"*/", start + 2) + 2).min(self.text.len());
                    continue;
                }
                b'/' if self.byte(start + 1) == b'/' => {
                    self.at = self.line_end(start);
                    continue;
                }
                b'#' if fresh => (Kind::Directive, self.directive_end(start)),
                b'"' | b'\'' => (Kind::Text, self.quoted(byte, start + 1)),
                b'0'..=b'9' => {
                    let mut end = self.word_end(start);
                    while self.byte(end) == b'\'' && is_word(self.byte(end + 1)) {
                        end = self.word_end(end + 1);
                    }
                    (Kind::Number, end)
                }
                b':' if self.byte(start + 1) == b':' => (Kind::Path, start + 2),
                byte if is_word(byte) => {
                    let end = self.word_end(start);
                    let prefix = self.text.get(start..end).unwrap_or_default();
                    if self.byte(end) == b'"' && prefix.ends_with(b"R") && prefix.len() <= 3 {
                        (Kind::Text, self.raw_string(end))
                    } else {
                        (Kind::Word, end)
                    }
                }
                mark => (Kind::Mark(mark), start + 1),
            };
            self.at = end.max(start + 1);
            return Some(Token {
                kind,
                start,
                end: self.at,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        Tokens::new(text.as_bytes())
            .map(|token| &text[token.start..token.end])
            .collect()
    }

    #[test]
    fn splits_into_tokens() {
        assert_eq!(
            texts("a::b /* x */ (1'000) // y\nc"),
            ["a", "::", "b", "(", "1'000", ")", "c"]
        );
        assert_eq!(
            texts("R\"x( \" )x\" 'a' \"b\\\"\""),
            ["R\"x( \" )x\"", "'a'", "\"b\\\"\""]
        );
    }

    #[test]
    fn directives_are_whole_lines() {
        assert_eq!(
            texts("  # if a \\\n b\nx #c"),
            ["# if a \\\n b", "x", "#", "c"]
        );
        assert_eq!(texts("#define a /* two\nlines */ b"), ["#define a ", "b"]);
    }

    #[test]
    fn odd_ends_are_ends() {
        for text in ["\"", "'\\", "/*", "//", "R\"", "R\"aaaa", "#", "\\", "é"] {
            let _ = texts(text);
        }
    }
}
