use super::scan;
use super::version::{Identifier, Version};
use crate::version::number::Number;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// One bound.
#[derive(Clone, Debug)]
pub(super) struct Comparator {
    pub(super) operator: Operator,
    pub(super) version: Version,
}

/// What one word of a rewritten range says.
#[derive(Clone, Debug)]
pub(super) enum Word {
    Any,
    Bound(Comparator),
    /// Not understood: loose ranges go on without it.
    Dropped,
}

/// An operator's sign and the rest, spaces between them skipped.
pub(super) fn split_operator(text: &str) -> (&str, &str) {
    let behind = text.strip_prefix(['<', '>']).unwrap_or(text);
    let behind = behind.strip_prefix('=').unwrap_or(behind);
    let sign = text.get(..text.len() - behind.len()).unwrap_or_default();
    (sign, behind.strip_prefix(' ').unwrap_or(behind))
}

impl Word {
    /// `None` when the word is a bound whose numbers are too large: that spoils the whole range.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Any);
        }
        let (sign, rest) = split_operator(text);
        let Some(version) = scan::version(rest) else {
            return Some(Self::Dropped);
        };
        let operator = match sign {
            "<" => Operator::Less,
            "<=" => Operator::LessEqual,
            ">" => Operator::Greater,
            ">=" => Operator::GreaterEqual,
            _ => Operator::Equal,
        };
        if rest.len() > crate::version::VERSION_BYTES {
            return None;
        }
        let version = Version::from_text(version)?;
        Some(Self::Bound(Comparator { operator, version }))
    }
}

impl Comparator {
    pub(super) fn matches(&self, version: &Version) -> bool {
        match self.operator {
            Operator::Equal => *version == self.version,
            Operator::Less => *version < self.version,
            Operator::LessEqual => *version <= self.version,
            Operator::Greater => *version > self.version,
            Operator::GreaterEqual => *version >= self.version,
        }
    }

    /// Whether it is `<0.0.0-0`, which nothing satisfies.
    pub(super) fn is_nothing(&self) -> bool {
        let Version {
            major: 0,
            minor: 0,
            patch: 0,
            pre,
        } = &self.version
        else {
            return false;
        };
        self.operator == Operator::Less && *pre == [Identifier::Number(Number::Small(0))]
    }

    /// Whether it invites `version`, a prerelease: same numbers and a prerelease of its own.
    pub(super) fn invites(&self, version: &Version) -> bool {
        let own = &self.version;
        own.is_prerelease()
            && (own.major, own.minor, own.patch) == (version.major, version.minor, version.patch)
    }
}
