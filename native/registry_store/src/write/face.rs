//! Which of a package's stored releases stands for it.

use std::borrow::Cow;

use redb::ReadableTable;
use registry_types::version::{latest, latest_stable};
use registry_types::{Document, DocumentKind, Package, Release, Result, VersionEntry};

use crate::fault::redb_error;
use crate::index::documents::{PackageDocument, Texts};
use crate::index::terms::{Holds, has_types};
use crate::key::member;
use crate::rows::{Digest, Readme, ReleaseRow};
use crate::tables::{DIGESTS, DOCUMENTS, RELEASES, WriteTables, sys};
use crate::write::ties::Ties;

/// The newest stored release: stable and live if there is one.
pub(crate) fn choose(package: &Package, stored: &[(String, u32)]) -> Option<u32> {
    let entries: Vec<VersionEntry> = stored
        .iter()
        .map(|(version, _)| {
            let known = package.versions.iter().find(|e| e.version == *version);
            known
                .cloned()
                .unwrap_or_else(|| VersionEntry::unlisted(package.ecosystem, version))
        })
        .collect();
    let newest = latest_stable(package.ecosystem, &entries)
        .or_else(|| latest(package.ecosystem, &entries))
        .map(|entry| entry.version.as_str());
    let chosen = stored.iter().find(|(v, _)| Some(v.as_str()) == newest);
    chosen.or_else(|| stored.last()).map(|(_, id)| *id)
}

/// What the release that stands for a package gives to it.
pub(crate) struct Face {
    /// The package's document in the index.
    pub(crate) document: PackageDocument,
    /// Which of the release's documents is the README.
    pub(crate) readme: Option<u32>,
    /// What it says of other packages.
    pub(crate) ties: Ties,
}

/// The texts of a release that stands for a package.
#[derive(Default)]
pub(crate) struct Told<'a> {
    pub(crate) readme: &'a str,
    /// Which of the release's documents that is.
    pub(crate) readme_at: Option<u32>,
    /// Every document but README and change log.
    pub(crate) guides: Vec<&'a str>,
    pub(crate) changelog: bool,
    pub(crate) digest: Cow<'a, Digest>,
}

impl Face {
    pub(crate) fn of(package: &Package, release: &Release, ties: Ties, told: &Told<'_>) -> Self {
        let mut needs: Vec<String> = ties.needs.iter().cloned().collect();
        needs.sort();
        let texts = Texts {
            readme: told.readme,
            guides: told.guides.clone(),
            digest: &told.digest,
            holds: Holds {
                readme: !told.readme.is_empty(),
                docs: !told.guides.is_empty(),
                changelog: told.changelog,
                symbols: !told.digest.symbols.is_empty(),
                types: has_types(release, &package.categories),
            },
            needs,
        };
        Self {
            document: PackageDocument::new(package, &texts),
            readme: told.readme_at,
            ties,
        }
    }
}

/// What release `face` gives to its package, from what is stored of it.
pub(crate) fn load(tables: &WriteTables<'_>, package: &Package, face: Option<u32>) -> Result<Face> {
    let mut told = Told::default();
    let mut readme = String::new();
    let mut guides = Vec::new();
    let row: Option<ReleaseRow> = match face {
        Some(release) => RELEASES.get(&tables.releases, release)?,
        None => None,
    };
    if let Some(release) = face {
        let digest: Option<Digest> = DIGESTS.get(&tables.digests, release)?;
        told.digest = Cow::Owned(digest.unwrap_or_default());
        let hidden = row.as_ref().map(|row| row.readme);
        let range = member(release, 0)..member(release + 1, 0);
        for entry in tables.documents.range(range).map_err(redb_error)? {
            let (key, record) = entry.map_err(redb_error)?;
            let document: Document = DOCUMENTS.decode(key.value(), record.value())?;
            let ordinal = key.value() - member(release, 0);
            let is_readme = match hidden {
                Some(Readme::Document(n) | Readme::Hidden(n)) => ordinal == u64::from(n),
                _ => told.readme_at.is_none() && document.kind == DocumentKind::Readme,
            };
            told.changelog |= document.kind == DocumentKind::Changelog;
            if is_readme {
                readme = document.text;
                told.readme_at = u32::try_from(ordinal).ok();
            } else if document.kind == DocumentKind::Guide {
                guides.push(document.text);
            }
        }
    }
    told.readme = &readme;
    told.guides = guides.iter().map(String::as_str).collect();
    let none = || Release::new(package.ecosystem, &package.name, "");
    let release = row.map_or_else(none, |row| row.release);
    let ties = Ties::of(&release, &readme);
    Ok(Face::of(package, &release, ties, &told))
}

impl WriteTables<'_> {
    /// Lets the snippets of all releases but `face` be found only when their version is asked for.
    pub(crate) fn mark_stale(&mut self, stored: &[(String, u32)], face: Option<u32>) -> Result<()> {
        let mut changed = false;
        for (_, release) in stored {
            changed |= if Some(*release) == face {
                self.stale.remove(release).map_err(redb_error)?.is_some()
            } else {
                self.stale
                    .insert(release, ())
                    .map_err(redb_error)?
                    .is_none()
            };
        }
        if changed {
            let count = self.number(sys::STALE)?;
            self.set_number(sys::STALE, count + 1)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::Ecosystem;

    #[test]
    fn the_newest_stable_live_release_stands_for_the_package() {
        let mut package = Package::new(Ecosystem::Cargo, "x");
        let all = ["1.0.0", "2.0.0", "2.1.0-rc.1", "0.9.0"];
        package.versions = all
            .map(|v| VersionEntry::unlisted(Ecosystem::Cargo, v))
            .into();
        let stored: Vec<_> = all.iter().map(|v| v.to_string()).zip(1..).collect();
        assert_eq!(choose(&package, &stored), Some(2));
        package.versions[1].yanked = true;
        assert_eq!(choose(&package, &stored), Some(1));
        assert_eq!(choose(&package, &stored[2..3]), Some(3));
        assert_eq!(choose(&package, &[]), None);
        let odd = [("not a version".to_owned(), 9)];
        assert_eq!(choose(&package, &odd), Some(9));
    }
}
