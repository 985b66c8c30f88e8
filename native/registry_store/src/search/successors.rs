//! What is dead names its successor, and the successor stands in its place.

use registry_types::replacement::of_package;
use registry_types::{Advisory, ErrorKind, Package, Result, unmaintained};

use crate::index::prior::is_alive;
use crate::key::package_key;
use crate::search::packages::{Pin, Ranked, Search};

/// More successors of one package are not put first.
const MOST_FIRST: usize = 3;

impl Search<'_> {
    /// The packages that are said to replace one that should no longer be used; none for one that is
    /// alive.
    pub(crate) fn replaced_by(&self, package: &Package) -> Result<Vec<String>> {
        let Some(advisories) = self.told_of_dead(package)? else {
            return Ok(Vec::new());
        };
        let found = of_package(package, None, &advisories);
        Ok(found
            .into_iter()
            .map(|replacement| replacement.name)
            .collect())
    }

    /// Whether nothing speaks against beginning to use the package.
    pub(crate) fn may_be_used(&self, package: &Package) -> Result<bool> {
        Ok(self.told_of_dead(package)?.is_none())
    }

    /// The stored, usable successors of a package, to be put first in its place.
    pub(crate) fn successors(&self, dead: &Package) -> Result<Vec<Ranked>> {
        let mut successors = Vec::new();
        for name in self.replaced_by(dead)?.into_iter().take(MOST_FIRST) {
            let id = match self.snapshot.package_id(dead.ecosystem, &name) {
                Err(error) if error.kind == ErrorKind::NotFound => continue,
                id => id?,
            };
            let row = self.row(id)?;
            if self.may_be_used(&row.package)? {
                successors.push(Ranked {
                    id,
                    score: 0.0,
                    pin: Some(Pin::Replaces(dead.name.clone())),
                    found: None,
                    lifted: 1.0,
                    row: Some(row),
                });
            }
        }
        Ok(successors)
    }

    /// The advisories of a package that should no longer be used; `None` where nothing speaks against
    /// it.
    fn told_of_dead(&self, package: &Package) -> Result<Option<Vec<Advisory>>> {
        let key = package_key(package.ecosystem, &package.name);
        let advisories = self.snapshot.advisories_of(package.ecosystem, &key)?;
        let usable = is_alive(package) && unmaintained(&advisories).is_none();
        Ok((!usable).then_some(advisories))
    }
}
