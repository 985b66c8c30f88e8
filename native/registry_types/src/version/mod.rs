//! Versions and requirements as each ecosystem's own client understands them.
//!
//! | ecosystem | versions | requirements |
//! |---|---|---|
//! | npm | node-semver, loose | node-semver ranges, loose (as npm itself reads them) |
//! | cargo | the `semver` crate | the `semver` crate |
//! | Hex | Elixir's `Version` | Elixir's `Version` |
//! | PyPI | PEP 440 | PEP 440 specifiers, as `packaging` and pip match them |
//! | GitHub | tags: an optional `v`, then anything like a version; other tags by their text | node-semver ranges over those |
//!
//! Everywhere a [`VersRange`] of the ecosystem (`vers:npm/>=1.2.0|<2.0.0`) is a requirement too.
//!
//! Texts are foreign: a version may have [`VERSION_BYTES`], a requirement [`REQUIREMENT_BYTES`];
//! everything within is read without recursion and numbers of any size are compared, not overflowed.

mod cargo;
mod elixir;
mod elixir_requirement;
mod npm;
mod number;
mod order;
mod pypi;
mod select;
mod tag;
mod vers;

use std::cmp::Ordering;

use crate::{Ecosystem, Error, Result};

pub use order::{compare, sort_newest_first};
pub use select::{VersionSpec, latest, latest_stable, resolve};
pub use vers::{VERS_BYTES, VersRange};

/// The longest version that is read, in bytes.
pub const VERSION_BYTES: usize = 256;

/// The longest requirement that is read, in bytes.
pub const REQUIREMENT_BYTES: usize = 1024;

/// A parsed version; comparable within one ecosystem.
///
/// Equality and order are those of precedence: except for cargo, two versions which differ in
/// nothing but build metadata or in spelling (`1.0` and `1.0.0` on PyPI) are equal.
///
/// ```
/// use registry_types::{Ecosystem, version::Version};
/// let v = |text| Version::parse(Ecosystem::Pypi, text);
/// assert!(v("1.0rc1")? < v("1.0")? && v("1.0")? == v("1.0.0")?);
/// assert!(v("1.0.dev3")?.is_prerelease());
/// # Ok::<(), registry_types::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(Parsed);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Parsed {
    Npm(npm::Version),
    Cargo(semver::Version),
    Hex(elixir::Version),
    Pypi(pep440_rs::Version),
    Github(tag::Tag),
}

impl Version {
    /// Reads `text` by the rules of `ecosystem`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidArgument`] naming the text.
    pub fn parse(ecosystem: Ecosystem, text: &str) -> Result<Self> {
        let parsed = if text.len() > VERSION_BYTES {
            None
        } else {
            match ecosystem {
                Ecosystem::Npm => npm::Version::parse(text).map(Parsed::Npm),
                Ecosystem::Cargo => semver::Version::parse(text).ok().map(Parsed::Cargo),
                Ecosystem::Hex => elixir::Version::parse(text).map(Parsed::Hex),
                Ecosystem::Pypi => text.parse().ok().map(Parsed::Pypi),
                Ecosystem::Github => tag::Tag::parse(text).map(Parsed::Github),
            }
        };
        parsed.map(Self).ok_or_else(|| {
            Error::invalid_argument(format!("{} is no {ecosystem} version", quoted(text)))
        })
    }

    /// Whether it is a prerelease (or a development release).
    #[must_use]
    pub fn is_prerelease(&self) -> bool {
        match &self.0 {
            Parsed::Npm(version) => version.is_prerelease(),
            Parsed::Cargo(version) => !version.pre.is_empty(),
            Parsed::Hex(version) => version.is_prerelease(),
            Parsed::Pypi(version) => version.any_prerelease(),
            Parsed::Github(version) => version.is_prerelease(),
        }
    }

    /// Takes away what does not count in precedence, where the order would count it.
    fn drop_build(&mut self) {
        if let Parsed::Cargo(version) = &mut self.0 {
            version.build = semver::BuildMetadata::EMPTY;
        }
    }

    /// Whether both name the same release: equal precedence, build metadata and spelling aside.
    fn is_same_release(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Parsed::Cargo(a), Parsed::Cargo(b)) => a.cmp_precedence(b) == Ordering::Equal,
            (a, b) => a == b,
        }
    }
}

