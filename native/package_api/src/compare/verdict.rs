//! What the ecosystem's version rules say of the changes.

use std::cmp::Ordering;

use registry_types::version::{Version, compare};
use registry_types::{ApiDiff, ApiVerdict, Ecosystem, Impact, VersionStep};

/// The first three numbers of a version, as they are written.
type Numbers = [u64; 3];

pub(super) fn nothing() -> ApiVerdict {
    ApiVerdict {
        impact: None,
        expected: VersionStep::Patch,
        step: None,
        allowed: None,
        reason: String::new(),
    }
}

/// The verdict on the changes of `diff`.
pub(super) fn of(diff: &ApiDiff) -> ApiVerdict {
    let impact = diff.changes().map(|change| change.impact).max();
    let (from, to) = (numbers(&diff.from), numbers(&diff.to));
    let needed = |impact| {
        from.map_or(want(impact, [1, 0, 0], diff.ecosystem), |n| {
            want(impact, n, diff.ecosystem)
        })
    };
    // What is certain; a possible break may come to more.
    let certain = match impact {
        Some(Impact::PossiblyBreaking) => Some(Impact::Compatible),
        other => other,
    };
    let expected = needed(certain);
    let step = match (from, to) {
        (Some(from), Some(to))
            if compare(diff.ecosystem, &diff.from, &diff.to) == Ordering::Less =>
        {
            Some(step(from, to))
        }
        _ => None,
    };
    let (allowed, reason) = rule(diff, impact, expected, needed(impact), step);
    ApiVerdict {
        impact,
        expected,
        step,
        allowed,
        reason,
    }
}

fn rule(
    diff: &ApiDiff,
    impact: Option<Impact>,
    expected: VersionStep,
    most: VersionStep,
    step: Option<VersionStep>,
) -> (Option<bool>, String) {
    let (from, to) = (&diff.from, &diff.to);
    if matches!(diff.ecosystem, Ecosystem::Pypi | Ecosystem::Github) {
        let where_from = match diff.ecosystem {
            Ecosystem::Pypi => "PEP 440 orders versions and promises nothing",
            _ => "a tag promises nothing",
        };
        let reason = format!(
            "{where_from}: by semantic versioning the {} number is to be raised",
            expected.as_str()
        );
        return (None, reason);
    }
    let Some(step) = step else {
        return (
            None,
            format!("{to} is not newer than {from}, or no version of numbers"),
        );
    };
    let prerelease = Version::parse(diff.ecosystem, from).is_ok_and(|v| v.is_prerelease());
    if prerelease {
        return (
            Some(true),
            format!("{from} is a prerelease: it promises nothing"),
        );
    }
    let Some(impact) = impact else {
        return (Some(true), "the public API did not change".to_owned());
    };
    let changes = match impact {
        Impact::Compatible => "the API grew or was marked",
        Impact::PossiblyBreaking => "some changes may break users",
        Impact::Breaking => "some changes break users",
    };
    let said = format!("{from} to {to} raises the {} number", step.as_str());
    if diff.ecosystem == Ecosystem::Hex && numbers(from).is_some_and(|n| n[0] == 0) {
        let reason = format!("{changes}; below 1.0.0 semantic versioning promises nothing");
        return (Some(true), reason);
    }
    let needs = |step: VersionStep| {
        format!(
            "{changes}, which needs the {} number: {said}",
            step.as_str()
        )
    };
    if step >= most {
        (Some(true), needs(most))
    } else if step < expected {
        (Some(false), needs(expected))
    } else {
        let reason = format!(
            "{changes}, which would need the {} number: {said}; read the possibly breaking ones",
            most.as_str()
        );
        (None, reason)
    }
}

/// The number that a change of this impact is to raise. Below 1.0.0 cargo and npm take the first
/// number that is not zero for the major one.
fn want(impact: Option<Impact>, from: Numbers, ecosystem: Ecosystem) -> VersionStep {
    use VersionStep::{Major, Minor, Patch};
    let shifts = matches!(ecosystem, Ecosystem::Cargo | Ecosystem::Npm);
    let (breaking, feature) = match from {
        [0, 0, _] if shifts => (Patch, Patch),
        [0, _, _] if shifts => (Minor, Patch),
        _ => (Major, Minor),
    };
    match impact {
        Some(Impact::Breaking | Impact::PossiblyBreaking) => breaking,
        Some(Impact::Compatible) => feature,
        None => Patch,
    }
}

