use std::collections::BTreeMap;

use super::{Quality, QualityEvidence, QualityFacts, QualityPart, QualityScore};
use crate::version::Version;
use crate::{Ecosystem, Informational, Severity, Timestamp, is_affected};

const YEAR: f64 = 365.25 * 86_400.0;

/// Judges a package by the formula of this module's description; percentiles are left empty.
///
/// ```
/// use registry_types::quality::{QualityFacts, assess};
/// use registry_types::{Ecosystem, Package, Timestamp};
/// let mut package = Package::new(Ecosystem::Npm, "x");
/// package.downloads.recent = Some(9_999);
/// let quality = assess(&QualityFacts {
///     package: &package,
///     release: None,
///     readme: 0,
///     advisories: &[],
///     advisories_known: false,
///     now: Timestamp::from_seconds(1_700_000_000),
/// });
/// assert!(quality.parts[0].score.unwrap() > 0.44);
/// assert!(quality.unknown.contains(&"security".to_owned()));
/// ```
#[must_use]
pub fn assess(facts: &QualityFacts<'_>) -> Quality {
    let parts: Vec<QualityScore> = QualityPart::ALL
        .into_iter()
        .map(|part| {
            let evidence = match part {
                QualityPart::Popularity => popularity(facts),
                QualityPart::Maintenance => maintenance(facts),
                QualityPart::Quality => quality(facts),
                QualityPart::Security => security(facts),
            };
            let mut score = mean(evidence.iter().map(|e| (e.score, e.weight)));
            if part == QualityPart::Maintenance && dead(facts).is_some() {
                score = Some(0.0);
            }
            QualityScore {
                part,
                score,
                weight: part.weight(),
                evidence,
            }
        })
        .collect();
    let mut unknown = Vec::new();
    for part in &parts {
        match part.score {
            None => unknown.push(part.part.as_str().to_owned()),
            Some(_) => unknown.extend(
                part.evidence
                    .iter()
                    .filter(|e| e.score.is_none())
                    .map(|e| format!("{}.{}", part.part.as_str(), e.name)),
            ),
        }
    }
    Quality {
        ecosystem: facts.package.ecosystem,
        package: facts.package.name.clone(),
        score: mean(parts.iter().map(|part| (part.score, part.weight))),
        parts,
        unknown,
        percentiles: BTreeMap::new(),
        assessed_at: facts.now,
    }
}

/// The weighted mean of what is known, in thousandths.
fn mean(parts: impl Iterator<Item = (Option<f64>, f64)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (score, weight) in parts {
        if let Some(score) = score {
            sum += score * weight;
            weights += weight;
        }
    }
    (weights > 0.0).then(|| (sum / weights * 1000.0).round() / 1000.0)
}

fn evidence(
    name: &str,
    weight: f64,
    score: Option<f64>,
    value: impl Into<String>,
    date: Option<Timestamp>,
) -> QualityEvidence {
    QualityEvidence {
        name: name.to_owned(),
        value: if score.is_some() {
            value.into()
        } else {
            "unknown".to_owned()
        },
        score: score.map(|s| (s.clamp(0.0, 1.0) * 1000.0).round() / 1000.0),
        weight,
        date,
    }
}

fn logarithmic(count: u64, most: f64) -> f64 {
    (count as f64).ln_1p() / most.ln_1p()
}

fn popularity(facts: &QualityFacts<'_>) -> Vec<QualityEvidence> {
    let package = facts.package;
    let at = package.collected_at;
    let (most, window) = match package.ecosystem {
        Ecosystem::Npm => (1e9, "last month"),
        Ecosystem::Cargo => (2e8, "90 days"),
        Ecosystem::Hex => (1e7, "90 days"),
        Ecosystem::Pypi => (1e9, "last month"),
        Ecosystem::Github => (1e6, "its window"),
    };
    let figure = |name, weight, count: Option<u64>, most, unit: &str| {
        let value = count.map_or_else(String::new, |n| format!("{n}{unit}"));
        evidence(name, weight, count.map(|n| logarithmic(n, most)), value, at)
    };
    let unit = format!(" in {window}");
    vec![
        figure(
            "recent_downloads",
            0.6,
            package.downloads.recent,
            most,
            &unit,
        ),
        figure("dependents", 0.25, package.dependents_count, 1e5, ""),
        figure("stars", 0.15, package.stars, 1e5, ""),
    ]
}

