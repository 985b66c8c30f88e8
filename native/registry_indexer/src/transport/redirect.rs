//! Where an answer sends us, and whether we go there.

use http::{HeaderMap, Method, StatusCode, header};
use registry_types::{Error, Result};
use url::Url;

use super::failure::show;

/// The address a redirect names, or `None` when the answer is no redirect.
///
/// # Errors
/// [`registry_types::ErrorKind::Protocol`] for a missing or unusable `Location`, and for a step
/// from `https` down to `http`, on which anyone could read and change what follows.
pub fn target(from: &Url, status: StatusCode, headers: &HeaderMap) -> Result<Option<Url>> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let bad = |why: &str| Err(Error::protocol(format!("{} redirects {why}", show(from))));
    let Some(location) = headers.get(header::LOCATION).and_then(|v| v.to_str().ok()) else {
        return bad("without saying where to: the registry or a proxy before it is at fault");
    };
    let Ok(mut to) = from.join(location) else {
        return bad("to something that is no address");
    };
    if !matches!(to.scheme(), "http" | "https") || to.host_str().is_none() {
        return bad("to something that is no web address");
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return bad(&format!(
            "from https to plain http at {}: refused",
            show(&to)
        ));
    }
    // Whoever answers must not choose the credentials we send.
    let stripped = to.set_username("").and_then(|()| to.set_password(None));
    if stripped.is_err() {
        return bad("to an address with credentials");
    }
    Ok(Some(to))
}

/// The method after a redirect with `status`: what browsers and curl do.
#[must_use]
pub fn method_after(status: StatusCode, method: &Method) -> Method {
    match status.as_u16() {
        303 if method != Method::HEAD => Method::GET,
        301 | 302 if method == Method::POST => Method::GET,
        _ => method.clone(),
    }
}

/// Whether credentials for `a` may be sent to `b`: same scheme, host and port.
#[must_use]
pub fn same_origin(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme()
        && a.host_str() == b.host_str()
        && a.port_or_known_default() == b.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(from: &str, location: &str) -> Result<Option<Url>> {
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, location.parse().unwrap());
        target(&Url::parse(from).unwrap(), StatusCode::FOUND, &headers)
    }

    #[test]
    fn relative_and_absolute_targets() {
        let at = |l| {
            follow("https://a.test/x/y?z", l)
                .unwrap()
                .unwrap()
                .to_string()
        };
        assert_eq!(at("../b"), "https://a.test/b");
        assert_eq!(at("//c.test/d"), "https://c.test/d");
        assert_eq!(at("https://user:secret@c.test/d"), "https://c.test/d");
    }

    #[test]
    fn never_down_to_http_nor_elsewhere() {
        for bad in [
            "http://a.test/",
            "ftp://a.test/",
            "file:///etc/passwd",
            "https://",
        ] {
            assert!(follow("https://a.test/", bad).is_err(), "{bad}");
        }
        assert!(follow("http://a.test/", "https://b.test/").is_ok());
        let none = target(
            &Url::parse("https://a.test/").unwrap(),
            StatusCode::FOUND,
            &HeaderMap::new(),
        );
        assert!(none.is_err());
    }

    #[test]
    fn a_304_is_no_redirect() {
        let url = Url::parse("https://a.test/").unwrap();
        let none = target(&url, StatusCode::NOT_MODIFIED, &HeaderMap::new());
        assert_eq!(none.unwrap(), None);
    }

    #[test]
    fn origins_differ_by_scheme_host_and_port() {
        let same = |a: &str, b: &str| same_origin(&a.parse().unwrap(), &b.parse().unwrap());
        assert!(same("https://a.test/x", "https://a.test:443/y"));
        assert!(!same("https://a.test/", "https://b.test/"));
        assert!(!same("https://a.test/", "http://a.test/"));
        assert!(!same("http://a.test:1/", "http://a.test:2/"));
    }
}
