//! The scoring loop: postings are read a window of documents at a time, list by list, and what they say
//! is summed up in one pass over the window. Going from document to document with all words side by side
//! costs four times as much.

use std::ops::Range;

use registry_types::Result;

use crate::index::impact::{IN_NAME, IN_OWNER, share};
use crate::index::prior::factor_of;
use crate::index::view::Segment;
use crate::search::cursor::{FormPostings, Wanted};
use crate::search::found::{Best, Found};
use crate::search::score::{Driver, Filter};

/// At most so many documents of one ecosystem in one segment are scored: the result then differs
/// from that of all documents in about one of a hundred rows.
const MOST_SCORED: usize = 10_000;
/// At most so many are looked at, where a filter leaves most of them out.
const MOST_SEEN: usize = 200_000;
/// Documents of the first window of an ecosystem: the likeliest are often enough.
const FIRST: u32 = 256;
/// Those of the largest.
const LARGEST: u32 = 4096;
/// A driver with so many times fewer documents than the words leads the way.
const FAR_FEWER: u64 = 4;

/// A list is read through where it has at most so many times more documents than are looked for.
const HARDLY_LONGER: u64 = 6;
/// What bounds are worth: they may be rounded otherwise than scores.
const NEARLY: f32 = 0.9999;
/// The least weight of a form whose share still tells in which name it stands.
const NAMED: f32 = 0.95;

/// What the words say of a window of documents. Empty between two windows.
pub(crate) struct Window {
    words: usize,
    /// The share of each word, document by document.
    shares: Vec<f32>,
    /// The documents that may be found, one bit each.
    candidates: Vec<u64>,
}

impl Window {
    pub(crate) fn new(words: usize) -> Self {
        Self {
            words,
            shares: vec![0.0; words * LARGEST as usize],
            candidates: vec![0; LARGEST as usize / 64],
        }
    }

    fn add(&mut self, place: u32) {
        if let Some(bits) = self.candidates.get_mut(place as usize / 64) {
            *bits |= 1 << (place % 64);
        }
    }

    fn is_candidate(&self, place: u32) -> bool {
        let bits = self.candidates.get(place as usize / 64);
        bits.is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// Of the forms of a word the best counts.
    fn raise(&mut self, place: u32, word: usize, share: f32) {
        if let Some(best) = self.shares.get_mut(place as usize * self.words + word) {
            *best = best.max(share);
        }
    }

    fn candidates(&self) -> usize {
        let counts = self
            .candidates
            .iter()
            .map(|bits| bits.count_ones() as usize);
        counts.sum()
    }

    /// Calls `keep` with the places of all candidates, rising, and with the shares of the words there;
    /// those for which it says no are candidates no longer, and their shares are forgotten.
    fn retain(&mut self, mut keep: impl FnMut(u32, &mut [f32]) -> bool) {
        for (n, bits) in (0_u32..).zip(&mut self.candidates) {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                let place = n * 64 + bit;
                let start = place as usize * self.words;
                let shares = self.shares.get_mut(start..start + self.words);
                let shares = shares.unwrap_or_default();
                if !keep(place, shares) {
                    *bits &= !(1 << bit);
                    shares.fill(0.0);
                }
            }
        }
    }
}

/// A list of documents of a segment that hold a word.
struct List {
    postings: FormPostings,
    /// Which word.
    word: usize,
}

