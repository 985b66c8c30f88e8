use std::sync::Arc;

use registry_types::{Document, DocumentKind, Ecosystem, Release, Result};

use crate::Store;
use crate::db::Snapshot;
use crate::fault::{corrupt, redb_error};
use crate::index::documents::{MOST_TEXT, start_of};
use crate::key::member;
use crate::rows::{Readme, ReleaseRow};
use crate::tables::{DOCUMENTS, RELEASES};
use crate::write::remove::find_version;

impl Store {
    /// The release, with its README.
    ///
    /// # Errors
    /// `NotFound`, or `VersionNotFound` when the package is stored but not this version.
    pub fn get_release(&self, ecosystem: Ecosystem, name: &str, version: &str) -> Result<Release> {
        self.read(format_args!("{ecosystem} {name} {version}"), |snapshot| {
            let (_, id) = snapshot.find_release(ecosystem, name, version)?;
            let ReleaseRow {
                mut release,
                readme,
                ..
            } = snapshot.release(id, ecosystem, name)?;
            if let Readme::Document(ordinal) | Readme::Hidden(ordinal) = readme {
                release.readme = Some(snapshot.document(id, ordinal)?.text);
            }
            Ok(release)
        })
    }

    /// The documents of a release, README first.
    ///
    /// # Errors
    /// `NotFound` or `VersionNotFound`.
    pub fn documents(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        version: &str,
    ) -> Result<Vec<Document>> {
        self.read(format_args!("{ecosystem} {name} {version}"), |snapshot| {
            let (_, id) = snapshot.find_release(ecosystem, name, version)?;
            let row = snapshot.release(id, ecosystem, name)?;
            let end = member(id, u64::from(row.documents));
            let mut documents: Vec<Document> = Vec::new();
            let rows = &snapshot.tables.documents;
            for entry in rows.range(member(id, 0)..end).map_err(redb_error)? {
                let (key, record) = entry.map_err(redb_error)?;
                documents.push(DOCUMENTS.decode(key.value(), record.value())?);
            }
            if documents.len() as u64 != u64::from(row.documents) {
                return Err(corrupt(
                    format_args!("{ecosystem} {name} {version}"),
                    "a document is missing",
                ));
            }
            documents.sort_by_key(|d| d.kind != DocumentKind::Readme);
            Ok(documents)
        })
    }
}

impl Snapshot {
    /// The ids of a package and of one of its stored releases.
    pub(crate) fn find_release(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        version: &str,
    ) -> Result<(u32, u32)> {
        let id = self.package_id(ecosystem, name)?;
        let row = self.package(id, ecosystem, name)?;
        let place = find_version(&row.package, &row.releases, version)?;
        let release = row.releases.get(place).map(|(_, release)| (id, *release));
        release.ok_or_else(|| corrupt(format_args!("{ecosystem} {name} {version}"), "it is gone"))
    }

    /// The release's own record; that it belongs to the package asked for is checked.
    pub(crate) fn release(&self, id: u32, ecosystem: Ecosystem, name: &str) -> Result<ReleaseRow> {
        let what = || format!("a release of {ecosystem} {name}");
        let row: Option<ReleaseRow> = RELEASES
            .get(&self.tables.releases, id)
            .map_err(|e| e.context(what()))?;
        let row = row.ok_or_else(|| corrupt(what(), "its record is missing"))?;
        let normal = |name| registry_types::normalize_name(ecosystem, name);
        if row.release.ecosystem != ecosystem || normal(&row.release.name) != normal(name) {
            return Err(corrupt(what(), "its key leads to another release"));
        }
        Ok(row)
    }

    /// One document of a release.
    pub(crate) fn document(&self, release: u32, ordinal: u32) -> Result<Document> {
        let key = member(release, u64::from(ordinal));
        let document = DOCUMENTS.get(&self.tables.documents, key)?;
        document.ok_or_else(|| corrupt("a README", "its record is missing"))
    }

    /// The README of a release, its beginning at least, for excerpts.
    pub(crate) fn readme(&self, release: u32, ordinal: u32) -> Result<Arc<str>> {
        if let Some(text) = self.readmes.get((release, ordinal)) {
            return Ok(text);
        }
        let text = self.document(release, ordinal)?.text;
        let text: Arc<str> = start_of(&text, MOST_TEXT).into();
        self.readmes
            .insert((release, ordinal), Arc::clone(&text), text.len());
        Ok(text)
    }
}
