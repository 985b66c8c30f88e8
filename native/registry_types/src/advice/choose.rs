use std::collections::BTreeMap;

use super::{AdviceOptions, Candidate, Reason, ReasonKind, VersionAdvice, runtime};
use crate::version::{Version, sort_newest_first};
use crate::{
    Advisory, Affected, Ecosystem, Error, ErrorKind, Package, Result, Severity, Timestamp,
    VersionEntry,
};

/// What is known of a package when a version of it is chosen.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The package with its list of versions.
    pub package: &'a Package,
    /// What its stored releases run on, by version.
    pub runtimes: &'a BTreeMap<String, BTreeMap<String, String>>,
    /// The advisories about it.
    pub advisories: &'a [Advisory],
    /// Whether advisories were asked for.
    pub advisories_known: bool,
    /// The present moment.
    pub now: Timestamp,
}

/// Chooses: the newest version with nothing to be said against it; where there is none, the one with
/// the least grave reason against it, but never malware and never a yanked one.
///
/// Replacements and dependencies are left empty for the caller to fill.
///
/// # Errors
/// `VersionNotFound` when the package has no version at all.
pub fn advise(facts: &Facts<'_>, options: &AdviceOptions) -> Result<VersionAdvice> {
    let package = facts.package;
    let ecosystem = package.ecosystem;
    let mut versions = package.versions.clone();
    sort_newest_first(ecosystem, &mut versions);
    if versions.is_empty() {
        let message = format!("no version of {} is known: collect it again", package.name);
        return Err(Error::new(ErrorKind::VersionNotFound, message));
    }
    let mut judge = Judge::new(facts, options);
    let current = options.current.as_deref();
    let place = current.and_then(|version| judge.find(&versions, version));
    let left = place
        .and_then(|place| versions.get(place))
        .map(|entry| judge.weigh(entry));
    let must_leave = |kind| {
        matches!(
            kind,
            ReasonKind::Malicious
                | ReasonKind::Yanked
                | ReasonKind::Vulnerable
                | ReasonKind::Retired
        )
    };
    let broken: Vec<String> = left.iter().flat_map(|c| c.advisories.clone()).collect();
    let lifted = options.cooldown > 0
        && left.is_some_and(|c| c.reasons_against.iter().any(|r| must_leave(r.kind)));
    judge.cooldown = if lifted { 0 } else { options.cooldown };
    judge.fixes = broken;
    judge.current = current.and_then(|text| Version::parse(ecosystem, text).ok());

    let mut table: Vec<Candidate> = Vec::new();
    let mut best: Option<Candidate> = None;
    for (at, entry) in versions.iter().enumerate() {
        let candidate = judge.weigh(entry);
        let better = best
            .as_ref()
            .is_none_or(|best| candidate.grade() < best.grade());
        if better {
            best = Some(candidate.clone());
        }
        let wanted = at < options.limit || Some(at) == place;
        if wanted {
            table.push(candidate);
        }
        // Beyond the table only a better choice and the current version are looked for.
        if at + 1 >= options.limit
            && best.as_ref().is_some_and(|b| b.clean)
            && place.is_none_or(|p| p <= at)
        {
            break;
        }
    }
    let best = best.filter(|b| {
        let never = |r: &Reason| matches!(r.kind, ReasonKind::Malicious | ReasonKind::Yanked);
        !b.reasons_against.iter().any(never)
    });
    let smallest = place.and_then(|place| {
        let above = versions.get(..place).into_iter().flatten().rev();
        above
            .map(|entry| judge.weigh(entry))
            .find(|candidate| candidate.clean)
    });
    for chosen in [&best, &smallest].into_iter().flatten() {
        if !table.iter().any(|c| c.version == chosen.version) {
            table.push(chosen.clone());
        }
    }
    order(ecosystem, &mut table);
    if let Some(best) = best.as_ref().filter(|b| b.clean)
        && let Some(row) = table.iter_mut().find(|c| c.version == best.version)
    {
        row.reasons_for.insert(
            0,
            Reason::new(ReasonKind::Newest, "the newest without a reason against it"),
        );
    }
    Ok(VersionAdvice {
        ecosystem,
        package: package.name.clone(),
        current: options.current.clone(),
        reason: reason(best.as_ref(), options),
        clean: best.as_ref().is_some_and(|b| b.clean),
        recommended: best.map(|b| b.version),
        smallest_upgrade: smallest.map(|c| c.version),
        cooldown_lifted: lifted,
        candidates: table,
        versions: versions.len(),
        dependencies: None,
        replacements: Vec::new(),
        advisories_known: facts.advisories_known,
    })
}

