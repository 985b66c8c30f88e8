//! Words that mean the same to people who look for packages, from `synonyms.txt`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::stems;

/// Groups of synonyms, all as they stand in the index.
pub(crate) struct Synonyms {
    /// Each word, to the other single words of its groups.
    words: HashMap<String, Vec<String>>,
    /// The first of two words, to the second and the usual word for both.
    pairs: HashMap<String, Vec<(String, String)>>,
}

impl Synonyms {
    /// Those of the data file.
    pub(crate) fn get() -> &'static Self {
        static SYNONYMS: OnceLock<Synonyms> = OnceLock::new();
        SYNONYMS.get_or_init(|| Self::read(include_str!("synonyms.txt")))
    }

    fn read(text: &str) -> Self {
        let mut synonyms = Self {
            words: HashMap::new(),
            pairs: HashMap::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((usual, others)) = line.split_once(':') else {
                continue;
            };
            let Some(usual) = stems(usual).into_iter().next() else {
                continue;
            };
            let mut single = vec![usual.clone()];
            for other in others.split(',').map(stems) {
                match other.as_slice() {
                    [word] => single.push(word.clone()),
                    [first, second] => {
                        let seconds = synonyms.pairs.entry(first.clone()).or_default();
                        seconds.push((second.clone(), usual.clone()));
                    }
                    _ => {}
                }
            }
            single.dedup();
            for word in &single {
                let others = single.iter().filter(|other| *other != word).cloned();
                let known = synonyms.words.entry(word.clone()).or_default();
                known.extend(others);
            }
        }
        synonyms
    }

    /// The other words for a stem.
    pub(crate) fn of(&self, stem: &str) -> &[String] {
        self.words.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The usual word for two stems that stand together.
    pub(crate) fn of_pair(&self, first: &str, second: &str) -> Option<&str> {
        let seconds = self.pairs.get(first)?;
        let found = seconds.iter().find(|(other, _)| other == second)?;
        Some(&found.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_group() {
        let groups = include_str!("synonyms.txt")
            .lines()
            .filter(|l| !l.starts_with('#'));
        let mut last = "";
        for group in groups {
            let (usual, others) = group.split_once(": ").unwrap();
            assert!(last < usual, "{usual} is out of order");
            assert_eq!(stems(usual).len(), 1, "{usual}");
            for other in others.split(", ") {
                assert!((1..=2).contains(&stems(other).len()), "{other}");
            }
            last = usual;
        }
    }

    #[test]
    fn words_and_pairs_are_found_by_their_stems() {
        let synonyms = Synonyms::get();
        assert!(synonyms.of("db").contains(&"databas".to_owned()));
        assert!(synonyms.of("databas").contains(&"db".to_owned()));
        assert_eq!(synonyms.of_pair("command", "line"), Some("cli"));
        assert_eq!(synonyms.of_pair("line", "command"), None);
        assert!(synonyms.of("xyzzy").is_empty());
    }
}
