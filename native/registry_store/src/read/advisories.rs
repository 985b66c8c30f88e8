use registry_types::{Advisory, Ecosystem, ErrorKind, Result};

use crate::Store;
use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::key::{KeyRange, package_key};
use crate::tables::ADVISORIES;

impl Store {
    /// The stored advisories of a package, or those that affect one of its versions; withdrawn ones
    /// and notices are among them. None for a package nothing is known of.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn advisories(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        version: Option<&str>,
    ) -> Result<Vec<Advisory>> {
        self.read(
            format_args!("an advisory of {ecosystem} {name}"),
            |snapshot| {
                let mut found = snapshot.advisories_of(&package_key(ecosystem, name))?;
                let Some(version) = version else {
                    return Ok(found);
                };
                // The release may have been named by its registry without a range of versions.
                let named = match snapshot.find_release(ecosystem, name, version) {
                    Ok((_, id)) => snapshot.release(id, ecosystem, name)?.release.advisories,
                    Err(e)
                        if matches!(e.kind, ErrorKind::NotFound | ErrorKind::VersionNotFound) =>
                    {
                        Vec::new()
                    }
                    Err(e) => return Err(e),
                };
                found.retain(|advisory| {
                    named.contains(&advisory.id)
                        || registry_types::is_affected(ecosystem, advisory, version)
                });
                Ok(found)
            },
        )
    }
}

impl Snapshot {
    /// All advisories stored under a package's key.
    pub(crate) fn advisories_of(&self, key: &str) -> Result<Vec<Advisory>> {
        let rows = self.tables.advisories.range(KeyRange::of(key).texts());
        let mut found = Vec::new();
        for row in rows.map_err(redb_error)? {
            let (place, record) = row.map_err(redb_error)?;
            found.push(ADVISORIES.decode(place.value(), record.value())?);
        }
        Ok(found)
    }
}