/// Why the package is not looked after any more.
fn dead(facts: &QualityFacts<'_>) -> Option<(String, Option<Timestamp>)> {
    let package = facts.package;
    if let Some(text) = &package.deprecated {
        let text: String = text.chars().take(200).collect();
        return Some((format!("deprecated: {text}"), package.collected_at));
    }
    if !package.versions.is_empty() && package.versions.iter().all(|entry| !entry.is_live()) {
        let text = "every version is deprecated, retired or yanked".to_owned();
        return Some((text, package.collected_at));
    }
    let unmaintained = facts.advisories.iter().find(|advisory| {
        advisory.informational == Some(Informational::Unmaintained)
            && advisory.withdrawn_at.is_none()
    });
    unmaintained.map(|advisory| {
        (
            format!("called unmaintained by {}", advisory.id),
            advisory.published_at,
        )
    })
}

fn maintenance(facts: &QualityFacts<'_>) -> Vec<QualityEvidence> {
    let package = facts.package;
    let years =
        |from: Timestamp| facts.now.micros().saturating_sub(from.micros()) as f64 / 1e6 / YEAR;
    let dates: Vec<Timestamp> = package
        .versions
        .iter()
        .filter_map(|e| e.published_at)
        .collect();
    let last = dates.iter().max().copied();
    let first = dates
        .iter()
        .min()
        .copied()
        .into_iter()
        .chain(package.created_at)
        .min();
    let mature = is_stable(facts) == Some(true) && package.versions.len() >= 10;
    let recency = last.map(|last| {
        let fall = 1.0 - (years(last) - 1.0).max(0.0) * 0.1875;
        fall.max(if mature { 0.6 } else { 0.25 })
    });
    let recent = dates.iter().filter(|date| years(**date) <= 2.0).count();
    let known = !dates.is_empty();
    let ago = |from: Option<Timestamp>| {
        from.map_or_else(String::new, |from| format!("{:.1} years ago", years(from)))
    };
    let mut all = vec![
        evidence("last_release", 0.5, recency, ago(last), last),
        evidence(
            "releases_in_two_years",
            0.25,
            known.then_some(recent as f64 / 4.0),
            recent.to_string(),
            package.collected_at,
        ),
        evidence("age", 0.25, first.map(years), ago(first), first),
    ];
    if let Some((why, date)) = dead(facts) {
        all.push(evidence("standing", 0.0, Some(0.0), why, date));
    }
    all
}

/// Whether the newest version is 1.0.0 or later.
fn is_stable(facts: &QualityFacts<'_>) -> Option<bool> {
    let package = facts.package;
    let latest = package
        .latest_stable_version
        .as_ref()
        .or(package.latest_version.as_ref());
    let latest = latest.or_else(|| package.versions.first().map(|entry| &entry.version))?;
    let parse = |text| Version::parse(package.ecosystem, text).ok();
    Some(parse(latest)? >= parse("1.0.0")?)
}

fn quality(facts: &QualityFacts<'_>) -> Vec<QualityEvidence> {
    let package = facts.package;
    let at = package.collected_at;
    let given = |name, weight, text: Option<&String>| {
        let is_there = text.is_some_and(|text| !text.trim().is_empty());
        let value: String = text
            .map_or("none", |text| text.as_str())
            .chars()
            .take(120)
            .collect();
        evidence(name, weight, Some(f64::from(u8::from(is_there))), value, at)
    };
    let license = package
        .license
        .as_ref()
        .or_else(|| facts.release.and_then(|r| r.license.as_ref()));
    let readme = facts.release.map(|_| facts.readme as f64 / 2000.0);
    let stable = is_stable(facts);
    vec![
        evidence("readme", 0.3, readme, format!("{} bytes", facts.readme), at),
        given("license", 0.2, license),
        given("repository", 0.2, package.repository.as_ref()),
        given("description", 0.1, package.description.as_ref()),
        given(
            "documentation",
            0.1,
            package.documentation.as_ref().or(package.homepage.as_ref()),
        ),
        evidence(
            "stable",
            0.1,
            stable.map(|stable| f64::from(u8::from(stable))),
            if stable == Some(true) {
                "from 1.0.0 on"
            } else {
                "below 1.0.0"
            },
            at,
        ),
    ]
}

fn security(facts: &QualityFacts<'_>) -> Vec<QualityEvidence> {
    let package = facts.package;
    let latest = package
        .latest_stable_version
        .as_ref()
        .or(package.latest_version.as_ref());
    let latest = latest.or_else(|| facts.release.map(|release| &release.version));
    let known = facts.advisories_known || !facts.advisories.is_empty();
    let Some(latest) = latest.filter(|_| known) else {
        return vec![evidence("advisories", 1.0, None, "", None)];
    };
    let affecting = facts.advisories.iter().filter(|advisory| {
        advisory.informational.is_none() && is_affected(package.ecosystem, advisory, latest)
    });
    let worst = affecting
        .map(|advisory| (harm(advisory.malicious, advisory.severity), advisory))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    vec![match worst {
        None => {
            let value = format!("none affects {latest}");
            evidence("advisories", 1.0, Some(1.0), value, package.collected_at)
        }
        Some((score, advisory)) => {
            let value = format!(
                "{} ({}) affects {latest}",
                advisory.id,
                advisory.severity.as_str()
            );
            evidence(
                "advisories",
                1.0,
                Some(score),
                value,
                advisory.modified_at.or(advisory.published_at),
            )
        }
    }]
}

