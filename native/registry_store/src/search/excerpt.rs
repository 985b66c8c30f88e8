//! Where in a text the words of a query stand.

use crate::text::{Style, prose, tokens};

/// An excerpt is about so long.
const LENGTH: usize = 160;
/// How far into a long text words are looked for.
const MOST_TEXT: usize = 32 * 1024;

/// Whether a word of the index is one that was asked for; tells which.
pub(crate) trait Sought {
    /// The bits of the query words that `word` stands for.
    fn bits(&self, word: &str) -> u64;
}

/// The bits of all query words in a text.
pub(crate) fn bits(text: &str, style: Style, sought: &impl Sought) -> u64 {
    let mut found = 0;
    tokens(text, style, &mut |word| found |= sought.bits(word));
    found
}

/// The part of `text` with the most of the words sought, on one line; `None` where there is none.
pub(crate) fn excerpt(text: &str, sought: &impl Sought) -> Option<(String, u64)> {
    let text = prose(crate::index::documents::start_of(text, MOST_TEXT));
    let mut best: Option<(u32, &str, u64)> = None;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            continue;
        }
        let found = bits(line, Style::Prose, sought);
        let count = found.count_ones();
        if count > best.map_or(0, |(count, ..)| count) {
            best = Some((count, line, found));
        }
    }
    let (_, line, found) = best?;
    Some((shorten(line, sought), found))
}

/// About [`LENGTH`] bytes of a line around the first word sought.
pub(crate) fn shorten(line: &str, sought: &impl Sought) -> String {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '>' | '-'));
    if line.len() <= LENGTH {
        return fold(line);
    }
    let mut first = 0;
    for (at, word) in words_at(line) {
        if bits(word, Style::Name, sought) != 0 {
            first = at;
            break;
        }
    }
    let start = line.floor_char_boundary(first.saturating_sub(LENGTH / 2));
    let start = match start {
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

fn words_at(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = line.as_ptr() as usize;
    line.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - base, word))
}

/// One space between words.
fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One(&'static str);

    impl Sought for One {
        fn bits(&self, word: &str) -> u64 {
            u64::from(word == self.0)
        }
    }

    #[test]
    fn shows_the_line_with_the_word() {
        let text = "# Title\n\nNothing here.\n\nAn   async runtime, <b>fast</b>.\n";
        let (line, bits) = excerpt(text, &One("runtim")).unwrap();
        assert_eq!(line, "An async runtime, fast .");
        assert_eq!(bits, 1);
        assert_eq!(excerpt(text, &One("absent")), None);
    }

    #[test]
    fn long_lines_are_cut_around_the_word() {
        let text = format!("{} needle {}", "häy ".repeat(500), "häy ".repeat(500));
        let (line, _) = excerpt(&text, &One("needl")).unwrap();
        assert!(line.contains("needle"), "{line}");
        assert!(line.starts_with('…') && line.ends_with('…'));
        assert!(line.len() < 2 * LENGTH);
    }
}
