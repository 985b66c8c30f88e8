//! From a failed request to an error a person can act on.

use std::error::Error as StdError;
use std::time::Duration;

use registry_types::{Error, ErrorKind};
use url::Url;

use super::resolver::Refused;

/// An address without what may be secret in it: credentials, and the query of signed addresses.
#[must_use]
pub fn show(url: &Url) -> String {
    let mut clean = url.clone();
    let _ = clean.set_username("");
    let _ = clean.set_password(None);
    clean.set_query(None);
    clean.set_fragment(None);
    clean.to_string()
}

/// A request that got no answer, or not all of it.
#[derive(Debug)]
pub struct Failure {
    /// What to tell the caller.
    pub error: Error,
    /// Whether asking again may help.
    pub transient: bool,
}

impl Failure {
    /// A failure for good.
    pub const fn last(error: Error) -> Self {
        Self {
            error,
            transient: false,
        }
    }

    /// Reads the causes of `error`.
    pub fn of(error: reqwest::Error, url: &Url) -> Self {
        let error = error.without_url();
        if let Some(refused) = find::<Refused>(&error) {
            let advice = "if it is your mirror, name it as the endpoint";
            return Self::last(
                Error::protocol(format!("{}: {refused}; {advice}", show(url)))
                    .with("host", host(url)),
            );
        }
        let causes = causes(&error);
        let timed_out = error.is_timeout();
        let advice = if timed_out {
            "try again, or raise the connect timeout"
        } else if error.is_dns() {
            "check the name and the network; behind a proxy set HTTPS_PROXY"
        } else if causes.contains("certificate") {
            "if your network has its own authority, set SSL_CERT_FILE to its certificate"
        } else if error.is_connect() {
            "check that it runs and that the network lets us through; behind a proxy set \
             HTTPS_PROXY"
        } else {
            "the connection broke; try again"
        };
        let kind = if timed_out {
            ErrorKind::Timeout
        } else {
            ErrorKind::Network
        };
        let certificate = causes.contains("certificate");
        let message = format!("{}: {causes}; {advice}", show(url));
        Self {
            error: Error::new(kind, message).with("host", host(url)),
            // A name that does not exist will not exist a second later; a resolver may come back.
            transient: !error.is_builder()
                && !certificate
                && (!error.is_dns() || causes.contains("Temporary")),
        }
    }
}

/// A request that took longer than it may.
pub fn too_slow(url: &Url, limit: Duration) -> Error {
    let message = format!(
        "{}: no complete answer within {} ms; try again, or raise request_timeout",
        show(url),
        limit.as_millis()
    );
    Error::new(ErrorKind::Timeout, message)
        .with("host", host(url))
        .with("timeout_ms", limit.as_millis())
}

/// The host of an address, for the details of an error.
pub fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

type Cause<'a> = &'a (dyn StdError + 'static);

fn chain<'a>(error: Cause<'a>) -> impl Iterator<Item = Cause<'a>> {
    std::iter::successors(Some(error), |e| (**e).source())
}

fn find<T: StdError + 'static>(error: Cause<'_>) -> Option<&T> {
    chain(error).find_map(|e| e.downcast_ref::<T>())
}

/// The causes from the outermost to the innermost, each said once.
fn causes(error: Cause<'_>) -> String {
    let mut out = String::new();
    for cause in chain(error).map(ToString::to_string) {
        if !out.contains(&cause) {
            if !out.is_empty() {
                out.push_str(": ");
            }
            out.push_str(&cause);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let url = Url::parse("https://me:secret@h.test/p?signature=secret#secret").unwrap();
        assert_eq!(show(&url), "https://h.test/p");
    }
}
