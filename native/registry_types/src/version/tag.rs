use std::cmp::Ordering;

use super::npm;
use super::number::Number;

/// A git tag: an optional `v`, numbers with dots, then whatever marks a prerelease; or any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Comes before all versions.
    Text(Box<str>),
    Version(Numbers),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Without trailing zeros: `v1` and `v1.0` are the same version.
    numbers: Vec<Number>,
    /// Lower case, split at dots and dashes; empty for a release.
    pre: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(Number),
    Text(Box<str>),
}

impl Tag {
    /// `None` only for an empty text or one with control characters.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text.contains(char::is_control) {
            return None;
        }
        Some(version(text).map_or_else(|| Self::Text(text.into()), Self::Version))
    }

    pub(super) fn is_prerelease(&self) -> bool {
        matches!(self, Self::Version(version) if !version.pre.is_empty())
    }

    /// The version an npm range sees, if the tag has no more than three numbers.
    pub(super) fn as_npm(&self) -> Option<npm::Version> {
        let Self::Version(Numbers { numbers, pre }) = self else {
            return None;
        };
        let mut parts = numbers.iter().map(Number::small);
        let mut next = || parts.next().unwrap_or(Some(0));
        let (major, minor, patch) = (next()?, next()?, next()?);
        if parts.next().is_some() {
            return None;
        }
        let pre: Vec<String> = pre
            .iter()
            .map(|part| match part {
                Part::Number(Number::Small(n)) => n.to_string(),
                Part::Number(Number::Large(_, digits)) => digits.to_string(),
                Part::Text(text) => text.to_string(),
            })
            .collect();
        let dash = if pre.is_empty() { "" } else { "-" };
        npm::Version::parse(&format!("{major}.{minor}.{patch}{dash}{}", pre.join(".")))
    }
}

impl Ord for Tag {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Text(_), Self::Version(_)) => Ordering::Less,
            (Self::Version(_), Self::Text(_)) => Ordering::Greater,
            (Self::Version(a), Self::Version(b)) => a
                .numbers
                .cmp(&b.numbers)
                .then_with(|| a.pre.is_empty().cmp(&b.pre.is_empty()))
                .then_with(|| a.pre.cmp(&b.pre)),
        }
    }
}

impl PartialOrd for Tag {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn version(text: &str) -> Option<Numbers> {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let text = text.split_once('+').map_or(text, |(front, _)| front);
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (numbers, rest) = text.split_at_checked(end)?;
    let numbers = numbers
        .strip_suffix('.')
        .filter(|_| !rest.is_empty())
        .unwrap_or(numbers);
    let mut numbers = numbers
        .split('.')
        .map(Number::parse)
        .collect::<Option<Vec<_>>>()?;
    while numbers.len() > 1 && numbers.last() == Some(&Number::Small(0)) {
        numbers.pop();
    }
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !rest.chars().all(fine) {
        return None;
    }
    let pre = rest
        .split(['.', '-', '_'])
        .filter(|part| !part.is_empty())
        .map(|part| {
            Number::parse(part).map_or_else(
                || Part::Text(part.to_ascii_lowercase().into()),
                Part::Number,
            )
        })
        .collect();
    Some(Numbers { numbers, pre })
}

#[cfg(test)]
mod tests {
    use super::Tag;

    fn tag(text: &str) -> Tag {
        Tag::parse(text).unwrap()
    }

    #[test]
    fn tags_are_ordered_like_versions() {
        let order = [
            "nightly",
            "v0.9",
            "1.0.0-rc.1",
            "1.0.0-rc.2",
            "v1",
            "v1.0.0.1",
            "1.2",
            "V1.10",
            "2024.01.05",
        ];
        for pair in order.windows(2) {
            assert!(tag(pair[0]) < tag(pair[1]), "{pair:?}");
        }
        assert_eq!(tag("v1"), tag("1.0.0+build"));
        assert!(tag("1.0rc1").is_prerelease() && !tag("v1.0").is_prerelease());
    }

    #[test]
    fn ranges_see_three_numbers() {
        assert!(tag("v1.2").as_npm().is_some());
        assert!(tag("1.2.3.4").as_npm().is_none() && tag("nightly").as_npm().is_none());
        assert!(Tag::parse("a\nb").is_none() && Tag::parse("").is_none());
        for odd in ["v", "1..2", ".1", "1.2/3", "é"] {
            assert!(matches!(tag(odd), Tag::Text(_)), "{odd}");
        }
    }
}
