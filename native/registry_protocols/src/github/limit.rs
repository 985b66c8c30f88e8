//! How much GitHub still answers, and what its refusals mean.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, Response};
use registry_types::{Error, ErrorKind, Result, Timestamp};

use crate::{check_status, retry_after};

/// What the headers of any answer say about the quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests per hour.
    pub limit: u64,
    /// Requests left.
    pub remaining: u64,
    /// When the count starts again.
    pub reset_at: Timestamp,
}

/// Reads the quota off an answer's headers.
#[must_use]
pub fn rate_limit(headers: &HeaderMap) -> Option<RateLimit> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
    let reset = i64::try_from(number("x-ratelimit-reset")?).ok()?;
    Some(RateLimit {
        limit: number("x-ratelimit-limit")?,
        remaining: number("x-ratelimit-remaining")?,
        reset_at: Timestamp::from_seconds(reset),
    })
}

/// Maps an answer's status to an error kind. GitHub refuses over its limits with 403 or 429: the
/// primary limit shows in `x-ratelimit-remaining: 0`, the secondary one in `Retry-After`.
///
/// # Errors
/// `rate_limited` with `retry_after_ms`, else as [`check_status`].
pub fn check(what: &str, response: &Response<Bytes>) -> Result<()> {
    check_at(what, response, SystemTime::now())
}

/// The wait GitHub asks for when it does not say how long.
const UNSAID: Duration = Duration::from_secs(60);

fn check_at(what: &str, response: &Response<Bytes>, now: SystemTime) -> Result<()> {
    let Err(error) = check_status(what, response) else {
        return Ok(());
    };
    if !matches!(response.status().as_u16(), 403 | 429) {
        return Err(error);
    }
    let headers = response.headers();
    let exhausted = rate_limit(headers).filter(|limit| limit.remaining == 0);
    let wait = match (retry_after(headers, now), exhausted) {
        (Some(wait), _) => wait,
        (None, Some(limit)) => until(limit.reset_at, now),
        (None, None) if response.status() == 429 || speaks_of_limits(response.body()) => UNSAID,
        (None, None) => return Err(error),
    };
    let message = format!(
        "{what} was not answered: GitHub's rate limit is used up for {} s; give a token \
         (GITHUB_TOKEN) for a larger one",
        wait.as_secs()
    );
    Err(Error::new(ErrorKind::RateLimited, message)
        .with("status", response.status().as_u16())
        .with("retry_after_ms", wait.as_millis()))
}

fn until(reset: Timestamp, now: SystemTime) -> Duration {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let reset = Duration::from_micros(u64::try_from(reset.micros()).unwrap_or(0));
    reset.saturating_sub(now)
}

/// The secondary limit's refusal may carry neither header.
fn speaks_of_limits(body: &[u8]) -> bool {
    let start = body.get(..body.len().min(4096)).unwrap_or_default();
    String::from_utf8_lossy(start)
        .to_ascii_lowercase()
        .contains("rate limit")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, headers: &[(&str, &str)], body: &'static str) -> Error {
        let mut builder = Response::builder().status(status);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let response = builder.body(Bytes::from_static(body.as_bytes())).unwrap();
        let now = UNIX_EPOCH + Duration::from_secs(1_000);
        check_at("o/r", &response, now).unwrap_err()
    }

    fn wait(error: &Error) -> Option<&str> {
        let (_, value) = error
            .details
            .iter()
            .find(|(key, _)| key == "retry_after_ms")?;
        Some(value)
    }

    #[test]
    fn both_limits_are_told_from_a_plain_refusal() {
        let quota = |remaining| {
            [
                ("x-ratelimit-limit", "60"),
                ("x-ratelimit-remaining", remaining),
                ("x-ratelimit-reset", "1030"),
            ]
        };
        for status in [403, 429] {
            let primary = refusal(status, &quota("0"), "");
            assert_eq!(primary.kind, ErrorKind::RateLimited);
            assert_eq!(wait(&primary), Some("30000"));
            let secondary = refusal(status, &[("retry-after", "7")], "");
            assert_eq!(secondary.kind, ErrorKind::RateLimited);
            assert_eq!(wait(&secondary), Some("7000"));
        }
        let silent = refusal(
            403,
            &[],
            r#"{"message":"You have exceeded a secondary rate limit"}"#,
        );
        assert_eq!(wait(&silent), Some("60000"));
        let forbidden = refusal(403, &quota("12"), r#"{"message":"Forbidden"}"#);
        assert_eq!(forbidden.kind, ErrorKind::Unauthorized);
    }

    #[test]
    fn other_statuses_keep_their_meaning() {
        assert_eq!(
            refusal(404, &[("x-ratelimit-remaining", "0")], "").kind,
            ErrorKind::NotFound
        );
        assert_eq!(refusal(451, &[], "").kind, ErrorKind::NotFound);
        assert_eq!(refusal(401, &[], "").kind, ErrorKind::Unauthorized);
    }

    #[test]
    fn a_reset_in_the_past_is_no_wait() {
        let headers = [
            ("x-ratelimit-limit", "60"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "5"),
        ];
        assert_eq!(wait(&refusal(403, &headers, "")), Some("0"));
    }
}
