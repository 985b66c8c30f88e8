//! Records of the RustSec advisory database as they are written: Markdown with a block of TOML in
//! front (<https://github.com/RustSec/advisory-db>).
//!
//! RustSec names the versions that are *not* affected, by requirements. They are turned into the
//! affected intervals between them, as RustSec's own export to OSV does.

use std::collections::BTreeMap;

use registry_types::{
    Advisory, AffectedRange, Ecosystem, Error, RangeEvent, Result, Severity, Timestamp, check_name,
};
use semver::{BuildMetadata, Comparator, Op, Prerelease, Version, VersionReq};
use serde::Deserialize;

use crate::osv::{informational, score, severity_of_score};

/// An advisory and the crate it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct RustsecRecord {
    /// The crate.
    pub package: String,
    /// What is said of it.
    pub advisory: Advisory,
}

#[derive(Deserialize)]
struct Front {
    advisory: Head,
    #[serde(default)]
    affected: Affected,
    #[serde(default)]
    versions: Versions,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    package: String,
    #[serde(default)]
    collection: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    withdrawn: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    references: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    cvss: Option<String>,
    #[serde(default)]
    informational: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    description: Option<String>,
}

#[derive(Default, Deserialize)]
struct Affected {
    #[serde(default)]
    functions: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    os: Vec<String>,
    #[serde(default)]
    arch: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
}

/// Reads a record: Markdown with a TOML block in front, or the bare TOML of older times.
///
/// ```
/// let text = "```toml\n[advisory]\nid = \"RUSTSEC-2024-0001\"\npackage = \"x\"\n\
///             date = \"2024-01-02\"\n[versions]\npatched = [\">= 1.2.3\"]\n```\n\n# Title\n\nText.";
/// let record = registry_protocols::rustsec::parse(text.as_bytes())?;
/// assert_eq!((record.package.as_str(), record.advisory.summary.as_deref()), ("x", Some("Title")));
/// assert!(record.advisory.affects(registry_types::Ecosystem::Cargo, "1.2.2"));
/// # Ok::<(), registry_types::Error>(())
/// ```
///
/// # Errors
/// `protocol` when it is no such record, `unsupported` when it is not about a crate.
pub fn parse(bytes: &[u8]) -> Result<RustsecRecord> {
    let bad = |why: &dyn std::fmt::Display| {
        Error::protocol(format!("this is no RustSec advisory: {why}"))
    };
    let text = std::str::from_utf8(bytes).map_err(|e| bad(&e))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (front, markdown) = match text.trim_start().strip_prefix("```toml") {
        Some(rest) => rest
            .split_once("\n```")
            .ok_or_else(|| bad(&"the TOML block in front does not end"))?,
        None => (text, ""),
    };
    let front: Front = toml::from_str(front).map_err(|e| bad(&e.message()))?;
    let head = front.advisory;
    if head.collection.as_deref().is_some_and(|c| c != "crates") {
        return Err(Error::new(
            registry_types::ErrorKind::Unsupported,
            format!(
                "{} is about the Rust distribution, not about a crate",
                head.id
            ),
        ));
    }
    check_name(Ecosystem::Cargo, &head.package)?;
    let (title, description) = split_markdown(markdown);
    let cvss = head.cvss.as_deref().and_then(score);
    let not_affected = front
        .versions
        .patched
        .iter()
        .chain(&front.versions.unaffected);
    let events = affected_events(not_affected).map_err(|why| bad(&why))?;
    let fixed_versions = first_fixed(&front.versions.patched);
    let date = |text: Option<String>| Timestamp::parse(&text?);
    let mut symbols: Vec<String> = front.affected.functions.into_keys().collect();
    symbols.sort();
    Ok(RustsecRecord {
        package: head.package,
        advisory: Advisory {
            aliases: head.aliases,
            summary: title.or(head.title),
            details: description.or(head.description),
            severity: cvss
                .as_ref()
                .map_or(Severity::Unknown, |cvss| severity_of_score(cvss.score)),
            cvss,
            affected: vec![AffectedRange {
                kind: "SEMVER".to_owned(),
                ..AffectedRange::events(events)
            }],
            fixed_versions,
            symbols,
            operating_systems: front.affected.os,
            architectures: front.affected.arch,
            informational: head.informational.as_deref().and_then(informational),
            references: head.url.into_iter().chain(head.references).collect(),
            published_at: date(head.date),
            withdrawn_at: date(head.withdrawn),
            sources: vec!["rustsec".to_owned()],
            ..Advisory::new(head.id)
        },
    })
}

/// The title and what follows it.
fn split_markdown(markdown: &str) -> (Option<String>, Option<String>) {
    let said = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    // The fence of the block ends with its line.
    let body = markdown
        .split_once('\n')
        .map_or("", |(_, body)| body)
        .trim();
    match body.strip_prefix("# ") {
        Some(rest) => {
            let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            (said(title), said(rest))
        }
        None => (None, said(body)),
    }
}

