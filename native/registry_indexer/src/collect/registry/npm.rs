use std::sync::Arc;

use registry_protocols::npm;
use registry_types::{Result, Source};
use tokio::time::Instant;

use super::super::ask::{ask as send, is_same, source_of};
use super::super::shared::Shared;
use super::{Answer, Found};

pub async fn ask(
    shared: &Arc<Shared>,
    name: &str,
    known: Option<&Source>,
    deadline: Instant,
) -> Result<Answer> {
    let owned = name.to_owned();
    let endpoint = shared
        .glance(move |s| s.registries.npm()?.registry(&owned))
        .await?;
    let request = npm::metadata_request(&endpoint.url, name)?;
    let response = send(shared, &endpoint, request.clone(), known, deadline).await?;
    if is_same(&response) {
        return Ok(Answer::Same);
    }
    let source = source_of(&request, &response);
    let owned = name.to_owned();
    // A packument may have megabytes: reading it is work.
    let metadata = shared
        .compute(move || npm::parse_metadata(&owned, &response))
        .await?;
    Ok(Answer::Found(Box::new(Found {
        metadata,
        source,
        endpoint,
    })))
}
