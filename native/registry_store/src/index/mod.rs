//! The search index: tantivy's segments and postings, our own words, weights and scoring.

pub(crate) mod directory;
pub(crate) mod documents;
pub(crate) mod family;
pub(crate) mod file;
pub(crate) mod impact;
mod merges;
pub(crate) mod prior;
pub(crate) mod schema;
pub(crate) mod terms;
pub(crate) mod tokenizer;
pub(crate) mod view;
pub(crate) mod writer;

use std::collections::HashSet;
use std::sync::Arc;

use redb::{Database, ReadableDatabase};
use registry_types::Result;
use tantivy::{TantivyDocument, Term};

use crate::fault::{index_error, redb_error};
use crate::index::file::{ChunkCache, ChunkTable};
use crate::index::schema::{PackageFields, SnippetFields};
use crate::index::writer::{IndexHandle, Merge};
use crate::tables::{INDEX_CHUNKS, ReadTables, WriteTables, sys};

/// What the names of files of each index begin with.
pub(crate) const PACKAGE_INDEX: &str = "p/";
pub(crate) const SNIPPET_INDEX: &str = "s/";

/// Which segments are to be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Where there are too many of a size.
    Due,
    /// As many as may become one.
    All,
}

/// Both indexes, open for writing.
pub(crate) struct Indexes {
    pub(crate) packages: IndexHandle,
    pub(crate) snippets: IndexHandle,
    pub(crate) package_fields: PackageFields,
    pub(crate) snippet_fields: SnippetFields,
    /// Set while the index is built again beside writes.
    pub(crate) rebuild: Option<Rebuild>,
}

/// What writes have indexed already while the index is built again: it must not be indexed twice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rebuild {
    pub(crate) packages: HashSet<u32>,
    /// Releases from this id on.
    pub(crate) first_release: u64,
}

/// The chunks as of the last commit.
pub(crate) fn chunks(database: &Database) -> Result<ChunkTable> {
    let transaction = database.begin_read().map_err(redb_error)?;
    transaction
        .open_table(INDEX_CHUNKS.table)
        .map_err(redb_error)
}

impl Indexes {
    pub(crate) fn open(
        database: &Database,
        tables: &ReadTables,
        cache: &Arc<ChunkCache>,
    ) -> Result<Self> {
        let (package_schema, package_fields) = schema::packages();
        let (snippet_schema, snippet_fields) = schema::snippets();
        let open = |prefix, schema| {
            IndexHandle::open(prefix, schema, tables, chunks(database)?, Arc::clone(cache))
        };
        Ok(Self {
            packages: open(PACKAGE_INDEX, package_schema)?,
            snippets: open(SNIPPET_INDEX, snippet_schema)?,
            package_fields,
            snippet_fields,
            rebuild: None,
        })
    }

    /// Whether both are what the store's tables were committed with.
    pub(crate) fn match_tables(&self, tables: &ReadTables) -> Result<bool> {
        let packages = self.packages.generation()?.unwrap_or(0);
        let snippets = self.snippets.generation()?.unwrap_or(0);
        Ok(packages == tables.number(sys::PACKAGE_INDEX)?
            && snippets == tables.number(sys::SNIPPET_INDEX)?)
    }

    pub(crate) fn add_package(&mut self, document: TantivyDocument) -> Result<()> {
        self.packages.add(document)
    }

    pub(crate) fn delete_package(&mut self, id: u32) -> Result<()> {
        let term = Term::from_field_u64(self.package_fields.id, u64::from(id));
        self.packages.delete(term)
    }

    pub(crate) fn add_snippet(&mut self, document: TantivyDocument) -> Result<()> {
        self.snippets.add(document)
    }

    pub(crate) fn delete_release(&mut self, release: u32) -> Result<()> {
        let term = Term::from_field_u64(self.snippet_fields.release, u64::from(release));
        self.snippets.delete(term)
    }

    /// Begins a merge, if one is due.
    pub(crate) fn begin_merge(&mut self, wish: Wish) -> Result<Option<Merge>> {
        for index in [&mut self.packages, &mut self.snippets] {
            let due = match wish {
                Wish::Due => merges::large(&index.segments()?),
                Wish::All => merges::all(&index.segments()?),
            };
            if let Some(segments) = due {
                return index.merge_beside(segments).map(Some);
            }
        }
        Ok(None)
    }

    /// The merge that was begun is over.
    pub(crate) fn end_merge(&mut self) {
        self.packages.end_merge();
        self.snippets.end_merge();
    }

    /// Whether anything waits for a commit.
    pub(crate) fn is_changed(&self) -> bool {
        self.packages.is_changed() || self.snippets.is_changed()
    }

    /// Puts what changed into the transaction, as of `generation`.
    pub(crate) fn commit(&mut self, generation: u64, tables: &mut WriteTables<'_>) -> Result<()> {
        let marks = [
            (&mut self.packages, sys::PACKAGE_INDEX),
            (&mut self.snippets, sys::SNIPPET_INDEX),
        ];
        for (index, mark) in marks {
            if index.is_changed() {
                tables.set_number(mark, generation)?;
                index.take_in(generation)?;
                if let Some(segments) = merges::small(&index.segments()?) {
                    index.merge(&segments)?.wait().map_err(index_error)?;
                }
            }
            index.directory().flush(tables)?;
        }
        Ok(())
    }

    /// The transaction of the last [`Self::commit`] is on the disk.
    pub(crate) fn committed(&self, database: &Database) -> Result<()> {
        self.packages.directory().flushed(chunks(database)?);
        self.snippets.directory().flushed(chunks(database)?);
        Ok(())
    }

    /// Lets go of the store's pages.
    pub(crate) fn detach(&self) {
        self.packages.directory().detach();
        self.snippets.directory().detach();
    }

    /// Names of damaged files.
    pub(crate) fn damaged(&self) -> Result<Vec<String>> {
        let mut damaged = self.packages.check()?;
        damaged.extend(self.snippets.check()?);
        Ok(damaged)
    }
}
