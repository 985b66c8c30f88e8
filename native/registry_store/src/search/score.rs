//! The scoring loop. Documents of an ecosystem lie in the order of their prior, so that once enough
//! good ones are found, what comes later need not be looked at.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use registry_types::Result;

use crate::index::impact::{IN_NAME, IN_OWNER, share};
use crate::index::prior::factor_of;
use crate::index::view::{Segment, View};
use crate::search::cursor::{Cursor, Wanted};

/// At most so many documents of one ecosystem in one segment are scored: the result then differs
/// from that of all documents in about one of a hundred rows.
const MOST_SCORED: usize = 10_000;
/// At most so many are looked at, where a filter leaves most of them out.
const MOST_SEEN: usize = 200_000;

/// The least weight of a form whose share still tells in which name it stands.
const NAMED: f32 = 0.95;

/// A document found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) score: f32,
    /// The sum of the words' idf and share.
    pub(crate) text: f32,
    /// The part of the query that it holds, 0 to 1.
    pub(crate) coverage: f32,
    /// Which words it holds: one bit each.
    pub(crate) words: u64,
    /// Which of them stand in the name, where levels tell: see [`crate::index::impact::IN_NAME`].
    pub(crate) named: u64,
    /// Which of the others stand in the name of what holds it.
    pub(crate) owned: u64,
    /// What the score was lowered by because better results say the same.
    pub(crate) repeats: f32,
    pub(crate) id: u64,
    pub(crate) segment: usize,
    pub(crate) document: u32,
}

impl Found {
    /// Counts only those of its words whose bits are set.
    pub(crate) fn keep_words(&mut self, bits: u64, wanted: &[Wanted]) {
        let kept = self.words & bits;
        let rarity = |bits: u64| {
            let words = (0_u32..).zip(wanted);
            let held = words.filter(|(n, _)| bits.checked_shr(*n).unwrap_or(0) & 1 == 1);
            held.map(|(_, wanted)| wanted.idf).sum::<f32>()
        };
        let all = rarity(self.words);
        let share = if all > 0.0 { rarity(kept) / all } else { 0.0 };
        self.words = kept;
        self.text *= share;
        self.coverage *= share;
        // The score holds both.
        self.score *= share * share;
    }
}

impl Eq for Found {}

impl Ord for Found {
    /// The better, the greater; equal scores by id, so that the order does not depend on how the
    /// index happens to be cut into segments, and pages of one answer fit together.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_score = self.score.total_cmp(&other.score);
        by_score.then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The best documents so far.
pub(crate) struct Best {
    heap: BinaryHeap<Reverse<Found>>,
    room: usize,
}

impl Best {
    pub(crate) fn new(room: usize) -> Self {
        Self {
            heap: BinaryHeap::with_capacity(room.min(1024) + 1),
            room,
        }
    }

    /// A score must not be below this to matter.
    fn threshold(&self) -> f32 {
        match self.heap.peek() {
            Some(Reverse(worst)) if self.heap.len() >= self.room => worst.score,
            _ => 0.0,
        }
    }

    fn push(&mut self, found: Found) {
        self.heap.push(Reverse(found));
        if self.heap.len() > self.room {
            self.heap.pop();
        }
    }

    /// The best first.
    pub(crate) fn into_sorted(self) -> Vec<Found> {
        let sorted = self.heap.into_sorted_vec();
        sorted.into_iter().map(|Reverse(found)| found).collect()
    }
}

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

    /// The first such document that is not before `document`, which may not fall from call to call;
    /// something not below `end` where there is none before it.
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
    /// Scores the documents that hold any of the words.
    pub(crate) fn run(&self, filter: &impl Filter, best: &mut Best) -> Result<()> {
        let required = self.wanted.iter().filter(|w| w.required);
        let total: f32 = required.map(|w| w.idf).sum();
        let mut terms: Vec<(u32, &Wanted)> = (0..).zip(self.wanted).collect();
        terms.sort_by(|(_, a), (_, b)| a.best().total_cmp(&b.best()));
        let bounds = bounds(&terms, total);
        for (number, segment) in self.view.segments.iter().enumerate() {
            let mut scan = Scan {
                segment,
                number,
                at: 0,
                end: 0,
                bounds: &bounds,
                total,
                prior: self.prior,
                driver: filter.driver(segment)?,
                cursors: Vec::with_capacity(terms.len()),
            };
            for (bit, wanted) in &terms {
                let cursor = Cursor::open(segment, number, wanted)?;
                scan.cursors.push((cursor, *bit, *wanted));
            }
            // Ecosystems come in the order of the documents, so that cursors only go forward.
            for ecosystem in self.ecosystems {
                let (start, end) = segment.range(*ecosystem);
                if start < end {
                    scan.go_to(start, end);
                    scan.run(filter, best);
                }
            }
        }
        Ok(())
    }
}

