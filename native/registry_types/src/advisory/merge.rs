//! One vulnerability, many records: joining what several databases say about the same thing.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::{Advisory, Severity};
use crate::{Ecosystem, version};

/// Joins advisories about one package which name each other in their aliases, directly or over a
/// third. The record of the home database leads (RustSec for cargo, the Erlang Ecosystem Foundation
/// for Hex, PyPA for PyPI, otherwise GitHub); the others fill what it leaves open and widen the
/// affected versions. Order of first appearance is kept.
///
/// A withdrawn record adds nothing to a group in which another one still stands.
///
/// ```
/// use registry_types::{Advisory, Ecosystem, merge_advisories};
/// let mut github = Advisory::new("GHSA-1");
/// github.aliases = vec!["CVE-2024-1".into()];
/// let mut pypa = Advisory::new("PYSEC-1");
/// pypa.aliases = vec!["CVE-2024-1".into()];
/// let merged = merge_advisories(Ecosystem::Pypi, vec![github, pypa]);
/// assert_eq!(merged.len(), 1);
/// assert_eq!(merged[0].id, "PYSEC-1");
/// assert_eq!(merged[0].aliases, ["CVE-2024-1", "GHSA-1"]);
/// ```
#[must_use]
pub fn merge_advisories(ecosystem: Ecosystem, advisories: Vec<Advisory>) -> Vec<Advisory> {
    let mut groups: Vec<Vec<Advisory>> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::new();
    let roots = connected(&advisories);
    for (advisory, root) in advisories.into_iter().zip(roots) {
        let at = *place.entry(root).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.push(advisory);
        }
    }
    groups
        .into_iter()
        .flat_map(|group| kinds(ecosystem, group))
        .filter_map(|group| join(ecosystem, group))
        .collect()
}

/// Where the home database itself has a vulnerability and a notice under one name, they are two things:
/// each gets a group of its own, and what other databases say belongs to the first.
fn kinds(ecosystem: Ecosystem, group: Vec<Advisory>) -> Vec<Vec<Advisory>> {
    let home = |advisory: &Advisory| rank(ecosystem, &advisory.id) == 0;
    let (own, others): (Vec<_>, Vec<_>) = group.into_iter().partition(home);
    let mut groups: Vec<Vec<Advisory>> = Vec::new();
    for advisory in own {
        let alike = |group: &&mut Vec<Advisory>| {
            let first = group.first();
            first.is_some_and(|first| first.informational == advisory.informational)
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(advisory),
            None => groups.push(vec![advisory]),
        }
    }
    groups.sort_by_key(|group| group.first().is_some_and(|a| a.informational.is_some()));
    match groups.first_mut() {
        Some(first) => first.extend(others),
        None => groups.push(others),
    }
    groups
}

/// For each advisory the first index of the group it belongs to (union-find over ids and aliases).
fn connected(advisories: &[Advisory]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..advisories.len()).collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, advisory) in advisories.iter().enumerate() {
        for name in std::iter::once(&advisory.id).chain(&advisory.aliases) {
            let other = *seen.entry(name).or_insert(index);
            let (a, b) = (root(&mut parents, index), root(&mut parents, other));
            if let Some(parent) = parents.get_mut(a.max(b)) {
                *parent = a.min(b);
            }
        }
    }
    (0..advisories.len())
        .map(|index| root(&mut parents, index))
        .collect()
}

fn root(parents: &mut [usize], mut index: usize) -> usize {
    while let Some(&parent) = parents.get(index)
        && parent != index
    {
        // Path halving keeps long alias chains linear.
        let grandparent = parents.get(parent).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(index) {
            *slot = grandparent;
        }
        index = grandparent;
    }
    index
}

/// How far a database is from the home of its ecosystem.
fn rank(ecosystem: Ecosystem, id: &str) -> u8 {
    let home = match ecosystem {
        Ecosystem::Cargo => "RUSTSEC-",
        Ecosystem::Hex => "EEF-",
        Ecosystem::Pypi => "PYSEC-",
        Ecosystem::Npm | Ecosystem::Github => "GHSA-",
    };
    [home, "MAL-", "GHSA-", "OSV-", "CVE-"]
        .iter()
        .position(|prefix| id.starts_with(prefix))
        .map_or(u8::MAX, |at| u8::try_from(at).unwrap_or(u8::MAX))
}

