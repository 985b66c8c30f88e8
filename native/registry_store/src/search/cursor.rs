use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

use registry_types::Result;

use crate::fault::index_error;
use crate::index::impact::{Band, share, terms_of};
use crate::index::view::{Segment, View};
use crate::search::found::Found;

/// One way in which a document may hold what a query word means.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) field: Field,
    pub(crate) word: String,
    /// What it counts: less for what the user did not write.
    pub(crate) weight: f32,
    /// The share it stands for, where postings have no level.
    pub(crate) fixed: Option<f32>,
    /// Where its postings are, in each segment that has any; the band of their levels, where they have
    /// some.
    places: Vec<(usize, TermInfo, Option<&'static Band>)>,
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
        let terms: Vec<(String, Option<&'static Band>)> = match fixed {
            Some(_) => vec![(word.clone(), None)],
            None => terms_of(&word)
                .map(|(term, band)| (term, Some(band)))
                .collect(),
        };
        let mut places = Vec::new();
        for (number, segment) in view.segments.iter().enumerate() {
            let postings = segment.postings(field)?;
            for (term, band) in &terms {
                let info = postings.terms().get(term).map_err(index_error)?;
                places.extend(info.map(|info| (number, info, *band)));
            }
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
        for (number, info, _) in &self.places {
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
        let counts = self
            .places
            .iter()
            .map(|(_, info, _)| u64::from(info.doc_freq));
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
    /// Its share of one document that was found, 0 where it does not stand there.
    pub(crate) fn share(&self, view: &View, found: &Found) -> Result<f32> {
        let Some(segment) = view.segments.get(found.segment) else {
            return Ok(0.0);
        };
        let mut best = 0.0_f32;
        for mut form in self.open(segment, found.segment)? {
            if form.seek(found.document) == found.document {
                best = best.max(form.share());
            }
        }
        Ok(best)
    }

    /// The lists of its forms in segment `number`.
    pub(crate) fn open(&self, segment: &Segment, number: usize) -> Result<Vec<FormPostings>> {
        let mut all = Vec::with_capacity(self.forms.len());
        for form in &self.forms {
            let places = form.places.iter();
            for (_, info, band) in places.filter(|(segment, ..)| *segment == number) {
                let record = match band {
                    Some(_) => IndexRecordOption::WithFreqs,
                    None => IndexRecordOption::Basic,
                };
                let postings = segment
                    .postings(form.field)?
                    .read_postings_from_terminfo(info, record)
                    .map_err(index_error)?;
                all.push(FormPostings {
                    postings,
                    weight: form.weight,
                    fixed: form.fixed,
                    band: *band,
                });
            }
        }
        Ok(all)
    }
}

/// Documents of a segment that hold a word in one of its forms: all, or those of one band of levels.
pub(crate) struct FormPostings {
    postings: SegmentPostings,
    weight: f32,
    fixed: Option<f32>,
    band: Option<&'static Band>,
}

impl FormPostings {
    /// Goes to the next document.
    pub(crate) fn advance(&mut self) -> u32 {
        self.postings.advance()
    }

    /// Goes to the first document that is not before `document`.
    pub(crate) fn seek(&mut self, document: u32) -> u32 {
        match self.postings.doc() {
            before if before < document => self.postings.seek(document),
            present => present,
        }
    }

    /// What the form counts in the present document.
    pub(crate) fn share(&self) -> f32 {
        let share = match self.band {
            Some(band) => share(band.floor + self.postings.term_freq()),
            None => self.fixed.unwrap_or_default(),
        };
        self.weight * share
    }

    /// The most it counts in any document.
    pub(crate) fn most(&self) -> f32 {
        let share = self.band.map(|band| share(band.top));
        self.weight * share.or(self.fixed).unwrap_or_default()
    }

    /// In how many documents of the segment it stands.
    pub(crate) fn documents(&self) -> u64 {
        u64::from(self.postings.doc_freq())
    }
}

/// How rare a word is: of `total` documents, `with` hold it.
#[expect(clippy::cast_precision_loss, reason = "counts below 2^32")]
pub(crate) fn idf(total: u64, with: u64) -> f32 {
    let (total, with) = (total as f32, (with as f32).min(total as f32));
    (1.0 + (total - with + 0.5) / (with + 0.5)).ln()
}

/// Walks the documents of a segment that hold any of some terms.
pub(crate) struct Cursor {
    postings: Vec<SegmentPostings>,
    document: u32,
}

impl Cursor {
    /// On the first of the documents.
    pub(crate) fn of_terms(segment: &Segment, terms: impl Iterator<Item = Term>) -> Result<Self> {
        let mut postings = Vec::new();
        for term in terms {
            let found = segment
                .postings(term.field())?
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(index_error)?;
            postings.extend(found);
        }
        let mut cursor = Self {
            postings,
            document: TERMINATED,
        };
        cursor.settle();
        Ok(cursor)
    }

    fn settle(&mut self) {
        let documents = self.postings.iter().map(DocSet::doc);
        self.document = documents.min().unwrap_or(TERMINATED);
    }

    pub(crate) const fn document(&self) -> u32 {
        self.document
    }

    /// At most so many documents.
    pub(crate) fn documents(&self) -> u64 {
        self.postings.iter().map(|p| u64::from(p.doc_freq())).sum()
    }

    /// Goes to the first document that is not before `document`.
    pub(crate) fn seek(&mut self, document: u32) {
        if self.document >= document {
            return;
        }
        for postings in &mut self.postings {
            if postings.doc() < document {
                postings.seek(document);
            }
        }
        self.settle();
    }
}
