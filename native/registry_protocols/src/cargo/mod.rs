//! cargo: a sparse index, whose `config.json` says where everything else is, and the web API.
//!
//! The index alone is enough to collect: versions, yanks, dependencies, features, checksums and
//! release dates. The web API adds downloads, description, owners and the like, and may be absent.

mod api;
mod config;
mod index;
mod location;
mod row;

pub use api::{api_request, apply_api, apply_owners, owners_request};
pub use config::{Config, config_request, parse_config};
pub use index::{metadata_request, parse_metadata};
pub use location::{index_path, spellings};

#[cfg(test)]
mod tests;
