use std::collections::{HashMap, HashSet};

use registry_types::{Ecosystem, Error, Result, SearchHit, SearchQuery};

use crate::Store;
use crate::db::Snapshot;
use crate::key::code;
use crate::rows::Shown;
use crate::search::cursor::Wanted;
use crate::search::filter::{Conditions, ecosystems_left};
use crate::search::forms::{Correction, is_rare};
use crate::search::found::{Best, Found};
use crate::search::hits::WantedWords;
use crate::search::names::MOST_EXACT;
use crate::search::query::{FieldSet, PackageQuery, Query};
use crate::search::score::Scoring;
use crate::search::spread::spread;
use crate::search::verify::{MOST_VERIFIED, PackageTexts};

/// Offset and limit together may not exceed this.
const DEEPEST: usize = 10_000;
/// The score of an exact name, as a multiple of the best other.
pub(crate) const EXACT: f32 = 1.1;

impl Store {
    /// Searches packages by name, keywords, description, README, documents, symbols and by what other
    /// packages say of them. A package whose name is the query comes first, unless it should no
    /// longer be used.
    ///
    /// The query may hold phrases in quotation marks, `-` before what is to be left out, and
    /// conditions: `ecosystem:`, `license:`, `keyword:`, `depends:`, `has:`, `is:`, `updated:`, and
    /// `name:`, `description:`, `readme:`, `docs:`, `symbol:` before a word or phrase that must stand
    /// there. Conditions alone list what fits, the likeliest first. Where phrases or places are asked
    /// for, the best 1 000 candidates are read.
    ///
    /// # Errors
    /// `InvalidArgument` for a query that cannot be read (with `position`, in bytes, among its details)
    /// or asks for nothing, and for a limit out of range; `LimitExceeded` for a query that is too long.
    pub fn search(&self, query: &SearchQuery) -> Result<Vec<SearchHit>> {
        let limits = &self.shared.options.limits;
        self.check_rows(query.limit)?;
        check_depth(query.limit, query.offset)?;
        let parsed = PackageQuery::parse(&query.text, limits)?;
        let page = format!("{}\0{:?}{:?}", query.text, query.ecosystems, query.fields);
        let before = match query.offset {
            0 => None,
            offset => self.shared.pages.before(&page, offset),
        };
        let (hits, given) = self.read("the search index", |snapshot| {
            let codes = ecosystem_codes(&query.ecosystems);
            let search = Search {
                snapshot,
                query: &parsed,
                ecosystems: ecosystems_left(codes, &parsed),
                conditions: Conditions::new(&parsed, &snapshot.package_fields),
                fields: FieldSet::of(&query.fields),
                explain: query.explain,
            };
            search.run(query.limit, query.offset, before.as_deref())
        })?;
        self.shared.pages.remember(page, given);
        Ok(hits)
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
    pub(crate) query: &'a PackageQuery,
    /// By number.
    pub(crate) ecosystems: Vec<u64>,
    pub(crate) conditions: Conditions,
    /// Where words count.
    pub(crate) fields: FieldSet,
    pub(crate) explain: bool,
}

impl Search<'_> {
    /// The results of a page, and the packages of all pages up to it. `before` are those of the pages
    /// before, as they were handed out.
    fn run(
        &self,
        limit: usize,
        offset: usize,
        before: Option<&[u32]>,
    ) -> Result<(Vec<SearchHit>, Vec<u32>)> {
        let words = &self.query.words;
        let mut exact = self.exact(&words.name)?;
        let room = self.room(offset + limit);
        let mut wanted = self.wanted()?;
        let mut found = self.best(&wanted, room)?;
        let complete = found.iter().any(|f| f.coverage > 0.999);
        if (exact.is_empty() && !complete) || is_rare(&wanted) {
            match self.correct(&mut wanted)? {
                Correction::None => {}
                Correction::Name(name) => {
                    found = self.best(&wanted, room)?;
                    if exact.is_empty() {
                        exact = self.exact(&name)?;
                    }
                }
                // Both parts are known words: this comes once.
                Correction::Parted(text) => {
                    let query = PackageQuery {
                        words: Query::read(&text, false),
                        ..self.query.clone()
                    };
                    let again = Search {
                        query: &query,
                        conditions: self.conditions.clone(),
                        ecosystems: self.ecosystems.clone(),
                        ..*self
                    };
                    return again.run(limit, offset, before);
                }
            }
        }
        let prefix_field = self.snapshot.package_fields.prefix.field_id();
        let sought = WantedWords::new(&wanted, prefix_field);
        let mut rows = HashMap::new();
        if self.reads_texts() {
            found = self.verified(found, &wanted, &sought, &mut rows)?;
            exact.retain(|ranked| rows.contains_key(&ranked.id));
        }
        spread(&self.snapshot.packages, &mut found);

        let mut ranked = self.order(exact, found);
        if words.open_end {
            self.heads_first(&mut ranked)?;
        }
        let mut given: Vec<u32> = match before {
            Some(before) => {
                let seen: HashSet<u32> = before.iter().copied().collect();
                ranked.retain(|ranked| !seen.contains(&ranked.id));
                before.to_vec()
            }
            None => {
                let skipped = ranked.drain(..offset.min(ranked.len()));
                skipped.map(|ranked| ranked.id).collect()
            }
        };
        let mut hits = Vec::with_capacity(limit.min(64));
        for mut ranked in ranked.into_iter().take(limit) {
            given.push(ranked.id);
            ranked.row = ranked.row.or_else(|| rows.remove(&ranked.id));
            hits.push(self.hit(ranked, &wanted, &sought)?);
        }
        Ok((hits, given))
    }

