//! Which versions an advisory is about: the evaluation algorithm of the OSV schema.

use std::collections::{BTreeSet, HashSet};

use super::{Advisory, AffectedRange, RangeEvent};
use crate::Ecosystem;
use crate::version::{Requirement, Version};

/// Whether `version` is affected by `advisory`, by the OSV schema's algorithm: listed by name, or
/// inside one interval of one range. A withdrawn advisory affects nothing.
///
/// An informational advisory (see [`Advisory::informational`]) answers as any other does: the
/// caller shows it apart from the vulnerabilities.
///
/// ```
/// use registry_types::{Advisory, AffectedRange, Ecosystem, RangeEvent, is_affected};
/// let mut advisory = Advisory::new("GHSA-xxxx-xxxx-xxxx");
/// advisory.affected = vec![AffectedRange::events(vec![
///     RangeEvent::Introduced("0".into()),
///     RangeEvent::Fixed("1.2.0".into()),
/// ])];
/// assert!(is_affected(Ecosystem::Npm, &advisory, "1.2.0-rc.1"));
/// assert!(!is_affected(Ecosystem::Npm, &advisory, "1.2.0"));
/// ```
#[must_use]
pub fn is_affected(ecosystem: Ecosystem, advisory: &Advisory, version: &str) -> bool {
    Affected::new(ecosystem, advisory).contains(version)
}

/// The affected versions of one advisory, read once so that many versions can be asked about.
#[derive(Clone, Debug)]
pub struct Affected {
    ecosystem: Ecosystem,
    listed: HashSet<String>,
    listed_versions: BTreeSet<Version>,
    intervals: Vec<Intervals>,
    requirements: Vec<Requirement>,
}

impl Affected {
    /// Reads the ranges of `advisory`. Events whose version cannot be read are left out, as are
    /// git ranges, which speak of commits.
    #[must_use]
    pub fn new(ecosystem: Ecosystem, advisory: &Advisory) -> Self {
        let mut affected = Self {
            ecosystem,
            listed: HashSet::new(),
            listed_versions: BTreeSet::new(),
            intervals: Vec::new(),
            requirements: Vec::new(),
        };
        if advisory.withdrawn_at.is_none() {
            for range in &advisory.affected {
                affected.add(range);
            }
        }
        affected
    }

    fn add(&mut self, range: &AffectedRange) {
        for version in &range.versions {
            self.listed_versions.extend(read(self.ecosystem, version));
            self.listed.insert(version.clone());
        }
        if let Some(text) = &range.requirement {
            self.requirements
                .extend(Requirement::parse(self.ecosystem, text).ok());
        }
        if range.kind != "GIT" {
            self.intervals
                .push(Intervals::new(self.ecosystem, &range.events));
        }
    }

    /// Whether `version` is one of them.
    #[must_use]
    pub fn contains(&self, version: &str) -> bool {
        if self.listed.contains(version) {
            return true;
        }
        let Some(version) = read(self.ecosystem, version) else {
            return false;
        };
        self.listed_versions.contains(&version)
            || self.intervals.iter().any(|i| i.contain(&version))
            || self
                .requirements
                .iter()
                .any(|r| r.matches_including_prerelease(&version))
    }
}

/// One range's events in the order of their versions. `None` is the beginning of time.
#[derive(Clone, Debug)]
struct Intervals {
    events: Vec<(Option<Version>, Turn)>,
    /// Empty: no limit. `None` inside: a limit that is never reached.
    limits: Vec<Option<Version>>,
}

#[derive(Clone, Copy, Debug)]
enum Turn {
    Introduced,
    Fixed,
    LastAffected,
}

