//! BM25F computed when a document is indexed: each word gets one level from 1 to 15 that says how
//! much it stands for the document, kept where tantivy keeps the term frequency.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::text::{Style, Synonyms, Word, with_stem, words};

/// Levels of impact.
pub(crate) const LEVELS: u32 = 15;
/// From this level on, a word of a snippet stands in its name.
pub(crate) const IN_NAME: u32 = 11;
/// The level of words that stand in the name of what holds the snippet, and not in its own.
pub(crate) const IN_OWNER: u32 = 10;
/// The documents of a word are kept in lists by level. A search can do without the long list of those that
/// hold it in passing, once it has found enough better ones.
pub(crate) static BANDS: [Band; 3] = [
    Band::new(9, LEVELS, ""),
    Band::new(4, 9, "\u{1}"),
    Band::new(0, 4, "\u{2}"),
];
/// Where the sum of weighted frequencies is half as good as can be.
const SATURATION: f32 = 3.0;
/// More different words of one document are not indexed.
const MOST_WORDS: usize = 4000;

/// Levels that share a list.
#[derive(Debug)]
pub(crate) struct Band {
    /// They are above this: what a posting says is how far.
    pub(crate) floor: u32,
    /// The highest of them.
    pub(crate) top: u32,
    /// What the term ends in; no word holds it.
    mark: &'static str,
}

impl Band {
    const fn new(floor: u32, top: u32, mark: &'static str) -> Self {
        Self { floor, top, mark }
    }

    /// The one in which a level is.
    pub(crate) fn of(level: u32) -> &'static Self {
        let [high, middle, low] = &BANDS;
        let mut bands = [high, middle].into_iter();
        bands.find(|band| level > band.floor).unwrap_or(low)
    }

    /// Makes the term of a word.
    pub(crate) fn mark(&self, word: &mut String) {
        word.push_str(self.mark);
    }
}

/// The terms under which the documents of a word may be found, with the levels of each.
pub(crate) fn terms_of(word: &str) -> impl Iterator<Item = (String, &'static Band)> {
    let term = move |band: &'static Band| (format!("{word}{}", band.mark), band);
    BANDS.iter().map(term)
}

/// How much the words of a field count, and how that depends on the field's length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) weight: f32,
    /// How much longer fields count less: 0 not at all, 1 in proportion.
    pub(crate) b: f32,
    /// The usual number of words: a constant, so that a document's impacts do not depend on which
    /// others are stored.
    pub(crate) average: f32,
}

/// The words of a document and their weights.
#[derive(Debug, Default)]
pub(crate) struct Impacts {
    words: HashMap<String, Weight, RandomState>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// Of the fields that were added.
    sum: f32,
    /// How often it stands in the present field.
    count: f32,
}

impl Field {
    pub(crate) const fn new(weight: f32, b: f32, average: f32) -> Self {
        Self { weight, b, average }
    }
}

impl Impacts {
    /// Adds the words of one field, and the usual word where two of them mean it together.
    pub(crate) fn add<'a>(
        &mut self,
        field: Field,
        style: Style,
        texts: impl IntoIterator<Item = &'a str>,
    ) {
        let synonyms = Synonyms::get();
        let mut length = 0_u32;
        let mut before = String::new();
        for text in texts {
            before.clear();
            words(text, style, &mut |word, what| {
                with_stem(word, |stem| {
                    length += 1;
                    self.count(stem);
                    if what == Word::Part {
                        if let Some(usual) = synonyms.of_pair(&before, stem) {
                            self.count(usual);
                        }
                        stem.clone_into(&mut before);
                    }
                });
            });
        }
        self.weigh(field, length);
    }

    /// Adds words that are stems already.
    pub(crate) fn add_stems<'a>(&mut self, field: Field, stems: impl IntoIterator<Item = &'a str>) {
        let mut length = 0;
        for stem in stems {
            length += 1;
            self.count(stem);
        }
        self.weigh(field, length);
    }

    fn count(&mut self, stem: &str) {
        if let Some(weight) = self.words.get_mut(stem) {
            weight.count += 1.0;
        } else if self.words.len() < MOST_WORDS {
            let first = Weight {
                sum: 0.0,
                count: 1.0,
            };
            self.words.insert(stem.to_owned(), first);
        }
    }

    /// Takes what was counted as one field of so many words.
    #[expect(clippy::cast_precision_loss, reason = "no text has 2^24 words")]
    fn weigh(&mut self, field: Field, length: u32) {
        if length == 0 {
            return;
        }
        let norm = 1.0 - field.b + field.b * length as f32 / field.average;
        for weight in self.words.values_mut() {
            weight.sum += field.weight * weight.count / norm;
            weight.count = 0.0;
        }
    }

    /// The text from which [`super::tokenizer::ImpactTokenizer`] makes postings.
    pub(crate) fn text(&self) -> String {
        self.text_by(|_, level| level)
    }

    /// The same for a document of these names, held by what has those others: its levels tell the
    /// words of both from all others.
    pub(crate) fn text_of_name<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
        owners: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let (names, owners) = (stems(names), stems(owners));
        self.text_by(|word, level| {
            if names.contains(word) {
                level.max(IN_NAME)
            } else if owners.contains(word) {
                IN_OWNER
            } else {
                level.min(IN_OWNER - 1)
            }
        })
    }

    fn text_by(&self, place: impl Fn(&str, u32) -> u32) -> String {
        let mut out = String::with_capacity(self.words.len() * 9);
        for (word, weight) in &self.words {
            push(&mut out, word, place(word, level(weight.sum)));
        }
        out
    }
}

