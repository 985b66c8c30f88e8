use std::sync::Arc;

use registry_types::Result;
use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::schema::Schema;
use tantivy::{FutureResult, Index, IndexWriter, SegmentMeta, TantivyDocument, Term};

use crate::fault::index_error;
use crate::index::directory::StoreDirectory;
use crate::index::file::{ChunkCache, ChunkTable};
use crate::index::schema::{settings, tokenizers};
use crate::index::view::View;
use crate::tables::ReadTables;

/// Memory of the thread that builds segments; when it is full, it starts another segment.
const BUDGET: usize = 64_000_000;

/// A merge in progress.
pub(crate) type Merge = FutureResult<Option<SegmentMeta>>;

/// One index, open for writing.
pub(crate) struct IndexHandle {
    directory: StoreDirectory,
    index: Index,
    writer: Option<IndexWriter<TantivyDocument>>,
    /// Whether something was added or deleted since the last commit.
    changed: bool,
    /// Segments that a merge in the background holds.
    merging: Vec<SegmentId>,
}

impl IndexHandle {
    /// Opens the index as committed, or makes a new one.
    pub(crate) fn open(
        prefix: &'static str,
        schema: Schema,
        tables: &ReadTables,
        chunks: ChunkTable,
        cache: Arc<ChunkCache>,
    ) -> Result<Self> {
        let directory = StoreDirectory::open(prefix, tables, chunks, cache)?;
        let index = Index::builder()
            .schema(schema)
            .settings(settings())
            .tokenizers(tokenizers())
            .open_or_create(directory.clone())
            .map_err(index_error)?;
        Ok(Self {
            directory,
            index,
            writer: None,
            changed: false,
            merging: Vec::new(),
        })
    }

    fn writer(&mut self) -> Result<&mut IndexWriter<TantivyDocument>> {
        if self.writer.is_none() {
            let options = IndexWriterOptions::builder()
                .memory_budget_per_thread(BUDGET)
                .num_worker_threads(1)
                // One for the merge in the background, one for the small ones that writes wait for.
                .num_merge_threads(2)
                .build();
            let writer = self
                .index
                .writer_with_options(options)
                .map_err(index_error)?;
            writer.set_merge_policy(Box::new(NoMergePolicy));
            self.writer = Some(writer);
        }
        self.writer.as_mut().ok_or_else(|| index_error("no writer"))
    }

    /// Adds a document at the next commit.
    pub(crate) fn add(&mut self, document: TantivyDocument) -> Result<()> {
        self.changed = true;
        self.writer()?.add_document(document).map_err(index_error)?;
        Ok(())
    }

    /// Deletes, at the next commit, the documents that are in the index now and hold `term`.
    pub(crate) fn delete(&mut self, term: Term) -> Result<()> {
        self.changed = true;
        self.writer()?.delete_term(term);
        Ok(())
    }

    /// Takes in what was added and deleted, marked with the generation: into memory, for the
    /// directory to be flushed.
    pub(crate) fn take_in(&mut self, generation: u64) -> Result<()> {
        self.changed = false;
        let mut prepared = self.writer()?.prepare_commit().map_err(index_error)?;
        prepared.set_payload(&generation.to_string());
        prepared.commit().map_err(index_error)?;
        Ok(())
    }

    /// The generation of the last commit of tantivy; `None` before the first.
    pub(crate) fn generation(&self) -> Result<Option<u64>> {
        let meta = self.index.load_metas().map_err(index_error)?;
        Ok(meta.payload.and_then(|payload| payload.parse().ok()))
    }

    /// What was committed, sharing the segments that `before` already had open.
    pub(crate) fn view(&self, before: Option<&View>) -> Result<View> {
        View::open(&self.index, before)
    }

    /// Begins to merge segments; the result goes into the transaction of the next commit after it.
    pub(crate) fn merge(&mut self, segments: &[SegmentId]) -> Result<Merge> {
        Ok(self.writer()?.merge(segments))
    }

    /// Begins a merge that writes do not wait for; until [`Self::end_merge`] its segments are left
    /// alone.
    pub(crate) fn merge_beside(&mut self, segments: Vec<SegmentId>) -> Result<Merge> {
        let merge = self.merge(&segments)?;
        self.merging = segments;
        Ok(merge)
    }

    /// The merge beside is over.
    pub(crate) fn end_merge(&mut self) {
        self.merging.clear();
    }

    /// Segments that may be merged, with their documents, deleted ones included, and how many are
    /// deleted.
    pub(crate) fn segments(&self) -> Result<Vec<(SegmentId, u32, u32)>> {
        let metas = self.index.searchable_segment_metas().map_err(index_error)?;
        Ok(metas
            .iter()
            .map(|m| (m.id(), m.max_doc(), m.num_deleted_docs()))
            .filter(|(id, ..)| !self.merging.contains(id))
            .collect())
    }

    /// Whether every file is as it was written.
    pub(crate) fn check(&self) -> Result<Vec<String>> {
        let damaged = self.index.validate_checksum().map_err(index_error)?;
        Ok(damaged
            .iter()
            .map(|path| path.display().to_string())
            .collect())
    }

    /// Whether something waits for a commit.
    pub(crate) const fn is_changed(&self) -> bool {
        self.changed
    }

    pub(crate) fn directory(&self) -> &StoreDirectory {
        &self.directory
    }
}
