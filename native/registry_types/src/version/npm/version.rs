use std::cmp::Ordering;

use super::scan::{self, VersionText, is_space};
use crate::version::VERSION_BYTES;
use crate::version::number::Number;

/// JavaScript's largest exact integer: node-semver refuses numbers beyond it.
pub(super) const MAX_NUMBER: u64 = (1 << 53) - 1;

/// A version as node-semver reads it in loose mode; build metadata is dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::version) struct Version {
    pub(super) major: u64,
    pub(super) minor: u64,
    pub(super) patch: u64,
    pub(super) pre: Vec<Identifier>,
}

/// Numbers come before words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Identifier {
    /// Exact, where JavaScript rounds beyond 2⁵³ and so finds time stamps of 17 digits equal.
    Number(Number),
    Text(Box<str>),
}

impl Version {
    pub(in crate::version) fn parse(text: &str) -> Option<Self> {
        if text.len() > VERSION_BYTES {
            return None;
        }
        Self::from_text(scan::version(text.trim_matches(is_space))?)
    }

    /// `None` when a number is too large.
    pub(super) fn from_text(text: VersionText<'_>) -> Option<Self> {
        let number = |digits: &str| digits.parse().ok().filter(|n| *n <= MAX_NUMBER);
        Some(Self {
            major: number(text.major)?,
            minor: number(text.minor)?,
            patch: number(text.patch)?,
            pre: text
                .pre
                .split('.')
                .filter(|part| !part.is_empty())
                .map(identifier)
                .collect(),
        })
    }

    pub(in crate::version) fn is_prerelease(&self) -> bool {
        !self.pre.is_empty()
    }
}

fn identifier(text: &str) -> Identifier {
    Number::parse(text).map_or_else(|| Identifier::Text(text.into()), Identifier::Number)
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.major, self.minor, self.patch)
            .cmp(&(other.major, other.minor, other.patch))
            .then_with(|| self.pre.is_empty().cmp(&other.pre.is_empty()))
            .then_with(|| self.pre.cmp(&other.pre))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn loose_spellings() {
        let same = |a: &str, b: &str| assert_eq!(Version::parse(a), Version::parse(b), "{a} {b}");
        for odd in [
            "v1.2.3",
            "=1.2.3",
            " = v 1.2.3 ",
            "01.02.03",
            "1.2.3+build.7",
        ] {
            same(odd, "1.2.3");
        }
        same("1.2.3beta", "1.2.3-beta");
        same("1.2.34.5", "1.2.3-4.5");
        assert!(Version::parse("1.2.3-").unwrap().is_prerelease());
        for bad in [
            "",
            "1",
            "1.2",
            "1.2.x",
            "a1.2.3",
            "1.2.3 4",
            "9007199254740992.0.0",
            "1.2.3+",
            "1.2.3-a_b",
        ] {
            assert!(Version::parse(bad).is_none(), "{bad}");
        }
        assert!(Version::parse("9007199254740991.0.0").is_some());
        assert!(Version::parse(&format!("1.2.3-{}", "a".repeat(300))).is_none());
    }

    #[test]
    fn precedence() {
        let order = [
            "1.0.0-0",
            "1.0.0-1",
            "1.0.0-10",
            "1.0.0-99999999999999999999999",
            "1.0.0--",
            "1.0.0-a",
            "1.0.0-a.0",
            "1.0.0-b",
            "1.0.0",
        ];
        for pair in order.windows(2) {
            assert!(
                Version::parse(pair[0]) < Version::parse(pair[1]),
                "{pair:?}"
            );
        }
    }
}