const fn harm(malicious: bool, severity: Severity) -> f64 {
    if malicious {
        return 0.0;
    }
    match severity {
        Severity::None => 1.0,
        Severity::Low => 0.8,
        Severity::Unknown | Severity::Medium => 0.5,
        Severity::High => 0.2,
        Severity::Critical => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Advisory, AffectedRange, Package, RangeEvent, Release, VersionEntry};

    const NOW: i64 = 1_700_000_000;

    fn years_ago(years: f64) -> Timestamp {
        Timestamp::from_seconds(NOW - (years * YEAR) as i64)
    }

    fn package(version: &str, dates: &[f64]) -> Package {
        let mut package = Package::new(Ecosystem::Cargo, "x");
        package.latest_stable_version = Some(version.to_owned());
        package.versions = dates
            .iter()
            .enumerate()
            .map(|(n, years)| VersionEntry {
                published_at: Some(years_ago(*years)),
                ..VersionEntry::unlisted(Ecosystem::Cargo, &format!("{version}+{n}"))
            })
            .collect();
        package
    }

    fn judged(package: &Package, advisories: &[Advisory]) -> Quality {
        let release = Release::new(Ecosystem::Cargo, "x", "1.0.0");
        assess(&QualityFacts {
            package,
            release: Some(&release),
            readme: 3_000,
            advisories,
            advisories_known: true,
            now: Timestamp::from_seconds(NOW),
        })
    }

    fn score(quality: &Quality, part: QualityPart) -> Option<f64> {
        quality
            .parts
            .iter()
            .find(|p| p.part == part)
            .and_then(|p| p.score)
    }

    #[test]
    fn weights_add_up() {
        let sum: f64 = QualityPart::ALL.iter().map(|part| part.weight()).sum();
        assert!((sum - 1.0).abs() < 1e-9);
        for part in judged(&package("1.0.0", &[0.5]), &[]).parts {
            let sum: f64 = part.evidence.iter().map(|e| e.weight).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{:?}", part.part);
        }
    }

    #[test]
    fn what_is_unknown_is_left_out_and_named() {
        let mut package = package("1.0.0", &[0.5]);
        let quality = judged(&package, &[]);
        assert_eq!(score(&quality, QualityPart::Popularity), None);
        assert!(quality.unknown.contains(&"popularity".to_owned()));
        let without = quality.score.unwrap();
        package.stars = Some(0);
        let quality = judged(&package, &[]);
        assert_eq!(score(&quality, QualityPart::Popularity), Some(0.0));
        assert!(quality.score.unwrap() < without, "none is not unknown");
        assert!(
            quality
                .unknown
                .contains(&"popularity.recent_downloads".to_owned())
        );
    }

    #[test]
    fn a_mature_package_is_not_an_abandoned_one() {
        let old = [4.5; 12];
        let mature = score(
            &judged(&package("2.1.0", &old), &[]),
            QualityPart::Maintenance,
        )
        .unwrap();
        let stale = score(
            &judged(&package("0.2.0", &old), &[]),
            QualityPart::Maintenance,
        )
        .unwrap();
        let fresh = score(
            &judged(&package("2.1.0", &[0.1, 0.3, 0.6, 1.0, 3.0]), &[]),
            QualityPart::Maintenance,
        );
        assert!(mature > stale + 0.1, "{mature} {stale}");
        assert_eq!(fresh, Some(1.0));
        let mut dead = package("2.1.0", &[0.1]);
        dead.deprecated = Some("use y".into());
        assert_eq!(
            score(&judged(&dead, &[]), QualityPart::Maintenance),
            Some(0.0)
        );
    }

    #[test]
    fn only_what_affects_the_newest_version_counts() {
        let mut advisory = Advisory::new("RUSTSEC-1");
        advisory.severity = Severity::High;
        advisory.affected = vec![AffectedRange::events(vec![
            RangeEvent::Introduced("0".into()),
            RangeEvent::Fixed("1.0.0".into()),
        ])];
        let advisories = [advisory];
        let fixed = judged(&package("1.0.0", &[1.0]), &advisories);
        assert_eq!(score(&fixed, QualityPart::Security), Some(1.0));
        let open = judged(&package("0.9.0", &[1.0]), &advisories);
        assert_eq!(score(&open, QualityPart::Security), Some(0.2));
    }
}
