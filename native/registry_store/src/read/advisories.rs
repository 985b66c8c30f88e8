use registry_types::{Advisory, Ecosystem, ErrorKind, Result};

use crate::Store;
use crate::fault::redb_error;
use crate::key::{after_key, package_key};
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
                let key = package_key(ecosystem, name);
                let end = after_key(&key);
                let range = (key.as_str(), "")..(end.as_str(), "");
                let mut found: Vec<Advisory> = Vec::new();
                let rows = &snapshot.tables.advisories;
                for row in rows.range(range).map_err(redb_error)? {
                    let (key, record) = row.map_err(redb_error)?;
                    found.push(ADVISORIES.decode(key.value(), record.value())?);
                }
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
