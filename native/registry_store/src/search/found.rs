//! What a search finds, and the best of it.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::search::cursor::Wanted;

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
    pub(crate) fn threshold(&self) -> f32 {
        match self.heap.peek() {
            Some(Reverse(worst)) if self.heap.len() >= self.room => worst.score,
            _ => 0.0,
        }
    }

    pub(crate) fn push(&mut self, found: Found) {
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
