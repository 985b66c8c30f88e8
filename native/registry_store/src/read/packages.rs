use redb::ReadableTable;
use registry_types::{
    Ecosystem, Error, Package, Result, VersionEntry, canonical_name, normalize_name,
};

use crate::Store;
use crate::db::Snapshot;
use crate::fault::{corrupt, redb_error};
use crate::key::package_key;
use crate::record::Records;
use crate::rows::{PackageRow, Shown};
use crate::tables::PACKAGES;

/// How many times larger a package is in memory than its record.
const IN_MEMORY: usize = 4;

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
            let row = snapshot.package(id, ecosystem, name)?;
            let package = row.package;
            let mut entries = Vec::new();
            for (version, _) in row.releases {
                let known = package.versions.iter().find(|e| e.version == version);
                let entry = known.cloned();
                entries.push(entry.unwrap_or_else(|| VersionEntry::unlisted(ecosystem, &version)));
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

    /// The package with this id. That it is the one asked for is checked: the
    /// table of keys has no checksums.
    pub(crate) fn package(&self, id: u32, ecosystem: Ecosystem, name: &str) -> Result<PackageRow> {
        let what = || format!("{ecosystem} package {name}");
        let row = self.package_row(id).map_err(|e| e.context(what()))?;
        let row = row.ok_or_else(|| corrupt(what(), "its record is missing"))?;
        let found = &row.package;
        let same = found.ecosystem == ecosystem
            && normalize_name(ecosystem, &found.name) == normalize_name(ecosystem, name);
        if !same {
            return Err(corrupt(what(), "its key leads to another package"));
        }
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

    /// What is shown of a package. One that was shown lately, and has the same record still, need not be
    /// read anew: that is a fifth of a search.
    pub(crate) fn shown(&self, id: u32) -> Result<Option<Shown>> {
        let Some(record) = self.tables.packages.get(id).map_err(redb_error)? else {
            return Ok(None);
        };
        let record = record.value();
        let sum = Records::<u32>::sum(record).unwrap_or_default();
        if let Some((known, shown)) = self.shown.get((id, 0))
            && known == sum
        {
            return Ok(Some(shown));
        }
        let shown = Shown::from(PACKAGES.decode::<PackageRow>(id, record)?);
        let bytes = IN_MEMORY * record.len();
        self.shown.insert((id, 0), (sum, shown.clone()), bytes);
        Ok(Some(shown))
    }

    /// The package's record.
    pub(crate) fn package_row(&self, id: u32) -> Result<Option<PackageRow>> {
        PACKAGES.get(&self.tables.packages, id)
    }
}