fn order(ecosystem: Ecosystem, table: &mut [Candidate]) {
    table.sort_by_cached_key(|c| {
        std::cmp::Reverse((
            Version::parse(ecosystem, &c.version).ok(),
            c.version.clone(),
        ))
    });
}

fn reason(best: Option<&Candidate>, options: &AdviceOptions) -> String {
    let Some(best) = best else {
        return "every version is malware or yanked".to_owned();
    };
    let same = options.current.as_deref() == Some(best.version.as_str());
    if best.clean {
        let kind = if best.prerelease {
            "prerelease"
        } else {
            "stable version"
        };
        let stays = if same { ", and in use already" } else { "" };
        return format!(
            "{} is the newest {kind} with nothing against it{stays}",
            best.version
        );
    }
    let against: Vec<&str> = best
        .reasons_against
        .iter()
        .map(|r| r.text.as_str())
        .collect();
    format!(
        "no version is free of reasons against it; {} has the least grave: {}",
        best.version,
        against.join("; ")
    )
}

impl Candidate {
    /// Lower is better. Versions are weighed newest first, so that the first of a grade is taken.
    fn grade(&self) -> (u8, u8, usize) {
        let gravest = self.reasons_against.iter().map(|r| r.kind.weight()).max();
        let severity = self.severity.map_or(0, |severity| match severity {
            Severity::None => 0,
            Severity::Low => 1,
            Severity::Medium => 2,
            // Nobody said how bad it is: not to be preferred to a known medium one.
            Severity::Unknown => 3,
            Severity::High => 4,
            Severity::Critical => 5,
        });
        let grave = self
            .reasons_against
            .iter()
            .filter(|r| r.kind.weight() > 0)
            .count();
        (gravest.unwrap_or(0), severity, grave)
    }
}

struct Judge<'a> {
    facts: &'a Facts<'a>,
    options: &'a AdviceOptions,
    affected: Vec<(&'a Advisory, Affected)>,
    cooldown: u64,
    current: Option<Version>,
    /// Advisories that affect the current version.
    fixes: Vec<String>,
}

impl<'a> Judge<'a> {
    fn new(facts: &'a Facts<'a>, options: &'a AdviceOptions) -> Self {
        // Notices are no reason against a version: they are about the package.
        let real = facts
            .advisories
            .iter()
            .filter(|a| a.informational.is_none());
        let affected = real.map(|a| (a, Affected::new(facts.package.ecosystem, a)));
        Self {
            facts,
            options,
            affected: affected.collect(),
            cooldown: 0,
            current: None,
            fixes: Vec::new(),
        }
    }

    fn find(&self, versions: &[VersionEntry], wanted: &str) -> Option<usize> {
        let named = versions.iter().position(|entry| entry.version == wanted);
        named.or_else(|| {
            let parse = |text: &str| Version::parse(self.facts.package.ecosystem, text).ok();
            let wanted = parse(wanted)?;
            versions
                .iter()
                .position(|entry| parse(&entry.version).as_ref() == Some(&wanted))
        })
    }

