use std::collections::HashMap;

use registry_types::{Ecosystem, Error, ErrorKind, Result, SnippetHit, SnippetOwner, SnippetQuery};
use tantivy::Term;

use crate::Store;
use crate::db::Snapshot;
use crate::fault::{corrupt, redb_error};
use crate::index::documents::kind_code;
use crate::index::view::Segment;
use crate::key::split_member;
use crate::rows::ReleaseRow;
use crate::search::cursor::{Cursor, Form, Wanted, idf};
use crate::search::packages::{check_depth, ecosystem_codes};
use crate::search::query::Query;
use crate::search::score::{Best, Driver, Filter, Found, Scoring};
use crate::tables::RELEASES;

/// What a joined form counts (`spawntask` for `spawn task`).
const JOINED: f32 = 0.9;
/// What a symbol of exactly the name asked for counts beside its words: more than they all can.
const EXACT: f32 = 100.0;
/// What remains of an internal item beside a public one.
const INTERNAL: f32 = 0.5;

impl Store {
    /// Searches symbols by name, path, signature and documentation. A symbol of exactly the name
    /// asked for comes first, the one of the likeliest package before others. Without a version,
    /// each package is searched in its newest stored release.
    ///
    /// # Errors
    /// `InvalidArgument` for a query without words or a limit out of range, `LimitExceeded` for a
    /// query that is too long, `NotFound` and `VersionNotFound` for a package or version that is not
    /// stored.
    pub fn search_snippets(&self, query: &SnippetQuery) -> Result<Vec<SnippetHit>> {
        let limits = &self.shared.options.limits;
        self.check_rows(query.limit)?;
        check_depth(query.limit, query.offset)?;
        let parsed = Query::parse(&query.text, limits)?;
        self.read("the search index", |snapshot| {
            let scope = Scope::of(snapshot, query)?;
            let wanted = wanted(snapshot, &parsed)?;
            let mut best = Best::new(query.offset + query.limit);
            let search = Scoring {
                view: &snapshot.snippets,
                ecosystems: &ecosystem_codes(&query.ecosystems),
                wanted: &wanted,
                prior: f32::sqrt,
            };
            search.run(&scope, &mut best)?;
            let mut owners = HashMap::new();
            let page = best.into_sorted().into_iter().skip(query.offset);
            page.map(|found| hit(snapshot, found, &mut owners))
                .collect()
        })
    }
}

/// The words to look for.
fn wanted(snapshot: &Snapshot, query: &Query) -> Result<Vec<Wanted>> {
    let fields = &snapshot.snippet_fields;
    let view = &snapshot.snippets;
    let total = view.documents();
    let mut all = Vec::with_capacity(query.words.len() + 1);
    for word in &query.words {
        let mut forms = vec![Form::find(view, fields.text, &word.stem, 1.0, None)?];
        for joined in &word.joined {
            forms.push(Form::find(view, fields.text, joined, JOINED, None)?);
        }
        let with = forms.iter().map(Form::documents).max().unwrap_or(0);
        all.push(Wanted {
            forms,
            idf: idf(total, with),
            required: true,
        });
    }
    let exact = Form::find(view, fields.canon, &query.name, 1.0, Some(1.0))?;
    all.push(Wanted {
        forms: vec![exact],
        idf: EXACT,
        required: false,
    });
    Ok(all)
}

/// Which snippets may be found.
struct Scope<'a> {
    snapshot: &'a Snapshot,
    /// Only those of these releases; otherwise those of every package's newest.
    releases: Option<Vec<u32>>,
    /// `None` where the language stands in no snippet at all.
    language: Option<Option<u16>>,
    kind: Option<u64>,
    public_only: bool,
}

impl<'a> Scope<'a> {
    fn of(snapshot: &'a Snapshot, query: &SnippetQuery) -> Result<Self> {
        let language = match &query.language {
            None => None,
            Some(name) => {
                let number = snapshot.tables.languages.get(name.as_str());
                Some(number.map_err(redb_error)?.map(|n| n.value()))
            }
        };
        Ok(Self {
            snapshot,
            releases: releases(snapshot, query)?,
            language,
            kind: query.kind.map(kind_code),
            public_only: query.public_only,
        })
    }
}

