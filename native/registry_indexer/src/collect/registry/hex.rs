use std::sync::Arc;

use registry_protocols::hex::{self, PublicKey, Repository};
use registry_types::{Result, Source};
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
    let (endpoint, repository) = shared.glance(repository).await?;
    let request = hex::metadata_request(&repository, name)?;
    let response = send(shared, &endpoint, request.clone(), known, deadline).await?;
    if is_same(&response) {
        return Ok(Answer::Same(endpoint));
    }
    let metadata = hex::parse_metadata(&repository, name, &response)?;
    let source = source_of(&request, &response);
    Ok(Answer::Found(Box::new(Found {
        metadata,
        source,
        endpoint,
    })))
}

/// The repository, and the key it signs with.
pub fn repository(shared: &Shared) -> Result<(Endpoint, Repository)> {
    let endpoint = shared.registries.hex_repository()?;
    let key = match shared.registries.hex_public_key()? {
        Some(pem) => PublicKey::from_pem(&pem)?,
        None => PublicKey::hexpm()?,
    };
    let repository = Repository::new(endpoint.url.clone(), "hexpm", key);
    Ok((endpoint, repository))
}
