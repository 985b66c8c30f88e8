//! Which packages one needs and mentions, and what that says of those.
//!
//! A package's place in the index depends on what others say of it. So that a write stays short, the
//! ones it speaks of are only noted; [`settle`] indexes them anew when the store is quiet.

use std::collections::HashSet;

use redb::ReadableTable;
use registry_types::{Dependency, DependencyKind, Ecosystem, Release, Result, normalize_name};

use crate::fault::redb_error;
use crate::index::Indexes;
use crate::index::documents::Beside;
use crate::key::{KeyRange, package_key};
use crate::read::standing;
use crate::record::Payload;
use crate::rows::{Digest, PackageRow, ReleaseRow};
use crate::tables::{ANCHORS, DIGESTS, PACKAGES, RELEASES, WriteTables};
use crate::text::mentions::{Mention, Speaker};
use crate::write::face;
use crate::write::put::{Entry, or_damaged};

/// What more than so many packages say of one is not kept.
const MOST_SPEAKERS: usize = 64;

/// What a release says of other packages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ties {
    /// Normalised names of what it needs in use.
    pub(crate) needs: HashSet<String>,
    pub(crate) mentions: Vec<Mention>,
}

impl Ties {
    pub(crate) fn of(release: &Release, readme: &str) -> Self {
        let needs = needs(release).collect();
        let speaker = Speaker {
            ecosystem: release.ecosystem,
            name: &release.name,
            needs: &needs,
        };
        let mut mentions = speaker.mentions(readme);
        for mention in speaker.of_features(&release.features) {
            match mentions.iter_mut().find(|m| m.name == mention.name) {
                Some(known) => known.words.extend(mention.words),
                None => mentions.push(mention),
            }
        }
        Self { needs, mentions }
    }

    /// The names it mentions.
    pub(crate) fn mentioned(&self) -> Vec<String> {
        self.mentions.iter().map(|m| m.name.clone()).collect()
    }
}

fn needs(release: &Release) -> impl Iterator<Item = String> {
    let used = |d: &&Dependency| d.kind != DependencyKind::Dev;
    let names = release.dependencies.iter().filter(used);
    names.map(|d| normalize_name(release.ecosystem, &d.name))
}

/// The packages a stored release needs and mentions, by normalised name.
#[derive(Debug, Default)]
pub(crate) struct Tied {
    needs: HashSet<String>,
    mentions: Vec<String>,
}

impl WriteTables<'_> {
    /// What the release that stands for a package was noted to say.
    pub(crate) fn tied(&self, face: Option<u32>) -> Result<Tied> {
        let Some(face) = face else {
            return Ok(Tied::default());
        };
        let row: Option<ReleaseRow> = or_damaged(RELEASES.get(&self.releases, face))?;
        let digest: Option<Digest> = or_damaged(DIGESTS.get(&self.digests, face))?;
        Ok(Tied {
            needs: row.map_or_else(HashSet::new, |row| needs(&row.release).collect()),
            mentions: digest.unwrap_or_default().mentions,
        })
    }

    /// Notes what `package` now says of others in place of what it said before.
    pub(crate) fn tie(
        &mut self,
        ecosystem: Ecosystem,
        package: u32,
        before: &Tied,
        after: &Ties,
    ) -> Result<()> {
        for gone in before.needs.difference(&after.needs) {
            let key = package_key(ecosystem, gone);
            self.dependents
                .remove((key.as_str(), package))
                .map_err(redb_error)?;
        }
        for new in after.needs.difference(&before.needs) {
            let key = package_key(ecosystem, new);
            self.dependents
                .insert((key.as_str(), package), ())
                .map_err(redb_error)?;
            let range = KeyRange::of(&key);
            let rows = self.dependents.range(range.ids());
            let count = rows.map_err(redb_error)?.take(MOST_SPEAKERS).count();
            self.note_if_told(&key, package, count)?;
        }
        for gone in &before.mentions {
            let key = package_key(ecosystem, gone);
            self.anchors
                .remove((key.as_str(), package))
                .map_err(redb_error)?;
        }
        for mention in &after.mentions {
            let key = package_key(ecosystem, &mention.name);
            let range = KeyRange::of(&key);
            let rows = self.anchors.range(range.ids());
            let count = rows.map_err(redb_error)?.take(MOST_SPEAKERS).count();
            if count < MOST_SPEAKERS {
                let place = (key.as_str(), package);
                let record = ANCHORS.frame(place, &Payload::plain(&mention.words)?);
                self.anchors
                    .insert(place, record.as_slice())
                    .map_err(redb_error)?;
                self.note_if_told(&key, package, count + 1)?;
            }
        }
        Ok(())
    }

    /// Notes that a package should be indexed anew, each time twice as many speak of it; of what
    /// very many speak, for a few of them.
    fn note_if_told(&mut self, key: &str, speaker: u32, count: usize) -> Result<()> {
        let few = count < MOST_SPEAKERS && count.is_power_of_two();
        let many = count >= MOST_SPEAKERS && speaker.is_multiple_of(MOST_SPEAKERS as u32);
        if few || many {
            self.note(key)?;
        }
        Ok(())
    }

    /// Notes that what is known of a package beside its record has changed.
    pub(crate) fn note(&mut self, key: &str) -> Result<()> {
        let id = self.package_keys.get(key).map_err(redb_error)?;
        if let Some(id) = id.map(|id| id.value()) {
            self.pending.insert(id, ()).map_err(redb_error)?;
        }
        Ok(())
    }

    /// What the store knows of a package beside its record.
    pub(crate) fn beside(&self, key: &str) -> Result<Beside> {
        let range = KeyRange::of(key);
        let standing = standing(&self.dependents, &self.advisories, key)?;
        let mut anchors = Vec::new();
        let rows = self.anchors.range(range.ids());
        for row in rows.map_err(redb_error)? {
            let (place, record) = row.map_err(redb_error)?;
            let words: Vec<String> = ANCHORS.decode(place.value(), record.value())?;
            anchors.extend(words);
        }
        Ok(Beside { standing, anchors })
    }
}

/// Indexes anew at most so many of the packages that were noted; says how many it took off the list.
pub(crate) fn settle(
    tables: &mut WriteTables<'_>,
    indexes: &mut Indexes,
    at_most: usize,
) -> Result<usize> {
    let mut ids = Vec::new();
    for row in tables.pending.iter().map_err(redb_error)?.take(at_most) {
        ids.push(row.map_err(redb_error)?.0.value());
    }
    for id in &ids {
        tables.pending.remove(id).map_err(redb_error)?;
        // A damaged record is named by `check`, and one that is gone needs no place.
        let row: Option<PackageRow> = or_damaged(PACKAGES.get(&tables.packages, *id))?;
        let Some(row) = row else { continue };
        let Some(given) = or_damaged(face::load(tables, &row.package, row.face).map(Some))? else {
            continue;
        };
        let key = package_key(row.package.ecosystem, &row.package.name);
        let entry = Entry {
            id: *id,
            indexed: true,
            beside: tables.beside(&key)?,
            package: row.package,
            face: row.face,
            releases: row.releases,
            given: &given,
        };
        entry.index(indexes)?;
    }
    Ok(ids.len())
}
