//! What a package says of others: the names its README links or sets as code, and its features, with
//! the words around them. What many say of a package is often what it does not say of itself.

use std::collections::HashSet;

use registry_types::{Ecosystem, check_name, normalize_name};

use crate::text::{Style, Word, is_stop_word, prose, stems, with_stem, words};

/// More mentions of one README say no more.
const MOST_MENTIONS: usize = 24;
/// So many words around a name are taken.
const MOST_WORDS: usize = 12;
/// Of longer lines only what stands this near.
const NEAR: usize = 120;
/// Longer names are none.
const LONGEST_NAME: usize = 60;
/// The parts of addresses behind which registries have a package's page.
const PAGES: [&str; 4] = ["/crates/", "/package/", "/project/", "/packages/"];

/// Another package, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Its normalised name.
    pub(crate) name: String,
    /// Stems; those of a feature's name are marked with `+`.
    pub(crate) words: Vec<String>,
}

/// Who mentions.
pub(crate) struct Speaker<'a> {
    pub(crate) ecosystem: Ecosystem,
    pub(crate) name: &'a str,
    /// Normalised names of what it depends on: any word of them in code is a mention.
    pub(crate) needs: &'a HashSet<String>,
}

impl Speaker<'_> {
    /// The mentions in a README.
    pub(crate) fn mentions(&self, readme: &str) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut in_code = false;
        for line in readme.lines() {
            if line.trim_start().starts_with("```") {
                in_code = !in_code;
                continue;
            }
            if in_code || !line.contains(['`', '(', '/']) {
                continue;
            }
            for (at, name) in self.names(line) {
                if found.len() >= MOST_MENTIONS {
                    return found;
                }
                if found.iter().all(|known| known.name != name) {
                    let words = around(line, at, &name);
                    if !words.is_empty() {
                        found.push(Mention { name, words });
                    }
                }
            }
        }
        found
    }

    /// What the name of a feature says of the packages that it turns on.
    pub(crate) fn of_features<'f>(
        &self,
        features: impl IntoIterator<Item = (&'f String, &'f Vec<String>)>,
    ) -> Vec<Mention> {
        let mut found = Vec::new();
        for (feature, turns_on) in features {
            for entry in turns_on.iter().take(MOST_MENTIONS) {
                let entry = entry.strip_prefix("dep:").unwrap_or(entry);
                let name = entry.split(['/', '?']).next().unwrap_or_default();
                let Some(name) = self.package(name).filter(|name| self.needs.contains(name)) else {
                    continue;
                };
                let own = stems(&name);
                let said = stems(feature)
                    .into_iter()
                    .filter(|stem| !own.contains(stem));
                let words: Vec<String> = said.map(|stem| format!("+{stem}")).collect();
                if !words.is_empty() && found.len() < MOST_MENTIONS {
                    found.push(Mention { name, words });
                }
            }
        }
        found
    }

    /// The names in a line, and where they stand.
    fn names(&self, line: &str) -> Vec<(usize, String)> {
        let mut names = Vec::new();
        let mut add = |at: usize, name: Option<String>| names.extend(name.map(|name| (at, name)));
        for page in PAGES {
            for (at, _) in line.match_indices(page) {
                let name = line.get(at + page.len()..).map(address_end);
                add(at, name.and_then(|name| self.package(name)));
            }
        }
        for (at, name) in code(line) {
            let compound = name.contains(['-', '_', '/']) && !name.starts_with(['-', '/', '.']);
            let name = self.package(name);
            add(
                at,
                name.filter(|name| compound || self.needs.contains(name)),
            );
        }
        for (at, text, address) in links(line) {
            let text = text.trim_matches('`');
            let end = address.trim_end_matches('/').rsplit('/').next();
            if end.is_some_and(|end| end.eq_ignore_ascii_case(text)) {
                add(at, self.package(text));
            }
        }
        names
    }

    /// The normalised name, if it may be that of another package.
    fn package(&self, name: &str) -> Option<String> {
        let known = !name.is_empty() && name.len() <= LONGEST_NAME;
        if !known || check_name(self.ecosystem, name).is_err() {
            return None;
        }
        let name = normalize_name(self.ecosystem, name);
        (name != normalize_name(self.ecosystem, self.name)).then_some(name)
    }
}

