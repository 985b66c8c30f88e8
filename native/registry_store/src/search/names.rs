//! Packages by their name alone.

use std::collections::HashSet;

use registry_types::{Ecosystem, Result};
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Term};

use crate::db::Snapshot;
use crate::fault::index_error;
use crate::index::documents::BASE_NAME;
use crate::index::prior::ecosystem_of;
use crate::index::view::Segment;
use crate::key::code;
use crate::search::packages::{Pin, Ranked, Search, id};

/// More packages of exactly one name are not put first.
pub(crate) const MOST_EXACT: usize = 20;

impl Snapshot {
    /// Sort keys and ids of the packages of this canonical name that fit; after [`BASE_NAME`], of those
    /// that have it behind a scope or an owner.
    fn orders_named(
        &self,
        canonical: &str,
        fits: &impl Fn(&Segment, u32) -> Result<bool>,
    ) -> Result<Vec<(u64, u32)>> {
        let mut named: Vec<(u64, u32)> = Vec::new();
        let field = self.package_fields.canon;
        let term = Term::from_field_text(field, canonical);
        for segment in &self.packages.segments {
            let postings: Option<SegmentPostings> = segment
                .postings(field)?
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(index_error)?;
            let Some(mut postings) = postings else {
                continue;
            };
            while postings.doc() < segment.max_doc() {
                let document = postings.doc();
                if segment.is_alive(document) && fits(segment, document)? {
                    let order = segment.order.get_val(document);
                    named.push((order, id(segment.ids.get_val(document))));
                }
                postings.advance();
            }
        }
        Ok(named)
    }

    /// Ids of the packages of this canonical name.
    pub(crate) fn ids_named(&self, canonical: &str) -> Result<Vec<u32>> {
        let named = self.orders_named(canonical, &|_: &Segment, _| Ok(true))?;
        Ok(named.into_iter().map(|(_, id)| id).collect())
    }
}

impl Search<'_> {
    /// The packages of this name that may still be used, the likeliest first; in place of one that may
    /// not, those that replace it.
    pub(crate) fn exact(&self, wanted: &str) -> Result<Vec<Ranked>> {
        let fits = |segment: &Segment, document| self.conditions.fits(segment, document);
        let mut named = self.snapshot.orders_named(wanted, &fits)?;
        if self.ecosystems.contains(&code(Ecosystem::Github)) {
            let repositories = format!("{BASE_NAME}{wanted}");
            let mut owned = self.snapshot.orders_named(&repositories, &fits)?;
            owned.retain(|(order, _)| ecosystem_of(*order) == code(Ecosystem::Github));
            named.extend(owned);
        }
        named.retain(|(order, _)| self.ecosystems.contains(&ecosystem_of(*order)));
        // Across ecosystems it is the prior that counts: the low bits of the order.
        named.sort_by_key(|(order, id)| (order & 0xffff, *order, *id));
        let mut exact = Vec::new();
        for (_, id) in named.into_iter().take(MOST_EXACT) {
            let row = self.row(id)?;
            if self.may_be_used(&row.package)? {
                exact.push(Ranked {
                    id,
                    score: 0.0,
                    pin: Some(Pin::Name),
                    found: None,
                    lifted: 1.0,
                    row: Some(row),
                });
            } else {
                exact.extend(self.successors(&row.package)?);
            }
        }
        let mut seen = HashSet::new();
        exact.retain(|ranked| seen.insert(ranked.id));
        Ok(exact)
    }
}
