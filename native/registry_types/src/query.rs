use serde::{Deserialize, Serialize};

use crate::snippet::SnippetOwner;
use crate::{Ecosystem, Package, Snippet, SnippetKind};

/// A search over packages.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchQuery {
    /// What the user typed.
    pub text: String,
    /// Only these ecosystems; empty means all.
    pub ecosystems: Vec<Ecosystem>,
    /// At most so many results.
    pub limit: usize,
    /// Skip so many.
    pub offset: usize,
    /// Whether to fill [`SearchHit::why`].
    pub explain: bool,
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
    /// The package, whole.
    pub package: Package,
    /// Higher is better; comparable within one answer only.
    pub score: f64,
    /// Fields in which a word of the query was found: `"name"`, `"keywords"`, `"description"`, `"readme"` …
    pub matched: Vec<String>,
    /// Excerpts with the words found.
    pub highlights: Vec<String>,
    /// The parts of the score, when asked for.
    pub why: Vec<Why>,
}

/// A search over snippets.
#[derive(Clone, Debug, PartialEq)]
pub struct SnippetQuery {
    /// What the user typed.
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
    /// Leave internal items out.
    pub public_only: bool,
    /// At most so many results.
    pub limit: usize,
    /// Skip so many.
    pub offset: usize,
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
}