/// Versions from (and whether that one itself) to (and whether).
#[derive(Clone, Debug)]
struct Interval {
    from: Option<(Version, bool)>,
    to: Option<(Version, bool)>,
}

/// What lies between the intervals that are not affected, as events in order.
fn affected_events<'a>(
    requirements: impl Iterator<Item = &'a String>,
) -> std::result::Result<Vec<RangeEvent>, String> {
    let mut intervals = Vec::new();
    for text in requirements {
        let req = VersionReq::parse(text).map_err(|e| format!("{text:?}: {e}"))?;
        intervals.push(interval(&req).ok_or_else(|| format!("{text:?} is no single range"))?);
    }
    intervals.sort_by(|a, b| {
        let key = |i: &Interval| i.from.clone().map(|(version, itself)| (version, !itself));
        key(a).cmp(&key(b))
    });
    let mut events = Vec::new();
    // Where the affected stretch that is open began; `None` inside: from the beginning of time.
    let mut open = Some(None);
    for Interval { from, to } in intervals {
        let starts_later = match (&open, &from) {
            (Some(Some(begun)), Some((version, itself))) => {
                begun < version || begun == version && !itself
            }
            (Some(None), Some(_)) => true,
            _ => false,
        };
        if let (true, Some((version, itself))) = (starts_later, &from) {
            let begun = open.take().flatten();
            events.push(RangeEvent::Introduced(
                begun.map_or_else(|| "0".to_owned(), |v: Version| v.to_string()),
            ));
            events.push(match itself {
                true => RangeEvent::Fixed(version.to_string()),
                false => RangeEvent::LastAffected(version.to_string()),
            });
        } else if from.is_none() {
            open = None;
        }
        match to {
            None => return Ok(events),
            Some((version, itself)) => {
                let next = if itself { after(&version) } else { version };
                let later = !matches!(&open, Some(Some(begun)) if *begun >= next);
                if later {
                    open = Some(Some(next));
                }
            }
        }
    }
    let begun = open.flatten();
    events.push(RangeEvent::Introduced(
        begun.map_or_else(|| "0".to_owned(), |v| v.to_string()),
    ));
    Ok(events)
}

/// The versions that satisfy `req`, if they lie in one piece.
fn interval(req: &VersionReq) -> Option<Interval> {
    let mut interval = Interval {
        from: None,
        to: None,
    };
    for comparator in &req.comparators {
        let at = lowest(comparator);
        let (from, to) = match comparator.op {
            Op::Exact => (Some((at.clone(), true)), Some((at, true))),
            Op::Greater => (Some((at, false)), None),
            Op::GreaterEq => (Some((at, true)), None),
            Op::Less => (None, Some((at, false))),
            Op::LessEq => (None, Some((at, true))),
            Op::Tilde => {
                let end = release(at.major, at.minor.checked_add(1)?, 0);
                (Some((at, true)), Some((end, false)))
            }
            Op::Caret => {
                let end = match (at.major, at.minor) {
                    (0, 0) => release(0, 0, at.patch.checked_add(1)?),
                    (0, minor) => release(0, minor.checked_add(1)?, 0),
                    (major, _) => release(major.checked_add(1)?, 0, 0),
                };
                (Some((at, true)), Some((end, false)))
            }
            _ => return None,
        };
        if from.is_some() && interval.from.is_some() || to.is_some() && interval.to.is_some() {
            return None;
        }
        interval.from = interval.from.or(from);
        interval.to = interval.to.or(to);
    }
    Some(interval)
}

/// The version of a comparator; parts left out are zero.
fn lowest(comparator: &Comparator) -> Version {
    Version {
        major: comparator.major,
        minor: comparator.minor.unwrap_or(0),
        patch: comparator.patch.unwrap_or(0),
        pre: comparator.pre.clone(),
        build: BuildMetadata::EMPTY,
    }
}

/// The lowest prerelease: a bound of `^1.2.3` keeps the prereleases of 2.0.0 out as well.
fn release(major: u64, minor: u64, patch: u64) -> Version {
    Version {
        pre: Prerelease::new("0").unwrap_or(Prerelease::EMPTY),
        ..Version::new(major, minor, patch)
    }
}

/// The next version in the order of semver.
fn after(version: &Version) -> Version {
    if version.pre.is_empty() {
        return release(
            version.major,
            version.minor,
            version.patch.saturating_add(1),
        );
    }
    let pre = Prerelease::new(&format!("{}.0", version.pre)).unwrap_or(Prerelease::EMPTY);
    Version {
        pre,
        ..version.clone()
    }
}

