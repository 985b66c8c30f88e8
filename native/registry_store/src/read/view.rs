use std::cmp::Ordering;
use std::sync::Arc;

use registry_types::{Advisory, Ecosystem, ErrorKind, Package, Release, Result};

use crate::Store;
use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::key::{after_prefix, package_key};
use crate::rows::PackageRow;
use crate::write::histogram::{Metric, first_row, row};
use crate::write::remove::find_version;

/// The store as it was after one write, for answers that take many reads: they all see the same
/// state, whatever is written meanwhile.
pub struct View<'s> {
    snapshot: &'s Snapshot,
}

/// A stored package as a [`View`] finds it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPackage {
    /// The package.
    pub package: Package,
    releases: Vec<(String, u32)>,
    face: Option<u32>,
    readme: Option<u32>,
}

impl StoredPackage {
    /// The versions whose releases are stored, in no particular order.
    pub fn versions(&self) -> impl Iterator<Item = &str> {
        self.releases.iter().map(|(version, _)| version.as_str())
    }
}

impl Store {
    /// Runs `work` on one state of the store. It is run again when the file had to be opened again
    /// meanwhile.
    ///
    /// # Errors
    /// Those of `work` and of the store.
    pub fn view<T>(&self, mut work: impl FnMut(&View<'_>) -> Result<T>) -> Result<T> {
        self.read("the store", |snapshot| work(&View { snapshot }))
    }
}

impl View<'_> {
    /// The package, `None` when it is not stored.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn package(&self, ecosystem: Ecosystem, name: &str) -> Result<Option<StoredPackage>> {
        let id = match self.snapshot.package_id(ecosystem, name) {
            Ok(id) => id,
            Err(e) if e.kind == ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(e),
        };
        let PackageRow {
            package,
            face,
            readme,
            releases,
        } = self.snapshot.package(id, ecosystem, name)?;
        Ok(Some(StoredPackage {
            package,
            releases,
            face,
            readme,
        }))
    }

    /// A stored release of the package without its README, `None` when the version is not stored.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn release(&self, of: &StoredPackage, version: &str) -> Result<Option<Release>> {
        let Ok(place) = find_version(&of.package, &of.releases, version) else {
            return Ok(None);
        };
        let id = of.releases.get(place).map(|(_, id)| *id);
        id.map(|id| self.release_row(of, id)).transpose()
    }

    /// The release that stands for the package, without its README: the newest stored one.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn face(&self, of: &StoredPackage) -> Result<Option<Release>> {
        of.face.map(|id| self.release_row(of, id)).transpose()
    }

    /// The beginning of the README of that release.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn readme(&self, of: &StoredPackage) -> Result<Option<Arc<str>>> {
        let place = of.face.zip(of.readme);
        place
            .map(|(face, n)| self.snapshot.readme(face, n))
            .transpose()
    }

    /// The known advisories of a package, each vulnerability once; notices are among them.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn advisories(&self, ecosystem: Ecosystem, name: &str) -> Result<Vec<Advisory>> {
        let key = package_key(ecosystem, name);
        self.snapshot.advisories_of(ecosystem, &key)
    }

    /// Whether any feed was asked about the package: that there are no advisories says something only
    /// then.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn advisories_known(&self, ecosystem: Ecosystem, name: &str) -> Result<bool> {
        let marks = self
            .snapshot
            .feed_marks(ecosystem, &package_key(ecosystem, name))?;
        Ok(marks.iter().any(|mark| mark.asked_at.is_some()))
    }

    /// The share of the ecosystem's stored packages with a known figure that have less of it, those
    /// with about as much counted by half; `None` while no package's is known.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn percentile(
        &self,
        ecosystem: Ecosystem,
        metric: Metric,
        value: u64,
    ) -> Result<Option<f64>> {
        let own = row(ecosystem, metric, value);
        let start = first_row(ecosystem, metric);
        let end = after_prefix(&start);
        let rows = &self.snapshot.tables.histogram;
        let (mut below, mut all) = (0.0, 0.0);
        let range = start.as_str()..end.as_str();
        for entry in rows.range::<&str>(range).map_err(redb_error)? {
            let (key, count) = entry.map_err(redb_error)?;
            let count = count.value() as f64;
            all += count;
            match key.value().cmp(own.as_str()) {
                Ordering::Less => below += count,
                Ordering::Equal => below += count / 2.0,
                Ordering::Greater => {}
            }
        }
        Ok((all > 0.0).then(|| below / all))
    }

    fn release_row(&self, of: &StoredPackage, id: u32) -> Result<Release> {
        let package = &of.package;
        let row = self
            .snapshot
            .release(id, package.ecosystem, &package.name)?;
        Ok(row.release)
    }
}
