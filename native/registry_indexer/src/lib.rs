//! Collects packages from their registries into the store.
//!
//! A collect resolves a version, downloads and verifies its archive, reads it in memory under
//! limits, has its sources parsed by child processes and stores the release in one transaction.
//! This is the only crate that touches the network.

mod advisories;
pub mod archive;
mod collect;
mod compare;
mod config;
pub mod documents;
pub mod endpoints;
mod indexer;
mod knowledge;
mod request;
pub mod sources;
pub mod transport;
mod tree;

pub use advisories::{
    ImportLimits, ImportOptions, ImportReport, RefreshOptions, RefreshReport, Skipped,
};
pub use compare::compare_api;
pub use config::Config;
pub use endpoints::Endpoints;
pub use indexer::{CollectHandle, Indexer};
pub use knowledge::{
    ChainOptions, PathOptions, PathStep, PurposeQuery, Recommendation, TreeFormat,
    dependency_chain, dependency_paths, frameworks, get_recommendations, quality,
    recommend_version, render, replacements,
};
pub use request::{CollectRequest, Outcome, Progress, Stage, Timings};
pub use tree::{TreeOptions, TreeOutcome};
