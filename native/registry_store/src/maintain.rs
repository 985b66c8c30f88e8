//! Reindexing and giving space back.

use redb::Database;
use registry_types::{Error, ErrorKind, Result};

use crate::Store;
use crate::db::{Db, file_bytes};
use crate::fault::redb_error;
use crate::index::Wish;
use crate::store::build_index;
use crate::tables::{bytes_of_pages, repack};

/// A file of at most so many percent of the pages of its tables is small enough.
const SPARE: u64 = 104;
/// How often all tables are written anew to make it so: redb moves small pages into the place of larger
/// ones, between which no large one fits again.
const MOST_ROUNDS: usize = 3;

/// What [`Store::compact`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Bytes of the file before.
    pub bytes_before: u64,
    /// Bytes of the file after.
    pub bytes_after: u64,
}

impl Store {
    /// Builds the search index again from the records. Until it is done, searches find only what is
    /// indexed already.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn reindex(&self) -> Result<()> {
        self.shared.alone(Db::clear_indexes)?;
        self.shared.with_db(build_index)
    }

    /// Takes into the index what packages have come to say of each other: who needs and who mentions
    /// whom. The store does this by itself, within seconds of its last write.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn settle(&self) -> Result<()> {
        self.shared.settle()
    }

    /// Merges the index into few segments, which makes searches faster, and gives the space of what
    /// was deleted back to the disk. While it does the latter nobody else can use the store, and what
    /// is left of it may be in the file twice for a while.
    ///
    /// # Errors
    /// `Busy` when a reader could not be waited for, else those of the store only.
    pub fn compact(&self) -> Result<Compacted> {
        let bytes_before = file_bytes(self.path());
        self.shared.merge(Wish::All)?;
        self.shared.alone(|db| {
            db.alone(|database| {
                repack(database, false)?;
                give_back(database)?;
                for _ in 0..MOST_ROUNDS {
                    if file_bytes(self.path()) <= bytes_of_pages(database)? / 100 * SPARE {
                        break;
                    }
                    repack(database, true)?;
                    give_back(database)?;
                }
                Ok(())
            })
        })?;
        Ok(Compacted {
            bytes_before,
            bytes_after: file_bytes(self.path()),
        })
    }
}

/// Moves pages to the front of the file and cuts it off behind them.
fn give_back(database: &mut Database) -> Result<()> {
    match database.compact() {
        Ok(_) => Ok(()),
        Err(redb::CompactionError::TransactionInProgress) => Err(Error::new(
            ErrorKind::Busy,
            "the store is being read: try compact again",
        )),
        Err(error) => Err(redb_error(error)),
    }
}
