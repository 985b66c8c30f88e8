//! The scoring loop: postings are read a window of documents at a time, word by word, and what they say
//! is summed up in one pass over the window. Going from document to document with all words side by side
//! costs four times as much.

use std::ops::Range;

use registry_types::Result;

use crate::index::impact::{IN_NAME, IN_OWNER, share};
use crate::index::prior::factor_of;
use crate::index::view::Segment;
use crate::search::cursor::{FormPostings, Wanted};
use crate::search::found::{Best, Found};
use crate::search::score::{Driver, Filter, coverage};

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

    /// Of the forms of a word the best counts.
    fn raise(&mut self, place: u32, word: usize, share: f32) {
        if let Some(best) = self.shares.get_mut(place as usize * self.words + word) {
            *best = best.max(share);
        }
    }

    /// Calls `keep` with the places of all candidates, rising, and with the shares of the words there;
    /// those for which it says no are candidates no longer.
    fn retain(&mut self, mut keep: impl FnMut(u32, &mut [f32]) -> bool) {
        for (n, bits) in (0_u32..).zip(&mut self.candidates) {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                let place = n * 64 + bit;
                let start = place as usize * self.words;
                let shares = self.shares.get_mut(start..start + self.words);
                if !keep(place, shares.unwrap_or_default()) {
                    *bits &= !(1 << bit);
                }
            }
        }
    }

    fn clear(&mut self, documents: u32) {
        let shares = self.shares.iter_mut();
        shares
            .take(documents as usize * self.words)
            .for_each(|share| *share = 0.0);
        self.candidates.fill(0);
    }
}

/// A word in the postings of a segment.
struct Word<'a> {
    wanted: &'a Wanted,
    /// Its bit in [`Found::words`].
    bit: u64,
    /// What it counts for coverage.
    counts: f32,
    forms: Vec<FormPostings>,
}

/// Goes through one segment.
pub(crate) struct Scan<'a> {
    segment: &'a Segment,
    number: usize,
    /// For each n: the best that a document with only the n weakest words can reach, prior apart.
    bounds: &'a [f32],
    /// The sum of what the required words count.
    total: f32,
    prior: fn(f32) -> f32,
    driver: Option<Driver>,
    /// Whether the driver leads to the documents, not the words.
    driven: bool,
    /// Those that can add least first.
    words: Vec<Word<'a>>,
}

/// How far an ecosystem was gone through.
#[derive(Default)]
struct Progress {
    seen: usize,
    scored: usize,
}

impl<'a> Scan<'a> {
    /// `terms` and `bounds` are in the same order.
    pub(crate) fn new(
        (number, segment): (usize, &'a Segment),
        terms: &[(u32, &'a Wanted)],
        (bounds, total): (&'a [f32], f32),
        prior: fn(f32) -> f32,
        driver: Option<Driver>,
    ) -> Result<Self> {
        let mut words = Vec::with_capacity(terms.len());
        for (bit, wanted) in terms {
            words.push(Word {
                wanted,
                bit: 1_u64.checked_shl(*bit).unwrap_or(0),
                counts: if wanted.required { wanted.idf } else { 0.0 },
                forms: wanted.open(segment, number)?,
            });
        }
        let forms = words.iter().flat_map(|word| &word.forms);
        let documents: u64 = forms.map(FormPostings::documents).sum();
        let few = driver.as_ref().and_then(Driver::documents);
        let driven = few.is_some_and(|few| words.is_empty() || few * FAR_FEWER <= documents);
        Ok(Self {
            segment,
            number,
            bounds,
            total,
            prior,
            driver,
            driven,
            words,
        })
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
        // Words before it cannot lift a document over the threshold by themselves.
        let mut first = 0;
        let mut progress = Progress::default();
        while progress.seen < MOST_SEEN && progress.scored < MOST_SCORED {
            at = self.next(first, at, end);
            if at >= end {
                return;
            }
            let prior = self.prior(at);
            let bounds = self.bounds.iter().skip(first);
            first += bounds
                .take_while(|bound| *bound * prior < best.threshold())
                .count();
            let hopeless = match self.words.len() {
                0 => prior < best.threshold(),
                all => first == all,
            };
            if hopeless {
                return;
            }
            let stop = end.min(at + length);
            self.collect(window, first, at..stop);
            self.evaluate(window, (at, prior), filter, best, &mut progress);
            window.clear(stop - at);
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
        if self.words.is_empty() {
            return at;
        }
        let essential = self.words.iter_mut().skip(first);
        let forms = essential.flat_map(|word| &mut word.forms);
        forms.map(|form| form.seek(at)).min().unwrap_or(end)
    }

    /// Finds the candidates among `documents` and the share of each word in them.
    fn collect(&mut self, window: &mut Window, first: usize, documents: Range<u32>) {
        let Range { start, end } = documents;
        let mut first = first;
        match &mut self.driver {
            Some(driver) if self.driven => {
                let mut at = driver.first_from(start, end);
                while at < end {
                    window.add(at - start);
                    at = driver.first_from(at + 1, end);
                }
                first = self.words.len();
            }
            _ if self.words.is_empty() => (start..end).for_each(|at| window.add(at - start)),
            _ => {}
        }
        for (n, word) in self.words.iter_mut().enumerate().skip(first) {
            for form in &mut word.forms {
                let mut at = form.seek(start);
                while at < end {
                    window.raise(at - start, n, form.share());
                    window.add(at - start);
                    at = form.advance();
                }
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
        for (n, word) in self.words.iter_mut().enumerate().take(first) {
            for form in &mut word.forms {
                window.retain(|place, shares| {
                    if form.seek(start + place) == start + place
                        && let Some(best) = shares.get_mut(n)
                    {
                        *best = best.max(form.share());
                    }
                    true
                });
            }
        }
    }

    /// Scores the candidates; no prior of theirs is above `most`.
    fn evaluate(
        &self,
        window: &mut Window,
        (start, most): (u32, f32),
        filter: &impl Filter,
        best: &mut Best,
        progress: &mut Progress,
    ) {
        window.retain(|place, shares| {
            progress.seen += 1;
            let (mut text, mut covered) = (if self.words.is_empty() { 1.0 } else { 0.0 }, 0.0);
            for (share, word) in shares.iter().zip(&self.words) {
                if *share > 0.0 {
                    text += word.wanted.idf * share;
                    covered += word.counts;
                }
            }
            let coverage = coverage(covered, self.total);
            let document = start + place;
            let hopeless = text == 0.0 || text * coverage * most < best.threshold();
            let factor = match hopeless {
                true => 0.0,
                false => filter.factor(self.segment, document),
            };
            progress.scored += usize::from(text > 0.0 && (hopeless || factor > 0.0));
            if factor > 0.0 {
                let score = text * coverage * self.prior(document) * factor;
                if score >= best.threshold() && self.segment.is_alive(document) {
                    best.push(self.found(document, (score, text, coverage), shares));
                }
            }
            true
        });
    }

    fn found(&self, document: u32, score: (f32, f32, f32), shares: &[f32]) -> Found {
        let (mut words, mut named, mut owned) = (0, 0, 0);
        for (held, word) in shares.iter().zip(&self.words) {
            if *held > 0.0 {
                words |= word.bit;
            }
            if *held >= NAMED * share(IN_NAME) {
                named |= word.bit;
            } else if *held >= NAMED * share(IN_OWNER) {
                owned |= word.bit;
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