/// The versions at which patched ranges begin.
fn first_fixed(patched: &[String]) -> Vec<String> {
    let mut fixed: Vec<Version> = patched
        .iter()
        .filter_map(|text| interval(&VersionReq::parse(text).ok()?)?.from)
        .map(|(version, _)| version)
        .collect();
    fixed.sort();
    fixed.dedup();
    fixed.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(versions: &str) -> RustsecRecord {
        let text = format!(
            "```toml\n[advisory]\nid = \"RUSTSEC-2024-0001\"\npackage = \"Some_crate\"\n\
             date = \"2024-02-03\"\naliases = [\"CVE-2024-1\"]\nurl = \"https://a.test\"\n\
             cvss = \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"\n\
             [affected]\nos = [\"windows\"]\narch = [\"x86\"]\n\
             [affected.functions]\n\"some_crate::run\" = [\"< 1.2.0\"]\n\
             [versions]\n{versions}\n```\n\n# A title\n\nWords.\n"
        );
        parse(text.as_bytes()).unwrap()
    }

    fn affected(versions: &str, probes: &[&str]) -> Vec<bool> {
        let record = record(versions);
        let hit = |v: &&str| record.advisory.affects(Ecosystem::Cargo, v);
        probes.iter().map(hit).collect()
    }

    #[test]
    fn all_of_a_record_is_read() {
        let RustsecRecord { package, advisory } =
            record("patched = [\">= 1.2.0\", \"^0.9.5\"]\nunaffected = [\"< 0.5\"]");
        assert_eq!(package, "Some_crate");
        assert_eq!(advisory.id, "RUSTSEC-2024-0001");
        assert_eq!(advisory.aliases, ["CVE-2024-1"]);
        assert_eq!(advisory.summary.as_deref(), Some("A title"));
        assert_eq!(advisory.details.as_deref(), Some("Words."));
        assert_eq!(advisory.severity, Severity::Critical);
        assert_eq!(advisory.symbols, ["some_crate::run"]);
        assert_eq!(advisory.operating_systems, ["windows"]);
        assert_eq!(advisory.architectures, ["x86"]);
        assert_eq!(advisory.fixed_versions, ["0.9.5", "1.2.0"]);
        assert_eq!(advisory.published_at, Timestamp::parse("2024-02-03"));
        assert_eq!(advisory.sources, ["rustsec"]);
    }

    #[test]
    fn what_lies_between_the_good_ranges_is_affected() {
        let versions = "patched = [\">= 1.2.0\", \"^0.9.5\"]\nunaffected = [\"< 0.5\"]";
        assert_eq!(
            affected(
                versions,
                &[
                    "0.4.9",
                    "0.5.0-rc.1",
                    "0.5.0",
                    "0.9.4",
                    "0.9.5",
                    "0.9.99",
                    "0.10.0-0",
                    "0.10.0",
                    "1.1.9",
                    "1.2.0-rc.1",
                    "1.2.0",
                    "9.0.0"
                ]
            ),
            [
                false, false, true, true, false, false, true, true, true, true, false, false
            ]
        );
        assert_eq!(affected("patched = []", &["0.0.1", "9.9.9"]), [true, true]);
        assert_eq!(
            affected(
                "patched = [\"> 1.0.0\"]\nunaffected = [\"<= 0.3.0\"]",
                &["0.3.0", "0.3.1-0", "1.0.0", "1.0.1-0"]
            ),
            [false, true, true, false]
        );
        assert_eq!(
            affected(
                "patched = [\">= 1.0.0, < 2.0.0\", \">= 2.3.0\"]",
                &["0.9.0", "1.5.0", "2.0.0-rc.1", "2.0.0", "2.2.9", "2.3.0"]
            ),
            [true, false, false, true, true, false]
        );
        assert_eq!(
            affected(
                "patched = [\"~1.2.3\", \"=1.5.0\"]",
                &[
                    "1.2.2", "1.2.3", "1.2.9", "1.3.0-0", "1.4.0", "1.5.0", "1.5.1-0"
                ]
            ),
            [true, false, false, true, true, false, true]
        );
    }

    #[test]
    fn overlapping_and_touching_ranges_join() {
        let versions =
            "patched = [\">= 1.0.0, < 3.0.0\", \">= 2.0.0, < 2.5.0\", \">= 3.0.0, < 4.0.0\"]";
        assert_eq!(
            affected(
                versions,
                &["0.9.9", "1.0.0", "2.7.0", "3.0.0", "3.9.9", "4.0.0"]
            ),
            [true, false, false, false, false, true]
        );
    }

    #[test]
    fn what_is_no_record_says_why() {
        let std =
            "```toml\n[advisory]\nid = \"X\"\npackage = \"std\"\ncollection = \"rust\"\n```\n";
        assert_eq!(
            parse(std.as_bytes()).unwrap_err().kind,
            registry_types::ErrorKind::Unsupported
        );
        for text in [
            "",
            "# README\n",
            "```toml\n[advisory]\n",
            "```toml\n[advisory]\nid = \"X\"\n```\n",
            "```toml\n[advisory]\nid = \"X\"\npackage = \"../x\"\n```\n",
            "```toml\n[advisory]\nid = \"X\"\npackage = \"x\"\n[versions]\npatched = [\"soon\"]\n```\n",
        ] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse(b"\xff").is_err());
    }
}
