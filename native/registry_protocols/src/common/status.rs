use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use registry_types::{Error, ErrorKind, Result};
use serde_json::Value;

use super::json;

/// Maps a response's status to an error kind; `what` names the thing asked for. Only 200 to 299 is
/// success: redirects and 304 are the transport's business.
///
/// # Errors
/// 404, 410, 451 → `not_found`; 401, 403 → `unauthorized`; 429, 420 → `rate_limited` (with the
/// detail `retry_after_ms` when the server told); 408 → `timeout`; 5xx → `network`; others → `protocol`.
pub fn check_status(what: &str, response: &Response<Bytes>) -> Result<()> {
    let status = response.status();
    if status.is_success() {
        return Ok(());
    }
    let (kind, advice) = match status.as_u16() {
        404 | 410 => (ErrorKind::NotFound, "does not exist: check the spelling"),
        451 => (ErrorKind::NotFound, "is not available for legal reasons"),
        401 | 403 => (
            ErrorKind::Unauthorized,
            "was refused: check the credentials configured for this endpoint",
        ),
        420 | 429 => (ErrorKind::RateLimited, "was asked for too often: wait"),
        408 => (ErrorKind::Timeout, "took too long: try again"),
        500..=599 => (
            ErrorKind::Network,
            "could not be had because the server failed: try again later",
        ),
        _ => (ErrorKind::Protocol, "got an unexpected answer"),
    };
    let mut message = format!("{what} {advice} (status {})", status.as_u16());
    if let Some(words) = server_message(response.body()) {
        message.push_str(": ");
        message.push_str(&words);
    }
    let mut error = Error::new(kind, message).with("status", status.as_u16());
    let waiting =
        matches!(kind, ErrorKind::RateLimited) || status == StatusCode::SERVICE_UNAVAILABLE;
    if let Some(delay) = waiting
        .then(|| retry_after(response.headers(), SystemTime::now()))
        .flatten()
    {
        error = error.with("retry_after_ms", delay.as_millis());
    }
    Err(error)
}

/// How long `Retry-After` asks to wait: seconds or an HTTP date.
#[must_use]
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers
        .get(http::header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// The words of an error body, one line of at most 200 characters: npm `{"error"}`, cargo
/// `{"errors":[{"detail"}]}`, Hex and GitHub `{"message"}`.
fn server_message(body: &[u8]) -> Option<String> {
    const LARGEST: usize = 64 * 1024;
    if body.len() > LARGEST {
        return None;
    }
    let value: Value = serde_json::from_str(&json::text(body)).ok()?;
    let words = [
        value.pointer("/errors/0/detail"),
        value.get("error"),
        value.get("message"),
        value.get("reason"),
    ]
    .into_iter()
    .flatten()
    .find_map(Value::as_str)?;
    let line: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(200)
        .collect();
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, headers: &[(&str, &str)], body: &'static str) -> Response<Bytes> {
        let mut builder = Response::builder().status(status);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        builder.body(Bytes::from_static(body.as_bytes())).unwrap()
    }

    #[test]
    fn statuses_map_to_kinds() {
        let cases = [
            (404, ErrorKind::NotFound),
            (410, ErrorKind::NotFound),
            (451, ErrorKind::NotFound),
            (401, ErrorKind::Unauthorized),
            (403, ErrorKind::Unauthorized),
            (429, ErrorKind::RateLimited),
            (420, ErrorKind::RateLimited),
            (408, ErrorKind::Timeout),
            (500, ErrorKind::Network),
            (503, ErrorKind::Network),
            (304, ErrorKind::Protocol),
            (400, ErrorKind::Protocol),
        ];
        for (status, kind) in cases {
            let error = check_status("left-pad", &response(status, &[], "")).unwrap_err();
            assert_eq!(error.kind, kind, "{status}");
            assert!(error.message.starts_with("left-pad "), "{}", error.message);
        }
        assert!(check_status("x", &response(200, &[], "")).is_ok());
    }

    #[test]
    fn the_servers_words_are_kept_on_one_line() {
        for body in [
            r#"{"error":"no\nluck"}"#,
            r#"{"errors":[{"detail":"no\nluck"}]}"#,
            r#"{"status":404,"message":"no\nluck"}"#,
        ] {
            let error = check_status("x", &response(404, &[], body)).unwrap_err();
            assert!(error.message.ends_with(": no luck"), "{}", error.message);
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let error = check_status("x", &response(429, &[("retry-after", "7")], "")).unwrap_err();
        assert!(
            error
                .details
                .contains(&("retry_after_ms".into(), "7000".into()))
        );
        let now = httpdate::parse_http_date("Wed, 21 Oct 2015 07:28:00 GMT").unwrap();
        let wait =
            |text: &str| retry_after(response(429, &[("retry-after", text)], "").headers(), now);
        assert_eq!(
            wait("Wed, 21 Oct 2015 07:28:30 GMT"),
            Some(Duration::from_secs(30))
        );
        assert_eq!(wait("Wed, 21 Oct 2015 07:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-1"), None);
    }
}
