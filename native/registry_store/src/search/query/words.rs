use registry_types::{Error, Limits, Result, canonical_name};

use crate::text::{Style, Word, is_stop_word, stem_of, words};

/// More words of one query are not searched for.
const MOST_WORDS: usize = 24;
/// So many words may have been written as one: `json web token` as `jsonwebtoken`.
const MOST_JOINED: usize = 3;

/// A query, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Query {
    /// The words to find; a result that lacks one counts less.
    pub(crate) words: Vec<QueryWord>,
    /// The whole as the canonical form of a name.
    pub(crate) name: String,
    /// Whether the user may still be typing the last word.
    pub(crate) open_end: bool,
}

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryWord {
    /// As typed, in lower case.
    pub(crate) surface: String,
    /// As it stands in the index.
    pub(crate) stem: String,
    /// Joined forms that hold it, as they stand in the index: `httpcach` for `http cache`.
    pub(crate) joined: Vec<String>,
}

impl Query {
    /// The words of a text; there may be none.
    pub(crate) fn read(text: &str, open_end: bool) -> Self {
        let mut parts: Vec<String> = Vec::new();
        // Each joined form with the first part that it holds and the first behind it.
        let mut joined: Vec<(String, usize, usize)> = Vec::new();
        words(text, Style::Name, &mut |word, what| match what {
            Word::Part => parts.push(word.to_owned()),
            Word::Whole => joined.push((word.to_owned(), first_of(&parts, word), parts.len())),
            // Who writes a number means it.
            Word::Letters => {}
        });
        for length in 2..=MOST_JOINED {
            for (n, run) in parts.windows(length).enumerate() {
                if !run.iter().any(|word| is_stop_word(word)) {
                    joined.push((run.concat(), n, n + length));
                }
            }
        }
        let all_stop = parts.iter().all(|word| is_stop_word(word));
        let mut query = Self {
            words: Vec::new(),
            name: canonical_name(text.trim()).replace(char::is_whitespace, "-"),
            open_end,
        };
        for (n, surface) in parts.iter().enumerate() {
            if is_stop_word(surface) && !all_stop {
                continue;
            }
            let holds = joined
                .iter()
                .filter(|(_, start, end)| (*start..*end).contains(&n));
            query.add(surface, holds.map(|(whole, ..)| whole.as_str()));
        }
        query
    }

    fn add<'a>(&mut self, surface: &str, joined: impl Iterator<Item = &'a str>) {
        let stem = stem_of(surface);
        if self.words.iter().any(|w| w.stem == stem) || self.words.len() >= MOST_WORDS {
            return;
        }
        let mut forms: Vec<String> = joined.map(stem_of).collect();
        forms.sort();
        forms.dedup();
        self.words.push(QueryWord {
            surface: surface.to_owned(),
            stem,
            joined: forms,
        });
    }
}

/// Refuses a query that is too long.
pub(crate) fn check_length(text: &str, limits: &Limits) -> Result<()> {
    if text.len() <= limits.query_bytes {
        return Ok(());
    }
    Err(Error::limit(
        "query_bytes",
        format!(
            "the query has {} bytes: at most {} are searched for",
            text.len(),
            limits.query_bytes
        ),
    ))
}

/// Which of the last parts is the first that `whole` is made of.
fn first_of(parts: &[String], whole: &str) -> usize {
    let mut length = 0;
    for (n, part) in parts.iter().enumerate().rev() {
        length += part.len();
        if length >= whole.len() {
            return n;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::ErrorKind;

    fn parse(text: &str) -> Query {
        Query::read(text, false)
    }

    fn stems(query: &Query) -> Vec<&str> {
        query.words.iter().map(|w| w.stem.as_str()).collect()
    }

    #[test]
    fn words_are_those_of_the_index() {
        let query = parse("an HTTP cache");
        assert_eq!(stems(&query), ["http", "cach"]);
        for word in &query.words {
            assert_eq!(word.joined, ["httpcach"]);
        }
        let three = parse("read_to_end");
        assert_eq!(three.words.len(), 2);
        assert!(three.words[0].joined.contains(&"readtoend".to_owned()));
        assert_eq!(parse("http_cache").name, parse("Http Cache").name);
        assert_eq!(stems(&parse("AsyncRead")), ["async", "read"]);
    }

    #[test]
    fn a_query_of_stop_words_only_is_searched_for() {
        assert_eq!(stems(&parse("is")), ["is"]);
        assert_eq!(stems(&parse("is it")), ["is", "it"]);
    }

    #[test]
    fn signs_are_no_words() {
        for empty in ["", "   ", "!?-_"] {
            assert!(parse(empty).words.is_empty(), "{empty:?}");
        }
    }

    #[test]
    fn too_much_is_refused() {
        let long = "x".repeat(1_000_000);
        let error = check_length(&long, &Limits::default()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::LimitExceeded);
        assert_eq!(error.details[0], ("limit".into(), "query_bytes".into()));
    }
}
