use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::snippet::SnippetOwner;
use crate::{Ecosystem, Error, Package, Snippet, SnippetKind};

/// A search over packages.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchQuery {
    /// What the user typed.
    pub text: String,
    /// Only these ecosystems; empty means all.
    pub ecosystems: Vec<Ecosystem>,
    /// Words count only in these fields; empty means all.
    pub fields: Vec<SearchField>,
    /// At most so many results.
    pub limit: usize,
    /// Skip so many.
    pub offset: usize,
    /// Whether to fill [`SearchHit::why`].
    pub explain: bool,
}

impl SearchQuery {
    /// The first 20 results for a text, of all ecosystems, without explanation.
    ///
    /// ```
    /// let query = registry_types::SearchQuery::new("async runtime");
    /// assert_eq!((query.limit, query.offset, query.explain), (20, 0, false));
    /// ```
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ecosystems: Vec::new(),
            fields: Vec::new(),
            limit: 20,
            offset: 0,
            explain: false,
        }
    }
}

/// A search for packages like another.
#[derive(Clone, Debug, PartialEq)]
pub struct SimilarQuery {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// Its name.
    pub name: String,
    /// Look in these ecosystems; empty means its own.
    pub ecosystems: Vec<Ecosystem>,
    /// At most so many results.
    pub limit: usize,
    /// Whether to fill [`SearchHit::why`].
    pub explain: bool,
}

impl SimilarQuery {
    /// The ten packages of its own ecosystem that are most like it, without explanation.
    ///
    /// ```
    /// use registry_types::{Ecosystem, SimilarQuery};
    /// assert_eq!(SimilarQuery::new(Ecosystem::Hex, "plug").limit, 10);
    /// ```
    pub fn new(ecosystem: Ecosystem, name: impl Into<String>) -> Self {
        Self {
            ecosystem,
            name: name.into(),
            ecosystems: Vec::new(),
            limit: 10,
            explain: false,
        }
    }
}

/// A field of a package in which words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SearchField {
    /// Its name.
    Name,
    /// The author's keywords.
    Keywords,
    /// The registry's categories or classifiers.
    Categories,
    /// The description.
    Description,
    /// The README of its newest stored release.
    Readme,
    /// The guides in that release and the documentation of its modules.
    Docs,
    /// Names in its public API.
    Symbols,
}

impl SearchField {
    /// Every field.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Keywords,
        Self::Categories,
        Self::Description,
        Self::Readme,
        Self::Docs,
        Self::Symbols,
    ];

    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Keywords => "keywords",
            Self::Categories => "categories",
            Self::Description => "description",
            Self::Readme => "readme",
            Self::Docs => "docs",
            Self::Symbols => "symbols",
        }
    }
}

impl FromStr for SearchField {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|field| field.as_str() == text);
        found.ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.into_iter().map(Self::as_str).collect();
            Error::invalid_argument(format!(
                "there is no field {text:?}: known are {}",
                known.join(", ")
            ))
        })
    }
}

/// One part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// `"text"`, `"coverage"`, `"popularity"`, `"flag"`, `"exact_name"` …
    pub part: String,
    /// Its factor or summand.
    pub value: f64,
    /// What it rests on, for a person.
    pub evidence: String,
}

/// One package found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchHit {
    /// The package, whole; shared with the store's memory of what was found lately.
    pub package: Arc<Package>,
    /// Higher is better; comparable within one answer only.
    pub score: f64,
    /// Fields in which a word of the query was found: `"name"`, `"keywords"`, `"description"`, `"readme"` …
    pub matched: Vec<String>,
    /// Excerpts with the words found.
    pub highlights: Vec<String>,
    /// Words of the query that it lacks, as they were typed.
    pub missing: Vec<String>,
    /// Where it should no longer be used: the packages that are said to replace it.
    pub replaced_by: Vec<String>,
    /// The parts of the score, when asked for.
    pub why: Vec<Why>,
}

/// A search over snippets.
#[derive(Clone, Debug, PartialEq)]
pub struct SnippetQuery {
    /// What the user typed: words, a path, a signature, phrases, `-word`, `field:value`.
    pub text: String,
    /// Only these ecosystems; empty means all.
    pub ecosystems: Vec<Ecosystem>,
    /// Only this package.
    pub package: Option<String>,
    /// Only this version.
    pub version: Option<String>,
    /// Only this language.
    pub language: Option<String>,
    /// Only this kind.
    pub kind: Option<SnippetKind>,
    /// Leave internal items out, unless the text asks for a `visibility:`.
    pub public_only: bool,
    /// At most so many results.
    pub limit: usize,
    /// Skip so many.
    pub offset: usize,
    /// Whether to fill [`SnippetHit::why`].
    pub explain: bool,
}

impl SnippetQuery {
    /// The first 20 results for a text, internal items among them, without explanation.
    ///
    /// ```
    /// let query = registry_types::SnippetQuery::new("spawn task");
    /// assert_eq!((query.limit, query.offset, query.public_only), (20, 0, false));
    /// ```
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ecosystems: Vec::new(),
            package: None,
            version: None,
            language: None,
            kind: None,
            public_only: false,
            limit: 20,
            offset: 0,
            explain: false,
        }
    }
}

/// One snippet found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetHit {
    /// Whose it is.
    #[serde(flatten)]
    pub owner: SnippetOwner,
    /// The snippet, whole.
    pub snippet: Snippet,
    /// Higher is better; comparable within one answer only.
    pub score: f64,
    /// Fields in which a word of the query was found: `"name"`, `"path"`, `"signature"`, `"doc"`; and
    /// `"types"` where types of a signature were.
    pub matched: Vec<String>,
    /// Excerpts of signature and documentation with the words found.
    pub highlights: Vec<String>,
    /// Words and types of the query that it lacks, as they were typed.
    pub missing: Vec<String>,
    /// The parts of the score, when asked for.
    pub why: Vec<Why>,
}
