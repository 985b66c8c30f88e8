use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

use registry_types::Result;

use crate::fault::index_error;
use crate::index::impact::share;
use crate::index::view::{Segment, View};
use crate::search::score::Found;

/// One way in which a document may hold what a query word means.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) field: Field,
    pub(crate) word: String,
    /// What it counts: less for what the user did not write.
    pub(crate) weight: f32,
    /// The share it stands for, where postings have no level.
    pub(crate) fixed: Option<f32>,
    /// Where its postings are, in each segment that has any.
    places: Vec<(usize, TermInfo)>,
}

impl Form {
    /// Looks the word up in all segments.
    pub(crate) fn find(
        view: &View,
        field: Field,
        word: impl Into<String>,
        weight: f32,
        fixed: Option<f32>,
    ) -> Result<Self> {
        let word = word.into();
        let mut places = Vec::new();
        for (number, segment) in view.segments.iter().enumerate() {
            let terms = segment.postings(field)?;
            let info = terms.terms().get(word.as_bytes()).map_err(index_error)?;
            places.extend(info.map(|info| (number, info)));
        }
        Ok(Self {
            field,
            word,
            weight,
            fixed,
            places,
        })
    }

    /// Whether it stands in a document of one of these ecosystems, by number, rising.
    pub(crate) fn stands_in(&self, view: &View, ecosystems: &[u64]) -> Result<bool> {
        for (number, info) in &self.places {
            let Some(segment) = view.segments.get(*number) else {
                continue;
            };
            let mut postings = segment
                .postings(self.field)?
                .read_postings_from_terminfo(info, IndexRecordOption::Basic)
                .map_err(index_error)?;
            for ecosystem in ecosystems {
                let (start, end) = segment.range(*ecosystem);
                if postings.doc() < start {
                    postings.seek(start);
                }
                if postings.doc() < end {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// In how many documents it stands.
    pub(crate) fn documents(&self) -> u64 {
        let counts = self.places.iter().map(|(_, info)| u64::from(info.doc_freq));
        counts.sum()
    }
}

/// A word of the query with its forms.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) forms: Vec<Form>,
    pub(crate) idf: f32,
    /// Whether a document without it counts less.
    pub(crate) required: bool,
}

impl Wanted {
    /// The most it can add to a score.
    pub(crate) fn best(&self) -> f32 {
        let forms = self.forms.iter().filter(|form| !form.places.is_empty());
        let weights = forms.map(|form| form.weight * form.fixed.unwrap_or(1.0));
        self.idf * weights.fold(0.0, f32::max)
    }
}

impl Wanted {
    /// Its share of one document that was found, 0 where it does not stand there.
    pub(crate) fn share(&self, view: &View, found: &Found) -> Result<f32> {
        let Some(segment) = view.segments.get(found.segment) else {
            return Ok(0.0);
        };
        let mut cursor = Cursor::open(segment, found.segment, self)?;
        cursor.seek(found.document);
        Ok(if cursor.document() == found.document {
            cursor.share()
        } else {
            0.0
        })
    }
}

/// How rare a word is: of `total` documents, `with` hold it.
#[expect(clippy::cast_precision_loss, reason = "counts below 2^32")]
pub(crate) fn idf(total: u64, with: u64) -> f32 {
    let (total, with) = (total as f32, (with as f32).min(total as f32));
    (1.0 + (total - with + 0.5) / (with + 0.5)).ln()
}

/// Walks the documents of a segment that hold a word in any of its forms.
pub(crate) struct Cursor {
    postings: Vec<(SegmentPostings, f32, Option<f32>)>,
    document: u32,
}

impl Cursor {
    /// On the first document of segment `number`.
    pub(crate) fn open(segment: &Segment, number: usize, wanted: &Wanted) -> Result<Self> {
        let mut postings = Vec::with_capacity(wanted.forms.len());
        for form in &wanted.forms {
            let place = form.places.iter().find(|(segment, _)| *segment == number);
            let Some((_, info)) = place else {
                continue;
            };
            let record = match form.fixed {
                None => IndexRecordOption::WithFreqs,
                Some(_) => IndexRecordOption::Basic,
            };
            let found = segment
                .postings(form.field)?
                .read_postings_from_terminfo(info, record)
                .map_err(index_error)?;
            postings.push((found, form.weight, form.fixed));
        }
        let mut cursor = Self {
            postings,
            document: TERMINATED,
        };
        cursor.settle();
        Ok(cursor)
    }

    /// The documents that hold any of these terms.
    pub(crate) fn of_terms(segment: &Segment, terms: impl Iterator<Item = Term>) -> Result<Self> {
        let mut postings = Vec::new();
        for term in terms {
            let found = segment
                .postings(term.field())?
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(index_error)?;
            postings.extend(found.map(|found| (found, 1.0, Some(1.0))));
        }
        let mut cursor = Self {
            postings,
            document: TERMINATED,
        };
        cursor.settle();
        Ok(cursor)
    }

    fn settle(&mut self) {
        let documents = self.postings.iter().map(|(p, ..)| p.doc());
        self.document = documents.min().unwrap_or(TERMINATED);
    }

    pub(crate) const fn document(&self) -> u32 {
        self.document
    }

    /// The weighted share of the present document: that of its best form.
    pub(crate) fn share(&self) -> f32 {
        let mut best = 0.0_f32;
        for (postings, weight, fixed) in &self.postings {
            if postings.doc() == self.document {
                let share = fixed.unwrap_or_else(|| share(postings.term_freq()));
                best = best.max(weight * share);
            }
        }
        best
    }

    /// Goes to the next document.
    pub(crate) fn advance(&mut self) {
        let present = self.document;
        for (postings, ..) in &mut self.postings {
            if postings.doc() == present && present != TERMINATED {
                postings.advance();
            }
        }
        self.settle();
    }

    /// Goes to the first document that is not before `document`.
    pub(crate) fn seek(&mut self, document: u32) {
        if self.document >= document {
            return;
        }
        for (postings, ..) in &mut self.postings {
            if postings.doc() < document {
                postings.seek(document);
            }
        }
        self.settle();
    }
}