fn join(ecosystem: Ecosystem, mut group: Vec<Advisory>) -> Option<Advisory> {
    let standing = group.iter().any(|a| a.withdrawn_at.is_none());
    group.sort_by(|a, b| {
        let withdrawn = a.withdrawn_at.is_some().cmp(&b.withdrawn_at.is_some());
        let home = rank(ecosystem, &a.id).cmp(&rank(ecosystem, &b.id));
        withdrawn.then(home).then_with(|| a.id.cmp(&b.id))
    });
    let mut rest = group.into_iter();
    let mut joined = rest.next()?;
    for other in rest {
        joined.aliases.push(other.id.clone());
        joined.aliases.extend(other.aliases.iter().cloned());
        if standing && other.withdrawn_at.is_some() {
            continue;
        }
        fill(&mut joined, other);
    }
    let names = std::mem::take(&mut joined.aliases);
    push_new(&mut joined.aliases, names);
    let id = joined.id.clone();
    joined.aliases.retain(|alias| *alias != id);
    sort_versions(ecosystem, &mut joined.fixed_versions);
    Some(joined)
}

fn fill(joined: &mut Advisory, other: Advisory) {
    joined.summary = joined.summary.take().or(other.summary);
    joined.details = joined.details.take().or(other.details);
    if joined.severity == Severity::Unknown {
        joined.severity = other.severity;
    }
    joined.cvss = joined.cvss.take().or(other.cvss);
    joined.malicious |= other.malicious;
    push_new(&mut joined.symbols, other.symbols);
    if joined.operating_systems.is_empty() && joined.architectures.is_empty() {
        joined.operating_systems = other.operating_systems;
        joined.architectures = other.architectures;
    }
    joined.published_at = earliest(joined.published_at, other.published_at, Ordering::Less);
    joined.modified_at = earliest(joined.modified_at, other.modified_at, Ordering::Greater);
    push_new(&mut joined.affected, other.affected);
    push_new(&mut joined.fixed_versions, other.fixed_versions);
    push_new(&mut joined.references, other.references);
    push_new(&mut joined.sources, other.sources);
}

fn earliest<T: Ord>(a: Option<T>, b: Option<T>, wanted: Ordering) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) if b.cmp(&a) == wanted => Some(b),
        (a, b) => a.or(b),
    }
}

fn push_new<T: Eq + Hash + Clone>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    let mut seen: HashSet<T> = list.iter().cloned().collect();
    list.extend(more.into_iter().filter(|item| seen.insert(item.clone())));
}

