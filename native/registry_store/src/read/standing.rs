use redb::ReadableTable;
use registry_types::{Advisory, ErrorKind, Package, Result};

use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::index::prior::Standing;
use crate::key::{KeyRange, package_key};
use crate::tables::ADVISORIES;

/// More dependents make a package no likelier.
const MOST_DEPENDENTS: usize = 2_000;

/// What other records say of the package under `key`.
pub(crate) fn standing(
    dependents: &impl ReadableTable<(&'static str, u32), ()>,
    advisories: &impl ReadableTable<(&'static str, &'static str), &'static [u8]>,
    key: &str,
) -> Result<Standing> {
    let range = KeyRange::of(key);
    let rows = dependents.range(range.ids()).map_err(redb_error)?;
    let mut standing = Standing {
        dependents: rows.take(MOST_DEPENDENTS).count() as u64,
        ..Standing::default()
    };
    for row in advisories.range(range.texts()).map_err(redb_error)? {
        let (place, record) = row.map_err(redb_error)?;
        let advisory: Advisory = match ADVISORIES.decode(place.value(), record.value()) {
            // `check` names what is damaged; a package is not worse for it.
            Err(error) if error.kind == ErrorKind::StoreCorrupt => continue,
            decoded => decoded?,
        };
        standing.advisories |= advisory.is_vulnerability() || advisory.is_malicious();
        standing.unmaintained |= advisory.is_unmaintained();
    }
    Ok(standing)
}

impl Snapshot {
    pub(crate) fn standing(&self, package: &Package) -> Result<Standing> {
        let key = package_key(package.ecosystem, &package.name);
        standing(&self.tables.dependents, &self.tables.advisories, &key)
    }
}
