//! The word lists of `words.txt`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::Ecosystem;

type Groups = HashMap<&'static str, HashSet<&'static str>>;

static GROUPS: LazyLock<Groups> = LazyLock::new(|| {
    let mut groups = Groups::new();
    let mut name = "";
    for line in include_str!("words.txt").lines() {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(group) => name = group,
            None if line.is_empty() || line.starts_with('#') => {}
            None => groups
                .entry(name)
                .or_default()
                .extend(line.split_whitespace()),
        }
    }
    groups
});

/// Whether a word, in whatever case, is in a group.
pub(super) fn is(group: &str, word: &str) -> bool {
    let words = GROUPS.get(group);
    words.is_some_and(|words| match word.bytes().any(|b| b.is_ascii_uppercase()) {
        true => words.contains(word.to_ascii_lowercase().as_str()),
        false => words.contains(word),
    })
}

/// Whether a word is none of the packages that are meant; `marked` is whether markup sets it apart.
pub(super) fn is_ordinary(word: &str, marked: bool) -> bool {
    let groups = ["ordinary", "compounds", "parts", "packages"];
    groups.iter().any(|group| is(group, word)) && !(marked && is("known", word))
}

/// Whether the name is of something that comes with the language.
pub(super) fn is_built_in(ecosystem: Ecosystem, name: &str) -> bool {
    is(
        ecosystem.as_str(),
        name.split('.').next().unwrap_or_default(),
    )
}

/// Whether the word announces replacements.
pub(super) fn is_alternative(word: &str) -> bool {
    let stem = word.strip_suffix(['s', 'S']).unwrap_or(word);
    ["alternative", "replacement", "successor"]
        .iter()
        .any(|noun| stem.eq_ignore_ascii_case(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_that_is_asked_for_has_words() {
        for group in [
            "ordinary",
            "compounds",
            "known",
            "parts",
            "packages",
            "npm",
            "pypi",
            "cargo",
            "hex",
            "fillers",
            "abort",
            "follow",
            "request",
            "asking",
            "negation",
            "dead",
            "alive",
            "links",
            "opening",
            "labels",
            "within",
        ] {
            let words = GROUPS.get(group).map_or(0, HashSet::len);
            assert!(words > 0, "{group}");
        }
        assert_eq!(GROUPS.len(), 21);
        assert!(is("ordinary", "Latest") && !is("ordinary", "tokio"));
    }
}
