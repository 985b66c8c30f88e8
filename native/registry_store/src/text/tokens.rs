//! Words as they stand in the index and in queries: parts of names apart, lower case, stemmed.

use crate::text::words::{is_stop_word, sign_name};

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// A name or keyword: every part counts, and so does the whole (`async-std` is found by
    /// `asyncstd`).
    Name,
    /// Prose: stop words and single letters are left out; only identifiers are also taken whole.
    Prose,
}

/// Longer words are base64, hashes and the like.
const LONGEST: usize = 40;
/// Fewer letters before digits say nothing by themselves.
const SHORTEST_NUMBERED: usize = 3;
/// More parts are no name.
const MOST_PARTS: usize = 16;

/// What a word is of the text it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// A word, or a part of a name.
    Part,
    /// All parts of a name in one.
    Whole,
    /// The letters of a part of a name that ends in digits: `beautifulsoup` of `beautifulsoup4`.
    Letters,
}

/// Calls `sink` with each word of `text` in lower case, not stemmed.
pub(crate) fn words(text: &str, style: Style, sink: &mut dyn FnMut(&str, Word)) {
    let mut reader = Reader {
        style,
        part: String::new(),
        whole: String::new(),
        parts: 0,
        identifier: false,
        sink,
    };
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        if !before.is_alphanumeric()
            && let Some((word, length)) = sign_name(rest)
        {
            reader.end_run();
            (reader.sink)(word, Word::Part);
            rest = rest.get(length..).unwrap_or_default();
            before = ' ';
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        reader.read(before, c, rest);
        before = c;
    }
    reader.end_run();
}

struct Reader<'a> {
    style: Style,
    part: String,
    /// All parts of the present run of letters, digits, `_` and `-`.
    whole: String,
    parts: usize,
    /// Whether the run is written as no English word is: `async_std`, `asyncStd`.
    identifier: bool,
    sink: &'a mut dyn FnMut(&str, Word),
}

impl Reader<'_> {
    fn read(&mut self, before: char, c: char, rest: &str) {
        if c.is_alphanumeric() {
            if c.is_uppercase() && before.is_alphanumeric() {
                let after_lower = !before.is_uppercase();
                let acronym_ends =
                    before.is_uppercase() && rest.chars().next().is_some_and(char::is_lowercase);
                if (after_lower || acronym_ends) && !self.part.is_empty() {
                    self.end_part();
                    self.identifier = true;
                }
            }
            if c.is_ascii() {
                self.part.push(c.to_ascii_lowercase());
            } else {
                self.part.extend(c.to_lowercase());
            }
        } else if matches!(c, '_' | '-') {
            self.identifier |= c == '_' && !self.part.is_empty();
            self.end_part();
        } else {
            self.end_run();
        }
    }

    fn end_part(&mut self) {
        if self.part.is_empty() {
            return;
        }
        self.parts += 1;
        if self.parts <= MOST_PARTS && self.whole.len() <= LONGEST {
            self.whole.push_str(&self.part);
        }
        let skip = self.style == Style::Prose
            && (is_stop_word(&self.part) || self.part.chars().nth(1).is_none());
        if !skip && self.part.len() <= LONGEST {
            (self.sink)(&self.part, Word::Part);
            let letters = self.part.trim_end_matches(|c: char| c.is_ascii_digit());
            let numbered = (SHORTEST_NUMBERED..self.part.len()).contains(&letters.len());
            if numbered && self.style == Style::Name {
                (self.sink)(letters, Word::Letters);
            }
        }
        self.part.clear();
    }

    fn end_run(&mut self) {
        self.end_part();
        let wanted = self.style == Style::Name || self.identifier;
        if wanted && (2..=MOST_PARTS).contains(&self.parts) && self.whole.len() <= LONGEST {
            (self.sink)(&self.whole, Word::Whole);
        }
        self.whole.clear();
        self.parts = 0;
        self.identifier = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::with_stem;
    use proptest::prelude::*;

    fn tokens(text: &str, style: Style, sink: &mut dyn FnMut(&str)) {
        words(text, style, &mut |word, _| with_stem(word, &mut *sink));
    }

    fn stems(text: &str, style: Style) -> Vec<String> {
        let mut out = Vec::new();
        tokens(text, style, &mut |word| out.push(word.to_owned()));
        out
    }

    #[test]
    fn names_fall_into_parts_and_a_whole() {
        for name in ["http_cache", "http-cache", "HttpCache", "httpCache"] {
            assert_eq!(
                stems(name, Style::Name),
                ["http", "cach", "httpcach"],
                "{name}"
            );
        }
        assert_eq!(stems("AsyncRead", Style::Name)[..2], ["async", "read"]);
        assert_eq!(stems("HTTPServer", Style::Name)[..2], ["http", "server"]);
        assert_eq!(stems("@types/node", Style::Name), ["type", "node"]);
        assert_eq!(stems("sha256", Style::Name), ["sha256", "sha"]);
        assert_eq!(stems("h2", Style::Name), ["h2"]);
        assert_eq!(stems("x86_64", Style::Name), ["x86", "64", "x8664"]);
        assert_eq!(stems("is", Style::Name), ["is"]);
        assert_eq!(stems("tokio::spawn", Style::Name), ["tokio", "spawn"]);
    }

    #[test]
    fn prose_drops_what_says_nothing() {
        assert_eq!(
            stems("An HTTP client for the well-known API", Style::Prose),
            ["http", "client", "well", "known", "api"]
        );
        assert_eq!(
            stems("use read_to_end here", Style::Prose),
            ["use", "read", "end", "readtoend", "here"]
        );
    }

    #[test]
    fn names_made_of_signs() {
        assert_eq!(stems("a C++ parser", Style::Prose), ["cpp", "parser"]);
        assert_eq!(stems("C#", Style::Name), ["csharp"]);
        assert_eq!(stems("Node.js", Style::Prose), ["nodej"]);
    }

    #[test]
    fn hashes_are_no_words() {
        let hash = "f".repeat(LONGEST + 1);
        assert!(stems(&hash, Style::Prose).is_empty());
        assert!(stems(&"a_".repeat(10_000), Style::Name).len() <= 10_000);
    }

    proptest! {
        #[test]
        fn any_text_gives_only_clean_words(text in "\\PC*") {
            for style in [Style::Name, Style::Prose] {
                tokens(&text, style, &mut |word| {
                    assert!(!word.is_empty());
                    assert!(!word.contains(|c: char| c.is_whitespace() || c == '_' || c == '-'));
                });
            }
        }
    }
}
