use pep440_rs::Version;

/// Comma-separated PEP 440 specifiers, all of which must hold. `pep440_rs` orders versions; the
/// matching is our own, because its `==1.2.*` takes `1`.
#[derive(Clone, Debug)]
pub(super) struct SpecifierSet {
    specifiers: Vec<Specifier>,
    /// Whether a bound is itself a prerelease: then pip considers prereleases at all.
    prereleases: bool,
}

#[derive(Clone, Debug)]
enum Specifier {
    /// `===`: the normalised texts are the same, letter case aside.
    Arbitrary(String),
    /// `==1.2.*` and, with true, `!=1.2.*`.
    Prefix(Version, bool),
    Bound(Operator, Version),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Compatible,
    Equal,
    NotEqual,
    LessEqual,
    GreaterEqual,
    Less,
    Greater,
}

const OPERATORS: [(&str, Operator); 7] = [
    ("~=", Operator::Compatible),
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessEqual),
    (">=", Operator::GreaterEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

impl SpecifierSet {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let specifiers = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(Specifier::parse)
            .collect::<Option<Vec<_>>>()?;
        let prereleases = specifiers.iter().any(Specifier::asks_for_prereleases);
        Some(Self {
            specifiers,
            prereleases,
        })
    }

    pub(super) fn matches(&self, version: &Version, prereleases: bool) -> bool {
        (prereleases || self.prereleases || !version.any_prerelease())
            && self.specifiers.iter().all(|s| s.matches(version))
    }
}

impl Specifier {
    fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("===") {
            let wanted = rest.trim();
            let fine = !wanted.contains(|c: char| c.is_whitespace() || matches!(c, ';' | ')'));
            return fine.then(|| Self::Arbitrary(wanted.to_lowercase()));
        }
        let (sign, operator) = OPERATORS.iter().find(|(sign, _)| text.starts_with(sign))?;
        let rest = text.get(sign.len()..)?.trim();
        if let Some(prefix) = rest.strip_suffix(".*") {
            let prefix: Version = prefix.parse().ok()?;
            let bare = !prefix.any_prerelease() && !prefix.is_post() && !prefix.is_local();
            return match operator {
                Operator::Equal if bare => Some(Self::Prefix(prefix, false)),
                Operator::NotEqual if bare => Some(Self::Prefix(prefix, true)),
                _ => None,
            };
        }
        let version: Version = rest.parse().ok()?;
        let fine = match operator {
            Operator::Equal | Operator::NotEqual => true,
            Operator::Compatible => !version.is_local() && version.release().len() > 1,
            _ => !version.is_local(),
        };
        fine.then_some(Self::Bound(*operator, version))
    }

    fn asks_for_prereleases(&self) -> bool {
        match self {
            Self::Arbitrary(text) => text.parse::<Version>().is_ok_and(|v| v.any_prerelease()),
            Self::Prefix(..) => false,
            Self::Bound(operator, version) => {
                *operator != Operator::NotEqual && version.any_prerelease()
            }
        }
    }

    fn matches(&self, version: &Version) -> bool {
        match self {
            Self::Arbitrary(text) => version.to_string().to_lowercase() == *text,
            Self::Prefix(prefix, negated) => {
                has_prefix(version, prefix, prefix.release()) != *negated
            }
            Self::Bound(operator, bound) => operator.matches(version, bound),
        }
    }
}

impl Operator {
    fn matches(self, version: &Version, bound: &Version) -> bool {
        match self {
            Self::Equal => equal(version, bound),
            Self::NotEqual => !equal(version, bound),
            Self::GreaterEqual => version >= bound,
            Self::LessEqual => version.clone().without_local() <= *bound,
            Self::Less => {
                // `<1.0` leaves out the prereleases of 1.0, unless the bound is one.
                if bound.any_prerelease() {
                    version < bound
                } else {
                    *version < bound.clone().with_dev(Some(0))
                }
            }
            Self::Greater => {
                // `>1.0` leaves out 1.0's own post-releases, unless the bound is one.
                let public = version.clone().without_local();
                let own = bound.post().is_none()
                    && bound.dev().is_none()
                    && same_release(version, bound)
                    && version.pre() == bound.pre();
                public > *bound && !own
            }
            Self::Compatible => {
                let release = bound.release();
                let prefix = release
                    .get(..release.len().saturating_sub(1))
                    .unwrap_or_default();
                version >= bound && has_prefix(version, bound, prefix)
            }
        }
    }
}

fn equal(version: &Version, bound: &Version) -> bool {
    if bound.is_local() {
        version == bound
    } else {
        version.clone().without_local() == *bound
    }
}

/// Whether the epoch and the first numbers are those of `prefix`, missing ones being zero.
fn has_prefix(version: &Version, other: &Version, prefix: &[u64]) -> bool {
    let mut numbers = version
        .release()
        .iter()
        .copied()
        .chain(std::iter::repeat(0));
    version.epoch() == other.epoch() && prefix.iter().all(|wanted| numbers.next() == Some(*wanted))
}

fn same_release(a: &Version, b: &Version) -> bool {
    let longest = a.release().len().max(b.release().len());
    let padded = |v: &Version| -> Vec<u64> {
        let zeros = std::iter::repeat(0);
        v.release()
            .iter()
            .copied()
            .chain(zeros)
            .take(longest)
            .collect()
    };
    a.epoch() == b.epoch() && padded(a) == padded(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(set: &str, version: &str) -> bool {
        SpecifierSet::parse(set)
            .unwrap()
            .matches(&version.parse().unwrap(), false)
    }

    #[test]
    fn prefixes_need_all_their_numbers() {
        assert!(!matches("==1.2.*", "1"));
        assert!(matches("==1.0.*", "1"));
        assert!(matches("==1.2.*", "1.2.post1"));
        assert!(!matches("!=1.2.*", "1.2.3"));
        assert!(matches("~=1.4.5", "1.4.9") && !matches("~=1.4.5", "1.5"));
        assert!(matches("~=1.4", "1.9") && !matches("~=1.4", "2.0"));
    }

    #[test]
    fn local_versions() {
        assert!(matches("==1.0", "1.0+cu118"));
        assert!(matches("<=1.0", "1.0+cu118"));
        assert!(!matches(">1.0", "1.0+cu118"));
        assert!(!matches("==1.0+cu118", "1.0"));
        assert!(matches("==1.0+cu118", "1.0+cu118"));
    }

    #[test]
    fn prereleases_as_pip_takes_them() {
        assert!(!matches(">=1.0", "2.0rc1"));
        assert!(matches(">=1.0rc1", "2.0rc1"));
        assert!(!matches("!=1.0rc1", "2.0rc1"));
        assert!(!matches("<2.0", "2.0rc1"));
        assert!(
            SpecifierSet::parse(">=1.0")
                .unwrap()
                .matches(&"2.0rc1".parse().unwrap(), true)
        );
    }

    #[test]
    fn post_releases_and_identity() {
        assert!(!matches(">1.0", "1.0.post1"));
        assert!(matches(">1.0.post1", "1.0.post2"));
        assert!(matches("===1.0", "1.0") && !matches("===1.0", "1.0.0"));
        assert!(matches("", "1.0") && matches(" , ", "1.0"));
    }

    #[test]
    fn what_packaging_refuses() {
        for bad in [
            "1.0",
            "=1.0",
            ">1.*",
            "~=1",
            ">=1.0+local",
            "==1.0a1.*",
            "===a b",
            ">=",
            "^1.0",
            "== 1.0 1.1",
        ] {
            assert!(SpecifierSet::parse(bad).is_none(), "{bad}");
        }
    }
}