    fn weigh(&self, entry: &VersionEntry) -> Candidate {
        let mut against = self.flags(entry);
        let mut reasons_for = Vec::new();
        let mut advisories = Vec::new();
        let mut severity = None;
        for (advisory, affected) in &self.affected {
            if !affected.contains(&entry.version) {
                continue;
            }
            advisories.push(advisory.id.clone());
            severity = severity.max(Some(advisory.severity));
            let kind = if advisory.malicious {
                ReasonKind::Malicious
            } else {
                ReasonKind::Vulnerable
            };
            against.push(Reason::new(kind, describe(advisory)));
        }
        self.runtime(entry, &mut reasons_for, &mut against);
        self.age(entry, &mut reasons_for, &mut against);
        if entry.prerelease {
            if !self.options.allow_prerelease {
                against.push(Reason::new(ReasonKind::Prerelease, "a prerelease"));
            }
        } else {
            reasons_for.push(Reason::new(ReasonKind::Stable, "no prerelease"));
        }
        if let Some(current) = &self.current
            && let Ok(version) = Version::parse(self.facts.package.ecosystem, &entry.version)
        {
            if version == *current {
                reasons_for.push(Reason::new(ReasonKind::Current, "in use now"));
            } else if version < *current {
                against.push(Reason::new(ReasonKind::Older, "older than the one in use"));
            } else {
                let fixed: Vec<&str> = self
                    .fixes
                    .iter()
                    .filter(|id| !advisories.contains(id))
                    .map(String::as_str)
                    .collect();
                if !fixed.is_empty() {
                    let text = format!("not affected by {}", fixed.join(", "));
                    reasons_for.push(Reason::new(ReasonKind::Fixes, text));
                }
            }
        }
        against.sort_by_key(|reason| std::cmp::Reverse(reason.kind.weight()));
        Candidate {
            version: entry.version.clone(),
            published_at: entry.published_at,
            prerelease: entry.prerelease,
            clean: against.iter().all(|reason| reason.kind.weight() == 0),
            reasons_for,
            reasons_against: against,
            advisories,
            severity,
        }
    }

    fn flags(&self, entry: &VersionEntry) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let said = |what: &str, text: Option<&str>| match text.map(str::trim) {
            Some(text) if !text.is_empty() => format!("{what}: {}", start(text)),
            _ => what.to_owned(),
        };
        if entry.yanked {
            let text = said("yanked", entry.deprecated.as_deref());
            reasons.push(Reason::new(ReasonKind::Yanked, text));
        } else if let Some(text) = &entry.deprecated {
            reasons.push(Reason::new(
                ReasonKind::Deprecated,
                said("deprecated", Some(text)),
            ));
        }
        if let Some(retired) = &entry.retired {
            let text = said(
                &format!("retired ({})", start(&retired.reason)),
                retired.message.as_deref(),
            );
            reasons.push(Reason::new(ReasonKind::Retired, text));
        }
        reasons
    }

    fn runtime(&self, entry: &VersionEntry, good: &mut Vec<Reason>, bad: &mut Vec<Reason>) {
        if self.options.runtime.is_empty() {
            return;
        }
        match self.facts.runtimes.get(&entry.version) {
            None => bad.push(Reason::new(
                ReasonKind::RuntimeUnknown,
                "what it runs on is not known: its release is not in the store",
            )),
            Some(wants) => match runtime::unmet(wants, &self.options.runtime) {
                Some(text) => bad.push(Reason::new(ReasonKind::Runtime, start(&text))),
                None => good.push(Reason::new(ReasonKind::Runs, "runs on what there is")),
            },
        }
    }

    fn age(&self, entry: &VersionEntry, good: &mut Vec<Reason>, bad: &mut Vec<Reason>) {
        if self.cooldown == 0 {
            return;
        }
        let Some(published) = entry.published_at else {
            let text = "when it was published is not known: it may be younger than the cooldown";
            bad.push(Reason::new(ReasonKind::DateUnknown, text));
            return;
        };
        let age = self.facts.now.micros().saturating_sub(published.micros()) / 1_000_000;
        let days = age / 86_400;
        if u64::try_from(age).is_ok_and(|age| age >= self.cooldown) {
            good.push(Reason::new(ReasonKind::Settled, format!("{days} days old")));
        } else {
            bad.push(Reason::new(
                ReasonKind::TooNew,
                format!("only {days} days old"),
            ));
        }
    }
}

fn describe(advisory: &Advisory) -> String {
    let mut text = format!("{} ({})", advisory.id, advisory.severity.as_str());
    if let Some(summary) = &advisory.summary {
        text.push_str(": ");
        text.push_str(&start(summary));
    }
    text
}

