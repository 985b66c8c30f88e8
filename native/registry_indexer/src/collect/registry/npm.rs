use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use registry_protocols::npm;
use registry_types::version::VersionSpec;
use registry_types::{Error, ErrorKind, Result, Source};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::super::ask::{ask as send, is_same, source_of};
use super::super::shared::Shared;
use super::{Answer, Found};
use crate::endpoints::Endpoint;

pub async fn ask(
    shared: &Arc<Shared>,
    name: &str,
    wanted: &VersionSpec,
    known: Option<&Source>,
    deadline: Instant,
) -> Result<Answer> {
    let owned = name.to_owned();
    let endpoint = shared
        .glance(move |s| s.registries.npm()?.registry(&owned))
        .await?;
    let mut request = npm::metadata_request(&endpoint.url, name)?;
    let response = match send(shared, &endpoint, request.clone(), known, deadline).await {
        Err(e) if is_too_large(&e) => {
            request = one_version(&endpoint, name, wanted).ok_or(e)?;
            let answer = send(shared, &endpoint, request.clone(), known, deadline).await?;
            if is_same(&answer) {
                return Ok(Answer::Same(endpoint));
            }
            packument_of(&answer)?
        }
        response => response?,
    };
    if is_same(&response) {
        return Ok(Answer::Same(endpoint));
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

fn is_too_large(e: &Error) -> bool {
    let limit = |(key, value): &(_, String)| key == "limit" && value == "metadata_bytes";
    e.kind == ErrorKind::LimitExceeded && e.details.iter().any(limit)
}

/// Where a packument is too large, one version of it can be had: by its number or the tag `latest`,
/// not by a requirement.
fn one_version(endpoint: &Endpoint, name: &str, wanted: &VersionSpec) -> Option<Request<Bytes>> {
    let version = match wanted {
        VersionSpec::Latest => "latest",
        VersionSpec::Exact(version) => version,
        VersionSpec::Requirement(_) => return None,
    };
    let mut request = npm::metadata_request(&endpoint.url, name).ok()?;
    let uri = format!("{}/{version}", request.uri());
    *request.uri_mut() = uri.parse().ok()?;
    Some(request)
}

/// The packument that has nothing but the version in `answer`.
fn packument_of(answer: &Response<Bytes>) -> Result<Response<Bytes>> {
    let bad = || Error::protocol("the registry's answer for one version is no version");
    let mut response = answer.clone();
    if answer.status().is_success() {
        let object: Value = serde_json::from_slice(answer.body()).map_err(|_| bad())?;
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
        let (name, version) = text("name").zip(text("version")).ok_or_else(bad)?;
        let packument = json!({"name": name, "dist-tags": {"latest": version.as_str()},
            "versions": {version.as_str(): object}});
        *response.body_mut() = packument.to_string().into();
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_version_makes_a_packument() {
        let body = r#"{"name":"x","version":"1.2.3","dist":{"shasum":"00",
            "tarball":"http://h.test/x.tgz"}}"#;
        let response = packument_of(&Response::new(Bytes::from_static(body.as_bytes()))).unwrap();
        let metadata = npm::parse_metadata("x", &response).unwrap();
        assert_eq!(metadata.package.versions.len(), 1);
        assert!(packument_of(&Response::new(Bytes::from_static(b"[]"))).is_err());
    }

    #[test]
    fn versions_are_asked_for_by_number_or_tag() {
        let endpoint = Endpoint::new("npm", "http://h.test/npm/").unwrap();
        let uri = |name: &str, spec| {
            one_version(&endpoint, name, &spec).map(|r| r.uri().path().to_owned())
        };
        let exact = VersionSpec::Exact("1.0.0".into());
        assert_eq!(uri("@a/b", exact).as_deref(), Some("/npm/@a%2fb/1.0.0"));
        assert_eq!(
            uri("a", VersionSpec::Latest).as_deref(),
            Some("/npm/a/latest")
        );
        assert_eq!(uri("a", VersionSpec::Requirement("^1".into())), None);
    }
}
