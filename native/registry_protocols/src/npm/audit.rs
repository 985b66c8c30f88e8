use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{Method, Request, Response};
use registry_types::{
    Advisory, AffectedRange, Cvss, Ecosystem, Error, Result, Severity, check_name,
};
use serde_json::value::RawValue;
use url::Url;

use super::object::{Object, items};
use crate::check_status;
use crate::common::json;
use crate::common::request::{build, endpoint};
use crate::osv::{score, severity_of_score, severity_of_word};

/// The request for the advisories about some versions of some packages. The body is gzipped JSON.
///
/// # Errors
/// `invalid_argument` when a name is no npm name.
pub fn audit_request(base: &Url, packages: &[(&str, &str)]) -> Result<Request<Bytes>> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, version) in packages {
        check_name(Ecosystem::Npm, name)?;
        versions.entry(name).or_default().insert(version);
    }
    let failed = |e: &dyn std::fmt::Display| Error::internal(format!("npm audit body: {e}"));
    let body = serde_json::to_vec(&versions).map_err(|e| failed(&e))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&body).map_err(|e| failed(&e))?;
    let body = encoder.finish().map_err(|e| failed(&e))?;
    let url = endpoint(base, "-/npm/v1/security/advisories/bulk");
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
    ];
    build(
        Method::POST,
        &url,
        "application/json",
        &headers,
        body.into(),
    )
}

/// Reads the advisories, by package. What they affect is a range of npm's own, to be matched with
/// prereleases included.
///
/// # Errors
/// By status (a mirror without the endpoint: `not_found`); `protocol` when it is no object.
pub fn parse_audit(response: &Response<Bytes>) -> Result<BTreeMap<String, Vec<Advisory>>> {
    const WHAT: &str = "npm's bulk advisories";
    check_status(WHAT, response)?;
    let text = json::text(response.body());
    let object = Object::parse(&text, WHAT)?;
    Ok(object
        .all()
        .map(|(name, raw)| {
            let items = items(raw).unwrap_or_default();
            (
                name.to_owned(),
                items.into_iter().filter_map(advisory).collect(),
            )
        })
        .collect())
}

fn advisory(raw: &RawValue) -> Option<Advisory> {
    let object = Object::of(raw);
    let url = object.text("url");
    let ghsa = url
        .as_deref()
        .and_then(|url| url.trim_end_matches('/').rsplit('/').next())
        .filter(|id| id.starts_with("GHSA-"));
    let number = || {
        object
            .get("id")
            .map(|id| format!("npm-{}", id.get().trim_matches('"')))
    };
    let id = ghsa.map(str::to_owned).or_else(number)?;
    let range = object.text("vulnerable_versions")?;
    let title = object.text("title");
    let cvss = cvss(&object.object("cvss"));
    let word = object.text("severity");
    let severity = word.as_deref().map_or(Severity::Unknown, severity_of_word);
    let malware = object.texts("cwe").iter().any(|cwe| cwe == "CWE-506");
    Some(Advisory {
        severity: match (severity, &cvss) {
            (Severity::Unknown, Some(cvss)) => severity_of_score(cvss.score),
            _ => severity,
        },
        cvss,
        affected: vec![AffectedRange::requirement(range)],
        malicious: malware
            || title
                .as_deref()
                .is_some_and(|t| t.starts_with("Malware in ")),
        summary: title,
        references: url.into_iter().collect(),
        sources: vec!["npm".to_owned()],
        ..Advisory::new(id)
    })
}

/// Where a vector is missing the score is 0, which means nothing.
fn cvss(object: &Object<'_>) -> Option<Cvss> {
    score(&object.text("vectorString")?)
}
