//! Hex: the signed registry of a repository, the web API beside it, and what lies in a tarball.
//!
//! The signed resource is the truth: releases, checksums, dependencies, retirements and advisories
//! come from it, checked against the repository's key, name and the package's name. The API adds
//! what people read (description, links, owners, downloads) and may be missing.

mod api;
mod config;
mod key;
mod lexer;
mod package;
mod proto;
mod repository;
mod signed;
mod term;

pub use api::{api_request, apply_api, apply_release_api, release_api_request};
pub use config::{MetadataConfig, read_metadata_config};
pub use key::PublicKey;
pub use package::{metadata_request, parse_metadata};
pub use repository::Repository;

pub(crate) use api::{fill_links, license};

#[cfg(test)]
mod tests;
