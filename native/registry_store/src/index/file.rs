use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use redb::ReadOnlyTable;
use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

use crate::cache::Cache;
use crate::fault::{guarded, redb_error};
use crate::tables::INDEX_CHUNKS;

/// With its record header a chunk just fits a page of 64 KiB; a little more would take 128.
pub(crate) const CHUNK: usize = 65_000;

/// Chunks that were read and checked.
pub(crate) type ChunkCache = Cache<OwnedBytes>;

/// The chunks as of the last commit.
pub(crate) type ChunkTable = ReadOnlyTable<(u32, u32), &'static [u8]>;

/// Where all files of one directory are read from.
pub(crate) struct Source {
    pub(crate) cache: Arc<ChunkCache>,
    pub(crate) table: RwLock<Option<ChunkTable>>,
}

impl Source {
    fn chunk(&self, id: u32, number: u32) -> io::Result<OwnedBytes> {
        if let Some(bytes) = self.cache.get((id, number)) {
            return Ok(bytes);
        }
        let bytes = guarded("the search index", || {
            let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
            let table = table.as_ref().ok_or_else(crate::fault::closed)?;
            let missing = || crate::fault::corrupt("the search index", "a chunk is missing");
            let record = table
                .get((id, number))
                .map_err(redb_error)?
                .ok_or_else(missing)?;
            let record = record.value();
            let opened = INDEX_CHUNKS.open((id, number), record)?;
            Ok(opened.bytes(record).to_vec())
        })
        .map_err(io::Error::other)?;
        let bytes = OwnedBytes::new(bytes);
        self.cache.insert((id, number), bytes.clone(), bytes.len());
        Ok(bytes)
    }
}

/// Where the bytes of a file are.
#[derive(Clone)]
pub(crate) enum Place {
    /// Written by tantivy, not yet by redb.
    Staged(OwnedBytes),
    /// In the chunks of this file id.
    Stored(u32),
}

/// A range that was copied together, as long as anybody reads it.
type Copied = (Range<usize>, Weak<[u8]>);

/// One file of the index. Its chunks are kept as long as anybody holds it.
pub(crate) struct IndexFile {
    pub(crate) len: usize,
    place: RwLock<Place>,
    /// Ranges over several chunks have to be copied; two readers of one segment share the copy.
    copies: Mutex<Vec<Copied>>,
}

impl IndexFile {
    pub(crate) fn new(len: usize, place: Place) -> Self {
        Self {
            len,
            place: RwLock::new(place),
            copies: Mutex::default(),
        }
    }

    pub(crate) fn place(&self) -> Place {
        self.place
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_stored(&self, id: u32) {
        *self.place.write().unwrap_or_else(PoisonError::into_inner) = Place::Stored(id);
    }

    pub(crate) fn read(&self, source: &Source, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.len {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "read beyond the end of an index file",
            ));
        }
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        match self.place() {
            Place::Staged(bytes) => Ok(bytes.slice(range)),
            Place::Stored(id) => self.read_chunks(source, id, range),
        }
    }

    fn read_chunks(&self, source: &Source, id: u32, range: Range<usize>) -> io::Result<OwnedBytes> {
        let first = range.start / CHUNK;
        let last = (range.end - 1) / CHUNK;
        if first == last {
            let chunk = source.chunk(id, number(first)?)?;
            return slice(
                &chunk,
                range.start - first * CHUNK..range.end - first * CHUNK,
            );
        }
        let mut copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
        copies.retain(|(_, copy)| copy.strong_count() > 0);
        let known = copies.iter().find(|(r, _)| *r == range);
        if let Some(copy) = known.and_then(|(_, copy)| copy.upgrade()) {
            return Ok(OwnedBytes::new(copy));
        }
        let mut bytes = Vec::with_capacity(range.len());
        for n in first..=last {
            let chunk = source.chunk(id, number(n)?)?;
            let start = range.start.saturating_sub(n * CHUNK);
            let end = (range.end - n * CHUNK).min(CHUNK);
            bytes.extend_from_slice(&slice(&chunk, start..end)?);
        }
        let copy: Arc<[u8]> = bytes.into();
        copies.push((range, Arc::downgrade(&copy)));
        Ok(OwnedBytes::new(copy))
    }
}

fn number(chunk: usize) -> io::Result<u32> {
    u32::try_from(chunk).map_err(io::Error::other)
}

fn slice(chunk: &OwnedBytes, range: Range<usize>) -> io::Result<OwnedBytes> {
    if range.end > chunk.len() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(chunk.slice(range))
}

/// What tantivy reads a file through.
pub(crate) struct Handle {
    pub(crate) file: Arc<IndexFile>,
    pub(crate) source: Arc<Source>,
}

impl FileHandle for Handle {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        self.file.read(&self.source, range)
    }
}

impl HasLen for Handle {
    fn len(&self) -> usize {
        self.file.len
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "index file of {} bytes", self.file.len)
    }
}
