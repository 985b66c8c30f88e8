use redb::ReadableTable;
use registry_types::{
    Ecosystem, Error, Package, Result, VersionEntry, canonical_name, normalize_name,
};

use crate::Store;
use crate::db::Snapshot;
use crate::fault::{corrupt, redb_error};
use crate::key::package_key;
use crate::rows::PackageRow;
use crate::tables::{PACKAGES, VERSIONS};

impl Store {
    /// The package, whole.
    ///
    /// # Errors
    /// `NotFound` when it was never collected.
    pub fn get_package(&self, ecosystem: Ecosystem, name: &str) -> Result<Package> {
        self.read(format_args!("{ecosystem} {name}"), |snapshot| {
            let id = snapshot.package_id(ecosystem, name)?;
            Ok(snapshot.package(id, ecosystem, name)?.package)
        })
    }

    /// The versions of the package whose releases are in the store, newest first, with the flags of
    /// the package's list: what `registry_types::version::resolve` chooses from.
    ///
    /// # Errors
    /// `NotFound` when the package was never collected.
    pub fn stored_versions(&self, ecosystem: Ecosystem, name: &str) -> Result<Vec<VersionEntry>> {
        self.read(format_args!("{ecosystem} {name}"), |snapshot| {
            let id = snapshot.package_id(ecosystem, name)?;
            let package = snapshot.package(id, ecosystem, name)?.package;
            let mut entries = Vec::new();
            for (version, _) in snapshot.releases(id)? {
                let known = package.versions.iter().find(|e| e.version == version);
                let entry = known.cloned();
                entries
                    .push(entry.unwrap_or_else(|| crate::write::face::unknown(&package, &version)));
            }
            registry_types::version::sort_newest_first(ecosystem, &mut entries);
            Ok(entries)
        })
    }
}

impl Snapshot {
    /// The id of a package.
    pub(crate) fn package_id(&self, ecosystem: Ecosystem, name: &str) -> Result<u32> {
        let key = package_key(ecosystem, name);
        let id = self
            .tables
            .package_keys
            .get(key.as_str())
            .map_err(redb_error)?;
        if let Some(id) = id {
            return Ok(id.value());
        }
        self.check_absence(ecosystem, name)?;
        Err(Error::not_found(format!(
            "{ecosystem} package {name} is not in the store: collect it first"
        )))
    }

    /// That a key is not found may be damage: the table of keys has no checksums of its own. The
    /// index knows all names as well.
    fn check_absence(&self, ecosystem: Ecosystem, name: &str) -> Result<()> {
        let canonical = canonical_name(name).replace(char::is_whitespace, "-");
        for id in self.ids_named(&canonical)? {
            let Some(PackageRow { package, .. }) = self.package_row(id)? else {
                continue;
            };
            let same = package.ecosystem == ecosystem
                && normalize_name(ecosystem, &package.name) == normalize_name(ecosystem, name);
            if same {
                let what = format!("{ecosystem} package {name}");
                return Err(corrupt(what, "its key is lost"));
            }
        }
        Ok(())
    }

    /// The package with this id, with its versions. That it is the one asked for is checked: the
    /// table of keys has no checksums.
    pub(crate) fn package(&self, id: u32, ecosystem: Ecosystem, name: &str) -> Result<PackageRow> {
        let what = || format!("{ecosystem} package {name}");
        let row = self.package_row(id).map_err(|e| e.context(what()))?;
        let mut row = row.ok_or_else(|| corrupt(what(), "its record is missing"))?;
        let found = &row.package;
        let same = found.ecosystem == ecosystem
            && normalize_name(ecosystem, &found.name) == normalize_name(ecosystem, name);
        if !same {
            return Err(corrupt(what(), "its key leads to another package"));
        }
        row.package.versions = self.versions(id).map_err(|e| e.context(what()))?;
        Ok(row)
    }

    /// The name of a package by its id, for messages: a walk over all keys.
    pub(crate) fn name_of(&self, id: u32) -> Option<String> {
        let mut keys = self.tables.package_keys.iter().ok()?;
        keys.find_map(|row| {
            let (key, found) = row.ok()?;
            (found.value() == id).then(|| key.value().to_owned())
        })
    }

    /// The package's own record, without its versions.
    pub(crate) fn package_row(&self, id: u32) -> Result<Option<PackageRow>> {
        PACKAGES.get(&self.tables.packages, id)
    }

    /// The package's list of versions.
    pub(crate) fn versions(&self, id: u32) -> Result<Vec<VersionEntry>> {
        let versions = VERSIONS.get(&self.tables.versions, id)?;
        versions.ok_or_else(|| corrupt("a list of versions", "its record is missing"))
    }

    /// Stored versions and the ids of their releases. Their number is checked: the table of their
    /// keys has no checksums.
    pub(crate) fn releases(&self, package: u32) -> Result<Vec<(String, u32)>> {
        let range = (package, "")..(package + 1, "");
        let rows = self.tables.release_keys.range(range).map_err(redb_error)?;
        let found: Vec<(String, u32)> = rows
            .map(|row| {
                let (key, id) = row.map_err(redb_error)?;
                Ok((key.value().1.to_owned(), id.value()))
            })
            .collect::<Result<_>>()?;
        let expected = self.package_row(package)?.map_or(0, |row| row.releases);
        if usize::try_from(expected) != Ok(found.len()) {
            return Err(corrupt("the list of a package's releases", "one is lost"));
        }
        Ok(found)
    }
}