/// Goes through one segment.
pub(crate) struct Scan<'a> {
    segment: &'a Segment,
    number: usize,
    wanted: &'a [Wanted],
    /// The sum of what the required words count.
    total: f32,
    prior: fn(f32) -> f32,
    driver: Option<Driver>,
    /// Whether the driver leads to the documents, not the words.
    driven: bool,
    /// Those that can add least first.
    lists: Vec<List>,
    /// For each n: the best that a document in none but the first n + 1 lists can reach, prior apart.
    bounds: Vec<f32>,
    /// For each n: the most that the first n + 1 lists can add.
    texts: Vec<f32>,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(
        (number, segment): (usize, &'a Segment),
        wanted: &'a [Wanted],
        prior: fn(f32) -> f32,
        driver: Option<Driver>,
    ) -> Result<Self> {
        let mut lists = Vec::new();
        for (word, wanted) in wanted.iter().enumerate() {
            let postings = wanted.open(segment, number)?.into_iter();
            lists.extend(postings.map(|postings| List { postings, word }));
        }
        let documents: u64 = lists.iter().map(|list| list.postings.documents()).sum();
        let few = driver.as_ref().and_then(Driver::documents);
        let driven = few.is_some_and(|few| wanted.is_empty() || few * FAR_FEWER <= documents);
        let mut scan = Self {
            segment,
            number,
            wanted,
            total: wanted.iter().map(counts).sum(),
            prior,
            driver,
            driven,
            lists,
            bounds: Vec::new(),
            texts: Vec::new(),
        };
        scan.bound();
        Ok(scan)
    }

    /// Orders the lists, and finds out how far each leads.
    fn bound(&mut self) {
        let wanted = self.wanted;
        let most = |list: &List| {
            let wanted = wanted.get(list.word);
            wanted.map_or(0.0, |wanted| wanted.idf * list.postings.most())
        };
        self.lists.sort_by(|a, b| most(a).total_cmp(&most(b)));
        let mut best = vec![0.0; wanted.len()];
        let (mut text, mut covered) = (0.0, 0.0);
        for list in &self.lists {
            let most = most(list);
            if let (Some(before), Some(wanted)) = (best.get_mut(list.word), wanted.get(list.word)) {
                covered += if *before == 0.0 { counts(wanted) } else { 0.0 };
                text += most - *before;
                *before = most;
            }
            self.bounds.push(text * self.coverage(covered));
            self.texts.push(text);
        }
    }

    /// The part of the query that a document holds.
    fn coverage(&self, covered: f32) -> f32 {
        if self.total > 0.0 {
            covered / self.total
        } else {
            1.0
        }
    }

    /// Scores the documents from `start` to `end`, which are those of one ecosystem.
    pub(crate) fn run(
        &mut self,
        (start, end): (u32, u32),
        window: &mut Window,
        filter: &impl Filter,
        best: &mut Best,
    ) {
        let (mut at, mut length) = (start, FIRST);
        // Lists before it cannot lift a document over the threshold by themselves.
        let mut first = 0;
        let (mut seen, mut scored) = (0, 0);
        while seen < MOST_SEEN && scored < MOST_SCORED {
            at = self.next(first, at, end);
            if at >= end {
                return;
            }
            let prior = self.prior(at);
            let threshold = best.threshold() * NEARLY;
            let bounds = self.bounds.iter().skip(first);
            first += bounds
                .take_while(|bound| *bound * prior < threshold)
                .count();
            let hopeless = match self.wanted.is_empty() {
                true => prior < best.threshold(),
                false => first == self.lists.len(),
            };
            if hopeless {
                return;
            }
            let stop = end.min(at + length);
            let unread = if self.driven { self.lists.len() } else { first };
            self.collect(window, unread, at..stop);
            let candidates = window.candidates();
            seen += candidates;
            let unread = self.fill(window, unread, at..stop, candidates);
            scored += self.evaluate(window, (unread, at, prior), filter, best);
            at = stop;
            length = (length * 2).min(LARGEST);
        }
    }

    fn prior(&self, document: u32) -> f32 {
        (self.prior)(factor_of(self.segment.order.get_val(document)))
    }

    /// The first document from `at` on that may be found.
    fn next(&mut self, first: usize, at: u32, end: u32) -> u32 {
        if self.driven
            && let Some(driver) = &mut self.driver
        {
            return driver.first_from(at, end);
        }
        if self.wanted.is_empty() {
            return at;
        }
        let essential = self.lists.iter_mut().skip(first);
        let documents = essential.map(|list| list.postings.seek(at));
        documents.min().unwrap_or(end)
    }

    /// Finds the candidates among `documents`, and what the lists from `first` on say of them.
    fn collect(&mut self, window: &mut Window, first: usize, documents: Range<u32>) {
        let Range { start, end } = documents;
        match &mut self.driver {
            Some(driver) if self.driven => {
                let mut at = driver.first_from(start, end);
                while at < end {
                    window.add(at - start);
                    at = driver.first_from(at + 1, end);
                }
            }
            _ if self.wanted.is_empty() => (start..end).for_each(|at| window.add(at - start)),
            _ => {}
        }
        for List { postings, word } in self.lists.iter_mut().skip(first) {
            let mut at = postings.seek(start);
            while at < end {
                window.raise(at - start, *word, postings.share());
                window.add(at - start);
                at = postings.advance();
            }
        }
        if let Some(driver) = &mut self.driver
            && !self.driven
        {
            let mut found = None;
            window.retain(|place, _| {
                let document = start + place;
                if found.is_none_or(|found| found < document) {
                    found = Some(driver.first_from(document, end));
                }
                found == Some(document)
            });
        }
    }

    /// Reads those of the lists before `first` that are hardly longer than there are candidates: to go
    /// through them costs less than to look each candidate up. Says how many are left.
    fn fill(
        &mut self,
        window: &mut Window,
        first: usize,
        documents: Range<u32>,
        candidates: usize,
    ) -> usize {
        let Range { start, end } = documents;
        let all = u64::from(self.segment.max_doc());
        for (n, List { postings, word }) in self.lists.iter_mut().enumerate().take(first).rev() {
            let here = postings.documents() * u64::from(end - start) / all.max(1);
            if here > candidates as u64 * HARDLY_LONGER {
                return n + 1;
            }
            let mut at = postings.seek(start);
            while at < end {
                if window.is_candidate(at - start) {
                    window.raise(at - start, *word, postings.share());
                }
                at = postings.advance();
            }
        }
        0
    }

    /// Scores the candidates, which then are none any more; no prior of theirs is above `most`. They are
    /// looked up in the lists before `first` only as long as that may help: each look may cost the
    /// unpacking of a block.
    fn evaluate(
        &mut self,
        window: &mut Window,
        (first, start, most): (usize, u32, f32),
        filter: &impl Filter,
        best: &mut Best,
    ) -> usize {
        let mut lists = std::mem::take(&mut self.lists);
        let mut scored = 0;
        window.retain(|place, shares| {
            let document = start + place;
            let hope = best.threshold() * NEARLY / most;
            let mut known = self.text(shares);
            let unread = lists.iter_mut().zip(&self.texts).take(first);
            for (List { postings, word }, rest) in unread.rev() {
                if known + rest < hope {
                    break;
                }
                if postings.seek(document) == document
                    && let (Some(best), Some(wanted)) =
                        (shares.get_mut(*word), self.wanted.get(*word))
                {
                    let more = (postings.share() - *best).max(0.0);
                    *best += more;
                    known += wanted.idf * more;
                }
            }
            // Added up anew, in the order of the words: equal documents have equal scores.
            let text = match self.wanted.is_empty() {
                true => 1.0,
                false => self.text(shares),
            };
            let held = shares.iter().zip(self.wanted);
            let covered = held.filter(|(share, _)| **share > 0.0);
            let coverage = self.coverage(covered.map(|(_, wanted)| counts(wanted)).sum());
            let hopeless = text == 0.0 || text * coverage < hope;
            let factor = match hopeless {
                true => 0.0,
                false => filter.factor(self.segment, document),
            };
            scored += usize::from(text > 0.0 && (hopeless || factor > 0.0));
            if factor > 0.0 {
                let score = text * coverage * self.prior(document) * factor;
                if score >= best.threshold() && self.segment.is_alive(document) {
                    best.push(self.found(document, (score, text, coverage), shares));
                }
            }
            false
        });
        self.lists = lists;
        scored
    }

    /// What the words add up to.
    fn text(&self, shares: &[f32]) -> f32 {
        let held = shares.iter().zip(self.wanted);
        held.map(|(share, wanted)| share * wanted.idf).sum()
    }

    fn found(&self, document: u32, score: (f32, f32, f32), shares: &[f32]) -> Found {
        let (mut words, mut named, mut owned) = (0, 0, 0);
        for (bit, held) in (0_u32..).zip(shares.iter()) {
            let bit = 1_u64.checked_shl(bit).unwrap_or(0);
            if *held > 0.0 {
                words |= bit;
            }
            if *held >= NAMED * share(IN_NAME) {
                named |= bit;
            } else if *held >= NAMED * share(IN_OWNER) {
                owned |= bit;
            }
        }
        let (score, text, coverage) = score;
        Found {
            score,
            text,
            coverage,
            words,
            named,
            owned,
            repeats: 1.0,
            id: self.segment.ids.get_val(document),
            segment: self.number,
            document,
        }
    }
}

/// What a word counts for coverage.
fn counts(wanted: &Wanted) -> f32 {
    if wanted.required { wanted.idf } else { 0.0 }
}
