use super::order::{Key, key};
use super::{REQUIREMENT_BYTES, Requirement, Version, quoted};
use crate::{Ecosystem, Error, ErrorKind, Result, VersionEntry};

/// Which version of a package is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum VersionSpec {
    /// What a new user should take: see [`latest`].
    Latest,
    /// This one and no other, even if it is yanked.
    Exact(String),
    /// The best that satisfies a requirement in the ecosystem's own syntax.
    Requirement(String),
}

impl VersionSpec {
    /// Reads what a user wrote: `latest` (or nothing), a version (or one of npm's tags), or a
    /// requirement. What is a version
    /// by the ecosystem's rules is one, although some of them also read it as a requirement. A range
    /// in the vers notation (`vers:npm/>=1.2.0|<2.0.0`) is a requirement everywhere.
    ///
    /// ```
    /// use registry_types::{Ecosystem, version::VersionSpec};
    /// let parse = |text| VersionSpec::parse(Ecosystem::Cargo, text);
    /// assert_eq!(parse("latest")?, VersionSpec::Latest);
    /// assert_eq!(parse("1.35.0")?, VersionSpec::Exact("1.35.0".into()));
    /// assert_eq!(parse("1.35")?, VersionSpec::Requirement("1.35".into()));
    /// assert!(matches!(parse("vers:cargo/>=1.35.0|<2.0.0")?, VersionSpec::Requirement(_)));
    /// # Ok::<(), registry_types::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] when it is none of them.
    pub fn parse(ecosystem: Ecosystem, text: &str) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() || text == "latest" {
            return Ok(Self::Latest);
        }
        if super::vers::is_vers(text) {
            Requirement::parse(ecosystem, text)?;
            return Ok(Self::Requirement(text.to_owned()));
        }
        let range = || text.starts_with(['^', '~', '<', '>', '=', '*']) || text.contains("||");
        if ecosystem == Ecosystem::Github && range() {
            Requirement::parse(ecosystem, text)?;
            return Ok(Self::Requirement(text.to_owned()));
        }
        if Version::parse(ecosystem, text).is_ok() {
            return Ok(Self::Exact(text.to_owned()));
        }
        if Requirement::parse(ecosystem, text).is_ok() {
            return Ok(Self::Requirement(text.to_owned()));
        }
        let named = match ecosystem {
            Ecosystem::Pypi => is_legacy(text),
            Ecosystem::Npm => is_tag(text),
            _ => false,
        };
        if named {
            return Ok(Self::Exact(text.to_owned()));
        }
        let length = if text.len() > REQUIREMENT_BYTES {
            format!(" (a requirement may have {REQUIREMENT_BYTES} bytes)")
        } else {
            String::new()
        };
        Err(Error::invalid_argument(format!(
            "{} is neither a version nor a requirement of {ecosystem}{length}",
            quoted(text)
        )))
    }
}

/// PyPI holds versions from before PEP 440, such as `2004d-r1`.
fn is_legacy(text: &str) -> bool {
    text.len() <= super::VERSION_BYTES
        && text.contains(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+' | b'!'))
}

/// npm's dist-tags (`next`, `beta`) name versions; which one, only the registry's answer knows.
fn is_tag(text: &str) -> bool {
    text.len() <= super::VERSION_BYTES
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

/// What a new user should take, the first of these that exists:
///
/// 1. the newest live release that is no prerelease (live: not yanked, deprecated or retired),
/// 2. the newest live prerelease,
/// 3. the newest release that is deprecated or retired but not yanked,
/// 4. the newest such prerelease.
///
/// Yanked versions are never taken: naming one exactly is the only way to them. npm's `latest` tag
/// has no say: it may point to a prerelease or a deprecated version.
#[must_use]
pub fn latest(ecosystem: Ecosystem, versions: &[VersionEntry]) -> Option<&VersionEntry> {
    let there = versions.iter().filter(|entry| !entry.yanked);
    best(ecosystem, there, |entry| {
        (entry.is_live(), !entry.prerelease)
    })
}

/// The newest live version that is no prerelease.
#[must_use]
pub fn latest_stable(ecosystem: Ecosystem, versions: &[VersionEntry]) -> Option<&VersionEntry> {
    let stable = versions.iter().filter(|e| e.is_live() && !e.prerelease);
    best(ecosystem, stable, |_| ())
}

/// The version that `spec` means, out of a package's `versions` in any order.
///
/// An exact version may be spelled differently (`v1.2.3` on npm, `1.0` for `1.0.0` on PyPI, without
/// its build metadata elsewhere). A requirement takes the newest live match, else the newest match
/// that is deprecated or retired; on PyPI prereleases count when nothing else matches, as for pip.
///
/// # Errors
/// [`ErrorKind::VersionNotFound`] saying what there is instead; [`ErrorKind::InvalidArgument`] for an
/// unreadable requirement.
pub fn resolve<'a>(
    ecosystem: Ecosystem,
    spec: &VersionSpec,
    versions: &'a [VersionEntry],
) -> Result<&'a VersionEntry> {
    let found = match spec {
        VersionSpec::Latest => latest(ecosystem, versions),
        VersionSpec::Exact(text) => exact(ecosystem, text, versions),
        VersionSpec::Requirement(text) => {
            let requirement = Requirement::parse(ecosystem, text)?;
            matching(ecosystem, versions, |v| requirement.matches(v)).or_else(|| {
                let all = |v: &Version| requirement.matches_including_prerelease(v);
                let pip = ecosystem == Ecosystem::Pypi;
                pip.then(|| matching(ecosystem, versions, all)).flatten()
            })
        }
    };
    found.ok_or_else(|| missing(ecosystem, spec, versions))
}

