//! Collects packages from their registries into the store.
//!
//! A collect resolves a version, downloads and verifies its archive, reads it in memory under
//! limits, has its sources parsed by child processes and stores the release in one transaction.
//! This is the only crate that touches the network.

pub mod archive;
pub mod documents;
pub mod endpoints;
pub mod sources;
pub mod transport;

pub use endpoints::Endpoints;
