//! tantivy's files, held in tables of the store's file.
//!
//! tantivy writes into memory only. [`StoreDirectory::flush`] puts what it wrote into a write
//! transaction beside the packages it describes, so that both are committed by one `fsync`.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use redb::ReadableTable;
use registry_types::{Error, Result};
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use crate::fault::redb_error;
use crate::index::file::{CHUNK, ChunkCache, ChunkTable, Handle, IndexFile, Place, Source};
use crate::key::after_prefix;
use crate::record::Payload;
use crate::tables::{INDEX_CHUNKS, ReadTables, WriteTables, sys};

/// The list of files tantivy may delete: derived from the files, never stored.
const MANAGED: &str = ".managed.json";

/// One index's files. Clones share them.
#[derive(Clone)]
pub(crate) struct StoreDirectory {
    prefix: &'static str,
    source: Arc<Source>,
    files: Arc<Mutex<Files>>,
}

#[derive(Default)]
struct Files {
    live: HashMap<PathBuf, Arc<IndexFile>>,
    /// Deleted by tantivy since the last flush.
    removed: Vec<(PathBuf, Arc<IndexFile>)>,
    /// Deleted, but perhaps still read: their chunks go when nobody holds them any more.
    dying: Vec<Arc<IndexFile>>,
    /// Deleted in an earlier life of the store, with chunks still there.
    leftover: Vec<u32>,
    /// Written by the flush in progress.
    written: Vec<(Arc<IndexFile>, u32)>,
}