/// What stands between backticks.
fn code(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split('`').enumerate().filter_map(move |(n, part)| {
        let begins = at;
        at += part.len() + 1;
        (n % 2 == 1).then_some((begins, part))
    })
}

/// Markdown links: where they begin, their text and their address.
fn links(line: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    line.match_indices("](").filter_map(|(at, _)| {
        let begins = line.get(..at)?.rfind('[')?;
        let text = line.get(begins + 1..at)?;
        let rest = line.get(at + 2..)?;
        let address = rest.get(..rest.find(')')?)?;
        Some((begins, text, address))
    })
}

/// The name at the start of the rest of an address; an npm scope belongs to it.
fn address_end(rest: &str) -> &str {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let scope = match rest.strip_prefix('@') {
        Some(scoped) => scoped.find('/').map_or(0, |at| at + 2),
        None => 0,
    };
    let after = rest.get(scope..).unwrap_or_default();
    let end = scope + after.find(ends).unwrap_or(after.len());
    rest.get(..end).unwrap_or_default().trim_end_matches('.')
}

/// The words near a place of a line, those of the name itself left out.
fn around(line: &str, at: usize, name: &str) -> Vec<String> {
    let start = line.ceil_char_boundary(at.saturating_sub(NEAR));
    let end = line.floor_char_boundary((at + NEAR).min(line.len()));
    let near = line.get(start..end).unwrap_or_default();
    let own = stems(name);
    let mut around: Vec<String> = Vec::new();
    words(&prose(near), Style::Prose, &mut |word, what| {
        if what == Word::Part && !is_stop_word(word) {
            with_stem(word, |stem| {
                let new = around.iter().chain(&own).all(|known| known != stem);
                if new && around.len() < MOST_WORDS {
                    around.push(stem.to_owned());
                }
            });
        }
    });
    around
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn speaker(needs: &HashSet<String>) -> Speaker<'_> {
        Speaker {
            ecosystem: Ecosystem::Cargo,
            name: "mine",
            needs,
        }
    }

    fn names(readme: &str) -> Vec<String> {
        let needs = HashSet::from(["tokio".to_owned()]);
        let found = speaker(&needs).mentions(readme);
        found.into_iter().map(|m| m.name).collect()
    }

    #[test]
    fn linked_pages_code_and_links_are_mentions() {
        assert_eq!(
            names("see https://host.example/crates/async-std."),
            ["async-std"]
        );
        assert_eq!(
            names("runs on `async-std` or `tokio`"),
            ["async-std", "tokio"]
        );
        assert_eq!(
            names("[smol](https://host.example/x/smol) works too"),
            ["smol"]
        );
    }

    #[test]
    fn words_in_code_and_blocks_are_none() {
        assert!(names("set `true` or `path`, run `--all-features`").is_empty());
        assert!(names("```\nuse `async-std` here\n```").is_empty());
        assert!(names("`mine` itself, see /crates/mine").is_empty());
    }

    #[test]
    fn the_words_around_are_taken_without_the_name() {
        let needs = HashSet::new();
        let found = speaker(&needs).mentions("An async runtime such as `async-std`.");
        assert_eq!(found[0].words, ["runtim", "such"]);
    }

    #[test]
    fn features_speak_of_what_they_turn_on() {
        let needs = HashSet::from(["async-std".to_owned()]);
        let features = std::collections::BTreeMap::from([(
            "runtime-async-std".to_owned(),
            vec!["dep:async-std".to_owned(), "other/x".to_owned()],
        )]);
        let found = speaker(&needs).of_features(&features);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, ["+runtim"]);
    }

    #[test]
    fn scopes_belong_to_the_name() {
        assert_eq!(address_end("@types/node)"), "@types/node");
        assert_eq!(address_end("react."), "react");
    }

    proptest! {
        #[test]
        fn any_text_has_an_end(text in "[a-z`\\[\\]()/@é\\- \n]{0,300}") {
            let needs = HashSet::new();
            let found = speaker(&needs).mentions(&text);
            prop_assert!(found.len() <= MOST_MENTIONS);
        }
    }
}
