//! What a record means for one package.

use std::collections::{BTreeMap, HashSet};

use registry_types::{
    Advisory, AffectedRange, Cvss, Ecosystem, Informational, RangeEvent, Severity, Timestamp,
    normalize_name, version,
};

use super::record::{AffectedPackage, Range, Rating, Record};
use super::severity::{score, severity_of_score, severity_of_word};
use super::symbols::EcosystemSpecific;

impl Record {
    /// The advisory for one package, out of all entries about it; `None` if there is none.
    #[must_use]
    pub fn advisory(&self, ecosystem: Ecosystem, name: &str) -> Option<Advisory> {
        let wanted = (ecosystem, normalize_name(ecosystem, name));
        let mine: Vec<&AffectedPackage> = self
            .affected
            .iter()
            .filter(|entry| entry.package().as_ref() == Some(&wanted))
            .collect();
        (!mine.is_empty()).then(|| self.of_entries(ecosystem, &mine))
    }

    /// The advisories for all packages of our ecosystems that it speaks of, under their normalised
    /// names.
    #[must_use]
    pub fn advisories(&self) -> Vec<(Ecosystem, String, Advisory)> {
        let mut packages: BTreeMap<(Ecosystem, String), Vec<&AffectedPackage>> = BTreeMap::new();
        for entry in &self.affected {
            if let Some(package) = entry.package() {
                packages.entry(package).or_default().push(entry);
            }
        }
        packages
            .into_iter()
            .map(|((ecosystem, name), mine)| {
                let advisory = self.of_entries(ecosystem, &mine);
                (ecosystem, name, advisory)
            })
            .collect()
    }

    fn of_entries(&self, ecosystem: Ecosystem, mine: &[&AffectedPackage]) -> Advisory {
        let ratings = mine.iter().flat_map(|entry| &entry.severity);
        let cvss = best(ratings).or_else(|| best(self.severity.iter()));
        let word = mine
            .iter()
            .find_map(|entry| entry.database_specific.severity.as_deref())
            .or(self.database_specific.severity.as_deref());
        let date = |text: &Option<String>| Timestamp::parse(text.as_deref()?);
        Advisory {
            aliases: self.aliases.clone(),
            summary: self.summary.clone(),
            details: self.details.clone(),
            severity: match &cvss {
                Some(cvss) => severity_of_score(cvss.score),
                None => word.map_or(Severity::Unknown, severity_of_word),
            },
            cvss,
            affected: mine.iter().flat_map(|entry| ranges(entry)).collect(),
            fixed_versions: fixed_versions(ecosystem, mine),
            symbols: gathered(mine, |specific| specific.symbols()),
            operating_systems: gathered(mine, |specific| specific.operating_systems().to_vec()),
            architectures: gathered(mine, |specific| specific.architectures().to_vec()),
            informational: mine
                .iter()
                .find_map(|entry| informational(entry.database_specific.informational.as_deref()?)),
            references: self
                .references
                .iter()
                .filter_map(|r| r.url.clone())
                .collect(),
            published_at: date(&self.published),
            modified_at: date(&self.modified),
            withdrawn_at: date(&self.withdrawn),
            sources: vec!["osv".to_owned()],
            ..Advisory::new(self.id.clone())
        }
    }
}

/// What all entries name, each once.
fn gathered(
    entries: &[&AffectedPackage],
    of: impl Fn(&EcosystemSpecific) -> Vec<String>,
) -> Vec<String> {
    let mut seen = HashSet::new();
    let named = entries.iter().flat_map(|e| of(&e.ecosystem_specific));
    named.filter(|name| seen.insert(name.clone())).collect()
}

/// The rating by the newest CVSS version that can be read.
fn best<'a>(ratings: impl Iterator<Item = &'a Rating>) -> Option<Cvss> {
    ratings
        .filter(|rating| {
            rating
                .kind
                .as_deref()
                .is_some_and(|k| k.starts_with("CVSS_V"))
        })
        .filter_map(|rating| score(rating.score.as_deref()?))
        .max_by(|a, b| a.version.cmp(&b.version))
}

/// Ranges over versions, the listed versions with the first; commits mean nothing to a registry.
fn ranges(entry: &AffectedPackage) -> Vec<AffectedRange> {
    let mut ranges: Vec<AffectedRange> = entry
        .ranges
        .iter()
        .filter(|range| range.kind.as_deref() != Some("GIT"))
        .map(|range| AffectedRange {
            kind: range.kind.clone().unwrap_or_else(|| "ECOSYSTEM".to_owned()),
            ..AffectedRange::events(events(range))
        })
        .collect();
    match ranges.first_mut() {
        Some(first) => first.versions.clone_from(&entry.versions),
        None => ranges.push(AffectedRange::versions(entry.versions.clone())),
    }
    ranges
}

fn events(range: &Range) -> Vec<RangeEvent> {
    let mut events = Vec::with_capacity(range.events.len());
    for event in &range.events {
        events.extend(event.introduced.clone().map(RangeEvent::Introduced));
        events.extend(event.fixed.clone().map(RangeEvent::Fixed));
        events.extend(event.last_affected.clone().map(RangeEvent::LastAffected));
        events.extend(event.limit.clone().map(RangeEvent::Limit));
    }
    events
}

fn fixed_versions(ecosystem: Ecosystem, entries: &[&AffectedPackage]) -> Vec<String> {
    let mut fixed: Vec<String> = entries
        .iter()
        .flat_map(|entry| &entry.ranges)
        .filter(|range| range.kind.as_deref() != Some("GIT"))
        .flat_map(|range| &range.events)
        .filter_map(|event| event.fixed.clone())
        .collect();
    fixed.sort_by(|a, b| version::compare(ecosystem, a, b));
    fixed.dedup();
    fixed
}

pub(crate) fn informational(word: &str) -> Option<Informational> {
    match word {
        "unmaintained" => Some(Informational::Unmaintained),
        "unsound" => Some(Informational::Unsound),
        "notice" => Some(Informational::Notice),
        // A kind RustSec may invent is still no vulnerability.
        _ => Some(Informational::Notice),
    }
}
