//! What the records of a kind have in common, so that short ones compress as well as long ones.
//!
//! A dictionary is trained once from the store's own records, when there are enough of them, and kept
//! in a table. Records name theirs, so those written before it stay readable.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};

use redb::ReadableTable;
use registry_types::Result;
use xxhash_rust::xxh3::xxh3_64;
use zstd::zstd_safe::{CDict, DDict};

use crate::codec;
use crate::fault::redb_error;
use crate::record::{Payload, Records};
use crate::tables::{
    DICTIONARIES, DOCUMENTS, PACKAGES, RELEASES, ReadTables, SNIPPETS, WriteTables,
};

/// What has a dictionary of its own. The codes stand in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Documents = 0,
    Snippets = 1,
    Releases = 2,
    Packages = 3,
}

impl Kind {
    const ALL: [Self; 4] = [
        Self::Documents,
        Self::Snippets,
        Self::Releases,
        Self::Packages,
    ];
}

/// Each is kept twice: with a damaged one all its records would be lost.
const COPIES: u8 = 2;
/// Enough records of a kind to train from.
pub(crate) const ENOUGH: u64 = 1_000;
/// The largest dictionary, and what it is trained from: more gains little and takes long.
const LARGEST: usize = 112 * 1024;
const SAMPLES: usize = 8 * 1024 * 1024;
/// Records shorter than that save less than a dictionary costs.
const SHORTEST: usize = 32 * 1024;

/// One dictionary.
pub(crate) struct Dictionary {
    id: u64,
    bytes: Vec<u8>,
    encoder: OnceLock<CDict<'static>>,
    decoder: DDict<'static>,
}

/// All that are in use, by the hash of their bytes: a record is read the same whoever opened its store.
static LOADED: RwLock<Option<HashMap<u64, Weak<Dictionary>>>> = RwLock::new(None);

impl Dictionary {
    /// Makes it known for as long as it is held.
    fn load(bytes: &[u8]) -> Option<Arc<Self>> {
        let id = xxh3_64(bytes);
        if let Some(known) = Self::by_id(id) {
            return Some(known);
        }
        let new = Arc::new(Self {
            id,
            bytes: bytes.to_vec(),
            encoder: OnceLock::new(),
            decoder: DDict::try_create(bytes)?,
        });
        let mut loaded = LOADED.write().unwrap_or_else(PoisonError::into_inner);
        let loaded = loaded.get_or_insert_default();
        loaded.retain(|_, held| held.strong_count() > 0);
        loaded.insert(id, Arc::downgrade(&new));
        Some(new)
    }

    /// The dictionary that a record names.
    pub(crate) fn by_id(id: u64) -> Option<Arc<Self>> {
        let loaded = LOADED.read().unwrap_or_else(PoisonError::into_inner);
        loaded.as_ref()?.get(&id)?.upgrade()
    }

    pub(crate) const fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn encoder(&self) -> &CDict<'static> {
        self.encoder
            .get_or_init(|| CDict::create(&self.bytes, codec::LEVEL))
    }

    pub(crate) const fn decoder(&self) -> &DDict<'static> {
        &self.decoder
    }
}

/// Those of a store.
#[derive(Clone, Default)]
pub(crate) struct Dictionaries {
    known: [Option<Arc<Dictionary>>; Kind::ALL.len()],
}

impl Dictionaries {
    /// Those that the store has. One of which both copies are damaged is none: its records will tell.
    pub(crate) fn open(tables: &ReadTables) -> Result<Self> {
        let mut dictionaries = Self::default();
        for kind in Kind::ALL {
            for copy in 0..COPIES {
                let key = key(kind, copy);
                let row = tables.dictionary_rows.get(key).map_err(redb_error)?;
                let Some(row) = row else { continue };
                let Ok(opened) = DICTIONARIES.open(key, row.value()) else {
                    continue;
                };
                if let Some(known) = Dictionary::load(opened.bytes(row.value())) {
                    dictionaries.set(kind, known);
                    break;
                }
            }
        }
        Ok(dictionaries)
    }

    fn set(&mut self, kind: Kind, dictionary: Arc<Dictionary>) {
        if let Some(place) = self.known.get_mut(kind as usize) {
            *place = Some(dictionary);
        }
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.known.iter().all(Option::is_some)
    }

