//! How likely a package is wanted, whatever the query: the order of the index's documents.

use registry_types::{Ecosystem, Package, VersionEntry};

/// The prior of a package of which nothing is known: in the middle of what people collect, so that
/// a mirror without figures does not sink its packages.
const UNKNOWN: f64 = 0.4;
/// Never less: an obscure package that fits must be able to beat a famous one that does not.
const LEAST: f64 = 0.1;
/// How strongly popularity counts.
const EXPONENT: f64 = 1.5;
/// What remains of a package that should no longer be used.
const DEAD: f64 = 0.5;

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

/// The prior and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prior {
    /// 0 to 1, or `None` where nothing is known.
    pub(crate) popularity: Option<f64>,
    /// 1, or less for what should no longer be used.
    pub(crate) flag: f64,
}

impl Prior {
    pub(crate) fn of(package: &Package) -> Self {
        Self {
            popularity: popularity(package),
            flag: if is_alive(package) { 1.0 } else { DEAD },
        }
    }

    /// The factor of popularity.
    pub(crate) fn popularity_factor(&self) -> f64 {
        self.popularity.unwrap_or(UNKNOWN).max(LEAST).powf(EXPONENT)
    }

    /// The factor of a score, above 0, at most 1.
    pub(crate) fn factor(&self) -> f64 {
        self.popularity_factor() * self.flag
    }
}

/// Whether anybody should still begin to use the package.
pub(crate) fn is_alive(package: &Package) -> bool {
    package.deprecated.is_none()
        && (package.versions.is_empty() || package.versions.iter().any(VersionEntry::is_live))
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

    #[test]
    fn more_downloads_never_count_less() {
        let counts = [0, 10, 1_000, 1_000_000, 1_000_000_000];
        let factors: Vec<f64> = counts
            .iter()
            .map(|n| Prior::of(&package(Some(*n))).factor())
            .collect();
        assert!(factors.is_sorted());
        assert!(factors[0] < factors[4]);
    }

    #[test]
    fn unknown_is_neither_none_nor_many() {
        let unknown = Prior::of(&package(None)).factor();
        assert!(unknown > Prior::of(&package(Some(0))).factor());
        assert!(unknown < Prior::of(&package(Some(10_000_000))).factor());
    }

    #[test]
    fn what_is_dead_comes_later() {
        let mut dead = package(Some(1000));
        dead.deprecated = Some("use y".into());
        assert!(Prior::of(&dead).factor() < Prior::of(&package(Some(1000))).factor());
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
