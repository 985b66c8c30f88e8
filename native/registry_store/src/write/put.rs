use redb::ReadableTable;
use registry_types::framework::frameworks;
use registry_types::{ErrorKind, Package, Result};

use crate::dictionary::Kind;
use crate::fault::{corrupt, redb_error};
use crate::index::Indexes;
use crate::index::documents::{Beside, Facet, SnippetNumbers, package_order};
use crate::index::prior::Standing;
use crate::key::{member, package_key};
use crate::record::Payload;
use crate::rows::{PackageRow, ReleaseRow};
use crate::tables::{DIGESTS, DOCUMENTS, PACKAGES, RELEASES, SNIPPETS, WriteTables, sys};
use crate::write::advisories;
use crate::write::counts::Count;
use crate::write::face::{self, Face};
use crate::write::merge::merge;
use crate::write::prepare::Prepared;

/// Writes one prepared bundle.
pub(crate) fn put(
    tables: &mut WriteTables<'_>,
    indexes: &mut Indexes,
    prepared: &Prepared<'_>,
) -> Result<()> {
    let bundle = prepared.bundle.as_ref();
    let ecosystem = bundle.package.ecosystem;
    let known = package_id(tables, &prepared.key)?;
    let id = match known {
        Some(id) => id,
        None => {
            let id = tables.next_id(sys::NEXT_PACKAGE)?;
            tables
                .package_keys
                .insert(prepared.key.as_str(), id)
                .map_err(redb_error)?;
            tables.count(ecosystem, Count::Packages, 1)?;
            id
        }
    };
    let old = Known::load(tables, known, &prepared.key)?;
    let before = tables.tied(old.face)?;
    let mut package = merge(&bundle.package, old.package);

    let version = bundle.release.version.as_str();
    let mut releases = old.releases;
    if let Ok(place) = place_of(&releases, version) {
        let (_, release) = releases.remove(place);
        tables.remove_release(indexes, ecosystem, release)?;
    }
    advisories::answer(tables, ecosystem, &prepared.key, &bundle.advisories)?;
    // What others say of the package, its advisories included: they are written by now.
    let beside = tables.beside(&prepared.key)?;
    let release = put_release(tables, indexes, id, &package, beside.standing, prepared)?;
    let place = place_of(&releases, version).unwrap_or_else(|place| place);
    releases.insert(place, (version.to_owned(), release));

    let face = face::choose(&package, &releases);
    tables.mark_stale(&releases, face)?;
    if face == Some(release) {
        let found = frameworks(&package, &bundle.release.dependencies);
        package.frameworks = found.into_iter().map(|framework| framework.name).collect();
    }
    let loaded;
    let given = if face == Some(release) {
        &prepared.face
    } else {
        loaded = face::load(tables, &package, face)?;
        &loaded
    };
    tables.tie(ecosystem, id, &before, &given.ties)?;
    let entry = Entry {
        id,
        indexed: known.is_some(),
        package,
        face,
        releases,
        given,
        beside,
    };
    entry.write(tables, indexes)
}

/// The id of the package under `key`.
pub(crate) fn package_id(tables: &WriteTables<'_>, key: &str) -> Result<Option<u32>> {
    let id = tables.package_keys.get(key).map_err(redb_error)?;
    Ok(id.map(|id| id.value()))
}

/// Where a version is among stored releases, or where it would be.
pub(crate) fn place_of(
    releases: &[(String, u32)],
    version: &str,
) -> std::result::Result<usize, usize> {
    releases.binary_search_by(|(known, _)| known.as_str().cmp(version))
}

/// What is stored of a package before a write.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) package: Option<Package>,
    pub(crate) face: Option<u32>,
    pub(crate) releases: Vec<(String, u32)>,
}

impl Known {
    /// A damaged record counts as none, for what is being written replaces it; its releases are
    /// found again. A key that leads to another package is an error: the other must not be lost.
    pub(crate) fn load(tables: &WriteTables<'_>, id: Option<u32>, key: &str) -> Result<Self> {
        let Some(id) = id else {
            return Ok(Self::default());
        };
        let row: Option<PackageRow> = or_damaged(PACKAGES.get(&tables.packages, id))?;
        let Some(row) = row else {
            return Ok(Self {
                releases: search_releases(tables, key)?,
                ..Self::default()
            });
        };
        if package_key(row.package.ecosystem, &row.package.name) != key {
            return Err(corrupt(
                format_args!("package {key}"),
                "its key leads to another package",
            ));
        }
        Ok(Self {
            package: Some(row.package),
            face: row.face,
            releases: row.releases,
        })
    }
}

/// Reads all releases for those of one package.
fn search_releases(tables: &WriteTables<'_>, key: &str) -> Result<Vec<(String, u32)>> {
    let mut found = Vec::new();
    for row in tables.releases.iter().map_err(redb_error)? {
        let (id, record) = row.map_err(redb_error)?;
        let decoded = RELEASES.decode::<ReleaseRow>(id.value(), record.value());
        if let Ok(ReleaseRow { release, .. }) = decoded
            && package_key(release.ecosystem, &release.name) == key
        {
            found.push((release.version, id.value()));
        }
    }
    found.sort();
    found.dedup_by(|a, b| a.0 == b.0);
    Ok(found)
}

