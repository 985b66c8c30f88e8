//! Where in a text the words of a query stand.

use memchr::memmem;

use crate::index::documents::start_of;
use crate::text::{Style, prose, with_stem, words};

/// An excerpt is about so long.
const LENGTH: usize = 160;
/// So many places that look like a word are tried.
const MOST_TRIES: usize = 50;
/// No word reaches further.
const LONGEST_WORD: usize = 64;

/// The words that were asked for.
pub(crate) trait Sought {
    /// The bits of the query words that a word of the index stands for.
    fn bits(&self, word: &str) -> u64;

    /// Whether a word as it is written may be one: a look at its first letter.
    fn may_be(&self, written: &str) -> bool;

    /// The words of the index that stand for one query word.
    fn forms(&self, bit: usize) -> impl Iterator<Item = &str>;
}

/// The bits of all query words in a text.
pub(crate) fn bits(text: &str, style: Style, sought: &impl Sought) -> u64 {
    let mut found = 0;
    words(text, style, &mut |word, _| {
        if sought.may_be(word) {
            with_stem(word, |stem| found |= sought.bits(stem));
        }
    });
    found
}

/// Where query words stand in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Located {
    /// Which of them do.
    pub(crate) bits: u64,
    /// Where the first of them begins.
    pub(crate) first: usize,
}

/// Looks for the query words `wanted` in prose. Splitting the whole text into words would cost more
/// than the search itself, so that places which begin like a word are looked for first.
pub(crate) fn locate(text: &str, wanted: u64, sought: &impl Sought) -> Located {
    // Keeps the length of every character, so that places are the same in both.
    let lower = text.to_ascii_lowercase();
    let mut located = Located {
        bits: 0,
        first: text.len(),
    };
    for bit in (0..64).filter(|bit| wanted >> bit & 1 == 1) {
        let place = sought.forms(bit).find_map(|form| {
            let start = beginning(form);
            let places = memmem::find_iter(lower.as_bytes(), start).take(MOST_TRIES);
            let mut places = places.filter(|at| {
                let word = word_around(text, *at, start.len());
                bits(word, Style::Prose, sought) >> bit & 1 == 1
            });
            places.next()
        });
        if let Some(place) = place {
            located.bits |= 1 << bit;
            located.first = located.first.min(place);
        }
    }
    located
}

/// The line at a place of a text, cut to about [`LENGTH`] bytes around it.
pub(crate) fn excerpt(text: &str, at: usize) -> String {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let before = before.lines().next_back().unwrap_or_default();
    let before = if text.get(..at).is_some_and(|b| b.ends_with('\n')) {
        ""
    } else {
        before
    };
    let after = after.lines().next().unwrap_or_default();
    // Short lines are shown whole; of long ones what stands around the place.
    let whole = before.len() + after.len() <= LENGTH;
    let (left, right) = if whole {
        (before.len(), after.len())
    } else {
        (LENGTH / 2, LENGTH - before.len().min(LENGTH / 2))
    };
    let kept = before.get(before.ceil_char_boundary(before.len().saturating_sub(left))..);
    let mut kept = kept.unwrap_or_default();
    let mut out = String::new();
    if kept.len() < before.len() {
        out.push('…');
        kept = kept.split_once(' ').map_or("", |(_, rest)| rest);
    }
    let shown = start_of(after, right);
    let line = format!("{kept}{shown}");
    let sign = |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '>' | '-' | '=' | '|');
    let clean = prose(line.trim_matches(sign));
    let mut words = clean.split_whitespace();
    out.extend(words.next());
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
    if shown.len() < after.len() {
        out.push('…');
    }
    out
}

/// The letters that every spelling of a stem begins with: its end may be written otherwise.
pub(crate) fn beginning(stem: &str) -> &str {
    match stem.len() {
        ..=3 => stem,
        n => start_of(stem, (n - 2).max(3)),
    }
}

/// The letters, digits, `_` and `-` around a place.
fn word_around(text: &str, at: usize, length: usize) -> &str {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let window = text.floor_char_boundary(at.saturating_sub(LONGEST_WORD))
        ..text.floor_char_boundary((at + length + LONGEST_WORD).min(text.len()));
    let before = text.get(window.start..at).unwrap_or_default();
    let after = text.get(at..window.end).unwrap_or_default();
    let start = window.start + before.trim_end_matches(part).len();
    let end = at + after.find(|c| !part(c)).unwrap_or(after.len());
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct One(&'static str);

    impl Sought for One {
        fn bits(&self, word: &str) -> u64 {
            u64::from(word == self.0)
        }

        fn may_be(&self, written: &str) -> bool {
            written.as_bytes().first() == self.0.as_bytes().first()
        }

        fn forms(&self, _: usize) -> impl Iterator<Item = &str> {
            std::iter::once(self.0)
        }
    }

    fn shown(text: &str, sought: &One) -> Option<String> {
        let located = locate(text, 1, sought);
        (located.bits == 1).then(|| excerpt(text, located.first))
    }

    #[test]
    fn shows_the_line_with_the_word() {
        let text = "# Title\n\nNothing run here.\n\n## An   async Runtimes, <b>fast</b>.\n";
        let line = shown(text, &One("runtim")).unwrap();
        assert_eq!(line, "An async Runtimes, fast .");
        assert_eq!(shown(text, &One("absent")), None);
        assert_eq!(locate(text, 0, &One("runtim")).bits, 0);
        assert_eq!(shown("a\nrun", &One("run")).unwrap(), "run");
    }

    #[test]
    fn a_word_is_not_found_within_another() {
        assert_eq!(shown("concatenate", &One("cat")), None);
        assert!(shown("con_cat", &One("cat")).is_some());
        assert!(shown("äöü happily", &One("happili")).is_some());
    }

    #[test]
    fn long_lines_are_cut_around_the_word() {
        let text = format!("{} needle {}", "häy ".repeat(500), "häy ".repeat(500));
        let line = shown(&text, &One("needl")).unwrap();
        assert!(line.contains("needle"), "{line}");
        assert!(line.starts_with('…') && line.ends_with('…'), "{line}");
        assert!(line.len() < 2 * LENGTH);
    }

    proptest! {
        #[test]
        fn any_text_will_do(text in "[a-dä\\-_ \n]{0,300}") {
            let located = locate(&text, 1, &One("abc"));
            for at in 0..=text.len() {
                excerpt(&text, at);
            }
            excerpt(&text, located.first);
        }
    }
}
