use std::cmp::Ordering;

use super::number::Number;

/// A version as Elixir's `Version.parse/1` reads it; build metadata is checked and dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) major: Number,
    pub(super) minor: Number,
    pub(super) patch: Number,
    pub(super) pre: Vec<Identifier>,
}

/// Numbers come before words, as in Erlang's term order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Identifier {
    Number(Number),
    Text(Box<str>),
}

impl Version {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (version, has_patch) = Self::parse_approximate(text)?;
        has_patch.then_some(version)
    }

    /// Allows the third number to be missing, as behind `~>`; tells whether it was there.
    pub(super) fn parse_approximate(text: &str) -> Option<(Self, bool)> {
        let (front, build) = cut(text, '+');
        let (numbers, pre) = cut(front, '-');
        let mut parts = numbers.split('.');
        let major = number(parts.next()?)?;
        let minor = number(parts.next()?)?;
        let (patch, has_patch) = match parts.next() {
            Some(text) => (number(text)?, true),
            None => (Number::Small(0), false),
        };
        if parts.next().is_some() || build.is_some_and(|b| !b.split('.').all(is_identifier)) {
            return None;
        }
        let pre = match pre {
            Some(text) => text.split('.').map(identifier).collect::<Option<_>>()?,
            None => Vec::new(),
        };
        let version = Self {
            major,
            minor,
            patch,
            pre,
        };
        Some((version, has_patch))
    }

    pub(super) fn is_prerelease(&self) -> bool {
        !self.pre.is_empty()
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.major, &self.minor, &self.patch)
            .cmp(&(&other.major, &other.minor, &other.patch))
            .then_with(|| self.pre.is_empty().cmp(&other.pre.is_empty()))
            .then_with(|| self.pre.cmp(&other.pre))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(front, rest)| (front, Some(rest)))
}

fn number(text: &str) -> Option<Number> {
    if text.len() > 1 && text.starts_with('0') {
        return None;
    }
    Number::parse(text)
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn identifier(text: &str) -> Option<Identifier> {
    if !is_identifier(text) {
        None
    } else if text.bytes().all(|b| b.is_ascii_digit()) {
        number(text).map(Identifier::Number)
    } else {
        Some(Identifier::Text(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn three_numbers_exactly() {
        for good in [
            "1.2.3",
            "0.0.0",
            "1.2.3-rc.1",
            "1.2.3-0a.b-c+01.x",
            "1.2.3+1-2",
            "99999999999999999999999.0.0",
        ] {
            assert!(Version::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "v1.2.3",
            "01.2.3",
            "1.2.3-",
            "1.2.3-01",
            "1.2.3-a..b",
            "1.2.3+",
            "1.2.3+é",
            " 1.2.3",
            "1.2.-3",
        ] {
            assert!(Version::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn precedence_is_semvers() {
        let order = [
            "1.0.0-1",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0-a",
            "1.0.0-a.1",
            "1.0.0-a.a",
            "1.0.0-b",
            "1.0.0",
            "1.0.1",
        ];
        for pair in order.windows(2) {
            assert!(
                Version::parse(pair[0]) < Version::parse(pair[1]),
                "{pair:?}"
            );
        }
        assert_eq!(Version::parse("1.0.0+a"), Version::parse("1.0.0+b"));
    }
}
