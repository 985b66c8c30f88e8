//! Download counts, which PyPI itself does not give (it says -1): pypistats has them.

use bytes::Bytes;
use http::{Request, Response};
use registry_types::{Downloads, Ecosystem, Result, check_name, normalize_name};
use serde::Deserialize;
use url::Url;

use crate::check_status;
use crate::common::request::{endpoint, get, segment};
use crate::common::{json, lenient};

/// The request for a project's recent downloads, at a base that speaks pypistats' API.
///
/// # Errors
/// `invalid_argument` when `name` is no project's name.
pub fn downloads_request(base: &Url, name: &str) -> Result<Request<Bytes>> {
    check_name(Ecosystem::Pypi, name)?;
    let name = normalize_name(Ecosystem::Pypi, name);
    let path = format!("api/packages/{}/recent", segment(&name));
    get(&endpoint(base, &path), "application/json")
}

/// Reads the downloads of the last month; nobody counts them all.
///
/// # Errors
/// As [`check_status`], or `protocol` when the answer is no JSON object.
pub fn parse_downloads(name: &str, response: &Response<Bytes>) -> Result<Downloads> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Answer {
        #[serde(deserialize_with = "lenient::or_default")]
        data: Recent,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Recent {
        #[serde(deserialize_with = "lenient::count")]
        last_month: Option<u64>,
    }
    let what = format!("the downloads of the Python project {name}");
    check_status(&what, response)?;
    let text = json::text(response.body());
    let answer: Answer = json::parse(&text, &what)?;
    Ok(Downloads {
        total: None,
        recent: answer.data.last_month,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_month_is_what_is_known() {
        let base = Url::parse("http://127.0.0.1:1/").unwrap();
        let request = downloads_request(&base, "Foo.Bar").unwrap();
        assert_eq!(request.uri().path(), "/api/packages/foo-bar/recent");
        let read = |body: &'static str| {
            parse_downloads("foo", &Response::new(Bytes::from_static(body.as_bytes())))
        };
        let body = r#"{"data":{"last_day":1,"last_month":30,"last_week":7},"package":"foo"}"#;
        assert_eq!(read(body).unwrap().recent, Some(30));
        assert_eq!(read(r#"{"data":null}"#).unwrap(), Downloads::default());
        assert!(read("<html>").is_err());
    }
}
