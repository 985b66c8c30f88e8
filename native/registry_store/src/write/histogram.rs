//! How the figures of an ecosystem's packages are spread, kept up with every write: where one stands
//! among all is then a sum over a few rows.

use redb::ReadableTable;
use registry_types::{Ecosystem, Package, Result};

use crate::fault::redb_error;
use crate::key::letter;
use crate::tables::WriteTables;

/// A figure of a package that is compared within its ecosystem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Downloads in the registry's recent window.
    Downloads,
    /// Packages that depend on it, as its registry counts them.
    Dependents,
    /// Stars of its repository.
    Stars,
}

impl Metric {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Downloads, Self::Dependents, Self::Stars];

    /// The name under which a quality answer shows it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Downloads => "recent_downloads",
            Self::Dependents => "dependents",
            Self::Stars => "stars",
        }
    }

    const fn of(self, package: &Package) -> Option<u64> {
        match self {
            Self::Downloads => package.downloads.recent,
            Self::Dependents => package.dependents_count,
            Self::Stars => package.stars,
        }
    }
}

/// Four steps to each doubling: a step is 19 %.
fn step(value: u64) -> u64 {
    let steps = (value as f64 + 1.0).log2() * 4.0;
    steps as u64
}

/// The row that counts packages with about this figure; rows of one metric stand in its order.
pub(crate) fn row(ecosystem: Ecosystem, metric: Metric, value: u64) -> String {
    format!("{}{:03}", first_row(ecosystem, metric), step(value))
}

/// What all rows of a metric begin with.
pub(crate) fn first_row(ecosystem: Ecosystem, metric: Metric) -> String {
    format!("{}:{}:", letter(ecosystem), metric.as_str())
}

impl WriteTables<'_> {
    /// Counts a package as it is now, no longer as it was.
    pub(crate) fn tally(&mut self, old: Option<&Package>, new: Option<&Package>) -> Result<()> {
        for metric in Metric::ALL {
            let place = |package: Option<&Package>| {
                package.and_then(|p| Some(row(p.ecosystem, metric, metric.of(p)?)))
            };
            let (before, after) = (place(old), place(new));
            if before == after {
                continue;
            }
            for (key, more) in [(before, false), (after, true)] {
                let Some(key) = key else {
                    continue;
                };
                let count = self.histogram.get(key.as_str()).map_err(redb_error)?;
                let count = count.map_or(0_u64, |count| count.value());
                let count = if more {
                    count + 1
                } else {
                    count.saturating_sub(1)
                };
                self.histogram
                    .insert(key.as_str(), count)
                    .map_err(redb_error)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_figures() {
        let row = |value| row(Ecosystem::Npm, Metric::Stars, value);
        let values = [0, 1, 2, 5, 100, 1_000_000, u64::MAX];
        assert!(values.windows(2).all(|pair| row(pair[0]) < row(pair[1])));
        assert!(row(u64::MAX).starts_with(&first_row(Ecosystem::Npm, Metric::Stars)));
    }
}