    /// Whether texts must be read to know what fits.
    fn reads_texts(&self) -> bool {
        self.fields != FieldSet::ALL || !self.query.places.is_empty()
    }

    /// How many of the best are needed to fill a page.
    fn room(&self, rows: usize) -> usize {
        match self.reads_texts() {
            true => rows.max(MOST_VERIFIED),
            // What repeats others makes way for some of those behind.
            false => rows + rows.min(20) + MOST_EXACT,
        }
    }

    fn best(&self, wanted: &[Wanted], room: usize) -> Result<Vec<Found>> {
        let mut best = Best::new(room);
        let scoring = Scoring {
            view: &self.snapshot.packages,
            ecosystems: &self.ecosystems,
            wanted,
            prior: |prior| prior,
        };
        scoring.run(&self.conditions, &mut best)?;
        Ok(best.into_sorted())
    }

    /// Those of `found` whose texts are as the query wants them, scored by the words in the fields that
    /// count. Their records are kept in `rows`.
    fn verified(
        &self,
        found: Vec<Found>,
        wanted: &[Wanted],
        sought: &WantedWords<'_>,
        rows: &mut HashMap<u32, Shown>,
    ) -> Result<Vec<Found>> {
        let mut kept = Vec::new();
        for mut found in found.into_iter().take(MOST_VERIFIED) {
            let row = self.row(id(found.id))?;
            let texts = PackageTexts::new(self.snapshot, &row);
            let mut fits = true;
            for place in &self.query.places {
                fits = fits && texts.holds(place)?;
            }
            if fits && self.fields != FieldSet::ALL && !wanted.is_empty() {
                let bits = texts.bits(self.fields, found.words, sought)?;
                found.keep_words(bits, wanted);
                fits = found.score > 0.0;
            }
            if fits {
                kept.push(found);
                rows.insert(id(found.id), row);
            }
        }
        kept.sort_by(|a, b| b.cmp(a));
        Ok(kept)
    }
}

/// A package in its place.
pub(crate) struct Ranked {
    pub(crate) id: u32,
    pub(crate) score: f32,
    /// Why it stands first, whatever its score.
    pub(crate) pin: Option<Pin>,
    pub(crate) found: Option<Found>,
    /// What the score was raised by because it is the head of the family that stood before it.
    pub(crate) lifted: f32,
    /// Its record, where it is known already.
    pub(crate) row: Option<Shown>,
}

/// What puts a package first.
#[derive(Clone, Debug)]
pub(crate) enum Pin {
    /// The query is its name.
    Name,
    /// The query is the name of this one, which should no longer be used and names it as successor.
    Replaces(String),
}

impl Search<'_> {
    /// What is shown of a package in its place: read once.
    pub(crate) fn shown(&self, ranked: &mut Ranked) -> Result<Shown> {
        let row = match ranked.row.take() {
            Some(row) => row,
            None => self.row(ranked.id)?,
        };
        ranked.row = Some(row.clone());
        Ok(row)
    }

    /// What is shown of the package.
    pub(crate) fn row(&self, id: u32) -> Result<Shown> {
        let load = || {
            let row = self.snapshot.shown(id)?;
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
                    pin: None,
                    found: Some(found),
                    lifted: 1.0,
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
