//! The conditions of a query, held against the documents of the package index.

use std::ops::Range;

use registry_types::Result;
use tantivy::Term;

use crate::index::impact::terms_of;
use crate::index::schema::PackageFields;
use crate::index::terms::Day;
use crate::index::view::Segment;
use crate::search::cursor::Cursor;
use crate::search::query::{FieldSet, PackageQuery, Test};
use crate::search::score::{Driver, Filter};

/// What the index alone can tell of a query's conditions.
#[derive(Clone, Default)]
pub(crate) struct Conditions {
    /// Documents must hold a term of each, or of none.
    all: Vec<Vec<Term>>,
    none: Vec<Vec<Term>>,
    /// They were last published within the days, or not within them.
    updated: Vec<(Range<Day>, bool)>,
}

impl Conditions {
    pub(crate) fn new(query: &PackageQuery, fields: &PackageFields) -> Self {
        let mut conditions = Self::default();
        for condition in &query.conditions {
            match &condition.test {
                Test::Ecosystems(_) => {}
                Test::Updated(days) => conditions.updated.push((days.clone(), !condition.negated)),
                Test::Terms(terms) => {
                    let terms = terms.iter().map(|t| Term::from_field_text(fields.terms, t));
                    let list = match condition.negated {
                        true => &mut conditions.none,
                        false => &mut conditions.all,
                    };
                    list.push(terms.collect());
                }
            }
        }
        // A single word may stand nowhere at all: that much the index knows.
        let words = query
            .places
            .iter()
            .filter(|p| p.negated && p.fields == FieldSet::ALL);
        for place in words {
            if let [stem] = place.stems.as_slice() {
                let terms = terms_of(stem);
                let terms = terms.map(|(term, _)| Term::from_field_text(fields.text, &term));
                conditions.none.push(terms.collect());
            }
        }
        conditions
    }

    /// Whether one document fits.
    pub(crate) fn fits(&self, segment: &Segment, document: u32) -> Result<bool> {
        let mut driver = self.driver(segment)?;
        let found = driver
            .as_mut()
            .is_none_or(|d| d.first_from(document, document + 1) == document);
        Ok(found && self.factor(segment, document) > 0.0)
    }
}

impl Filter for Conditions {
    fn driver(&self, segment: &Segment) -> Result<Option<Driver>> {
        if self.all.is_empty() && self.none.is_empty() {
            return Ok(None);
        }
        let open = |lists: &[Vec<Term>]| {
            let cursors = lists
                .iter()
                .map(|terms| Cursor::of_terms(segment, terms.iter().cloned()));
            cursors.collect::<Result<Vec<_>>>()
        };
        Ok(Some(Driver::new(open(&self.all)?, open(&self.none)?)))
    }

    fn factor(&self, segment: &Segment, document: u32) -> f32 {
        if self.updated.is_empty() {
            return 1.0;
        }
        let day = segment
            .updated
            .as_ref()
            .map_or(0, |days| days.get_val(document));
        // A day that is not known is within no days and outside of none.
        let fits = |(days, within): &(Range<Day>, bool)| day != 0 && days.contains(&day) == *within;
        f32::from(u8::from(self.updated.iter().all(fits)))
    }
}

/// The ecosystems asked for, by number and rising: those of `codes` that the query's conditions leave.
pub(crate) fn ecosystems_left(mut codes: Vec<u64>, query: &PackageQuery) -> Vec<u64> {
    for condition in &query.conditions {
        if let Test::Ecosystems(these) = &condition.test {
            codes.retain(|code| these.contains(code) != condition.negated);
        }
    }
    codes
}