fn sort_versions(ecosystem: Ecosystem, versions: &mut Vec<String>) {
    versions.sort_by(|a, b| version::compare(ecosystem, a, b));
    versions.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AffectedRange, Informational, RangeEvent, Timestamp, is_affected};

    fn advisory(id: &str, aliases: &[&str]) -> Advisory {
        Advisory {
            aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
            ..Advisory::new(id)
        }
    }

    fn fixed(version: &str) -> AffectedRange {
        AffectedRange::events(vec![
            RangeEvent::Introduced("0".into()),
            RangeEvent::Fixed(version.into()),
        ])
    }

    #[test]
    fn groups_connect_over_a_third_record() {
        let merged = merge_advisories(
            Ecosystem::Cargo,
            vec![
                advisory("GHSA-a", &["CVE-1"]),
                advisory("OTHER-1", &[]),
                advisory("RUSTSEC-a", &["CVE-2"]),
                advisory("CVE-3", &["CVE-1", "CVE-2"]),
            ],
        );
        assert_eq!(
            merged.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(),
            ["RUSTSEC-a", "OTHER-1"]
        );
        let mut aliases = merged[0].aliases.clone();
        aliases.sort();
        assert_eq!(aliases, ["CVE-1", "CVE-2", "CVE-3", "GHSA-a"]);
    }

    #[test]
    fn each_ecosystem_prefers_its_home() {
        let all = || {
            vec![
                advisory("CVE-1", &[]),
                advisory("GHSA-1", &["CVE-1"]),
                advisory("PYSEC-1", &["CVE-1"]),
                advisory("RUSTSEC-1", &["CVE-1"]),
                advisory("EEF-CVE-1", &["CVE-1"]),
            ]
        };
        for (ecosystem, id) in [
            (Ecosystem::Npm, "GHSA-1"),
            (Ecosystem::Pypi, "PYSEC-1"),
            (Ecosystem::Cargo, "RUSTSEC-1"),
            (Ecosystem::Hex, "EEF-CVE-1"),
        ] {
            let merged = merge_advisories(ecosystem, all());
            assert_eq!((merged.len(), merged[0].id.as_str()), (1, id));
        }
    }

    #[test]
    fn the_leader_is_filled_but_not_overruled() {
        let mut home = advisory("PYSEC-1", &["GHSA-1"]);
        home.details = Some("home".into());
        home.fixed_versions = vec!["1.10".into()];
        home.affected = vec![fixed("1.10")];
        home.published_at = Timestamp::parse("2024-02-01");
        let mut github = advisory("GHSA-1", &[]);
        github.summary = Some("one line".into());
        github.details = Some("github".into());
        github.severity = Severity::High;
        github.fixed_versions = vec!["1.9".into(), "1.10".into()];
        github.affected = vec![fixed("1.10"), fixed("1.9")];
        github.published_at = Timestamp::parse("2024-01-01");
        let merged = merge_advisories(Ecosystem::Pypi, vec![github, home]).remove(0);
        assert_eq!(merged.summary.as_deref(), Some("one line"));
        assert_eq!(merged.details.as_deref(), Some("home"));
        assert_eq!(merged.severity, Severity::High);
        assert_eq!(merged.fixed_versions, ["1.9", "1.10"]);
        assert_eq!(merged.affected.len(), 2);
        assert_eq!(merged.published_at, Timestamp::parse("2024-01-01"));
    }

    #[test]
    fn a_withdrawn_record_does_not_speak_for_the_group() {
        let mut wide = advisory("GHSA-1", &["CVE-1"]);
        wide.withdrawn_at = Timestamp::parse("2024-01-01");
        wide.affected = vec![fixed("9.0.0")];
        let mut narrow = advisory("CVE-1", &[]);
        narrow.affected = vec![fixed("1.0.0")];
        let merged = merge_advisories(Ecosystem::Npm, vec![wide.clone(), narrow]).remove(0);
        assert_eq!((merged.id.as_str(), merged.withdrawn_at), ("CVE-1", None));
        assert!(!is_affected(Ecosystem::Npm, &merged, "2.0.0"));
        let alone = merge_advisories(Ecosystem::Npm, vec![wide]).remove(0);
        assert!(alone.withdrawn_at.is_some());
    }

    #[test]
    fn the_home_database_decides_what_is_informational() {
        let mut home = advisory("RUSTSEC-1", &["GHSA-1"]);
        home.informational = Some(Informational::Unsound);
        let merged = merge_advisories(Ecosystem::Cargo, vec![advisory("GHSA-1", &[]), home]);
        assert_eq!(merged[0].informational, Some(Informational::Unsound));
    }

    #[test]
    fn a_notice_of_the_home_database_is_not_lost_in_its_vulnerability() {
        let mut notice = advisory("RUSTSEC-1", &["CVE-1"]);
        notice.informational = Some(Informational::Unsound);
        let all = vec![
            notice,
            advisory("GHSA-a", &["CVE-1"]),
            advisory("RUSTSEC-2", &["CVE-1"]),
        ];
        let merged = merge_advisories(Ecosystem::Cargo, all);
        let found: Vec<_> = merged
            .iter()
            .map(|a| (a.id.as_str(), a.informational, a.aliases.len()))
            .collect();
        assert_eq!(
            found,
            [
                ("RUSTSEC-2", None, 2),
                ("RUSTSEC-1", Some(Informational::Unsound), 1)
            ]
        );
    }

    #[test]
    fn a_long_chain_of_aliases_is_linear_work() {
        let chain: Vec<Advisory> = (0..20_000)
            .rev()
            .map(|i| advisory(&format!("X-{i}"), &[&format!("X-{}", i + 1)]))
            .collect();
        assert_eq!(
            connected(&chain)
                .iter()
                .collect::<std::collections::HashSet<_>>()
                .len(),
            1
        );
    }
}
