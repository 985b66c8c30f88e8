//! What a registry says about a package: one request, and no body when nothing changed.

mod cargo;
mod hex;
mod npm;
mod pypi;

use std::sync::Arc;

use registry_protocols::Metadata;
use registry_types::version::VersionSpec;
use registry_types::{Ecosystem, Error, ErrorKind, Result, Source};
use tokio::time::Instant;
use url::Url;

use super::shared::Shared;
use crate::endpoints::Endpoint;

pub use cargo::config as cargo_config;
pub use hex::repository as hex_repository;

/// A registry's answer.
pub enum Answer {
    /// 304: what was known still holds. The endpoint that said so.
    Same(Endpoint),
    /// The metadata.
    Found(Box<Found>),
}

/// Metadata, and where it came from.
pub struct Found {
    /// The package and its releases.
    pub metadata: Metadata,
    /// Where it came from.
    pub source: Source,
    /// The endpoint it belongs to.
    pub endpoint: Endpoint,
}

/// Asks the registry of `ecosystem` about `name`, of which a version is `wanted`. When `known` came from the same address, the
/// answer may be [`Answer::Same`].
///
/// # Errors
/// `not_found`, `unconfigured`, `integrity` (Hex), and those of the transport.
pub async fn ask(
    shared: &Arc<Shared>,
    ecosystem: Ecosystem,
    name: &str,
    wanted: &VersionSpec,
    known: Option<&Source>,
    deadline: Instant,
) -> Result<Answer> {
    match ecosystem {
        Ecosystem::Npm => npm::ask(shared, name, wanted, known, deadline).await,
        Ecosystem::Cargo => cargo::ask(shared, name, known, deadline).await,
        Ecosystem::Hex => hex::ask(shared, name, known, deadline).await,
        Ecosystem::Pypi => pypi::ask(shared, name, known, deadline).await,
        Ecosystem::Github => Err(Error::new(
            ErrorKind::Unsupported,
            format!("{name}: a repository is no package; collect the package it publishes"),
        )),
    }
}

/// Where an archive at `url` is fetched from, and with which credentials: those of the registry
/// when it serves its own archives.
///
/// # Errors
/// `protocol` for an address on plain http although the registry is asked over https.
pub async fn archive(
    shared: &Arc<Shared>,
    ecosystem: Ecosystem,
    name: &str,
    registry: &Endpoint,
    url: Url,
) -> Result<Endpoint> {
    let mut at = if ecosystem == Ecosystem::Npm {
        let name = name.to_owned();
        shared
            .glance(move |s| s.registries.npm()?.tarball(&name, url))
            .await?
    } else {
        registry.at(url)
    };
    // Old packuments name tarballs on plain http: the same host serves them over https.
    if registry.url.scheme() == "https" && at.url.scheme() == "http" {
        let same_host = at.url.port().is_none() && at.url.set_scheme("https").is_ok();
        if !same_host {
            return Err(Error::protocol(format!(
                "the archive of {name} lies on plain http ({}): refused, since the registry is \
                 asked over https",
                crate::transport::show(&at.url)
            )));
        }
    }
    Ok(at)
}
