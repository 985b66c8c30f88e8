use registry_types::version::Version;
use registry_types::{Ecosystem, Error, ErrorKind, Package, Result};

use crate::fault::redb_error;
use crate::index::Indexes;
use crate::key::{ecosystem_of, member};
use crate::rows::{PackageRow, ReleaseRow};
use crate::tables::{PACKAGES, RELEASES, WriteTables};
use crate::write::advisories;
use crate::write::counts::Count;
use crate::write::face;
use crate::write::put::{Entry, Known, or_damaged, package_id, place_of};
use crate::write::ties::Ties;

/// Removes one release or the whole package; says how many releases went.
pub(crate) fn delete(
    tables: &mut WriteTables<'_>,
    indexes: &mut Indexes,
    key: &str,
    name: &str,
    version: Option<&str>,
) -> Result<u64> {
    let id = package_id(tables, key)?.ok_or_else(|| {
        Error::not_found(format!(
            "{name} is not in the store: there is nothing to delete"
        ))
    })?;
    let known = Known::load(tables, Some(id), key)?;
    let before = tables.tied(known.face)?;
    let ecosystem = ecosystem_of(key).unwrap_or(Ecosystem::Npm);
    let package = known
        .package
        .unwrap_or_else(|| Package::new(ecosystem, name));
    let mut left = known.releases;
    let gone = match version {
        None => std::mem::take(&mut left),
        Some(wanted) => {
            let place = find_version(&package, &left, wanted)?;
            vec![left.remove(place)]
        }
    };
    for (_, release) in &gone {
        tables.remove_release(indexes, ecosystem, *release)?;
    }
    if left.is_empty() {
        tables.tie(ecosystem, id, &before, &Ties::default())?;
        tables.pending.remove(id).map_err(redb_error)?;
        tables.remove_package(indexes, ecosystem, id, key)?;
    } else {
        let face = face::choose(&package, &left);
        tables.mark_stale(&left, face)?;
        let given = face::load(tables, &package, face)?;
        tables.tie(ecosystem, id, &before, &given.ties)?;
        let entry = Entry {
            id,
            indexed: true,
            package,
            face,
            releases: left,
            given: &given,
            beside: tables.beside(key)?,
        };
        entry.write(tables, indexes)?;
    }
    Ok(gone.len() as u64)
}

/// Where a version is among the stored ones: `1.0` is found as `1.0.0` where the ecosystem says they
/// are one.
pub(crate) fn find_version(
    package: &Package,
    stored: &[(String, u32)],
    wanted: &str,
) -> Result<usize> {
    let by_meaning = || {
        let parse = |text: &str| Version::parse(package.ecosystem, text);
        let wanted = parse(wanted).ok()?;
        let same = |(version, _): &(String, u32)| parse(version).is_ok_and(|v| v == wanted);
        stored.iter().position(same)
    };
    let found = place_of(stored, wanted).ok().or_else(by_meaning);
    found.ok_or_else(|| {
        Error::new(
            ErrorKind::VersionNotFound,
            format!(
                "{} {wanted} is not in the store: collect it first, or ask for one of {}",
                package.name,
                some(stored)
            ),
        )
    })
}

/// The first few versions, for a message.
fn some(stored: &[(String, u32)]) -> String {
    let names: Vec<&str> = stored
        .iter()
        .rev()
        .take(5)
        .map(|(v, _)| v.as_str())
        .collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        names => names.join(", "),
    }
}

impl WriteTables<'_> {
    /// Removes a stored release and everything of it.
    pub(crate) fn remove_release(
        &mut self,
        indexes: &mut Indexes,
        ecosystem: Ecosystem,
        release: u32,
    ) -> Result<()> {
        let row: Option<ReleaseRow> = or_damaged(RELEASES.get(&self.releases, release))?;
        let row = row.as_ref();
        let (snippets, documents) = row.map_or((0, 0), |row| {
            (row.release.snippet_count, u64::from(row.documents))
        });
        self.releases.remove(release).map_err(redb_error)?;
        self.digests.remove(release).map_err(redb_error)?;
        let members = member(release, 0)..member(release + 1, 0);
        let (mut text_bytes, mut snippet_bytes) = (0, 0);
        self.documents
            .retain_in(members.clone(), |_, record| {
                text_bytes += record.len() as u64;
                false
            })
            .map_err(redb_error)?;
        self.snippets
            .retain_in(members, |_, record| {
                snippet_bytes += record.len() as u64;
                false
            })
            .map_err(redb_error)?;
        self.stale.remove(release).map_err(redb_error)?;
        if snippets > 0 || row.is_none() {
            indexes.delete_release(release)?;
        }
        self.uncount(ecosystem, Count::TextBytes, text_bytes)?;
        self.uncount(ecosystem, Count::SnippetBytes, snippet_bytes)?;
        self.uncount(ecosystem, Count::Releases, 1)?;
        self.uncount(ecosystem, Count::Snippets, snippets)?;
        self.uncount(ecosystem, Count::Documents, documents)
    }

    fn remove_package(
        &mut self,
        indexes: &mut Indexes,
        ecosystem: Ecosystem,
        id: u32,
        key: &str,
    ) -> Result<()> {
        self.package_keys.remove(key).map_err(redb_error)?;
        let old: Option<PackageRow> = or_damaged(PACKAGES.get(&self.packages, id))?;
        self.tally(old.as_ref().map(|row| &row.package), None)?;
        self.packages.remove(id).map_err(redb_error)?;
        indexes.delete_package(id)?;
        advisories::forget(self, ecosystem, key)?;
        self.uncount(ecosystem, Count::Packages, 1)
    }
}
