use semver::{Comparator, Op, Version, VersionReq};

/// Whether cargo takes `version`; with `prereleases`, whether it lies between the bounds.
pub(super) fn matches(req: &VersionReq, version: &Version, prereleases: bool) -> bool {
    if prereleases && !version.pre.is_empty() {
        req.comparators.iter().all(|c| within(c, version))
    } else {
        req.matches(version)
    }
}

/// Lifts a comparator's own prerelease rule: a prerelease is within a bound if it is so by
/// precedence alone, and within a partial or upper bound if the release it leads to is.
fn within(comparator: &Comparator, version: &Version) -> bool {
    let bound = Version {
        major: comparator.major,
        minor: comparator.minor.unwrap_or(0),
        patch: comparator.patch.unwrap_or(0),
        pre: comparator.pre.clone(),
        build: semver::BuildMetadata::EMPTY,
    };
    let from_bound = if comparator.patch.is_some() {
        version.cmp_precedence(&bound).is_ge()
    } else {
        (version.major, version.minor) >= (bound.major, bound.minor)
    };
    let release = Version::new(version.major, version.minor, version.patch);
    let plain = Comparator {
        pre: semver::Prerelease::EMPTY,
        ..comparator.clone()
    };
    let full = comparator.patch.is_some();
    match comparator.op {
        Op::Less if full => version.cmp_precedence(&bound).is_lt(),
        Op::LessEq if full => version.cmp_precedence(&bound).is_le(),
        Op::Greater if full => version.cmp_precedence(&bound).is_gt(),
        Op::GreaterEq => from_bound,
        Op::Exact if full => version.cmp_precedence(&bound).is_eq(),
        Op::Caret | Op::Tilde => from_bound && plain.matches(&release),
        _ => plain.matches(&release),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(req: &str, version: &str) -> bool {
        matches(&req.parse().unwrap(), &version.parse().unwrap(), true)
    }

    #[test]
    fn prereleases_lie_where_precedence_puts_them() {
        assert!(within(">=1.0, <2.0.0", "1.5.0-rc.1"));
        assert!(within(">=1.0, <2.0.0", "2.0.0-rc.1"));
        assert!(!within("<2.0.0-0", "2.0.0-rc.1"));
        assert!(!within("<2", "2.0.0-rc.1"));
        assert!(within("^1.2", "1.3.0-rc.1"));
        assert!(!within("^1.2.3", "1.2.3-rc.1"));
        assert!(!within("^1.2", "2.0.0-rc.1"));
        assert!(within("1.2.*", "1.2.0-rc.1"));
        assert!(within("=1.2.3-rc.1", "1.2.3-rc.1"));
        assert!(!within("=1.2.3", "1.2.3-rc.1"));
        assert!(within("*", "1.2.3-rc.1"));
        assert!(within(">1.2.3-a", "1.2.3-b") && !within(">1.2", "1.2.9-b"));
    }
}