/// A parsed requirement.
///
/// ```
/// use registry_types::{Ecosystem, version::{Requirement, Version}};
/// let range = Requirement::parse(Ecosystem::Npm, "^1.2.3 || 3.x")?;
/// assert!(range.matches(&Version::parse(Ecosystem::Npm, "1.9.0")?));
/// assert!(!range.matches(&Version::parse(Ecosystem::Npm, "2.0.0-rc.1")?));
/// # Ok::<(), registry_types::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Requirement(Rule);

#[derive(Clone, Debug)]
enum Rule {
    Npm(npm::Range),
    Cargo(semver::VersionReq),
    Hex(elixir_requirement::Requirement),
    Pypi(pypi::SpecifierSet),
    Github(npm::Range),
    Vers(VersRange),
}

impl Requirement {
    /// Reads `text` by the rules of `ecosystem`, or as a [`VersRange`] of it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidArgument`] naming the text.
    pub fn parse(ecosystem: Ecosystem, text: &str) -> Result<Self> {
        if vers::is_vers(text) {
            let range: VersRange = text.parse()?;
            if range.ecosystem() != ecosystem {
                return Err(Error::invalid_argument(format!(
                    "{} is about {}, not about {ecosystem}",
                    quoted(text),
                    range.ecosystem()
                )));
            }
            return Ok(Self(Rule::Vers(range)));
        }
        let rule = if text.len() > REQUIREMENT_BYTES {
            None
        } else {
            match ecosystem {
                Ecosystem::Npm => npm::Range::parse(text).map(Rule::Npm),
                Ecosystem::Cargo => semver::VersionReq::parse(text).ok().map(Rule::Cargo),
                Ecosystem::Hex => elixir_requirement::Requirement::parse(text).map(Rule::Hex),
                Ecosystem::Pypi => pypi::SpecifierSet::parse(text).map(Rule::Pypi),
                Ecosystem::Github => npm::Range::parse(text).map(Rule::Github),
            }
        };
        rule.map(Self).ok_or_else(|| {
            Error::invalid_argument(format!(
                "{} is no {ecosystem} requirement: {}",
                quoted(text),
                example(ecosystem)
            ))
        })
    }

    /// Whether the ecosystem's resolver takes `version` for it. Prereleases only count where the
    /// requirement itself asks for them, each ecosystem in its own way (npm and cargo: a bound with
    /// the same numbers and a prerelease; Hex: the bound compared with; PyPI: any bound).
    #[must_use]
    pub fn matches(&self, version: &Version) -> bool {
        self.test(version, false)
    }

    /// Whether `version` lies within it, prereleases being versions like any other: how affected
    /// ranges of advisories are read.
    #[must_use]
    pub fn matches_including_prerelease(&self, version: &Version) -> bool {
        self.test(version, true)
    }

    fn test(&self, version: &Version, prereleases: bool) -> bool {
        match (&self.0, &version.0) {
            (Rule::Npm(range), Parsed::Npm(version)) => range.matches(version, prereleases),
            (Rule::Cargo(req), Parsed::Cargo(version)) => cargo::matches(req, version, prereleases),
            (Rule::Hex(req), Parsed::Hex(version)) => req.matches(version, prereleases),
            (Rule::Pypi(set), Parsed::Pypi(version)) => set.matches(version, prereleases),
            (Rule::Github(range), Parsed::Github(tag)) => tag
                .as_npm()
                .is_some_and(|version| range.matches(&version, prereleases)),
            (Rule::Vers(range), _) => range.contains_version(version),
            _ => false,
        }
    }
}

const fn example(ecosystem: Ecosystem) -> &'static str {
    match ecosystem {
        Ecosystem::Npm | Ecosystem::Github => "write one like \"^1.2.3\" or \">=1.2 <2\"",
        Ecosystem::Cargo => "write one like \"1.2\" or \">=1.2, <2\"",
        Ecosystem::Hex => "write one like \"~> 1.2\" or \">= 1.2.0 and < 2.0.0\"",
        Ecosystem::Pypi => "write one like \"~=1.2\" or \">=1.2,<2\"",
    }
}

/// `text` for a message: escaped, cut at 64 characters.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(64) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}
