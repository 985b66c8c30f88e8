use registry_types::{Error, Package, Result};

use crate::dictionary::Kind;
use crate::index::Indexes;
use crate::record::Payload;
use crate::rows::ReleaseRow;
use crate::tables::{RELEASES, WriteTables};
use crate::write::face;
use crate::write::merge::merge;
use crate::write::put::{Entry, Known, or_damaged, package_id, write_release};

/// Takes in what the registry now says of a stored package, without a release.
pub(crate) fn refresh(
    tables: &mut WriteTables<'_>,
    indexes: &mut Indexes,
    key: &str,
    new: &Package,
) -> Result<()> {
    let id = package_id(tables, key)?.ok_or_else(|| {
        Error::not_found(format!(
            "{} is not in the store: collect it before its metadata is refreshed",
            new.name
        ))
    })?;
    let old = Known::load(tables, Some(id), key)?;
    let package = merge(new, old.package);
    let before = tables.tied(old.face)?;
    let stored = old.releases;
    for (version, release) in &stored {
        flag_release(tables, &package, version, *release)?;
    }
    let face = face::choose(&package, &stored);
    tables.mark_stale(&stored, face)?;
    let given = face::load(tables, &package, face)?;
    tables.tie(package.ecosystem, id, &before, &given.ties)?;
    let entry = Entry {
        id,
        indexed: true,
        package,
        face,
        releases: stored,
        given: &given,
        beside: tables.beside(key)?,
    };
    entry.write(tables, indexes)
}

/// Lets a stored release carry the flags that its package's list now shows.
fn flag_release(
    tables: &mut WriteTables<'_>,
    package: &Package,
    version: &str,
    release: u32,
) -> Result<()> {
    let Some(entry) = package.versions.iter().find(|e| e.version == version) else {
        return Ok(());
    };
    let row: Option<ReleaseRow> = or_damaged(RELEASES.get(&tables.releases, release))?;
    let Some(mut row) = row else {
        return Ok(());
    };
    let known = &mut row.release;
    let same = known.yanked == entry.yanked
        && known.deprecated == entry.deprecated
        && known.retired == entry.retired;
    if same {
        return Ok(());
    }
    known.yanked = entry.yanked;
    known.deprecated.clone_from(&entry.deprecated);
    known.retired.clone_from(&entry.retired);
    let payload = Payload::shared(&row, tables.dictionaries.of(Kind::Releases))?;
    write_release(tables, release, &payload)
}