/// `None` for a damaged record.
pub(crate) fn or_damaged<T>(record: Result<Option<T>>) -> Result<Option<T>> {
    match record {
        Err(error) if error.kind == ErrorKind::StoreCorrupt => Ok(None),
        other => other,
    }
}

/// A package's records and its document in the index.
pub(crate) struct Entry<'a> {
    pub(crate) id: u32,
    /// Whether there may be a document already.
    pub(crate) indexed: bool,
    pub(crate) package: Package,
    pub(crate) face: Option<u32>,
    pub(crate) releases: Vec<(String, u32)>,
    pub(crate) given: &'a Face,
    /// What is known of the package beside its record.
    pub(crate) beside: Beside,
}

impl Entry<'_> {
    /// Writes the record and indexes the package.
    pub(crate) fn write(self, tables: &mut WriteTables<'_>, indexes: &mut Indexes) -> Result<()> {
        let (id, was_there) = (self.id, self.indexed);
        let row = self.index(indexes)?;
        let dictionary = tables.dictionaries.of(Kind::Packages);
        let record = PACKAGES.frame(id, &Payload::shared_if_long(&row, dictionary)?);
        let old: Option<PackageRow> = if was_there {
            or_damaged(PACKAGES.get(&tables.packages, id))?
        } else {
            None
        };
        tables.tally(old.as_ref().map(|row| &row.package), Some(&row.package))?;
        tables
            .packages
            .insert(id, record.as_slice())
            .map_err(redb_error)?;
        Ok(())
    }

    /// Puts the package's document into the index in place of an earlier one.
    pub(crate) fn index(self, indexes: &mut Indexes) -> Result<PackageRow> {
        let (id, package) = (self.id, self.package);
        let fields = &indexes.package_fields;
        let given = &self.given.document;
        let document = given.finish(fields, id, &package, &self.beside);
        if self.indexed {
            indexes.delete_package(id)?;
        }
        indexes.add_package(document)?;
        if let Some(rebuild) = &mut indexes.rebuild {
            rebuild.packages.insert(id);
        }
        Ok(PackageRow {
            package,
            face: self.face,
            readme: self.given.readme,
            releases: self.releases,
        })
    }
}

fn put_release(
    tables: &mut WriteTables<'_>,
    indexes: &mut Indexes,
    package_id: u32,
    package: &Package,
    standing: Standing,
    prepared: &Prepared<'_>,
) -> Result<u32> {
    let ecosystem = package.ecosystem;
    let bundle = prepared.bundle.as_ref();
    let release = tables.next_id(sys::NEXT_RELEASE)?;
    write_release(tables, release, &prepared.row)?;
    let (mut text_bytes, mut snippet_bytes) = (0, 0);
    for (ordinal, payload) in (0..).zip(&prepared.documents) {
        let key = member(release, ordinal);
        let record = DOCUMENTS.frame(key, payload);
        text_bytes += record.len() as u64;
        tables
            .documents
            .insert(key, record.as_slice())
            .map_err(redb_error)?;
    }
    for (first, payload) in &prepared.blocks {
        let key = member(release, *first);
        let record = SNIPPETS.frame(key, payload);
        snippet_bytes += record.len() as u64;
        tables
            .snippets
            .insert(key, record.as_slice())
            .map_err(redb_error)?;
    }
    if let Some(payload) = &prepared.digest {
        let record = DIGESTS.frame(release, payload);
        tables
            .digests
            .insert(release, record.as_slice())
            .map_err(redb_error)?;
    }
    let order = package_order(package, standing);
    for (ordinal, (snippet, document)) in (0..).zip(bundle.snippets.iter().zip(&prepared.snippets))
    {
        let language = tables.language(&snippet.language)?;
        let numbers = SnippetNumbers {
            package: package_id,
            release,
            id: member(release, ordinal),
            facet: Facet::of(snippet, language),
            order,
        };
        indexes.add_snippet(document.finish(&indexes.snippet_fields, numbers))?;
    }
    tables.count(ecosystem, Count::TextBytes, text_bytes)?;
    tables.count(ecosystem, Count::SnippetBytes, snippet_bytes)?;
    tables.count(ecosystem, Count::Releases, 1)?;
    tables.count(ecosystem, Count::Snippets, bundle.snippets.len() as u64)?;
    tables.count(ecosystem, Count::Documents, bundle.documents.len() as u64)?;
    Ok(release)
}

/// Writes a release's own record.
pub(crate) fn write_release(
    tables: &mut WriteTables<'_>,
    release: u32,
    row: &Payload,
) -> Result<()> {
    let record = RELEASES.frame(release, row);
    tables
        .releases
        .insert(release, record.as_slice())
        .map_err(redb_error)?;
    Ok(())
}

impl WriteTables<'_> {
    /// The number of a language in the index; unknown ones get the next.
    pub(crate) fn language(&mut self, name: &str) -> Result<u16> {
        if let Some(number) = self.languages.get(name).map_err(redb_error)? {
            return Ok(number.value());
        }
        let next = redb::ReadableTableMetadata::len(&self.languages).map_err(redb_error)? + 1;
        // Languages beyond the last number share it: they are found, but not told apart by filters.
        let number = u16::try_from(next).unwrap_or(u16::MAX);
        self.languages.insert(name, number).map_err(redb_error)?;
        Ok(number)
    }
}