/// The releases a query is about, where it names a package.
fn releases(snapshot: &Snapshot, query: &SnippetQuery) -> Result<Option<Vec<u32>>> {
    let Some(name) = &query.package else {
        return match &query.version {
            None => Ok(None),
            Some(version) => Err(Error::invalid_argument(format!(
                "version {version} of which package? Name it, or leave the version out"
            ))),
        };
    };
    let ecosystems: &[Ecosystem] = match query.ecosystems.as_slice() {
        [] => &Ecosystem::ALL,
        some => some,
    };
    let mut found = Vec::new();
    let mut missing = None;
    for ecosystem in ecosystems {
        let release = match &query.version {
            Some(version) => snapshot
                .find_release(*ecosystem, name, version)
                .map(|(_, id)| Some(id)),
            None => snapshot.face(*ecosystem, name),
        };
        match release {
            Ok(release) => found.extend(release),
            Err(error) if error.kind == ErrorKind::NotFound => missing = missing.or(Some(error)),
            Err(error) if error.kind == ErrorKind::VersionNotFound => missing = Some(error),
            Err(error) => return Err(error),
        }
    }
    match missing {
        Some(error) if found.is_empty() => Err(error),
        _ => Ok(Some(found)),
    }
}

impl Snapshot {
    /// The release that stands for a package.
    fn face(&self, ecosystem: Ecosystem, name: &str) -> Result<Option<u32>> {
        let id = self.package_id(ecosystem, name)?;
        Ok(self.package_row(id)?.and_then(|row| row.face))
    }
}

impl Filter for Scope<'_> {
    fn driver(&self, segment: &Segment) -> Result<Option<Driver>> {
        match &self.releases {
            None => Ok(None),
            Some(releases) => {
                let field = self.snapshot.snippet_fields.release;
                let terms = releases
                    .iter()
                    .map(|r| Term::from_field_u64(field, u64::from(*r)));
                let these = Cursor::of_terms(segment, terms)?;
                Ok(Some(Driver::new(vec![these], Vec::new())))
            }
        }
    }

    fn factor(&self, segment: &Segment, document: u32) -> f32 {
        let facet = segment.facets.as_ref().map_or(0, |f| f.get_val(document));
        let public = facet & 1 == 1;
        let right_kind = self.kind.is_none_or(|kind| (facet >> 1) & 0x7f == kind);
        let right_language = self
            .language
            .is_none_or(|wanted| wanted.is_some_and(|n| facet >> 8 == u64::from(n)));
        if !right_kind || !right_language || (self.public_only && !public) {
            return 0.0;
        }
        if self.releases.is_none() {
            let release = segment.releases.as_ref().map_or(0, |r| r.get_val(document));
            if self.snapshot.stale.contains(release) {
                return 0.0;
            }
        }
        if public { 1.0 } else { INTERNAL }
    }
}

fn hit(
    snapshot: &Snapshot,
    found: Found,
    owners: &mut HashMap<u32, SnippetOwner>,
) -> Result<SnippetHit> {
    let missing = || corrupt("a snippet", "the index knows it, the store does not");
    let snippet = snapshot.snippet(found.id)?.ok_or_else(missing)?;
    let release = split_member(found.id).0;
    let owner = match owners.get(&release) {
        Some(owner) => owner.clone(),
        None => {
            let row: Option<ReleaseRow> = RELEASES.get(&snapshot.tables.releases, release)?;
            let row = row.ok_or_else(missing)?;
            let owner = SnippetOwner {
                ecosystem: row.release.ecosystem,
                package: row.release.name,
                version: row.release.version,
            };
            owners.insert(release, owner.clone());
            owner
        }
    };
    Ok(SnippetHit {
        owner,
        snippet,
        score: f64::from(found.score),
    })
}
