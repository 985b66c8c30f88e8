use memchr::memmem;

use crate::search::excerpt::beginning;
use crate::text::{Style, Word, with_stem, words};

/// So many places that begin like a phrase are tried.
const MOST_TRIES: usize = 200;
/// A word of a phrase takes at most so many bytes, with what stands before the next.
const WORD: usize = 64;

/// Whether `stems` stand in `text`, one right after the other.
pub(crate) fn stands(text: &str, stems: &[String]) -> bool {
    let Some(first) = stems.first() else {
        return true;
    };
    let lower = text.to_ascii_lowercase();
    let mut places = memmem::find_iter(lower.as_bytes(), beginning(first)).take(MOST_TRIES);
    places.any(|at| begins_word(text, at) && stands_at(text, at, stems))
}

/// Whether a word, or a part of a name, begins at a place.
fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let here = text.get(at..).and_then(|rest| rest.chars().next());
    let inside = before.is_some_and(char::is_alphanumeric);
    !inside || here.is_some_and(char::is_uppercase)
}

fn stands_at(text: &str, at: usize, stems: &[String]) -> bool {
    let end = text.floor_char_boundary((at + stems.len() * WORD).min(text.len()));
    let mut left = stems.iter();
    let mut same = true;
    words(
        text.get(at..end).unwrap_or_default(),
        Style::Name,
        &mut |word, what| {
            if what == Word::Part
                && same
                && let Some(wanted) = left.next()
            {
                with_stem(word, |stem| same = stem == wanted);
            }
        },
    );
    same && left.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stem_of;
    use proptest::prelude::*;

    fn has(text: &str, phrase: &str) -> bool {
        let stems: Vec<String> = phrase.split(' ').map(stem_of).collect();
        stands(text, &stems)
    }

    #[test]
    fn words_must_follow_each_other() {
        let text = "A tiny Web-Server for webServers; the async runtime of an HTTPServer.";
        for phrase in [
            "web server",
            "async runtime",
            "http server",
            "a tiny web",
            "tiny",
        ] {
            assert!(has(text, phrase), "{phrase}");
        }
        for phrase in [
            "server web",
            "web runtime",
            "eb server",
            "runtime async",
            "http servers x",
        ] {
            assert!(!has(text, phrase), "{phrase}");
        }
    }

    proptest! {
        #[test]
        fn any_text_will_do(text in "[a-cä\\-_ \n]{0,200}") {
            has(&text, "ab c");
        }
    }
}
