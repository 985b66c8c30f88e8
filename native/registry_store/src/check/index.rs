//! Whether the index has what the records have: each package and each snippet exactly once.

use std::fmt::Display;

use redb::ReadableTable;
use registry_types::Result;

use super::CheckReport;
use crate::blocks::Block;
use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::index::schema;
use crate::index::view::View;
use crate::key::{member, split_member};
use crate::tables::{SNIPPETS, sys};

/// Compares both indexes with the records; says whether they agree. The faults are told in the report.
pub(super) fn compare(snapshot: &Snapshot, report: &mut CheckReport) -> Result<bool> {
    if snapshot.tables.number(sys::INDEX_VERSION)? != schema::VERSION {
        report.fault("the search index is being built: check again when it is done");
        return Ok(false);
    }
    let mut packages = Side::of(&snapshot.packages);
    for row in snapshot.tables.packages.iter().map_err(redb_error)? {
        let id = row.map_err(redb_error)?.0.value();
        packages.expect(u64::from(id), || format!("package {id}"), report);
    }
    let mut snippets = Side::of(&snapshot.snippets);
    for row in snapshot.tables.snippets.iter().map_err(redb_error)? {
        let (key, record) = row.map_err(redb_error)?;
        // A damaged block is told among the records; what it holds cannot be.
        let Ok(opened) = SNIPPETS.open(key.value(), record.value()) else {
            snippets.unknown_until(key.value());
            continue;
        };
        let (release, first) = split_member(key.value());
        let block = Block::open(opened.bytes(record.value()))?;
        for n in 0..block.len() as u64 {
            let id = member(release, first + n);
            snippets.expect(
                id,
                || format!("snippet {} of release {release}", first + n),
                report,
            );
        }
    }
    report.indexed_packages = packages.matched;
    report.indexed_snippets = snippets.matched;
    let packages = packages.finish("package", report);
    Ok(snippets.finish("snippet", report) && packages)
}

/// The ids of an index, sorted, walked beside the records.
struct Side {
    ids: Vec<u64>,
    next: usize,
    matched: u64,
    agrees: bool,
    /// Set behind a damaged block: its snippets are in the index, how many is not known.
    lenient: bool,
}

impl Side {
    fn of(view: &View) -> Self {
        let mut ids = Vec::new();
        for segment in &view.segments {
            let alive = (0..segment.max_doc()).filter(|document| segment.is_alive(*document));
            ids.extend(alive.map(|document| segment.ids.get_val(document)));
        }
        ids.sort_unstable();
        Self {
            ids,
            next: 0,
            matched: 0,
            agrees: true,
            lenient: false,
        }
    }

    fn peek(&self) -> Option<u64> {
        self.ids.get(self.next).copied()
    }

    /// The next record is `id`.
    fn expect<T: Display>(&mut self, id: u64, what: impl Fn() -> T, report: &mut CheckReport) {
        while let Some(extra) = self.peek().filter(|found| *found < id) {
            self.next += 1;
            if !self.lenient {
                self.agrees = false;
                report.fault(format_args!(
                    "the index has {extra:#x} before {}, the store not",
                    what()
                ));
            }
        }
        self.lenient = false;
        if self.peek() != Some(id) {
            self.agrees = false;
            report.fault(format_args!("{} is not in the index", what()));
            return;
        }
        self.matched += 1;
        self.next += 1;
        while self.peek() == Some(id) {
            self.next += 1;
            self.agrees = false;
            report.fault(format_args!("{} is in the index twice", what()));
        }
    }

    /// What the records from `id` on are, as far as the next that can be read, is not known.
    fn unknown_until(&mut self, id: u64) {
        while self.peek().is_some_and(|found| found < id) {
            self.next += 1;
        }
        self.lenient = true;
    }

    fn finish(self, what: &str, report: &mut CheckReport) -> bool {
        let left = self.ids.len() - self.next;
        if left > 0 && !self.lenient {
            report.fault(format_args!(
                "the index has {left} documents that no {what} of the store belongs to"
            ));
            return false;
        }
        self.agrees
    }
}
