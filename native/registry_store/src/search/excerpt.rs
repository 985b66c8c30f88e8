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

/// Looks for the query words `wanted`: the line in which the first of them stands, and which of them
/// stand anywhere. Splitting the whole text into words would cost more than the search itself, so
/// that places which begin like a word are looked for first.
pub(crate) fn excerpt(text: &str, wanted: u64, sought: &impl Sought) -> Option<(String, u64)> {
    // Keeps the length of every character, so that places are the same in both.
    let lower = text.to_ascii_lowercase();
    let mut found = 0;
    let mut first: Option<usize> = None;
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
            found |= 1 << bit;
            first = Some(first.map_or(place, |first| first.min(place)));
        }
    }
    let first = first?;
    let line_start = text.get(..first)?.rfind('\n').map_or(0, |n| n + 1);
    let rest = text.get(line_start..)?;
    let line = rest.lines().next().unwrap_or(rest);
    Some((shorten(&prose(line), sought), found))
}

/// The letters that every spelling of a stem begins with: its end may be written otherwise.
fn beginning(stem: &str) -> &str {
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

/// About [`LENGTH`] bytes of a line around the first word sought.
pub(crate) fn shorten(line: &str, sought: &impl Sought) -> String {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '>' | '-'));
    if line.len() <= LENGTH {
        return fold(line);
    }
    let first = words_at(line)
        .find(|(_, word)| bits(word, Style::Name, sought) != 0)
        .map_or(0, |(at, _)| at);
    let start = match line.floor_char_boundary(first.saturating_sub(LENGTH / 2)) {
        0 => 0,
        n => line
            .get(n..)
            .and_then(|rest| rest.find(' '))
            .map_or(n, |space| n + space + 1),
    };
    let end = line.floor_char_boundary(start + LENGTH);
    let part = line.get(start..end).unwrap_or(line);
    let mut out = String::new();
    if start > 0 {
        out.push('…');
    }
    out.push_str(&fold(part));
    if end < line.len() {
        out.push('…');
    }
    out
}

/// The words of a line and where they begin.
fn words_at(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    line.split_inclusive(char::is_whitespace).map(move |word| {
        let at = next;
        next += word.len();
        (at, word)
    })
}

/// One space between words.
fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
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

    #[test]
    fn shows_the_line_with_the_word() {
        let text = "# Title\n\nNothing run here.\n\nAn   async Runtimes, <b>fast</b>.\n";
        let (line, bits) = excerpt(text, 1, &One("runtim")).unwrap();
        assert_eq!(line, "An async Runtimes, fast .");
        assert_eq!(bits, 1);
        assert_eq!(excerpt(text, 1, &One("absent")), None);
        assert_eq!(excerpt(text, 0, &One("runtim")), None);
    }

    #[test]
    fn a_word_is_not_found_within_another() {
        assert_eq!(excerpt("concatenate", 1, &One("cat")), None);
        assert!(excerpt("con_cat", 1, &One("cat")).is_some());
        assert!(excerpt("äöü happily", 1, &One("happili")).is_some());
    }

    #[test]
    fn long_lines_are_cut_around_the_word() {
        let text = format!("{} needle {}", "häy ".repeat(500), "häy ".repeat(500));
        let (line, _) = excerpt(&text, 1, &One("needl")).unwrap();
        assert!(line.contains("needle"), "{line}");
        assert!(line.starts_with('…') && line.ends_with('…'));
        assert!(line.len() < 2 * LENGTH);
    }

    proptest! {
        #[test]
        fn any_text_will_do(text in "[a-dä\\-_ \n]{0,300}") {
            excerpt(&text, 1, &One("abc"));
            shorten(&text, &One("abc"));
        }
    }
}
