//! How likely a package is wanted, whatever the query: the order of the index's documents.
//!
//! `prior = max(popularity, 0.1)^1.5 × freshness × flag`. Popularity is read by magnitude from downloads
//! and dependents; freshness falls with the age of the newest release, less for what is mature.

use registry_types::{Ecosystem, Package, Timestamp, VersionEntry};

/// The popularity of a package of which nothing is known: in the middle of what people collect, so
/// that a mirror without figures does not sink its packages.
const UNKNOWN: f64 = 0.35;
/// Never less: an obscure package that fits must be able to beat a famous one that does not.
const LEAST: f64 = 0.1;
/// How strongly popularity counts.
const EXPONENT: f64 = 1.5;
/// What remains of a package that should no longer be used.
const DEAD: f64 = 0.4;
/// What remains of a package that nobody maintains.
const UNMAINTAINED: f64 = 0.6;
/// So many years without a release cost nothing.
const FRESH_YEARS: f64 = 1.5;
/// After so many more, half of what can be lost is lost.
const STALE_YEARS: f64 = 3.0;
/// What age alone can cost a package that nobody uses, and one that many do.
const MOST_LOST: f64 = 0.35;
const MATURE_LOST: f64 = 0.08;
const YEAR_MICROS: f64 = 365.25 * 86_400.0 * 1e6;

/// The largest figures of an ecosystem: constants, so that a package's place does not depend on
/// which others are stored.
struct Scale {
    recent: f64,
    total: f64,
    dependents: f64,
}

const fn scale(ecosystem: Ecosystem) -> Scale {
    let (recent, total, dependents) = match ecosystem {
        Ecosystem::Npm => (2e9, 1e11, 3e5),
        Ecosystem::Cargo => (3e8, 2e9, 6e4),
        Ecosystem::Hex => (1e7, 2e8, 1e4),
        Ecosystem::Pypi => (2e9, 1e11, 1e5),
        Ecosystem::Github => (1e8, 1e9, 1e5),
    };
    Scale {
        recent,
        total,
        dependents,
    }
}
const MOST_STARS: f64 = 4e5;
/// The most dependents that a store is expected to hold of one package.
const MOST_STORED: f64 = 2e3;

/// What the store alone knows of a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// How many stored packages need it, up to two thousand.
    pub(crate) dependents: u64,
    /// Whether an advisory says that nobody maintains it.
    pub(crate) unmaintained: bool,
    /// Whether any advisory is stored.
    pub(crate) advisories: bool,
}

/// The prior and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prior {
    /// 0 to 1, or `None` where no registry gave a figure.
    pub(crate) popularity: Option<f64>,
    /// How many stored packages need it.
    pub(crate) dependents: u64,
    /// Years between its newest release and the day it was collected, where both are known.
    pub(crate) age: Option<f64>,
    /// 1, or less for what should no longer be used.
    pub(crate) flag: f64,
}

impl Prior {
    pub(crate) fn of(package: &Package, standing: Standing) -> Self {
        let flag = match (is_alive(package), standing.unmaintained) {
            (false, _) => DEAD,
            (true, true) => UNMAINTAINED,
            (true, false) => 1.0,
        };
        Self {
            popularity: popularity(package),
            dependents: standing.dependents,
            age: age(package),
            flag,
        }
    }

    fn known_popularity(&self) -> f64 {
        let stored = share(self.dependents, MOST_STORED);
        match self.popularity {
            Some(popularity) => popularity,
            None => UNKNOWN + (1.0 - UNKNOWN) * stored,
        }
    }

    /// The factor of popularity.
    pub(crate) fn popularity_factor(&self) -> f64 {
        self.known_popularity().max(LEAST).powf(EXPONENT)
    }

    /// The factor of age: what is old but used by many is mature, not abandoned.
    pub(crate) fn freshness(&self) -> f64 {
        let late = (self.age.unwrap_or(0.0) - FRESH_YEARS).max(0.0);
        let most = MOST_LOST + (MATURE_LOST - MOST_LOST) * self.known_popularity();
        1.0 - most * late / (late + STALE_YEARS)
    }

    /// The factor of a score, above 0, at most 1.
    pub(crate) fn factor(&self) -> f64 {
        self.popularity_factor() * self.freshness() * self.flag
    }
}

/// Whether anybody should still begin to use the package.
pub(crate) fn is_alive(package: &Package) -> bool {
    package.deprecated.is_none()
        && (package.versions.is_empty() || package.versions.iter().any(VersionEntry::is_live))
}

/// When the newest version was published.
pub(crate) fn last_published(package: &Package) -> Option<Timestamp> {
    let published = package.versions.iter().filter_map(|v| v.published_at);
    published.max().or(package.updated_at)
}

