use std::sync::Arc;

use registry_protocols::cargo;
use registry_types::{Error, ErrorKind, Result, Source};
use tokio::time::Instant;

use super::super::ask::{ask as send, is_same, source_of};
use super::super::shared::Shared;
use super::{Answer, Found};
use crate::endpoints::Endpoint;

pub async fn ask(
    shared: &Arc<Shared>,
    name: &str,
    known: Option<&Source>,
    deadline: Instant,
) -> Result<Answer> {
    let endpoint = shared.glance(|s| s.registries.cargo().cloned()).await?;
    let mut missing = None;
    for spelling in cargo::spellings(name) {
        let request = cargo::metadata_request(&endpoint.url, &spelling)?;
        let response = send(shared, &endpoint, request.clone(), known, deadline).await?;
        if is_same(&response) {
            return Ok(Answer::Same(endpoint));
        }
        let status = response.status().as_u16();
        let config = config(shared, &endpoint, deadline).await?;
        match cargo::parse_metadata(&config, &spelling, &response) {
            Ok(metadata) => {
                let source = source_of(&request, &response);
                return Ok(Answer::Found(Box::new(Found {
                    metadata,
                    source,
                    endpoint,
                })));
            }
            // 451 is about this very crate, whatever its spelling.
            Err(e) if e.kind == ErrorKind::NotFound && status != 451 => {
                missing.get_or_insert(e);
            }
            Err(e) => return Err(e),
        }
    }
    Err(missing.unwrap_or_else(|| Error::not_found(format!("crate {name} does not exist"))))
}

/// The index's `config.json`, asked for once.
pub async fn config(shared: &Shared, index: &Endpoint, deadline: Instant) -> Result<cargo::Config> {
    let fetch = || async {
        let request = cargo::config_request(&index.url)?;
        let response = send(shared, index, request, None, deadline).await?;
        let config = cargo::parse_config(&response)?;
        if config.auth_required && !index.has_secret() {
            return Err(Error::new(
                ErrorKind::Unauthorized,
                "the cargo index wants credentials and none are configured: set \
                 CARGO_REGISTRIES_<NAME>_TOKEN or log in with `cargo login`",
            ));
        }
        Ok(config)
    };
    shared.cargo_config.get_or_try_init(fetch).await.cloned()
}