fn exact<'a>(
    ecosystem: Ecosystem,
    text: &str,
    versions: &'a [VersionEntry],
) -> Option<&'a VersionEntry> {
    let named = versions.iter().find(|entry| entry.version == text);
    named.or_else(|| {
        // Build metadata that was named is meant.
        if text.contains('+') {
            return None;
        }
        let wanted = Version::parse(ecosystem, text).ok()?;
        let same = versions.iter().filter(|entry| {
            Version::parse(ecosystem, &entry.version).is_ok_and(|v| v.is_same_release(&wanted))
        });
        best(ecosystem, same, |entry| !entry.yanked)
    })
}

fn matching(
    ecosystem: Ecosystem,
    versions: &[VersionEntry],
    accepts: impl Fn(&Version) -> bool,
) -> Option<&VersionEntry> {
    let matches = versions.iter().filter(|entry| {
        Version::parse(ecosystem, &entry.version).is_ok_and(|version| accepts(&version))
    });
    best(
        ecosystem,
        matches.filter(|entry| !entry.yanked),
        VersionEntry::is_live,
    )
}

/// The entry of the highest `rank`, among those the newest.
fn best<'a, R: Ord>(
    ecosystem: Ecosystem,
    versions: impl Iterator<Item = &'a VersionEntry>,
    rank: impl Fn(&VersionEntry) -> R,
) -> Option<&'a VersionEntry> {
    versions
        .map(|entry| (rank(entry), key(ecosystem, &entry.version), entry))
        .max_by(|a: &(R, Key<'_>, _), b| (&a.0, &a.1).cmp(&(&b.0, &b.1)))
        .map(|(_, _, entry)| entry)
}

fn missing(ecosystem: Ecosystem, spec: &VersionSpec, versions: &[VersionEntry]) -> Error {
    let asked = match spec {
        VersionSpec::Latest => "no version that is not yanked".to_owned(),
        VersionSpec::Exact(text) => format!("no version {}", quoted(text)),
        VersionSpec::Requirement(text) => format!("no version satisfies {}", quoted(text)),
    };
    let hint = match (latest(ecosystem, versions), versions) {
        (Some(entry), _) => format!("the latest is {}", entry.version),
        (None, []) => "none is published".to_owned(),
        (None, all) => {
            let newest = best(ecosystem, all.iter(), |_| ());
            let newest = newest.map_or("", |entry| entry.version.as_str());
            format!("all are yanked; name one exactly to have it, the newest is {newest}")
        }
    };
    Error::new(ErrorKind::VersionNotFound, format!("{asked}: {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Retirement;

    fn entry(text: &str) -> VersionEntry {
        let (version, marks) = text.split_once(' ').unwrap_or((text, ""));
        let has = |mark: &str| marks.split(' ').any(|m| m == mark);
        VersionEntry {
            version: version.to_owned(),
            published_at: None,
            yanked: has("yanked"),
            deprecated: has("deprecated").then(|| "old".to_owned()),
            retired: has("retired").then(|| Retirement {
                reason: "other".to_owned(),
                message: None,
            }),
            prerelease: has("pre"),
        }
    }

    fn entries(texts: &[&str]) -> Vec<VersionEntry> {
        texts.iter().map(|text| entry(text)).collect()
    }

    fn pick(ecosystem: Ecosystem, spec: &str, texts: &[&str]) -> Result<String> {
        let spec = VersionSpec::parse(ecosystem, spec)?;
        resolve(ecosystem, &spec, &entries(texts)).map(|entry| entry.version.clone())
    }

    #[test]
    fn the_ladder_of_latest() {
        use Ecosystem::Npm;
        let latest = |texts: &[&str]| pick(Npm, "latest", texts).ok();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            latest(&[
                "1.9.0",
                "1.10.0",
                "2.0.0-rc.1 pre",
                "3.0.0 yanked",
                "4.0.0 deprecated",
                "5.0.0 retired"
            ]),
            some("1.10.0")
        );
        assert_eq!(
            latest(&["2.0.0-rc.1 pre", "2.0.0-rc.2 pre", "4.0.0 deprecated"]),
            some("2.0.0-rc.2")
        );
        assert_eq!(
            latest(&["3.0.0 yanked", "4.0.0 deprecated", "5.0.0-a pre deprecated"]),
            some("4.0.0")
        );
        assert_eq!(
            latest(&["5.0.0-a pre deprecated", "6.0.0 yanked"]),
            some("5.0.0-a")
        );
        let error = pick(Npm, "latest", &["3.0.0 yanked", "4.0.0 yanked deprecated"]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::VersionNotFound);
        assert!(error.message.contains("4.0.0"), "{}", error.message);
        assert!(
            pick(Npm, "latest", &[])
                .unwrap_err()
                .message
                .contains("none is published")
        );
    }

    #[test]
    fn exact_versions_may_be_yanked_and_spelled_otherwise() {
        assert_eq!(
            pick(Ecosystem::Cargo, "1.0.0", &["1.0.0 yanked", "1.0.1"]).unwrap(),
            "1.0.0"
        );
        assert_eq!(
            pick(Ecosystem::Cargo, "1.0.0", &["1.0.0+openssl-3"]).unwrap(),
            "1.0.0+openssl-3"
        );
        assert!(pick(Ecosystem::Cargo, "1.0.0+other", &["1.0.0+openssl-3"]).is_err());
        assert_eq!(pick(Ecosystem::Npm, "v1.0.0", &["1.0.0"]).unwrap(), "1.0.0");
        assert_eq!(
            pick(Ecosystem::Pypi, "1", &["0.12.01", "1.0.0"]).unwrap(),
            "1.0.0"
        );
        assert_eq!(
            pick(Ecosystem::Pypi, "0.12.1", &["0.12.01"]).unwrap(),
            "0.12.01"
        );
        assert_eq!(
            pick(Ecosystem::Pypi, "2004d-r1", &["2004d-r1"]).unwrap(),
            "2004d-r1"
        );
        assert_eq!(
            pick(Ecosystem::Github, "nightly", &["v1.0.0", "nightly"]).unwrap(),
            "nightly"
        );
        assert_eq!(
            pick(Ecosystem::Github, "1.0.0", &["v1.0.0"]).unwrap(),
            "v1.0.0"
        );
    }

    #[test]
    fn requirements_take_the_newest_live_match() {
        assert_eq!(
            pick(
                Ecosystem::Cargo,
                "1",
                &["1.0.0", "1.9.0", "1.10.0 yanked", "2.0.0"]
            )
            .unwrap(),
            "1.9.0"
        );
        assert_eq!(
            pick(Ecosystem::Npm, "^1", &["1.0.0", "1.9.0 deprecated"]).unwrap(),
            "1.0.0"
        );
        assert_eq!(
            pick(Ecosystem::Npm, "^1.1", &["1.0.0", "1.9.0 deprecated"]).unwrap(),
            "1.9.0"
        );
        assert_eq!(
            pick(
                Ecosystem::Hex,
                "~> 1.0",
                &["1.9.0 retired", "1.8.0", "1.10.0-rc.1 pre"]
            )
            .unwrap(),
            "1.8.0"
        );
        assert_eq!(
            pick(
                Ecosystem::Github,
                "^1",
                &["v1.2", "v1.10.0", "v2", "nightly"]
            )
            .unwrap(),
            "v1.10.0"
        );
        assert!(pick(Ecosystem::Cargo, "1", &["1.0.0 yanked"]).is_err());
        // pip: prereleases only when nothing else will do.
        assert_eq!(
            pick(Ecosystem::Pypi, ">=1", &["1.0", "2.0rc1 pre"]).unwrap(),
            "1.0"
        );
        assert_eq!(
            pick(Ecosystem::Pypi, ">1", &["1.0", "2.0rc1 pre"]).unwrap(),
            "2.0rc1"
        );
    }

    #[test]
    fn tags_of_npm_are_names() {
        let spec = VersionSpec::parse(Ecosystem::Npm, "next").unwrap();
        assert_eq!(spec, VersionSpec::Exact("next".into()));
        let range = VersionSpec::parse(Ecosystem::Npm, "x").unwrap();
        assert_eq!(range, VersionSpec::Requirement("x".into()));
        assert!(VersionSpec::parse(Ecosystem::Cargo, "next").is_err());
    }

    #[test]
    fn nonsense_is_an_invalid_argument() {
        for ecosystem in [
            Ecosystem::Npm,
            Ecosystem::Cargo,
            Ecosystem::Hex,
            Ecosystem::Pypi,
        ] {
            for text in ["non sense", "../x", "\u{0}", &"9".repeat(2000)] {
                let error = VersionSpec::parse(ecosystem, text).unwrap_err();
                assert_eq!(error.kind, ErrorKind::InvalidArgument, "{ecosystem} {text}");
                assert!(error.message.len() < 400);
            }
        }
    }
}
