//! The terms by which conditions of a query find packages: `license:MIT` is the term `l=mit`.

use registry_types::{Ecosystem, Package, Release, Timestamp, canonical_name};

use crate::index::documents::start_of;
use crate::index::prior::is_alive;

/// More terms of one kind say no more.
const MOST: usize = 64;
/// Longer values are none that anybody asks for; longer license texts name no license.
const LONGEST: usize = 200;

/// Days since 1970-01-01.
pub(crate) type Day = u64;

/// The day of a moment; `None` before 1970.
pub(crate) fn day_of(time: Timestamp) -> Option<Day> {
    Day::try_from(time.micros().div_euclid(86_400_000_000)).ok()
}

/// The index term by which packages with `value` in `field` are found.
pub(crate) fn term(field: &str, value: &str) -> String {
    let mark = field.get(..1).unwrap_or_default();
    let value = canonical_name(value.trim()).replace(char::is_whitespace, "-");
    format!("{mark}={value}")
}

/// What a package's release holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holds {
    pub(crate) readme: bool,
    pub(crate) docs: bool,
    pub(crate) changelog: bool,
    pub(crate) symbols: bool,
    /// Whether its users get types: by the language, or by declarations it ships.
    pub(crate) types: bool,
}

/// Whether a release says of what type its things are.
pub(crate) fn has_types(release: &Release, categories: &[String]) -> bool {
    match release.ecosystem {
        Ecosystem::Cargo => true,
        Ecosystem::Npm => release.languages.iter().any(|l| l == "typescript"),
        Ecosystem::Pypi => categories.iter().any(|c| c == "Typing :: Typed"),
        Ecosystem::Hex => release.languages.iter().any(|l| l == "gleam"),
        Ecosystem::Github => false,
    }
}

/// Terms separated by spaces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms(String);

impl Terms {
    fn add(&mut self, field: &str, value: &str) {
        self.0.push_str(&term(field, start_of(value, LONGEST)));
        self.0.push(' ');
    }

    /// The terms that package and release give by themselves.
    pub(crate) fn of(package: &Package, holds: &Holds, needs: &[String]) -> Self {
        let mut terms = Self::default();
        for keyword in package.keywords.iter().take(MOST) {
            terms.add("keyword", keyword);
        }
        let license = package.license.as_deref().unwrap_or_default();
        if license.len() <= LONGEST {
            terms.license(license);
        }
        for name in needs {
            terms.add("depends", name);
        }
        let has = [
            ("types", holds.types),
            ("readme", holds.readme),
            ("docs", holds.docs || package.documentation.is_some()),
            ("changelog", holds.changelog),
            ("symbols", holds.symbols),
            ("repository", package.repository.is_some()),
            ("license", package.license.is_some()),
        ];
        for (what, _) in has.iter().filter(|(_, has)| *has) {
            terms.add("has", what);
        }
        let newest = package.versions.first();
        let is = [
            ("deprecated", package.deprecated.is_some()),
            (
                "withdrawn",
                package.deprecated.is_none() && !is_alive(package),
            ),
            (
                "prerelease",
                package.latest_stable_version.is_none() && newest.is_some_and(|v| v.prerelease),
            ),
        ];
        for (what, _) in is.iter().filter(|(_, is)| *is) {
            terms.add("is", what);
        }
        terms
    }

    /// The identifiers in a license expression, and the families they belong to: `GPL-3.0-only` is
    /// found as `gpl`, too.
    fn license(&mut self, license: &str) {
        let parts = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '+'));
        let ids = license.split(parts).filter(|id| !id.is_empty());
        for id in ids
            .filter(|id| !matches!(*id, "OR" | "AND" | "WITH"))
            .take(MOST)
        {
            let ends = id.match_indices('-').map(|(at, _)| at).chain([id.len()]);
            for end in ends.filter(|end| *end > 0) {
                self.add("license", id.get(..end).unwrap_or_default());
            }
        }
        if license.contains(' ') {
            self.add("license", license);
        }
    }

    /// The terms as the index takes them, with what the store alone knows.
    pub(crate) fn finish(mut self, unmaintained: bool, advisories: bool, alive: bool) -> String {
        if advisories {
            self.add("has", "advisories");
        }
        if unmaintained {
            self.add("is", "unmaintained");
        }
        if alive {
            self.add("is", "alive");
        }
        self.0
    }
}