impl Intervals {
    fn new(ecosystem: Ecosystem, given: &[RangeEvent]) -> Self {
        let mut events = Vec::with_capacity(given.len());
        let mut limits = Vec::new();
        for event in given {
            let (turn, text) = match event {
                RangeEvent::Introduced(v) => (Turn::Introduced, v),
                RangeEvent::Fixed(v) => (Turn::Fixed, v),
                RangeEvent::LastAffected(v) => (Turn::LastAffected, v),
                RangeEvent::Limit(v) => {
                    if v == "*" {
                        limits.push(None);
                    } else if let Some(limit) = read(ecosystem, v) {
                        limits.push(Some(limit));
                    }
                    continue;
                }
            };
            if text == "0" {
                events.push((None, turn));
            } else if let Some(version) = read(ecosystem, text) {
                events.push((Some(version), turn));
            }
        }
        // Records list their events in any order. The sort is stable: at one version, the order
        // given decides whether an interval ends or begins there.
        events.sort_by(|a, b| a.0.cmp(&b.0));
        Self { events, limits }
    }

    fn contain(&self, version: &Version) -> bool {
        let before_limit = self.limits.is_empty()
            || self
                .limits
                .iter()
                .any(|limit| limit.as_ref().is_none_or(|l| version < l));
        if !before_limit {
            return false;
        }
        let mut inside = false;
        for (at, turn) in &self.events {
            let reached = at.as_ref().is_none_or(|at| version >= at);
            match turn {
                Turn::Introduced if reached => inside = true,
                Turn::Fixed if reached => inside = false,
                Turn::LastAffected if at.as_ref().is_none_or(|at| version > at) => inside = false,
                _ => {}
            }
        }
        inside
    }
}

