use bytes::Bytes;
use http::{Request, Response};
use registry_types::{Downloads, Ecosystem, Error, Result, check_name};
use url::Url;

use super::object::Object;
use crate::check_status;
use crate::common::json;
use crate::common::request::{endpoint, get};

/// The request for last month's downloads. `base` is the downloads API, another host than the
/// registry; here a scope's slash stays a slash.
///
/// # Errors
/// `invalid_argument` when `name` is no npm name.
pub fn downloads_request(base: &Url, name: &str) -> Result<Request<Bytes>> {
    check_name(Ecosystem::Npm, name)?;
    let url = endpoint(base, &format!("downloads/point/last-month/{name}"));
    get(&url, "application/json")
}

/// Reads last month's downloads. npm counts no total.
///
/// # Errors
/// By status; `protocol` when there is no count in the answer.
pub fn parse_downloads(response: &Response<Bytes>) -> Result<Downloads> {
    const WHAT: &str = "npm's download count";
    check_status(WHAT, response)?;
    let text = json::text(response.body());
    let object = Object::parse(&text, WHAT)?;
    let count = object
        .get("downloads")
        .and_then(|raw| raw.get().parse().ok());
    let recent = count.ok_or_else(|| {
        let why = object
            .text("error")
            .unwrap_or_else(|| "no count in it".to_owned());
        Error::protocol(format!("the answer for {WHAT} has {why}"))
    })?;
    Ok(Downloads {
        total: None,
        recent: Some(recent),
    })
}