    pub(crate) fn of(&self, kind: Kind) -> Option<&Dictionary> {
        self.known.get(kind as usize)?.as_deref()
    }

    /// Trains those that are missing and for which there is enough in the store; says whether there
    /// were any. They are to be used once the transaction is committed.
    pub(crate) fn train(&mut self, tables: &mut WriteTables<'_>) -> Result<bool> {
        let mut trained = false;
        for kind in Kind::ALL {
            if self.of(kind).is_some() {
                continue;
            }
            let samples = match kind {
                Kind::Documents => samples(DOCUMENTS, &tables.documents)?,
                Kind::Snippets => samples(SNIPPETS, &tables.snippets)?,
                Kind::Releases => samples(RELEASES, &tables.releases)?,
                Kind::Packages => samples(PACKAGES, &tables.packages)?,
            };
            let size: usize = samples.iter().map(Vec::len).sum();
            if (samples.len() as u64) < ENOUGH / 10 || size < SHORTEST * 8 {
                continue;
            }
            // It fails on samples that have nothing in common: then there is nothing to gain either.
            let Ok(bytes) = zstd::dict::from_samples(&samples, LARGEST.min(size / 8)) else {
                continue;
            };
            for copy in 0..COPIES {
                let key = key(kind, copy);
                let record = DICTIONARIES.frame(key, &Payload::Plain(bytes.clone()));
                tables
                    .dictionary_rows
                    .insert(key, record.as_slice())
                    .map_err(redb_error)?;
            }
            if let Some(dictionary) = Dictionary::load(&bytes) {
                self.set(kind, dictionary);
                trained = true;
            }
        }
        Ok(trained)
    }
}

fn key(kind: Kind, copy: u8) -> u8 {
    kind as u8 * COPIES + copy
}

/// Plain records of a table, from all over it.
fn samples<K: redb::Key + 'static>(
    records: Records<K>,
    table: &impl ReadableTable<K, &'static [u8]>,
) -> Result<Vec<Vec<u8>>> {
    let count = redb::ReadableTableMetadata::len(table).map_err(redb_error)?;
    let step = usize::try_from(count.div_ceil(4 * ENOUGH)).unwrap_or(usize::MAX);
    let mut samples = Vec::new();
    let mut size = 0;
    for row in table.iter().map_err(redb_error)?.step_by(step.max(1)) {
        let (key, record) = row.map_err(redb_error)?;
        if let Ok(opened) = records.open(key.value(), record.value()) {
            let bytes = opened.bytes(record.value());
            size += bytes.len();
            samples.push(bytes.to_vec());
        }
        if size >= SAMPLES {
            break;
        }
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Vec<Vec<u8>> {
        let text = |n: usize| {
            format!(
                "# package{n}\n\n## Installation\n\ncargo add package{n}\n\n## License\n\nMIT or Apache-2.0, \
                 number {}",
                n * n
            )
        };
        (0..2000).map(|n| text(n).into_bytes()).collect()
    }

    #[test]
    fn short_texts_compress_with_what_they_have_in_common() {
        let texts = texts();
        let bytes = zstd::dict::from_samples(&texts, 4096).unwrap();
        let dictionary = Dictionary::load(&bytes).unwrap();
        let packed = codec::compress_with(&texts[77], &dictionary).unwrap();
        let alone = codec::compress(&texts[77]).map_or(texts[77].len(), |p| p.len());
        assert!(packed.len() * 2 < alone, "{} {alone}", packed.len());
        assert_eq!(codec::decompress_with(&packed).unwrap(), texts[77]);
        drop(dictionary);
        assert_eq!(
            codec::decompress_with(&packed),
            None,
            "nobody holds it any more"
        );
    }

    #[test]
    fn the_same_dictionary_is_loaded_once() {
        let bytes = zstd::dict::from_samples(&texts(), 2048).unwrap();
        let (one, two) = (
            Dictionary::load(&bytes).unwrap(),
            Dictionary::load(&bytes).unwrap(),
        );
        assert!(Arc::ptr_eq(&one, &two));
    }
}