/// For each n: the best that a document with only the n weakest words can reach, prior apart.
fn bounds(terms: &[(u32, &Wanted)], total: f32) -> Vec<f32> {
    let (mut text, mut covered) = (0.0, 0.0);
    terms
        .iter()
        .map(|(_, wanted)| {
            text += wanted.best();
            covered += if wanted.required { wanted.idf } else { 0.0 };
            text * coverage(covered, total)
        })
        .collect()
}

fn coverage(covered: f32, total: f32) -> f32 {
    if total > 0.0 { covered / total } else { 1.0 }
}

struct Scan<'a> {
    segment: &'a Segment,
    number: usize,
    /// The next document, where no words lead to it.
    at: u32,
    end: u32,
    bounds: &'a [f32],
    total: f32,
    prior: fn(f32) -> f32,
    driver: Option<Driver>,
    /// With the bit and the word of each, those that can add least first.
    cursors: Vec<(Cursor, u32, &'a Wanted)>,
}

impl Scan<'_> {
    fn go_to(&mut self, start: u32, end: u32) {
        (self.at, self.end) = (start, end);
        for (cursor, ..) in &mut self.cursors {
            cursor.seek(start);
        }
    }

    fn run(&mut self, filter: &impl Filter, best: &mut Best) {
        // Words before `first` cannot lift a document over the threshold by themselves.
        let mut first = 0;
        let mut scored = 0;
        for _ in 0..MOST_SEEN {
            let Some(document) = self.next(first) else {
                return;
            };
            let prior = (self.prior)(factor_of(self.segment.order.get_val(document)));
            let threshold = best.threshold();
            while self
                .bounds
                .get(first)
                .is_some_and(|bound| bound * prior < threshold)
            {
                first += 1;
            }
            let hopeless = match self.cursors.len() {
                0 => prior < threshold,
                all => first == all,
            };
            if hopeless || scored == MOST_SCORED {
                return;
            }
            let factor = filter.factor(self.segment, document);
            let mut found = self.evaluate(document, prior * factor);
            if factor > 0.0 {
                scored += 1;
            }
            let matters = found.score > 0.0 && found.score >= threshold;
            if matters && self.segment.is_alive(document) {
                found.id = self.segment.ids.get_val(document);
                best.push(found);
            }
        }
    }

    /// The next document that holds one of the words from `first` on.
    fn next(&mut self, first: usize) -> Option<u32> {
        loop {
            let essential = self.cursors.get(first..).unwrap_or_default();
            let documents = essential.iter().map(|(cursor, ..)| cursor.document());
            let document = match self.cursors.len() {
                0 => self.at,
                _ => documents.min()?,
            };
            let target = match &mut self.driver {
                Some(driver) => driver.first_from(document, self.end),
                None => document,
            };
            if target >= self.end {
                return None;
            }
            self.at = target;
            if target == document {
                return Some(document);
            }
            for (cursor, ..) in self.cursors.get_mut(first..).unwrap_or_default() {
                cursor.seek(target);
            }
        }
    }

    /// Scores a document and moves all cursors behind it.
    fn evaluate(&mut self, document: u32, prior: f32) -> Found {
        self.at = document + 1;
        let wordless = self.cursors.is_empty();
        let (mut text, mut covered) = (f32::from(u8::from(wordless)), 0.0);
        let (mut words, mut named, mut owned) = (0, 0, 0);
        let (in_name, in_owner) = (NAMED * share(IN_NAME), NAMED * share(IN_OWNER));
        for (cursor, bit, wanted) in &mut self.cursors {
            cursor.seek(document);
            if cursor.document() == document {
                let share = cursor.share();
                text += wanted.idf * share;
                covered += if wanted.required { wanted.idf } else { 0.0 };
                let bit = 1_u64.checked_shl(*bit).unwrap_or(0);
                words |= bit;
                if share >= in_name {
                    named |= bit;
                } else if share >= in_owner {
                    owned |= bit;
                }
                cursor.advance();
            }
        }
        let coverage = coverage(covered, self.total);
        Found {
            score: text * coverage * prior,
            text,
            coverage,
            words,
            named,
            owned,
            repeats: 1.0,
            id: 0,
            segment: self.number,
            document,
        }
    }
}
