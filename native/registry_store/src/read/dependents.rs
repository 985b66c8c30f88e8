use registry_types::{Ecosystem, Package, Result};

use crate::Store;
use crate::fault::{corrupt, redb_error};
use crate::key::{KeyRange, package_key};
use crate::tables::PACKAGES;

impl Store {
    /// Stored packages whose newest stored release needs the package, development apart; in the order
    /// in which they were first stored. The package itself need not be stored.
    ///
    /// # Errors
    /// `InvalidArgument` for a limit out of range.
    pub fn dependents(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        limit: usize,
    ) -> Result<Vec<Package>> {
        self.check_rows(limit)?;
        self.read(
            format_args!("dependents of {ecosystem} {name}"),
            |snapshot| {
                let key = package_key(ecosystem, name);
                let range = KeyRange::of(&key);
                let rows = snapshot.tables.dependents.range(range.ids());
                let mut found = Vec::new();
                for row in rows.map_err(redb_error)?.take(limit) {
                    let id = row.map_err(redb_error)?.0.value().1;
                    let row = snapshot.package_row(id)?;
                    let row =
                        row.ok_or_else(|| corrupt(PACKAGES.name, "a dependent is missing"))?;
                    found.push(row.package);
                }
                Ok(found)
            },
        )
    }
}