impl StoreDirectory {
    /// The directory of the index with `prefix` as it was committed.
    pub(crate) fn open(
        prefix: &'static str,
        tables: &ReadTables,
        chunks: ChunkTable,
        cache: Arc<ChunkCache>,
    ) -> Result<Self> {
        let mut files = Files::default();
        let end = after_prefix(prefix);
        for row in tables
            .index_files
            .range(prefix..end.as_str())
            .map_err(redb_error)?
        {
            let (path, place) = row.map_err(redb_error)?;
            let (len, id) = place.value();
            let len = usize::try_from(len).map_err(|e| Error::internal(e.to_string()))?;
            let path = path.value().trim_start_matches(prefix).into();
            let file = IndexFile::new(len, Place::Stored(id));
            files.live.insert(path, Arc::new(file));
        }
        let dying = tables.index_dying.iter().map_err(redb_error)?;
        for row in dying {
            files.leftover.push(row.map_err(redb_error)?.0.value());
        }
        Ok(Self {
            prefix,
            source: Arc::new(Source {
                cache,
                table: RwLock::new(Some(chunks)),
            }),
            files: Arc::new(Mutex::new(files)),
        })
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what changed since the last flush. After the transaction was committed,
    /// [`Self::flushed`] must be called; if it was not, the directory must be dropped.
    ///
    /// Says whether there was anything to write.
    pub(crate) fn flush(&self, tables: &mut WriteTables<'_>) -> Result<bool> {
        let mut files = self.files();
        let mut changed = !files.removed.is_empty();
        let Files {
            live,
            removed,
            dying,
            leftover,
            written,
        } = &mut *files;
        for (path, file) in removed.drain(..) {
            if let Place::Stored(_) = file.place() {
                tables
                    .index_files
                    .remove(self.row(&path)?.as_str())
                    .map_err(redb_error)?;
                mark_dying(tables, &file)?;
                dying.push(file);
            }
        }
        for file in dying.extract_if(.., |file| Arc::strong_count(file) == 1) {
            if let Place::Stored(id) = file.place() {
                remove_chunks(tables, id)?;
            }
        }
        for id in leftover.drain(..) {
            remove_chunks(tables, id)?;
        }
        for (path, file) in live.iter() {
            let Place::Staged(bytes) = file.place() else {
                continue;
            };
            let id = tables.next_id(sys::NEXT_FILE)?;
            for (number, chunk) in (0_u32..).zip(bytes.chunks(CHUNK)) {
                let record = INDEX_CHUNKS.frame((id, number), &Payload::Plain(chunk.to_vec()));
                tables
                    .index_chunks
                    .insert((id, number), record.as_slice())
                    .map_err(redb_error)?;
            }
            tables
                .index_files
                .insert(self.row(path)?.as_str(), (bytes.len() as u64, id))
                .map_err(redb_error)?;
            written.push((Arc::clone(file), id));
            changed = true;
        }
        Ok(changed)
    }

    /// The flush was committed: `chunks` holds it.
    pub(crate) fn flushed(&self, chunks: ChunkTable) {
        let mut table = self
            .source
            .table
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *table = Some(chunks);
        drop(table);
        for (file, id) in self.files().written.drain(..) {
            if let Place::Staged(bytes) = file.place()
                && bytes.len() <= CHUNK
            {
                let length = bytes.len();
                self.source.cache.insert((id, 0), bytes, length);
            }
            file.set_stored(id);
        }
    }

    /// Lets go of the store's pages, so that it can be closed or compacted.
    pub(crate) fn detach(&self) {
        *self
            .source
            .table
            .write()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn row(&self, path: &Path) -> Result<String> {
        path.to_str()
            .map(|path| format!("{}{path}", self.prefix))
            .ok_or_else(|| Error::internal("an index file name is not UTF-8"))
    }

    fn find(&self, path: &Path) -> std::result::Result<Arc<IndexFile>, OpenReadError> {
        self.files()
            .live
            .get(path)
            .cloned()
            .ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    fn put(&self, path: PathBuf, bytes: OwnedBytes) {
        let file = Arc::new(IndexFile::new(bytes.len(), Place::Staged(bytes)));
        let mut files = self.files();
        if let Some(old) = files.live.insert(path.clone(), file) {
            files.removed.push((path, old));
        }
    }
}

/// Notes that a file's chunks are to be removed, should the process end before they are.
fn mark_dying(tables: &mut WriteTables<'_>, file: &IndexFile) -> Result<()> {
    if let Place::Stored(id) = file.place() {
        let chunks = u32::try_from(file.len.div_ceil(CHUNK)).unwrap_or(u32::MAX);
        tables.index_dying.insert(id, chunks).map_err(redb_error)?;
    }
    Ok(())
}

/// Removes the chunks of a file that is no longer read.
fn remove_chunks(tables: &mut WriteTables<'_>, id: u32) -> Result<()> {
    let chunks = tables.index_dying.remove(id).map_err(redb_error)?;
    let chunks = chunks.map_or(0, |n| n.value());
    for number in 0..chunks {
        tables
            .index_chunks
            .remove((id, number))
            .map_err(redb_error)?;
    }
    Ok(())
}

/// Removes both indexes whole.
pub(crate) fn remove_all(tables: &mut WriteTables<'_>) -> Result<()> {
    tables
        .index_files
        .retain(|_, _| false)
        .map_err(redb_error)?;
    tables
        .index_dying
        .retain(|_, _| false)
        .map_err(redb_error)?;
    tables.index_chunks.retain(|_, _| false).map_err(redb_error)
}

impl Directory for StoreDirectory {
    fn get_file_handle(
        &self,
        path: &Path,
    ) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(Handle {
            file: self.find(path)?,
            source: Arc::clone(&self.source),
        }))
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
        let mut files = self.files();
        match files.live.remove(path) {
            Some(file) => {
                files.removed.push((path.to_owned(), file));
                Ok(())
            }
            None => Err(DeleteError::FileDoesNotExist(path.to_owned())),
        }
    }

    fn exists(&self, path: &Path) -> std::result::Result<bool, OpenReadError> {
        Ok(self.files().live.contains_key(path))
    }

    fn open_write(&self, path: &Path) -> std::result::Result<WritePtr, OpenWriteError> {
        if self.files().live.contains_key(path) {
            return Err(OpenWriteError::FileAlreadyExists(path.to_owned()));
        }
        Ok(BufWriter::new(Box::new(Stage {
            path: path.to_owned(),
            bytes: Vec::new(),
            directory: self.clone(),
        })))
    }

    fn atomic_read(&self, path: &Path) -> std::result::Result<Vec<u8>, OpenReadError> {
        if path == Path::new(MANAGED) {
            let files = self.files();
            let names: Vec<_> = files.live.keys().filter_map(|p| p.to_str()).collect();
            return Ok(format!("{names:?}").into_bytes());
        }
        let file = self.find(path)?;
        file.read(&self.source, 0..file.len)
            .map(|bytes| bytes.to_vec())
            .map_err(|e| OpenReadError::wrap_io_error(e, path.to_owned()))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path != Path::new(MANAGED) {
            self.put(path.to_owned(), OwnedBytes::new(data.to_vec()));
        }
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> std::result::Result<DirectoryLock, LockError> {
        // The store has one writer and its file is locked: nobody else can be here.
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

impl fmt::Debug for StoreDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "index directory {}", self.prefix)
    }
}

/// A file being written.
struct Stage {
    path: PathBuf,
    bytes: Vec<u8>,
    directory: StoreDirectory,
}

impl Write for Stage {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Stage {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let bytes = OwnedBytes::new(std::mem::take(&mut self.bytes));
        self.directory.put(std::mem::take(&mut self.path), bytes);
        Ok(())
    }
}
