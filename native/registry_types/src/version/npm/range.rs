use super::comparator::{Comparator, Word};
use super::rewrite::{expand, hyphen, join_operators, join_shorthands, strip_build};
use super::scan::is_space;
use super::version::Version;

/// A node-semver range, read in loose mode.
#[derive(Clone, Debug)]
pub(in crate::version) struct Range {
    plain: Alternatives,
    /// The same text read with `includePrerelease`, which moves its bounds.
    with_prereleases: Alternatives,
}

/// Joined by `||`; the bounds of each must all hold, no bounds at all means any version.
type Alternatives = Vec<Vec<Comparator>>;

impl Range {
    pub(in crate::version) fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(is_space).filter(|w| !w.is_empty()).collect();
        let text = words.join(" ");
        Some(Self {
            plain: alternatives(&text, false)?,
            with_prereleases: alternatives(&text, true)?,
        })
    }

    pub(in crate::version) fn matches(&self, version: &Version, prereleases: bool) -> bool {
        let sets = if prereleases {
            &self.with_prereleases
        } else {
            &self.plain
        };
        sets.iter().any(|bounds| {
            bounds.iter().all(|bound| bound.matches(version))
                && (prereleases
                    || !version.is_prerelease()
                    || bounds.iter().any(|bound| bound.invites(version)))
        })
    }
}

fn alternatives(text: &str, prereleases: bool) -> Option<Alternatives> {
    let mut sets = Vec::new();
    for part in text.split("||") {
        sets.extend(bounds(part.trim(), prereleases)?);
    }
    if sets.is_empty() {
        return None;
    }
    if sets.len() > 1 {
        let nothing = |set: &Vec<Comparator>| set.first().is_some_and(Comparator::is_nothing);
        if sets.iter().all(nothing) {
            sets.truncate(1);
        } else {
            sets.retain(|set| !nothing(set));
        }
        // `*` takes the others' place, and with them what they say of prereleases.
        if sets.len() > 1 && sets.iter().any(Vec::is_empty) {
            sets = vec![Vec::new()];
        }
    }
    Some(sets)
}

/// The outer `None`: the range is unreadable. The inner one: this part has no readable word.
fn bounds(part: &str, prereleases: bool) -> Option<Option<Vec<Comparator>>> {
    let text = strip_build(part);
    let text = hyphen(&text, prereleases).unwrap_or(text);
    let text = join_shorthands(&join_operators(&text));
    let expanded: Vec<String> = text.split(' ').map(|w| expand(w, prereleases)).collect();
    let anything = if prereleases { ">=0.0.0-0" } else { ">=0.0.0" };
    let mut any = false;
    let mut bounds = Vec::new();
    for word in words(&expanded.join(" ")) {
        match Word::parse(if word == anything { "" } else { word })? {
            Word::Any => any = true,
            Word::Bound(bound) => bounds.push(bound),
            Word::Dropped => {}
        }
    }
    if let Some(nothing) = bounds.iter().find(|bound| bound.is_nothing()) {
        return Some(Some(vec![nothing.clone()]));
    }
    Some((any || !bounds.is_empty()).then_some(bounds))
}

/// Splits at runs of spaces; only at the two ends an empty word (a star) survives.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let last = text.split(' ').count() - 1;
    text.split(' ')
        .enumerate()
        .filter(move |(at, word)| !word.is_empty() || *at == 0 || *at == last)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(range: &str, version: &str, prereleases: bool) -> bool {
        Range::parse(range)
            .unwrap_or_else(|| panic!("{range}"))
            .matches(&Version::parse(version).unwrap(), prereleases)
    }

    #[test]
    fn the_forms_in_use() {
        for (range, inside, outside) in [
            ("^1.2.3", "1.9.0", "2.0.0"),
            ("^0.2.3", "0.2.9", "0.3.0"),
            ("^0.0.3", "0.0.3", "0.0.4"),
            ("~1.2.3", "1.2.9", "1.3.0"),
            ("~> 1.2", "1.2.9", "1.3.0"),
            ("1.x", "1.9.9", "2.0.0"),
            ("1.2.*", "1.2.0", "1.3.0"),
            ("1.2 - 2.3", "2.3.9", "2.4.0"),
            ("1.2.3 - 2.3.4", "2.3.4", "2.3.5"),
            (">= 1.2 <2", "1.2.0", "2.0.0"),
            (">1", "2.0.0", "1.9.9"),
            ("<=1.2", "1.2.9", "1.3.0"),
            ("1.0.0 || >=2.0.0 <3", "2.5.0", "1.5.0"),
            ("=v1.2.3", "1.2.3", "1.2.4"),
            ("1.2.3+build", "1.2.3", "1.2.4"),
        ] {
            assert!(matches(range, inside, false), "{range} {inside}");
            assert!(!matches(range, outside, false), "{range} {outside}");
        }
        for all in ["", "*", "x", ">=0.0.0", "||", "1 || *"] {
            assert!(matches(all, "0.0.0", false), "{all:?}");
        }
        for nothing in ["<*", ">*", "<0.0.0", "^2.1 <1.2"] {
            assert!(!matches(nothing, "0.0.0", false), "{nothing}");
        }
    }

    #[test]
    fn prereleases_have_to_be_invited() {
        assert!(!matches("^1.2.3", "1.2.4-rc.1", false));
        assert!(matches("^1.2.3-rc.1", "1.2.3-rc.2", false));
        assert!(!matches("^1.2.3-rc.1", "1.2.4-rc.2", false));
        assert!(matches("^1.2.3", "1.2.4-rc.1", true));
        assert!(!matches("<2", "2.0.0-rc.1", true));
        assert!(matches("<2.0.0", "2.0.0-rc.1", true));
        assert!(!matches("* || 1.2.3-a", "1.2.3-a", false));
    }

    #[test]
    fn unreadable_words_fall_away_unreadable_ranges_do_not() {
        assert!(!matches("foo 1.2.3", "1.2.4", false));
        for bad in [
            "foo",
            "latest",
            "file:../x",
            "git+https://h.invalid/o/r",
            ">",
            "9007199254740992",
            "^9007199254740991.0.0",
        ] {
            assert!(Range::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_long_range_is_read_in_no_time() {
        for unit in [
            "v",
            "=",
            "> ",
            "1.2.3 || ",
            "+a",
            "~",
            "^ ",
            "* ",
            "- ",
            "1.",
            "1 - ",
        ] {
            let _ = Range::parse(&unit.repeat(1024 / unit.len()));
        }
    }
}
