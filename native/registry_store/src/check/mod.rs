//! Reading everything, to see whether it is as it was written.

mod index;
mod records;

use registry_types::Result;

use crate::Store;
use crate::fault::redb_error;

/// What [`Store::check`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Records read.
    pub records: u64,
    /// Packages found in the index, each once.
    pub indexed_packages: u64,
    /// Snippets found in the index, each once.
    pub indexed_snippets: u64,
    /// One line for each thing that is wrong; only the first thousand are told.
    pub faults: Vec<String>,
    /// Whether redb's own pages are as they were written.
    pub file_intact: bool,
    /// Whether the index is as it was written, belongs to the records, and has each package and each
    /// snippet exactly once. Where not, [`Store::reindex`] helps.
    pub index_intact: bool,
}

impl CheckReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_ok(&self) -> bool {
        self.file_intact && self.index_intact && self.faults.is_empty()
    }

    fn fault(&mut self, fault: impl std::fmt::Display) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault.to_string());
        }
    }
}

const MOST_FAULTS: usize = 1000;

impl Store {
    /// Reads every record and every page and compares checksums, and the index and the counts with the
    /// records. Nobody else can use the store while the pages are read.
    ///
    /// # Errors
    /// Those of the store only; damage is no error but a fault in the report.
    pub fn check(&self) -> Result<CheckReport> {
        let mut report = CheckReport::default();
        let walked = self.read("the store", |snapshot| {
            report = CheckReport::default();
            records::walk(snapshot, &mut report)
        });
        if let Err(error) = walked {
            report.fault(error);
        }
        let mut agrees = false;
        let compared = self.read("the search index", |snapshot| {
            agrees = index::compare(snapshot, &mut report)?;
            Ok(())
        });
        if let Err(error) = compared {
            report.fault(error);
        }
        let written = self.shared.with_db(|db| Ok(db.index_is_intact()))?;
        report.index_intact = agrees && written;
        let file = self
            .shared
            .alone(|db| db.alone(|database| database.check_integrity().map_err(redb_error)));
        match file {
            Ok(intact) => report.file_intact = intact,
            Err(error) => report.fault(error),
        }
        Ok(report)
    }
}