/// The first number in which they differ.
fn step(from: Numbers, to: Numbers) -> VersionStep {
    let first = from.iter().zip(&to).position(|(from, to)| from != to);
    match first {
        Some(0) => VersionStep::Major,
        Some(1) => VersionStep::Minor,
        Some(_) => VersionStep::Patch,
        None => VersionStep::None,
    }
}

/// `[1, 2, 0]` of `v1.2-rc.1`; a fourth number counts as none.
fn numbers(version: &str) -> Option<Numbers> {
    let text = version.trim().trim_start_matches(['v', 'V', '=']);
    // An epoch comes before everything: with another one nothing can be said.
    let text = text.split_once('!').map_or(text, |(_, text)| text);
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let text = text.get(..end.unwrap_or(text.len()))?;
    let mut numbers = [0; 3];
    let mut parts = text.split('.').filter(|part| !part.is_empty()).peekable();
    parts.peek()?;
    for (number, part) in numbers.iter_mut().zip(parts) {
        *number = part.parse().ok()?;
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_versions() {
        assert_eq!(numbers("1.2.3"), Some([1, 2, 3]));
        assert_eq!(numbers("v1.2-rc.1"), Some([1, 2, 0]));
        assert_eq!(numbers("2.0rc1"), Some([2, 0, 0]));
        assert_eq!(numbers("1!2.1.post3"), Some([2, 1, 0]));
        assert_eq!(numbers("main"), None);
        assert_eq!(numbers("99999999999999999999.1"), None);
    }

    fn verdict(ecosystem: Ecosystem, from: &str, to: &str, impact: Option<Impact>) -> ApiVerdict {
        let change = |impact| super::super::change(None, None, (impact, String::new()));
        of(&ApiDiff {
            ecosystem,
            package: "p".into(),
            from: from.into(),
            to: to.into(),
            added: Vec::new(),
            removed: Vec::new(),
            changed: impact.map(change).into_iter().collect(),
            moved: Vec::new(),
            incomplete: Vec::new(),
            verdict: nothing(),
        })
    }

    #[test]
    fn rules_of_the_ecosystems() {
        use Ecosystem::{Cargo, Hex, Npm, Pypi};
        use Impact::{Breaking, Compatible, PossiblyBreaking};
        use VersionStep::{Major, Minor, Patch};
        for (ecosystem, from, to, impact, expected, allowed) in [
            (Cargo, "1.0.0", "2.0.0", Some(Breaking), Major, Some(true)),
            (Cargo, "1.0.0", "1.1.0", Some(Breaking), Major, Some(false)),
            (Cargo, "1.0.0", "1.1.0", Some(PossiblyBreaking), Minor, None),
            (
                Cargo,
                "1.0.0",
                "1.0.1",
                Some(PossiblyBreaking),
                Minor,
                Some(false),
            ),
            (Cargo, "1.0.0", "1.1.0", Some(Compatible), Minor, Some(true)),
            (
                Cargo,
                "1.0.0",
                "1.0.1",
                Some(Compatible),
                Minor,
                Some(false),
            ),
            (Cargo, "1.0.0", "1.0.1", None, Patch, Some(true)),
            (Cargo, "0.3.1", "0.4.0", Some(Breaking), Minor, Some(true)),
            (Cargo, "0.3.1", "0.3.2", Some(Breaking), Minor, Some(false)),
            (Cargo, "0.3.1", "0.3.2", Some(Compatible), Patch, Some(true)),
            (Npm, "0.0.1", "0.0.2", Some(Breaking), Patch, Some(true)),
            (
                Npm,
                "1.0.0-rc.1",
                "1.0.0",
                Some(Breaking),
                Major,
                Some(true),
            ),
            (Hex, "0.3.0", "0.3.1", Some(Breaking), Major, Some(true)),
            (Hex, "1.3.0", "1.4.0", Some(Breaking), Major, Some(false)),
            (Pypi, "1.0", "1.1", Some(Breaking), Major, None),
            (Cargo, "2.0.0", "1.0.0", Some(Breaking), Major, None),
        ] {
            let verdict = verdict(ecosystem, from, to, impact);
            let case = format!("{ecosystem} {from} {to} {impact:?}: {}", verdict.reason);
            assert_eq!(
                (verdict.expected, verdict.allowed),
                (expected, allowed),
                "{case}"
            );
        }
    }
}