/// The beginning of foreign text.
fn start(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AffectedRange, RangeEvent, Retirement};

    const DAY: i64 = 86_400;
    const NOW: i64 = 1_700_000_000;

    fn package(versions: &[(&str, i64)]) -> Package {
        let mut package = Package::new(Ecosystem::Npm, "x");
        package.versions = versions
            .iter()
            .map(|(version, days)| VersionEntry {
                published_at: (*days >= 0).then(|| Timestamp::from_seconds(NOW - days * DAY)),
                ..VersionEntry::unlisted(Ecosystem::Npm, version)
            })
            .collect();
        package
    }

    fn fault(id: &str, introduced: &str, fixed: Option<&str>, severity: Severity) -> Advisory {
        let mut advisory = Advisory::new(id);
        let mut events = vec![RangeEvent::Introduced(introduced.into())];
        events.extend(fixed.map(|v| RangeEvent::Fixed(v.into())));
        advisory.affected = vec![AffectedRange::events(events)];
        advisory.severity = severity;
        advisory
    }

    fn ask(package: &Package, advisories: &[Advisory], options: &AdviceOptions) -> VersionAdvice {
        let runtimes = BTreeMap::from([
            (
                "2.0.0".to_owned(),
                BTreeMap::from([("node".to_owned(), ">=20".to_owned())]),
            ),
            (
                "1.5.0".to_owned(),
                BTreeMap::from([("node".to_owned(), ">=14".to_owned())]),
            ),
        ]);
        let facts = Facts {
            package,
            runtimes: &runtimes,
            advisories,
            advisories_known: true,
            now: Timestamp::from_seconds(NOW),
        };
        advise(&facts, options).unwrap()
    }

    fn all() -> Package {
        package(&[
            ("1.0.0", 900),
            ("1.5.0", 400),
            ("1.6.0", 300),
            ("2.0.0", 30),
            ("2.1.0", 3),
            ("3.0.0-rc.1", 2),
        ])
    }

    #[test]
    fn the_newest_stable_version_is_taken() {
        let advice = ask(&all(), &[], &AdviceOptions::default());
        assert_eq!(advice.recommended.as_deref(), Some("2.1.0"));
        assert!(advice.clean && advice.candidates.len() == 6);
        assert_eq!(advice.candidates[0].version, "3.0.0-rc.1");
        let options = AdviceOptions {
            allow_prerelease: true,
            ..AdviceOptions::default()
        };
        assert_eq!(
            ask(&all(), &[], &options).recommended.as_deref(),
            Some("3.0.0-rc.1")
        );
    }

    #[test]
    fn nothing_bad_is_taken_while_there_is_a_clean_one() {
        let mut package = all();
        package.versions[4].yanked = true;
        package.versions[3].deprecated = Some("broken".into());
        package.versions[2].retired = Some(Retirement {
            reason: "security".into(),
            message: None,
        });
        let bad = [fault("GHSA-1", "1.5.0", Some("1.6.0"), Severity::Low)];
        let advice = ask(&package, &bad, &AdviceOptions::default());
        assert_eq!(advice.recommended.as_deref(), Some("1.0.0"));
        assert!(advice.clean);
        let kinds: Vec<_> = advice
            .candidates
            .iter()
            .flat_map(|c| &c.reasons_against)
            .map(|r| r.kind)
            .collect();
        use ReasonKind::{Deprecated, Prerelease, Retired, Vulnerable, Yanked};
        assert_eq!(kinds, [Prerelease, Yanked, Deprecated, Retired, Vulnerable]);
    }

    #[test]
    fn the_least_grave_is_taken_when_none_is_clean() {
        let bad = [
            fault("GHSA-1", "0", Some("2.0.0"), Severity::Critical),
            fault("GHSA-2", "2.0.0", None, Severity::Low),
        ];
        let advice = ask(&all(), &bad, &AdviceOptions::default());
        assert_eq!(
            (advice.recommended.as_deref(), advice.clean),
            (Some("2.1.0"), false)
        );
        assert!(advice.reason.contains("GHSA-2"), "{}", advice.reason);
        let malware = [fault("MAL-1", "0", None, Severity::Unknown)];
        let advice = ask(&all(), &malware, &AdviceOptions::default());
        assert_eq!(advice.recommended, None);
    }

    #[test]
    fn the_runtime_of_the_caller_counts_where_it_is_known() {
        let options = AdviceOptions {
            runtime: BTreeMap::from([("node".to_owned(), "18".to_owned())]),
            ..AdviceOptions::default()
        };
        let package = package(&[("1.5.0", 400), ("2.0.0", 30)]);
        let advice = ask(&package, &[], &options);
        assert_eq!(advice.recommended.as_deref(), Some("1.5.0"));
        assert_eq!(
            advice.candidates[0].reasons_against[0].text,
            "needs node >=20, not 18"
        );
    }

    #[test]
    fn a_cooldown_holds_until_the_current_version_must_be_left() {
        let week = AdviceOptions {
            cooldown: 7 * 86_400,
            current: Some("2.0.0".to_owned()),
            ..AdviceOptions::default()
        };
        let advice = ask(&all(), &[], &week);
        assert_eq!(advice.recommended.as_deref(), Some("2.0.0"));
        assert!(!advice.cooldown_lifted);
        let bad = [fault("GHSA-1", "0", Some("2.1.0"), Severity::High)];
        let advice = ask(&all(), &bad, &week);
        assert_eq!(advice.recommended.as_deref(), Some("2.1.0"));
        assert!(advice.cooldown_lifted);
        let row = advice
            .candidates
            .iter()
            .find(|c| c.version == "2.1.0")
            .unwrap();
        assert!(row.reasons_for.iter().any(|r| r.kind == ReasonKind::Fixes));
    }

    #[test]
    fn an_unknown_date_is_never_old_enough() {
        let options = AdviceOptions {
            cooldown: 86_400,
            ..AdviceOptions::default()
        };
        let advice = ask(&package(&[("1.0.0", 10), ("2.0.0", -1)]), &[], &options);
        assert_eq!(advice.recommended.as_deref(), Some("1.0.0"));
        assert_eq!(
            advice.candidates[0].reasons_against[0].kind,
            ReasonKind::DateUnknown
        );
    }

    #[test]
    fn the_smallest_safe_upgrade_is_told_as_well() {
        let bad = [fault("GHSA-1", "0", Some("1.6.0"), Severity::High)];
        let options = AdviceOptions {
            current: Some("1.0.0".to_owned()),
            ..AdviceOptions::default()
        };
        let advice = ask(&all(), &bad, &options);
        assert_eq!(advice.smallest_upgrade.as_deref(), Some("1.6.0"));
        assert_eq!(advice.recommended.as_deref(), Some("2.1.0"));
    }

    #[test]
    fn the_table_is_bounded_and_holds_what_was_chosen() {
        let many: Vec<String> = (0..500).map(|n| format!("1.{n}.0")).collect();
        let mut package = package(&many.iter().map(|v| (v.as_str(), 1)).collect::<Vec<_>>());
        for entry in package.versions.iter_mut().skip(100) {
            entry.yanked = true;
        }
        let options = AdviceOptions {
            limit: 10,
            current: Some("1.3.0".to_owned()),
            ..AdviceOptions::default()
        };
        let advice = ask(&package, &[], &options);
        assert_eq!(advice.recommended.as_deref(), Some("1.99.0"));
        assert_eq!(advice.smallest_upgrade.as_deref(), Some("1.4.0"));
        assert_eq!((advice.candidates.len(), advice.versions), (13, 500));
    }

    #[test]
    fn a_package_without_versions_is_an_error() {
        let facts = Facts {
            package: &Package::new(Ecosystem::Npm, "x"),
            runtimes: &BTreeMap::new(),
            advisories: &[],
            advisories_known: false,
            now: Timestamp::from_seconds(NOW),
        };
        let error = advise(&facts, &AdviceOptions::default()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::VersionNotFound);
    }
}
