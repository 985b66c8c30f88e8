use std::collections::HashSet;

use registry_types::{Ecosystem, Error, Result, SearchHit, SearchQuery};

use crate::Store;
use crate::db::Snapshot;
use crate::key::code;
use crate::rows::PackageRow;
use crate::search::cursor::Wanted;
use crate::search::hits::WantedWords;
use crate::search::names::MOST_EXACT;
use crate::search::query::Query;
use crate::search::score::{All, Best, Found, Scoring};

/// Offset and limit together may not exceed this.
const DEEPEST: usize = 10_000;
/// The score of an exact name, as a multiple of the best other.
pub(crate) const EXACT: f32 = 1.1;

impl Store {
    /// Searches packages by name, keywords, description, README, documents and symbols. A package
    /// whose name is the query comes first, unless it should no longer be used.
    ///
    /// # Errors
    /// `InvalidArgument` for a query without words or a limit out of range, `LimitExceeded` for a
    /// query that is too long.
    pub fn search(&self, query: &SearchQuery) -> Result<Vec<SearchHit>> {
        let limits = &self.shared.options.limits;
        self.check_rows(query.limit)?;
        check_depth(query.limit, query.offset)?;
        let parsed = Query::parse(&query.text, limits)?;
        self.read("the search index", |snapshot| {
            Search {
                snapshot,
                query: &parsed,
                ecosystems: ecosystem_codes(&query.ecosystems),
                explain: query.explain,
            }
            .run(query.limit, query.offset)
        })
    }
}

/// Refuses pages that nobody reads and that cost much.
pub(crate) fn check_depth(limit: usize, offset: usize) -> Result<()> {
    if offset.saturating_add(limit) > DEEPEST {
        return Err(Error::invalid_argument(format!(
            "offset {offset} with limit {limit}: only the best {DEEPEST} results can be listed"
        )));
    }
    Ok(())
}

/// The numbers of the ecosystems asked for, each once, in the order of the index.
pub(crate) fn ecosystem_codes(wanted: &[Ecosystem]) -> Vec<u64> {
    let all: &[Ecosystem] = if wanted.is_empty() {
        &Ecosystem::ALL
    } else {
        wanted
    };
    let mut codes: Vec<u64> = all.iter().map(|e| code(*e)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// One search for packages.
pub(crate) struct Search<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) query: &'a Query,
    /// By number.
    pub(crate) ecosystems: Vec<u64>,
    pub(crate) explain: bool,
}

impl Search<'_> {
    fn run(&self, limit: usize, offset: usize) -> Result<Vec<SearchHit>> {
        let mut exact = self.exact(&self.query.name)?;
        let room = offset + limit + MOST_EXACT;
        let mut wanted = self.wanted()?;
        let mut found = self.best(&wanted, room)?;
        let complete = found.iter().any(|f| f.coverage > 0.999);
        if exact.is_empty()
            && !complete
            && let Some(name) = self.correct(&mut wanted)?
        {
            found = self.best(&wanted, room)?;
            exact = self.exact(&name)?;
        }
        let rows = self.order(exact, found);
        let page = rows.into_iter().skip(offset).take(limit);
        let prefix_field = self.snapshot.package_fields.prefix.field_id();
        let sought = WantedWords::new(&wanted, prefix_field);
        let mut hits = Vec::with_capacity(limit.min(64));
        for ranked in page {
            hits.push(self.hit(ranked, &wanted, &sought)?);
        }
        Ok(hits)
    }

    fn best(&self, wanted: &[Wanted], room: usize) -> Result<Vec<Found>> {
        let mut best = Best::new(room);
        let scoring = Scoring {
            view: &self.snapshot.packages,
            ecosystems: &self.ecosystems,
            wanted,
            prior: |prior| prior,
        };
        scoring.run(&All, &mut best)?;
        Ok(best.into_sorted())
    }
}

/// A package in its place.
pub(crate) struct Ranked {
    pub(crate) id: u32,
    pub(crate) score: f32,
    pub(crate) found: Option<Found>,
    /// Its record, where it is known already: that of a package put first for its name.
    pub(crate) row: Option<PackageRow>,
}

impl Search<'_> {
    /// The package's record with its versions.
    pub(crate) fn row(&self, id: u32) -> Result<PackageRow> {
        let load = || {
            let row = self.snapshot.package_row(id)?;
            row.ok_or_else(|| crate::fault::corrupt("its record", "missing"))
        };
        load().map_err(|error: Error| match self.snapshot.name_of(id) {
            Some(name) => error.context(format_args!("package {name}")),
            None => error,
        })
    }

    /// Exact names first, then by score; no package twice.
    fn order(&self, exact: Vec<Ranked>, found: Vec<Found>) -> Vec<Ranked> {
        let mut first: HashSet<u32> = exact.iter().map(|ranked| ranked.id).collect();
        let top = found.first().map_or(1.0, |f| f.score) * EXACT;
        let mut rows: Vec<Ranked> = exact
            .into_iter()
            .map(|ranked| Ranked {
                score: top,
                found: found.iter().find(|f| id(f.id) == ranked.id).copied(),
                ..ranked
            })
            .collect();
        for found in found {
            let id = id(found.id);
            if first.insert(id) {
                rows.push(Ranked {
                    id,
                    score: found.score,
                    found: Some(found),
                    row: None,
                });
            }
        }
        rows
    }
}

/// The package id of a document.
pub(crate) fn id(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