fn stems<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashSet<String> {
    let mut found = HashSet::new();
    for text in texts {
        words(text, Style::Name, &mut |word, _| {
            with_stem(word, |stem| {
                found.insert(stem.to_owned());
            });
        });
    }
    found
}

/// The level of a weighted frequency.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the value lies between 0 and LEVELS"
)]
fn level(weight: f32) -> u32 {
    let share = weight / (SATURATION + weight);
    ((share * LEVELS as f32).ceil() as u32).clamp(1, LEVELS)
}

/// The share of the best that a level stands for.
#[expect(clippy::cast_precision_loss, reason = "at most 15")]
pub(crate) fn share(level: u32) -> f32 {
    level.min(LEVELS) as f32 / LEVELS as f32
}

/// The levels of two texts made of impacts, added up.
pub(crate) fn merge(one: &str, other: &str) -> String {
    let mut levels: HashMap<&str, u32, RandomState> = HashMap::default();
    for entry in one.split(' ').chain(other.split(' ')) {
        if let Some((word, level)) = word_and_level(entry) {
            *levels.entry(word).or_default() += level;
        }
    }
    let mut out = String::with_capacity(one.len() + other.len());
    for (word, level) in levels {
        push(&mut out, word, level.min(LEVELS));
    }
    out
}

fn push(out: &mut String, word: &str, level: u32) {
    out.push_str(word);
    out.push(level_char(level));
    out.push(' ');
}

/// A word of such a text, and its level.
pub(crate) fn word_and_level(entry: &str) -> Option<(&str, u32)> {
    let (level, word) = entry.as_bytes().split_last()?;
    let word = entry.get(..word.len()).filter(|word| !word.is_empty())?;
    Some((word, char_level(*level)))
}

fn level_char(level: u32) -> char {
    char::from_u32('@' as u32 + level).unwrap_or('A')
}

/// The level of the last character of an impact word.
fn char_level(c: u8) -> u32 {
    u32::from(c.saturating_sub(b'@')).clamp(1, LEVELS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Field = Field {
        weight: 8.0,
        b: 0.2,
        average: 2.0,
    };
    const README: Field = Field {
        weight: 0.7,
        b: 0.75,
        average: 200.0,
    };

    fn level_of(impacts: &Impacts, word: &str) -> u32 {
        impacts
            .text()
            .split(' ')
            .find_map(|w| w.strip_prefix(word).filter(|rest| rest.len() == 1))
            .map_or(0, |c| char_level(c.as_bytes()[0]))
    }

    #[test]
    fn a_word_of_the_name_counts_more_than_one_of_the_readme() {
        let mut impacts = Impacts::default();
        impacts.add(NAME, Style::Name, ["tokio"]);
        impacts.add(README, Style::Prose, ["tokio is a runtime, a runtime"]);
        assert!(level_of(&impacts, "tokio") > level_of(&impacts, "runtim"));
        assert!(level_of(&impacts, "runtim") >= 1);
        assert_eq!(level_of(&impacts, "absent"), 0);
    }

    #[test]
    fn the_same_word_counts_less_in_a_longer_text() {
        let long = "word ".repeat(2000);
        let (mut short, mut filled) = (Impacts::default(), Impacts::default());
        short.add(README, Style::Prose, ["runtime runtime runtime"]);
        filled.add(README, Style::Prose, ["runtime runtime runtime", &long]);
        assert!(level_of(&short, "runtim") > level_of(&filled, "runtim"));
    }

    #[test]
    fn levels_tell_the_words_of_a_name_from_others() {
        let mut impacts = Impacts::default();
        impacts.add(README, Style::Prose, ["task"]);
        impacts.add(NAME, Style::Name, ["spawn", "runtime"]);
        impacts.add(README, Style::Prose, ["builder", "settings"]);
        let text = impacts.text_of_name(["spawn_task"], ["Builder"]);
        let level = |word: &str| {
            let found = text.split(' ').find_map(|w| w.strip_prefix(word));
            char_level(found.unwrap().as_bytes()[0])
        };
        assert!(level("task") >= IN_NAME);
        assert!(level("spawn") >= IN_NAME);
        assert_eq!(level("builder"), IN_OWNER);
        assert!(level("runtim") < IN_OWNER);
    }

    #[test]
    fn every_level_has_one_list() {
        for level in 1..=LEVELS {
            let band = Band::of(level);
            assert!(band.floor < level && level <= band.top, "{level}");
        }
        assert!(std::ptr::eq(Band::of(IN_OWNER), &BANDS[0]));
    }

    #[test]
    fn merged_levels_add_up() {
        let merged = merge("asyncB runtimA ", "asyncA éC ");
        let mut entries: Vec<_> = merged.split(' ').filter_map(word_and_level).collect();
        entries.sort_unstable();
        assert_eq!(entries, [("async", 3), ("runtim", 1), ("é", 3)]);
        assert_eq!(merge("xN ", "xN "), "xO ");
    }

    #[test]
    fn levels_grow_with_the_weight() {
        let levels: Vec<u32> = [0.01, 0.7, 3.0, 8.0, 1000.0].map(level).into();
        assert!(levels.is_sorted());
        assert_eq!((levels[0], levels[4]), (1, LEVELS));
        for n in 1..=LEVELS {
            assert_eq!(char_level(level_char(n) as u8), n);
        }
    }
}
