//! From a query to the symbols that answer it.
//!
//! Three steps, each over fewer symbols with more at hand: the postings find the best few hundred by
//! words, types, the package's prior and the symbol's own quality; what the index says of those
//! (words of the name, equal names of one package) orders them again; the best few are read whole,
//! and their paths and signatures decide.

mod hits;
mod place;
mod query;
mod scope;
mod signature;
mod similar;
mod wanted;
mod why;

use std::collections::HashMap;

use registry_types::{Result, SnippetHit, SnippetOwner, SnippetQuery};

use self::place::{MOST_PLACED, Placed};
use self::query::SymbolQuery;
use self::scope::Scope;
use self::wanted::Sought;
use crate::Store;
use crate::db::Snapshot;
use crate::search::found::Best;
use crate::search::packages::{check_depth, ecosystem_codes};
use crate::search::score::Scoring;

impl Store {
    /// Searches symbols by name, path, signature and documentation: words, paths
    /// (`tokio::spawn`, `Enum.map/2`), signatures (`fn(&str) -> Result`), phrases, `-word` and the
    /// fields `package:`, `version:`, `language:`, `kind:`, `ecosystem:`, `visibility:`. The likeliest
    /// symbol of the likeliest package comes first. Without a version, each package is searched in
    /// its newest stored release.
    ///
    /// # Errors
    /// `InvalidArgument` for a query without words, one that cannot be read (the detail `position`
    /// says where) or a limit out of range, `LimitExceeded` for a query that is too long, `NotFound`
    /// and `VersionNotFound` for a package or version that is not stored.
    pub fn search_snippets(&self, query: &SnippetQuery) -> Result<Vec<SnippetHit>> {
        let limits = &self.shared.options.limits;
        self.check_rows(query.limit)?;
        check_depth(query.limit, query.offset)?;
        let parsed = SymbolQuery::parse(&query.text, limits)?;
        self.read("the search index", |snapshot| {
            let scope = Scope::of(snapshot, query, &parsed)?;
            if scope.ecosystems.is_empty() {
                return Ok(Vec::new());
            }
            SymbolSearch {
                snapshot,
                query: &parsed,
                sought: Sought::find(snapshot, &parsed)?,
                explain: query.explain,
            }
            .run(&scope, query.limit, query.offset)
        })
    }
}

/// One search for symbols.
pub(crate) struct SymbolSearch<'a> {
    snapshot: &'a Snapshot,
    query: &'a SymbolQuery,
    sought: Sought,
    explain: bool,
}

impl SymbolSearch<'_> {
    fn run(&self, scope: &Scope<'_>, limit: usize, offset: usize) -> Result<Vec<SnippetHit>> {
        // As many are always placed, so that pages of one answer fit together.
        let mut best = Best::new((offset + limit).max(MOST_PLACED));
        let scoring = Scoring {
            view: &self.snapshot.snippets,
            ecosystems: &ecosystem_codes(&scope.ecosystems),
            wanted: &self.sought.wanted,
            prior: f32::sqrt,
        };
        scoring.run(scope, &mut best)?;
        let placed = self.place(best.into_sorted())?;
        let mut owners: HashMap<u32, SnippetOwner> = HashMap::new();
        let page: Vec<Placed> = placed.into_iter().skip(offset).take(limit).collect();
        let sought = self.sought.words();
        page.into_iter()
            .map(|placed| self.hit(placed, &sought, &mut owners))
            .collect()
    }
}
