//! Packages like another: those that share the rare words it is known by.

use std::collections::HashMap;

use registry_types::{Result, SearchHit, SimilarQuery};

use crate::Store;
use crate::index::documents::start_of;
use crate::index::view::Segment;
use crate::key::code;
use crate::rows::Shown;
use crate::search::cursor::{Form, Wanted, idf};
use crate::search::filter::Conditions;
use crate::search::found::Best;
use crate::search::hits::WantedWords;
use crate::search::packages::{Ranked, Search, ecosystem_codes, id};
use crate::search::query::{FieldSet, PackageQuery, Query, QueryWord};
use crate::search::score::{Driver, Filter, Scoring};
use crate::search::spread::spread;
use crate::text::{Style, Word, prose, with_stem, words};

/// So many of its words make a package what it is.
const MOST_WORDS: usize = 16;
/// What a README says first is enough to know its words.
const README: usize = 4 * 1024;
/// How many more are found than shown: what repeats others makes way.
const SPARE: usize = 20;
/// How much a word counts by where it stands.
const IN_KEYWORDS: f32 = 1.0;
const IN_NAME: f32 = 0.8;
const IN_DESCRIPTION: f32 = 0.6;
const IN_README: f32 = 0.15;

impl Store {
    /// The stored packages most like one: those that share the words which are rare elsewhere and
    /// stand in its keywords, name, description and README, weighed as a search weighs them. The
    /// package itself and what is withdrawn are left out.
    ///
    /// # Errors
    /// `NotFound` when the package was never collected, `InvalidArgument` for a limit out of range.
    pub fn similar(&self, query: &SimilarQuery) -> Result<Vec<SearchHit>> {
        self.check_rows(query.limit)?;
        let codes = match query.ecosystems.as_slice() {
            [] => vec![code(query.ecosystem)],
            some => ecosystem_codes(some),
        };
        self.read(
            format_args!("{} {}", query.ecosystem, query.name),
            |snapshot| {
                let own = snapshot.package_id(query.ecosystem, &query.name)?;
                let row = Shown::from(snapshot.package(own, query.ecosystem, &query.name)?);
                let mut search = Search {
                    snapshot,
                    query: &PackageQuery {
                        words: Query::read("", false),
                        places: Vec::new(),
                        conditions: Vec::new(),
                    },
                    ecosystems: codes.clone(),
                    conditions: Conditions::default(),
                    fields: FieldSet::ALL,
                    explain: query.explain,
                };
                let (known, wanted): (Vec<_>, Vec<_>) = search.known_by(&row)?.into_iter().unzip();
                let words = PackageQuery {
                    words: Query {
                        words: known,
                        name: String::new(),
                        open_end: false,
                    },
                    ..search.query.clone()
                };
                search.query = &words;
                search.like(own, &wanted, query.limit)
            },
        )
    }
}

/// All packages but one.
struct Others(u32);

impl Filter for Others {
    fn driver(&self, _: &Segment) -> Result<Option<Driver>> {
        Ok(None)
    }

    fn factor(&self, segment: &Segment, document: u32) -> f32 {
        f32::from(u8::from(id(segment.ids.get_val(document)) != self.0))
    }
}

impl Search<'_> {
    /// The words by which a package is known, the most telling first.
    fn known_by(&self, row: &Shown) -> Result<Vec<(QueryWord, Wanted)>> {
        let view = &self.snapshot.packages;
        let field = self.snapshot.package_fields.text;
        let total = view.documents();
        let mut telling = Vec::new();
        for (stem, (surface, weight)) in self.words_of(row)? {
            let form = Form::find(view, field, stem.as_str(), weight, None)?;
            let idf = idf(total, form.documents());
            // A word that stands in this package alone leads nowhere.
            if form.documents() > 1 {
                telling.push((idf * weight, stem, surface, idf, form));
            }
        }
        telling.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let telling = telling.into_iter().take(MOST_WORDS);
        let pair = |(_, stem, surface, idf, form): (f32, String, String, f32, Form)| {
            let word = QueryWord {
                surface,
                stem,
                joined: Vec::new(),
            };
            let wanted = Wanted {
                forms: vec![form],
                idf,
                required: true,
            };
            (word, wanted)
        };
        Ok(telling.map(pair).collect())
    }

    /// The stems of a package's words, how each is written, and how much it counts.
    fn words_of(&self, row: &Shown) -> Result<HashMap<String, (String, f32)>> {
        let package = &row.package;
        let readme = match (row.face, row.readme) {
            (Some(face), Some(ordinal)) => Some(self.snapshot.readme(face, ordinal)?),
            _ => None,
        };
        let readme = prose(start_of(readme.as_deref().unwrap_or_default(), README));
        let keywords = package.keywords.iter().map(String::as_str);
        let description = package.description.as_deref().unwrap_or_default();
        let texts = keywords
            .map(|text| (text, Style::Name, IN_KEYWORDS))
            .chain([
                (package.name.as_str(), Style::Name, IN_NAME),
                (description, Style::Prose, IN_DESCRIPTION),
                (readme.as_ref(), Style::Prose, IN_README),
            ]);
        let mut found: HashMap<String, (String, f32)> = HashMap::new();
        for (text, style, weight) in texts {
            words(text, style, &mut |word, what| {
                if what == Word::Part {
                    with_stem(word, |stem| {
                        let known = found.entry(stem.to_owned());
                        let (_, most) = known.or_insert_with(|| (word.to_owned(), weight));
                        *most = most.max(weight);
                    });
                }
            });
        }
        Ok(found)
    }

    /// The packages that hold most of the words.
    fn like(&self, own: u32, wanted: &[Wanted], limit: usize) -> Result<Vec<SearchHit>> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut best = Best::new(limit + SPARE);
        let scoring = Scoring {
            view: &self.snapshot.packages,
            ecosystems: &self.ecosystems,
            wanted,
            // Likeness counts for more here than how many use a package.
            prior: f32::sqrt,
        };
        scoring.run(&Others(own), &mut best)?;
        let mut found = best.into_sorted();
        spread(&self.snapshot.packages, &mut found);
        let sought = WantedWords::new(wanted, self.snapshot.package_fields.prefix.field_id());
        let mut hits = Vec::with_capacity(limit.min(64));
        for found in found {
            let row = self.row(id(found.id))?;
            if hits.len() == limit || !self.may_be_used(&row.package)? {
                continue;
            }
            let ranked = Ranked {
                id: id(found.id),
                score: found.score,
                pin: None,
                found: Some(found),
                lifted: 1.0,
                row: Some(row),
            };
            let mut hit = self.hit(ranked, wanted, &sought)?;
            // What it does not share is no word that anybody asked for.
            hit.missing.clear();
            hits.push(hit);
        }
        Ok(hits)
    }
}
