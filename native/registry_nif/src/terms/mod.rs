//! What the library answers with: the structs under `lib/package_registry/`, borrowed from the
//! core's types for as long as it takes to copy them into a term.
//!
//! Every atom made here comes from our own source. Foreign text is always a binary.

mod advice;
mod advisory;
mod diff;
mod document;
mod error;
mod package;
mod progress;
mod quality;

mod release;
mod scalar;
mod search;
mod snippet;
mod tree;
mod versions;

pub(crate) use advice::{RecommendationTerm, ReplacementTerm, VersionAdviceTerm};
pub(crate) use advisory::{AdvisoryReportTerm, AdvisoryTerm, FeedTerm};
pub(crate) use diff::ApiDiffTerm;
pub(crate) use document::DocumentTerm;
pub(crate) use error::ErrorTerm;
pub(crate) use package::PackageTerm;
pub(crate) use progress::ProgressTerm;
pub(crate) use quality::{FrameworkTerm, QualityTerm};

pub(crate) use release::ReleaseTerm;
pub(crate) use scalar::Name;
pub(crate) use search::{SearchResultTerm, SnippetResultTerm};
pub(crate) use snippet::SnippetTerm;
pub(crate) use tree::{DependencyTreeTerm, StepTerm};
