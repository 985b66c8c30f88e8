//! Building requests.

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Method, Request};
use registry_types::{Error, Result};
use url::Url;

use crate::common::request::{build, endpoint, segment};

const JSON: &str = "application/vnd.github+json";

/// A GET of `path` (encoded already) with GitHub's version and, if given, the token.
pub(super) fn get(base: &Url, path: &str, token: Option<&str>) -> Result<Request<Bytes>> {
    get_as(&endpoint(base, path), JSON, token)
}

pub(super) fn get_as(
    url: &Url,
    accept: &'static str,
    token: Option<&str>,
) -> Result<Request<Bytes>> {
    let version = [("x-github-api-version", "2022-11-28")];
    let mut request = build(Method::GET, url, accept, &version, Bytes::new())?;
    if let Some(token) = token {
        let mut value = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| {
            Error::invalid_argument("the GitHub token holds characters no header may")
        })?;
        value.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    Ok(request)
}

/// `repos/{owner}/{name}`, from `owner/name`.
pub(super) fn repository_path(repository: &str) -> Result<String> {
    let fine = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        !part.is_empty()
            && part.len() <= 100
            && !matches!(part, "." | "..")
            && part.bytes().all(plain)
    };
    match repository.split_once('/') {
        Some((owner, name)) if fine(owner) && fine(name) => {
            Ok(format!("repos/{}/{}", segment(owner), segment(name)))
        }
        _ => Err(Error::invalid_argument(format!(
            "{repository:?} is no GitHub repository: write owner/name"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_carry_version_and_token() {
        let base = Url::parse("http://127.0.0.1:1/api/").unwrap();
        let request = get(&base, &repository_path("O/r.js").unwrap(), Some("secret")).unwrap();
        assert_eq!(request.uri().path(), "/api/repos/O/r.js");
        assert_eq!(request.headers()["x-github-api-version"], "2022-11-28");
        assert_eq!(request.headers()[AUTHORIZATION], "Bearer secret");
        assert!(request.headers().contains_key("user-agent"));
        assert!(!format!("{request:?}").contains("secret"));
        assert!(get(&base, "x", Some("a\nb")).is_err());
    }

    #[test]
    fn foreign_text_never_reaches_an_address() {
        for name in [
            "", "a", "a/", "/b", "a/b/c", "../b", "a/..", "a b/c", "a/b?c", "a/é",
        ] {
            assert!(repository_path(name).is_err(), "{name}");
        }
    }
}
