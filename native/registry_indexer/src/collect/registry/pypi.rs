use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use registry_protocols::{Metadata, pypi};
use registry_types::{Error, ErrorKind, Result, Source};
use tokio::time::Instant;

use super::super::ask::{ask as send, is_same, source_of};
use super::super::shared::Shared;
use super::super::stored::address;
use super::{Answer, Found};
use crate::endpoints::{Endpoint, Pypi};
use crate::transport::FinalUrl;

/// One of the two ways to ask.
struct Way {
    endpoint: Endpoint,
    request: Request<Bytes>,
    json: bool,
}

pub async fn ask(
    shared: &Arc<Shared>,
    name: &str,
    known: Option<&Source>,
    deadline: Instant,
) -> Result<Answer> {
    let index = shared.glance(|s| s.registries.pypi().cloned()).await?;
    let mut ways = ways(&index, name)?;
    // Where only the simple index answered last time, it alone is asked whether that still holds.
    ways.sort_by_key(|way| known.is_none_or(|k| k.endpoint != address(&way.request)));
    let mut failed: Option<Error> = None;
    let mut found: Option<Found> = None;
    for way in ways {
        if found.is_some() && !way.json {
            continue;
        }
        let request = way.request.clone();
        let answer = send(shared, &way.endpoint, request, known, deadline).await;
        let parsed = match answer {
            Ok(response) if is_same(&response) => return Ok(Answer::Same(index.simple)),
            Ok(response) => {
                let source = source_of(&way.request, &response);
                parse(shared, name, way.json, response)
                    .await
                    .map(|m| (m, source))
            }
            Err(e) => Err(e),
        };
        match parsed {
            // A page without files, where the JSON API gave nothing either, may be any page.
            Ok((metadata, _)) if metadata.package.versions.is_empty() && failed.is_some() => {}
            // The JSON API tells more: with both at hand it is the one to keep.
            Ok((metadata, source)) if way.json || found.is_none() => {
                found = Some(Found {
                    metadata,
                    source,
                    endpoint: index.simple.clone(),
                });
                if way.json {
                    break;
                }
            }
            Ok(_) => {}
            // A mirror may have no JSON API, and answer whatever it likes in its place.
            Err(e) if is_about_the_way(&e) => failed = Some(failed.unwrap_or(e)),
            Err(e) => return Err(e),
        }
    }
    match (found, failed) {
        (Some(found), _) => Ok(Answer::Found(Box::new(found))),
        (None, Some(e)) => Err(e),
        (None, None) => Err(Error::not_found(format!(
            "the Python index has no project {name}"
        ))),
    }
}

fn ways(index: &Pypi, name: &str) -> Result<Vec<Way>> {
    let mut ways = Vec::new();
    if let Some(json) = &index.json {
        let request = pypi::metadata_request(&json.url, name)?;
        ways.push(Way {
            endpoint: json.clone(),
            request,
            json: true,
        });
    }
    let request = pypi::simple_request(&index.simple.url, name)?;
    ways.push(Way {
        endpoint: index.simple.clone(),
        request,
        json: false,
    });
    Ok(ways)
}

fn is_about_the_way(e: &Error) -> bool {
    matches!(
        e.kind,
        ErrorKind::NotFound | ErrorKind::Protocol | ErrorKind::Unauthorized
    )
}

async fn parse(
    shared: &Shared,
    name: &str,
    json: bool,
    response: Response<Bytes>,
) -> Result<Metadata> {
    let name = name.to_owned();
    shared
        .compute(move || {
            if json {
                return pypi::parse_metadata(&name, &response);
            }
            let url = response.extensions().get::<FinalUrl>().map(|f| f.0.clone());
            let url = url.ok_or_else(|| Error::internal("an answer without its address"))?;
            pypi::parse_simple(&name, &url, &response)
        })
        .await
}
