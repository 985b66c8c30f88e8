//! Which documents are scored, and in what order. Those of an ecosystem lie in the order of their prior,
//! so that once enough good ones are found, what comes later need not be looked at.

use registry_types::Result;

use crate::index::view::{Segment, View};
use crate::search::cursor::{Cursor, Wanted};
use crate::search::found::Best;
use crate::search::window::{Scan, Window};

/// Which documents may be found.
pub(crate) trait Filter {
    /// Which documents of a segment are looked at, where that is known beforehand.
    fn driver(&self, segment: &Segment) -> Result<Option<Driver>>;

    /// The factor of a document's score, at most 1; 0 for one that may not be found.
    fn factor(&self, segment: &Segment, document: u32) -> f32;
}

/// Documents that hold all of some terms and none of others.
pub(crate) struct Driver {
    all: Vec<Cursor>,
    none: Vec<Cursor>,
}

impl Driver {
    pub(crate) fn new(all: Vec<Cursor>, none: Vec<Cursor>) -> Self {
        Self { all, none }
    }

    /// At most so many documents; none where only terms that they may not hold are known.
    pub(crate) fn documents(&self) -> Option<u64> {
        self.all.iter().map(Cursor::documents).min()
    }

    /// The first such document that is not before `document`, which may not be below what was found
    /// before; something not below `end` where there is none before it.
    pub(crate) fn first_from(&mut self, document: u32, end: u32) -> u32 {
        let mut target = document;
        'next: while target < end {
            for cursor in &mut self.all {
                cursor.seek(target);
                if cursor.document() > target {
                    target = cursor.document();
                    continue 'next;
                }
            }
            for cursor in &mut self.none {
                cursor.seek(target);
                if cursor.document() == target {
                    target += 1;
                    continue 'next;
                }
            }
            break;
        }
        target
    }
}

/// What is scored, and how.
pub(crate) struct Scoring<'a> {
    pub(crate) view: &'a View,
    /// By number, rising.
    pub(crate) ecosystems: &'a [u64],
    pub(crate) wanted: &'a [Wanted],
    /// What a document's prior counts: a function that never falls.
    pub(crate) prior: fn(f32) -> f32,
}

impl Scoring<'_> {
    /// Scores the documents that hold any of the words; without words, all.
    pub(crate) fn run(&self, filter: &impl Filter, best: &mut Best) -> Result<()> {
        let mut window = Window::new(self.wanted.len());
        for (number, segment) in self.view.segments.iter().enumerate() {
            let driver = filter.driver(segment)?;
            let mut scan = Scan::new((number, segment), self.wanted, self.prior, driver)?;
            // Ecosystems come in the order of the documents, so that postings only go forward.
            for ecosystem in self.ecosystems {
                scan.run(segment.range(*ecosystem), &mut window, filter, best);
            }
        }
        Ok(())
    }
}