/// In years.
#[expect(clippy::cast_precision_loss, reason = "years need no microseconds")]
fn age(package: &Package) -> Option<f64> {
    let (last, collected) = (last_published(package)?, package.collected_at?);
    Some((collected.micros() - last.micros()).max(0) as f64 / YEAR_MICROS)
}

fn popularity(package: &Package) -> Option<f64> {
    let scale = scale(package.ecosystem);
    let downloads = match (package.downloads.recent, package.downloads.total) {
        (Some(recent), _) => Some(share(recent, scale.recent)),
        (None, Some(total)) => Some(share(total, scale.total)),
        (None, None) => None,
    };
    let dependents = package
        .dependents_count
        .map(|count| share(count, scale.dependents));
    match (downloads, dependents) {
        (Some(downloads), Some(dependents)) => Some(0.7 * downloads + 0.3 * dependents),
        (known, None) | (None, known) => known.or(package.stars.map(|s| share(s, MOST_STARS))),
    }
}

/// Where `count` lies between nothing and `most`, by magnitude.
#[expect(
    clippy::cast_precision_loss,
    reason = "a magnitude needs no last digit"
)]
fn share(count: u64, most: f64) -> f64 {
    ((1.0 + count as f64).log10() / (1.0 + most).log10()).min(1.0)
}

const PRIOR_BITS: u32 = 16;
const PRIOR_MAX: f64 = 65_535.0;

/// The sort key of a document: by ecosystem, then by falling prior.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range before"
)]
pub(crate) fn order(ecosystem: u64, factor: f64) -> u64 {
    let level = (factor * PRIOR_MAX).round().clamp(0.0, PRIOR_MAX) as u64;
    (ecosystem << PRIOR_BITS) | (((1 << PRIOR_BITS) - 1) - level)
}

/// The prior of a sort key.
#[expect(clippy::cast_precision_loss, reason = "16 bits")]
pub(crate) fn factor_of(order: u64) -> f32 {
    let level = ((1 << PRIOR_BITS) - 1) - (order & ((1 << PRIOR_BITS) - 1));
    level as f32 / PRIOR_MAX as f32
}

/// The number of the ecosystem of a sort key.
pub(crate) const fn ecosystem_of(order: u64) -> u64 {
    order >> PRIOR_BITS
}

/// The first sort key of an ecosystem.
pub(crate) const fn first_order(ecosystem: u64) -> u64 {
    ecosystem << PRIOR_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(recent: Option<u64>) -> Package {
        let mut package = Package::new(Ecosystem::Cargo, "x");
        package.downloads.recent = recent;
        package
    }

    fn of(package: &Package) -> Prior {
        Prior::of(package, Standing::default())
    }

    #[test]
    fn more_downloads_never_count_less() {
        let counts = [0, 10, 1_000, 1_000_000, 1_000_000_000];
        let factors: Vec<f64> = counts
            .iter()
            .map(|n| of(&package(Some(*n))).factor())
            .collect();
        assert!(factors.is_sorted());
        assert!(factors[0] < factors[4]);
    }

    #[test]
    fn unknown_is_neither_none_nor_many() {
        let unknown = of(&package(None)).factor();
        assert!(unknown > of(&package(Some(0))).factor());
        assert!(unknown < of(&package(Some(10_000_000))).factor());
        let needed = Standing {
            dependents: 100,
            ..Standing::default()
        };
        assert!(Prior::of(&package(None), needed).factor() > unknown);
    }

    #[test]
    fn what_is_dead_comes_later() {
        let alive = of(&package(Some(1000))).factor();
        let mut dead = package(Some(1000));
        dead.deprecated = Some("use y".into());
        let unmaintained = Standing {
            unmaintained: true,
            ..Standing::default()
        };
        let left = Prior::of(&package(Some(1000)), unmaintained).factor();
        assert!(of(&dead).factor() < left && left < alive);
    }

    #[test]
    fn mature_is_not_abandoned() {
        let aged = |recent, years: i64| {
            let mut package = package(Some(recent));
            package.updated_at = Some(Timestamp::from_seconds(1_000_000_000));
            let collected = 1_000_000_000 + years * 31_557_600;
            package.collected_at = Some(Timestamp::from_seconds(collected));
            of(&package).freshness()
        };
        assert!((aged(10, 1) - 1.0).abs() < 1e-9);
        assert!(aged(10, 8) < 0.85);
        assert!(aged(1_000_000_000, 8) > 0.9);
        assert!((of(&package(None)).freshness() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn order_is_ecosystem_then_falling_prior() {
        assert!(order(1, 0.9) < order(1, 0.1));
        assert!(order(1, 0.0) < order(2, 1.0));
        assert!((factor_of(order(3, 0.25)) - 0.25).abs() < 1e-4);
        assert!(first_order(2) <= order(2, 1.0));
        assert!(first_order(2) > order(1, 0.0));
    }
}
