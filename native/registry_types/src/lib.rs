//! What the package registry indexer talks about: ecosystems, names, versions, packages, releases,
//! snippets, advisories, errors and limits.
//!
//! The lowest layer: no I/O, no async, no registry protocol. Every other crate depends on this one
//! and on nothing beside it.

pub mod advice;
mod advisory;
mod dependency;
mod diff;
mod document;
mod ecosystem;
mod error;
pub mod framework;
mod language;
mod limits;
mod name;
pub mod outline;
mod package;
mod parse;
mod purl;
pub mod quality;
mod query;
mod release;
pub mod replacement;
mod skip;
mod snippet;
mod timestamp;
mod tree;
pub mod version;

pub use advisory::{
    Advisory, AdvisoryReport, AdvisoryStatus, Affected, AffectedRange, Cvss, Feed, FeedAnswer,
    FeedMark, FeedScope, Informational, RangeEvent, Severity, check_source, is_affected,
    merge_advisories, unmaintained,
};
pub use dependency::{Dependency, DependencyKind};
pub use diff::{ApiAspect, ApiChange, ApiDiff, ApiState, ApiVerdict, Impact, VersionStep};
pub use document::{Document, DocumentFormat, DocumentKind};
pub use ecosystem::Ecosystem;
pub use error::{Error, ErrorKind, Result};
pub use language::LanguageFiles;
pub use limits::Limits;
pub use name::{canonical_name, check_name, normalize_name};
pub use package::{Downloads, Owner, Package, Retirement, VersionEntry};
pub use parse::{ParseAnswer, ParseFailure, ParseFailureKind, ParseRequest};
pub use purl::Purl;
pub use query::{SearchField, SearchHit, SearchQuery, SimilarQuery, SnippetHit, SnippetQuery, Why};
pub use release::{Release, Source, Warning, WarningKind};
pub use skip::SkipReason;
pub use snippet::{Snippet, SnippetKind, SnippetOwner, Visibility};
pub use timestamp::Timestamp;
pub use tree::{
    DependencyEdge, DependencyNode, DependencyTree, Missing, TreeAdvisories, TreeAdvisory,
};
