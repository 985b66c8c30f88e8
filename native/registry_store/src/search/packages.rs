use std::collections::HashSet;

use registry_types::{Ecosystem, Error, Package, Result, SearchHit, SearchQuery, Why};
use tantivy::DocSet;
use tantivy::Term;
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;

use crate::Store;
use crate::db::Snapshot;
use crate::fault::index_error;
use crate::index::documents::{MOST_PREFIX, WHOLE_NAME, canonical_names};
use crate::index::prior::{Prior, ecosystem_of, is_alive};
use crate::key::code;
use crate::rows::PackageRow;
use crate::search::cursor::{Form, Wanted, frequency, idf};
use crate::search::excerpt::{self, Sought};
use crate::search::query::{Query, QueryWord};
use crate::search::score::{All, Best, Found, Scoring};
use crate::search::spelling::{completions, near};
use crate::text::{Style, with_stem};

/// Offset and limit together may not exceed this.
const DEEPEST: usize = 10_000;
/// What a joined form counts (`httpcache` for `http cache`).
const JOINED: f32 = 0.9;
/// What a word begun counts, and a name begun.
const BEGUN_WORD: f32 = 0.5;
const BEGUN_NAME: f32 = 0.7;
/// What a corrected word counts, by its distance.
const CORRECTED: [f32; 3] = [0.8, 0.6, 0.4];
/// The share of a word that stands in a name, where postings do not tell.
const IN_NAME: f32 = 0.75;
/// More packages of exactly one name are not put first.
const MOST_EXACT: usize = 20;
/// The score of an exact name, as a multiple of the best other.
const EXACT: f32 = 1.1;

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

struct Search<'a> {
    snapshot: &'a Snapshot,
    query: &'a Query,
    ecosystems: Vec<u64>,
    explain: bool,
}

impl Search<'_> {
    fn run(&self, limit: usize, offset: usize) -> Result<Vec<SearchHit>> {
        let mut exact = self.exact(&self.query.name)?;
        let room = offset + limit + MOST_EXACT;
        let mut wanted = self.wanted()?;
        let mut found = self.best(&wanted, room)?;
        let complete = found.iter().any(|f| f.coverage > 0.999);
        if exact.is_empty() && !complete {
            if let Some(name) = self.correct(&mut wanted)? {
                found = self.best(&wanted, room)?;
                exact = self.exact(&name)?;
            }
        }
        let rows = self.order(exact, found);
        let page = rows.into_iter().skip(offset).take(limit);
        let sought = WantedWords {
            wanted: &wanted,
            prefix_field: self.snapshot.package_fields.prefix.field_id(),
        };
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

impl Snapshot {
    /// Sort keys and ids of the packages of this canonical name, or with it behind a scope.
    fn orders_named(&self, canonical: &str) -> Result<Vec<(u64, u32)>> {
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
                if segment.is_alive(document) {
                    let order = segment.order.get_val(document);
                    named.push((order, id(segment.ids.get_val(document))));
                }
                postings.advance();
            }
        }
        Ok(named)
    }

    /// Ids of the packages of this canonical name, or with it behind a scope.
    pub(crate) fn ids_named(&self, canonical: &str) -> Result<Vec<u32>> {
        let named = self.orders_named(canonical)?;
        Ok(named.into_iter().map(|(_, id)| id).collect())
    }
}

/// A package in its place.
struct Ranked {
    id: u32,
    score: f32,
    found: Option<Found>,
    /// Its record, where it is known already.
    row: Option<PackageRow>,
}