/// Reads a version as advisories write it: `1` and `1.2` stand for `1.0.0` and `1.2.0`.
fn read(ecosystem: Ecosystem, text: &str) -> Option<Version> {
    let mut text = text.trim();
    if ecosystem == Ecosystem::Cargo {
        // Build metadata counts in cargo's total order, but not in precedence, which is meant here.
        text = text.split('+').next().unwrap_or(text);
    }
    if let Ok(version) = Version::parse(ecosystem, text) {
        return Some(version);
    }
    let (numbers, rest) = match text.find(['-', '+']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let missing = match numbers.matches('.').count() {
        0 => ".0.0",
        1 => ".0",
        _ => return None,
    };
    Version::parse(ecosystem, &format!("{numbers}{missing}{rest}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;
    use RangeEvent::{Fixed, Introduced, LastAffected, Limit};

    fn with(ranges: Vec<AffectedRange>) -> Advisory {
        Advisory {
            affected: ranges,
            ..Advisory::new("X-1")
        }
    }

    fn events(list: &[RangeEvent]) -> Advisory {
        with(vec![AffectedRange::events(list.to_vec())])
    }

    fn affected(ecosystem: Ecosystem, advisory: &Advisory, versions: &[&str]) -> Vec<bool> {
        let affected = Affected::new(ecosystem, advisory);
        versions.iter().map(|v| affected.contains(v)).collect()
    }

    #[test]
    fn unsorted_events_form_the_same_intervals() {
        let advisory = events(&[
            Introduced("2.0.0".into()),
            Fixed("2.0.6".into()),
            Introduced("0".into()),
            Fixed("1.26.17".into()),
        ]);
        assert_eq!(
            affected(
                Ecosystem::Pypi,
                &advisory,
                &[
                    "0.dev0",
                    "1.26.16",
                    "1.26.17",
                    "1.99",
                    "2",
                    "2.0.5.post1",
                    "2.0.6"
                ]
            ),
            [true, true, false, false, true, true, false]
        );
    }

    #[test]
    fn beginning_of_time_in_both_spellings() {
        for zero in ["0", "0.0.0-0"] {
            let advisory = events(&[Introduced(zero.into()), Fixed("0.1.0".into())]);
            assert_eq!(
                affected(
                    Ecosystem::Cargo,
                    &advisory,
                    &["0.0.0-0", "0.0.0-alpha", "0.1.0-rc", "0.1.0"]
                ),
                [true, true, true, false],
                "{zero}"
            );
        }
    }

    #[test]
    fn last_affected_is_inclusive_and_fixed_exclusive() {
        let advisory = events(&[Introduced("1.0.0".into()), LastAffected("1.2.0".into())]);
        assert_eq!(
            affected(
                Ecosystem::Npm,
                &advisory,
                &["0.9.9", "1.0.0", "1.2.0", "1.2.1-0"]
            ),
            [false, true, true, false]
        );
    }

    #[test]
    fn one_version_interval_and_touching_intervals() {
        let single = events(&[Introduced("1.0.0".into()), LastAffected("1.0.0".into())]);
        assert_eq!(
            affected(Ecosystem::Npm, &single, &["1.0.0", "1.0.1"]),
            [true, false]
        );
        let touching = events(&[
            Introduced("1.0.0".into()),
            Fixed("2.0.0".into()),
            Introduced("2.0.0".into()),
            Fixed("3.0.0".into()),
        ]);
        assert_eq!(
            affected(Ecosystem::Npm, &touching, &["2.0.0", "3.0.0"]),
            [true, false]
        );
    }

    #[test]
    fn open_interval_and_limits() {
        let open = events(&[Introduced("1.0.0".into())]);
        assert!(is_affected(Ecosystem::Hex, &open, "99.0.0"));
        let limited = events(&[Introduced("0".into()), Limit("2.0.0".into())]);
        assert_eq!(
            affected(Ecosystem::Hex, &limited, &["1.9.9", "2.0.0"]),
            [true, false]
        );
        let endless = events(&[Introduced("0".into()), Limit("*".into())]);
        assert!(is_affected(Ecosystem::Hex, &endless, "2.0.0"));
    }

    #[test]
    fn listed_versions_match_beside_ranges_and_in_any_spelling() {
        let advisory = with(vec![AffectedRange {
            versions: vec!["1.0".into(), "not a version".into()],
            ..AffectedRange::events(vec![Introduced("3.0".into())])
        }]);
        assert_eq!(
            affected(
                Ecosystem::Pypi,
                &advisory,
                &["1.0", "1.0.0", "1.1", "3", "not a version", "other"]
            ),
            [true, true, false, true, true, false]
        );
    }

    #[test]
    fn git_ranges_and_withdrawn_advisories_affect_nothing() {
        let git = AffectedRange {
            kind: "GIT".into(),
            ..AffectedRange::events(vec![Introduced("0".into())])
        };
        assert!(!is_affected(Ecosystem::Npm, &with(vec![git]), "1.0.0"));
        let mut taken_back = events(&[Introduced("0".into())]);
        assert!(is_affected(Ecosystem::Npm, &taken_back, "1.0.0"));
        taken_back.withdrawn_at = Timestamp::parse("2024-01-01");
        assert!(!is_affected(Ecosystem::Npm, &taken_back, "1.0.0"));
    }

    #[test]
    fn short_versions_and_unreadable_events() {
        let short = events(&[Introduced("1".into()), Fixed("1.2".into())]);
        assert_eq!(
            affected(Ecosystem::Npm, &short, &["1.1.9", "1.2.0"]),
            [true, false]
        );
        let odd = events(&[Introduced("0".into()), Fixed("soon".into())]);
        assert!(is_affected(Ecosystem::Npm, &odd, "1.0.0"));
        assert!(!is_affected(Ecosystem::Npm, &odd, "no version at all"));
    }

    #[test]
    fn a_range_with_nothing_in_it_affects_nothing() {
        assert!(!is_affected(Ecosystem::Npm, &events(&[]), "1.0.0"));
        assert!(!is_affected(
            Ecosystem::Npm,
            &events(&[Fixed("2.0.0".into())]),
            "1.0.0"
        ));
    }

    #[test]
    fn requirement_ranges_use_the_ecosystems_syntax() {
        let advisory = with(vec![AffectedRange::requirement("<1.2.0")]);
        assert_eq!(
            affected(
                Ecosystem::Npm,
                &advisory,
                &["1.1.0", "1.1.0-beta.1", "1.2.0-rc.1", "1.2.0"]
            ),
            [true, true, true, false]
        );
    }

    #[test]
    fn build_metadata_does_not_escape_a_range() {
        let advisory = events(&[Introduced("1.0.0".into()), LastAffected("1.2.0".into())]);
        for ecosystem in [Ecosystem::Cargo, Ecosystem::Npm, Ecosystem::Hex] {
            assert!(is_affected(ecosystem, &advisory, "1.2.0+build.5"));
        }
    }
}
