use std::cell::RefCell;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use frostem::{Algorithm, Stemmer};

use crate::text::{Style, Word, words};

/// Stemming costs ten times a look-up, and prose repeats itself.
const MEMORY: usize = 20_000;

thread_local! {
    static STEMS: RefCell<HashMap<Box<str>, Box<str>, RandomState>> = RefCell::default();
}

/// Calls `sink` with the stem of `word` (lower case): only English words of more than three letters
/// have one; names with digits or other letters stand for themselves.
pub(crate) fn with_stem(word: &str, sink: impl FnOnce(&str)) {
    if word.len() <= 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return sink(word);
    }
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(word) {
            return sink(stem);
        }
        let stem = Stemmer::new(Algorithm::English).stem(word).into_owned();
        sink(&stem);
        if stems.len() >= MEMORY {
            stems.clear();
        }
        stems.insert(word.into(), stem.into());
    });
}

/// A word as it stands in the index.
pub(crate) fn stem_of(word: &str) -> String {
    let mut stem = String::new();
    with_stem(word, |s| s.clone_into(&mut stem));
    stem
}

/// The stems of the parts of a name or of a few words, in order.
pub(crate) fn stems(text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    words(text, Style::Name, &mut |word, what| {
        if what == Word::Part {
            stems.push(stem_of(word));
        }
    });
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str) -> String {
        let mut out = String::new();
        with_stem(word, |stem| out = stem.to_owned());
        out
    }

    #[test]
    fn forms_of_a_word_meet() {
        assert_eq!(stem("parsing"), stem("parse"));
        assert_eq!(stem("requests"), stem("request"));
        assert_eq!(stem("caching"), stem("cache"));
    }

    #[test]
    fn names_are_left_alone() {
        assert_eq!(stem("os"), "os");
        assert_eq!(stem("aes"), "aes");
        assert_eq!(stem("sha256s"), "sha256s");
        assert_eq!(stem("größe"), "größe");
    }
}
