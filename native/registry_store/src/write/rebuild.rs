//! The index is derived: here it is derived again, from the tables alone.

use std::ops::Bound;

use redb::ReadableTable;
use registry_types::Result;

use crate::blocks::Block;
use crate::fault::redb_error;
use crate::index::Indexes;
use crate::index::documents::{Facet, SnippetDocument, SnippetNumbers, package_order};
use crate::key::{member, package_key, split_member};
use crate::rows::PackageRow;
use crate::tables::{PACKAGES, SNIPPETS, WriteTables};
use crate::write::face;
use crate::write::put::or_damaged;

/// Packages, and snippets, that one transaction takes in: bounds the memory of a rebuild.
const PACKAGES_AT_ONCE: usize = 5_000;
const SNIPPETS_AT_ONCE: usize = 100_000;

/// Indexes the packages after `after`; says where to go on, `None` at the end. Damaged records are
/// left out: `check` names them.
pub(crate) fn index_some(
    tables: &mut WriteTables<'_>,
    indexes: &mut Indexes,
    after: Option<u32>,
) -> Result<Option<u32>> {
    let start = after.map_or(Bound::Unbounded, Bound::Excluded);
    let range = (start, Bound::Unbounded);
    let mut ids = Vec::new();
    for row in tables.packages.range::<u32>(range).map_err(redb_error)? {
        ids.push(row.map_err(redb_error)?.0.value());
        if ids.len() == PACKAGES_AT_ONCE {
            break;
        }
    }
    let mut snippets = 0;
    for id in &ids {
        snippets += index_package(tables, indexes, *id)?;
        if snippets >= SNIPPETS_AT_ONCE {
            return Ok(Some(*id));
        }
    }
    Ok(ids.get(PACKAGES_AT_ONCE - 1).copied())
}

/// Indexes one package and all its releases' snippets; says how many.
fn index_package(tables: &mut WriteTables<'_>, indexes: &mut Indexes, id: u32) -> Result<usize> {
    let row: Option<PackageRow> = or_damaged(PACKAGES.get(&tables.packages, id))?;
    let Some(PackageRow {
        package,
        face,
        releases,
        ..
    }) = row
    else {
        return Ok(0);
    };
    let (known, first_new) = match &indexes.rebuild {
        Some(rebuild) => (rebuild.packages.contains(&id), rebuild.first_release),
        None => (false, u64::MAX),
    };
    let key = package_key(package.ecosystem, &package.name);
    let beside = tables.beside(&key)?;
    if !known {
        tables.tally(None, Some(&package))?;
    }
    if !known && let Ok(face) = face::load(tables, &package, face) {
        let fields = &indexes.package_fields;
        indexes.add_package(face.document.finish(fields, id, &package, &beside))?;
    }
    tables.pending.remove(id).map_err(redb_error)?;
    let order = package_order(&package, beside.standing);
    let mut count = 0;
    let old = releases.iter().map(|(_, release)| *release);
    for release in old.filter(|release| u64::from(*release) < first_new) {
        let members = member(release, 0)..member(release + 1, 0);
        let mut found = Vec::new();
        for row in tables.snippets.range(members).map_err(redb_error)? {
            let (key, record) = row.map_err(redb_error)?;
            let Ok(opened) = SNIPPETS.open(key.value(), record.value()) else {
                continue;
            };
            let block = Block::open(opened.bytes(record.value()))?;
            let first = split_member(key.value()).1;
            for n in 0..block.len() {
                found.push((first + n as u64, block.get(n)?));
            }
        }
        for (ordinal, snippet) in found {
            let language = tables.language(&snippet.language)?;
            let numbers = SnippetNumbers {
                package: id,
                release,
                id: member(release, ordinal),
                facet: Facet::of(&snippet, language),
                order,
            };
            let document = SnippetDocument::new(&snippet);
            indexes.add_snippet(document.finish(&indexes.snippet_fields, numbers))?;
            count += 1;
        }
    }
    Ok(count)
}