impl Search<'_> {
    /// The packages of this name that may still be used, the likeliest first.
    fn exact(&self, wanted: &str) -> Result<Vec<Ranked>> {
        let mut named = self.snapshot.orders_named(wanted)?;
        named.retain(|(order, _)| self.ecosystems.contains(&ecosystem_of(*order)));
        // Across ecosystems it is the prior that counts: the low bits of the order.
        named.sort_by_key(|(order, id)| (order & 0xffff, *order, *id));
        let mut exact = Vec::new();
        for (_, id) in named.into_iter().take(MOST_EXACT) {
            let row = self.row(id)?;
            let names = canonical_names(&row.package);
            let owned = row.package.ecosystem == Ecosystem::Github;
            let same = |name: &String| name == wanted;
            if (names.first().is_some_and(same) || owned) && is_alive(&row.package) {
                exact.push(Ranked {
                    id,
                    score: 0.0,
                    found: None,
                    row: Some(row),
                });
            }
        }
        Ok(exact)
    }

    /// The package's record with its versions.
    fn row(&self, id: u32) -> Result<PackageRow> {
        let load = || {
            let row = self.snapshot.package_row(id)?;
            let mut row = row.ok_or_else(|| crate::fault::corrupt("its record", "missing"))?;
            row.package.versions = self.snapshot.versions(id)?;
            Ok(row)
        };
        load().map_err(|error: Error| match self.snapshot.name_of(id) {
            Some(name) => error.context(format_args!("package {name}")),
            None => error,
        })
    }

    /// The words to look for, in all the forms in which they may stand.
    fn wanted(&self) -> Result<Vec<Wanted>> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let total = view.documents();
        let last = self.query.words.len().saturating_sub(1);
        let mut all = Vec::with_capacity(self.query.words.len());
        for (n, word) in self.query.words.iter().enumerate() {
            let text = |word: &str, weight| Form {
                field: fields.text,
                word: word.to_owned(),
                weight,
                fixed: None,
            };
            let mut forms = vec![text(&word.stem, 1.0)];
            forms.extend(word.joined.iter().map(|joined| text(joined, JOINED)));
            let mut with = frequency(view, fields.text, &word.stem)?;
            if n == last && self.query.open_end {
                self.complete(word, with == 0, &mut forms)?;
            }
            if with == 0 {
                for form in forms.iter().skip(1) {
                    with += frequency(view, form.field, &form.word)?;
                }
            }
            all.push(Wanted {
                forms,
                idf: idf(total, with),
                required: true,
            });
        }
        Ok(all)
    }

    /// Adds what a word may become that is still being typed.
    fn complete(&self, word: &QueryWord, unknown: bool, forms: &mut Vec<Form>) -> Result<()> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let letters = word.surface.chars().count();
        let begun = |field, word: String, weight| Form {
            field,
            word,
            weight,
            fixed: Some(IN_NAME),
        };
        let single = self.query.words.len() == 1;
        if (2..=MOST_PREFIX).contains(&letters) {
            forms.push(begun(fields.prefix, word.surface.clone(), BEGUN_WORD));
        } else if letters > MOST_PREFIX && unknown {
            for word in completions(view, fields.word, &word.surface, 8)? {
                with_stem(&word, |stem| {
                    forms.push(Form {
                        field: fields.text,
                        word: stem.to_owned(),
                        weight: BEGUN_WORD,
                        fixed: None,
                    });
                });
            }
        }
        let name = &self.query.name;
        let letters = name.chars().count();
        if single && (2..=MOST_PREFIX).contains(&letters) {
            let word = format!("{WHOLE_NAME}{name}");
            forms.push(begun(fields.prefix, word, BEGUN_NAME));
        } else if single && letters > MOST_PREFIX {
            for name in completions(view, fields.canon, name, 16)? {
                forms.push(begun(fields.canon, name, BEGUN_NAME));
            }
        }
        Ok(())
    }

    /// Adds to the words that stand nowhere those they may have been meant to be. If there were any,
    /// gives the query with the likeliest of them as a name.
    fn correct(&self, wanted: &mut [Wanted]) -> Result<Option<String>> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let total = view.documents();
        let mut corrected = false;
        let mut name: Vec<String> = Vec::new();
        for (word, wanted) in self.query.words.iter().zip(wanted) {
            name.push(word.surface.clone());
            if frequency(view, fields.text, &word.stem)? > 0 {
                continue;
            }
            let mut with = 0;
            for (place, near) in near(view, fields.word, &word.surface, 3)?
                .iter()
                .enumerate()
            {
                if let (0, Some(last)) = (place, name.last_mut()) {
                    last.clone_from(&near.word);
                }
                let weight = CORRECTED.get(usize::from(near.distance));
                let mut stem = String::new();
                with_stem(&near.word, |s| s.clone_into(&mut stem));
                with += frequency(view, fields.text, &stem)?;
                wanted.forms.push(Form {
                    field: fields.text,
                    word: stem,
                    weight: weight.copied().unwrap_or(0.3),
                    fixed: None,
                });
                corrected = true;
            }
            if with > 0 {
                wanted.idf = idf(total, with);
            }
        }
        Ok(corrected.then(|| name.join("-")))
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

    fn hit(
        &self,
        ranked: Ranked,
        wanted: &[Wanted],
        sought: &WantedWords<'_>,
    ) -> Result<SearchHit> {
        let pinned = ranked.row.is_some();
        let PackageRow { package, face, .. } = match ranked.row {
            Some(row) => row,
            None => self.row(ranked.id)?,
        };
        let (matched, highlights) = self.places(&package, face, ranked.found, sought)?;
        let why = if self.explain {
            self.why(&package, pinned, ranked.score, ranked.found, wanted)?
        } else {
            Vec::new()
        };
        Ok(SearchHit {
            package,
            score: f64::from(ranked.score),
            matched,
            highlights,
            why,
        })
    }

    /// In which fields the words stand, with excerpts. The README is read only where the record of
    /// the package does not hold all words found.
    fn places(
        &self,
        package: &Package,
        face: Option<u32>,
        found: Option<Found>,
        sought: &WantedWords<'_>,
    ) -> Result<(Vec<String>, Vec<String>)> {
        let mut matched = Vec::new();
        let mut highlights = Vec::new();
        let mut seen = excerpt::bits(&package.name, Style::Name, sought);
        if seen != 0 || found.is_none() {
            matched.push("name".to_owned());
        }
        let lists = [
            ("keywords", &package.keywords),
            ("categories", &package.categories),
        ];
        for (field, list) in lists {
            let all = list
                .iter()
                .map(|text| excerpt::bits(text, Style::Name, sought));
            let bits = all.fold(0, |all, bits| all | bits);
            if bits != 0 {
                matched.push(field.to_owned());
            }
            seen |= bits;
        }
        if let Some(description) = &package.description {
            let bits = excerpt::bits(description, Style::Prose, sought);
            if bits != 0 {
                matched.push("description".to_owned());
                highlights.push(excerpt::shorten(description, sought));
            }
            seen |= bits;
        }
        let missing = found.map_or(0, |f| f.words) & !seen;
        if let (Some(face), true) = (face, missing != 0) {
            let readme = self.snapshot.readme(face)?;
            if let Some((line, bits)) = readme.and_then(|r| excerpt::excerpt(&r, sought)) {
                matched.push("readme".to_owned());
                highlights.push(line);
                seen |= bits;
            }
            if missing & !seen != 0 {
                matched.push("documents".to_owned());
            }
        }
        Ok((matched, highlights))
    }

    fn why(
        &self,
        package: &Package,
        pinned: bool,
        score: f32,
        found: Option<Found>,
        wanted: &[Wanted],
    ) -> Result<Vec<Why>> {
        let part = |part: &str, value: f64, evidence: String| Why {
            part: part.to_owned(),
            value,
            evidence,
        };
        let mut why = Vec::new();
        if pinned {
            let evidence = format!("the query is the name of the package; score {score:.4}");
            why.push(part("exact_name", f64::from(EXACT), evidence));
        }
        let prior = Prior::of(package);
        if let Some(found) = found {
            why.push(part(
                "text",
                f64::from(found.text),
                "sum of the words".to_owned(),
            ));
            let words = self.query.words.iter().zip(wanted);
            for (bit, (word, wanted)) in words.enumerate() {
                let has = found.words >> bit & 1 == 1;
                let share = if has { self.share(found, wanted)? } else { 0.0 };
                why.push(part(
                    "word",
                    f64::from(wanted.idf * share),
                    if has {
                        format!(
                            "{}: rarity {:.2} × weight {share:.2}",
                            word.surface, wanted.idf
                        )
                    } else {
                        format!("{}: not found", word.surface)
                    },
                ));
            }
            let evidence = "part of the query that was found, by rarity".to_owned();
            why.push(part("coverage", f64::from(found.coverage), evidence));
        }
        let evidence = match prior.popularity {
            Some(popularity) => format!(
                "popularity {popularity:.2}: {} recent downloads, {} dependents",
                known(package.downloads.recent),
                known(package.dependents_count)
            ),
            None => "no figures: neutral".to_owned(),
        };
        why.push(part("popularity", prior.popularity_factor(), evidence));
        let evidence = match &package.deprecated {
            Some(message) => format!("deprecated: {message}"),
            None if prior.flag < 1.0 => "every version is withdrawn".to_owned(),
            None => "in use".to_owned(),
        };
        why.push(part("flag", prior.flag, evidence));
        Ok(why)
    }

    /// The share of one word in one document.
    fn share(&self, found: Found, wanted: &Wanted) -> Result<f32> {
        let Some(segment) = self.snapshot.packages.segments.get(found.segment) else {
            return Ok(0.0);
        };
        let mut cursor = crate::search::cursor::Cursor::open(segment, wanted)?;
        cursor.seek(found.document);
        Ok(if cursor.document() == found.document {
            cursor.share()
        } else {
            0.0
        })
    }
}

fn known(figure: Option<u64>) -> String {
    figure.map_or_else(|| "unknown".to_owned(), |n| n.to_string())
}

fn id(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The forms of the query words, as they are recognised in texts.
struct WantedWords<'a> {
    wanted: &'a [Wanted],
    prefix_field: u32,
}

impl Sought for WantedWords<'_> {
    fn bits(&self, word: &str) -> u64 {
        let mut bits = 0;
        for (bit, wanted) in self.wanted.iter().enumerate() {
            let stands = |form: &Form| {
                if form.field.field_id() == self.prefix_field {
                    word.starts_with(form.word.trim_start_matches(WHOLE_NAME))
                } else {
                    form.word == word
                }
            };
            if bit < 64 && wanted.forms.iter().any(stands) {
                bits |= 1 << bit;
            }
        }
        bits
    }
}
