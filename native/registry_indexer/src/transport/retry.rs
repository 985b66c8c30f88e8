//! When to ask again, and how long to wait before.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode, header};

/// Whether an answer with `status` may be different next time (npm's own list).
#[must_use]
pub fn is_transient(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
    ) || status.as_u16() == 420
        || (status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED)
}

/// Whether the server says that we ask too much: 429, 420, or GitHub's 403 with nothing remaining.
#[must_use]
pub fn is_rate_limit(status: StatusCode, headers: &HeaderMap) -> bool {
    let exhausted = headers
        .get("x-ratelimit-remaining")
        .is_some_and(|v| v.as_bytes() == b"0");
    matches!(status.as_u16(), 429 | 420)
        || (status == StatusCode::FORBIDDEN
            && (exhausted || headers.contains_key(header::RETRY_AFTER)))
}

/// How long the server asks us to wait: `Retry-After` in seconds or as an HTTP date, else the
/// moment (unix seconds) at which an exhausted quota is filled again.
#[must_use]
pub fn asked_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(value) = text("retry-after") {
        if let Ok(seconds) = value.parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        if let Ok(at) = httpdate::parse_http_date(value) {
            return Some(at.duration_since(now).unwrap_or_default());
        }
    }
    if text("x-ratelimit-remaining") != Some("0") {
        return None;
    }
    let reset = Duration::from_secs(text("x-ratelimit-reset")?.parse().ok()?);
    let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(reset.saturating_sub(now))
}

/// The wait before retry number `attempt` (from 0): `base` doubled each time, at most 64 times,
/// less a random part of up to a half, so that clients which failed together come back apart.
#[must_use]
pub fn backoff(base: Duration, attempt: u32) -> Duration {
    let full = base.saturating_mul(1 << attempt.min(6));
    let random = RandomState::new().hash_one(attempt) % 512;
    full.saturating_sub(full.saturating_mul(u32::try_from(random).unwrap_or(0)) / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_what_may_pass_is_retried() {
        for code in [408, 420, 429, 500, 502, 503, 504] {
            assert!(is_transient(StatusCode::from_u16(code).unwrap()), "{code}");
        }
        for code in [200, 304, 400, 401, 403, 404, 410, 451, 501] {
            assert!(!is_transient(StatusCode::from_u16(code).unwrap()), "{code}");
        }
    }

    #[test]
    fn retry_after_in_both_forms() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let wait = |pairs: &[_]| asked_wait(&headers(pairs), now);
        assert_eq!(
            wait(&[("retry-after", " 7 ")]),
            Some(Duration::from_secs(7))
        );
        let date = httpdate::fmt_http_date(now + Duration::from_secs(90));
        assert_eq!(
            wait(&[("retry-after", &date)]),
            Some(Duration::from_secs(90))
        );
        let past = httpdate::fmt_http_date(now - Duration::from_secs(90));
        assert_eq!(wait(&[("retry-after", &past)]), Some(Duration::ZERO));
        assert_eq!(wait(&[("retry-after", "soon")]), None);
        assert_eq!(
            wait(&[
                ("x-ratelimit-remaining", "0"),
                ("x-ratelimit-reset", "1700000030")
            ]),
            Some(Duration::from_secs(30))
        );
        assert_eq!(
            wait(&[
                ("x-ratelimit-remaining", "5"),
                ("x-ratelimit-reset", "1700000030")
            ]),
            None
        );
    }

    #[test]
    fn a_403_is_a_rate_limit_only_when_it_says_so() {
        assert!(!is_rate_limit(StatusCode::FORBIDDEN, &headers(&[])));
        assert!(is_rate_limit(
            StatusCode::FORBIDDEN,
            &headers(&[("x-ratelimit-remaining", "0")])
        ));
        assert!(is_rate_limit(StatusCode::TOO_MANY_REQUESTS, &headers(&[])));
    }

    #[test]
    fn backoff_grows_and_stays_within_its_half() {
        let base = Duration::from_millis(512);
        for attempt in 0..40 {
            let full = base * (1 << attempt.min(6));
            let wait = backoff(base, attempt);
            assert!(wait <= full && wait >= full / 2, "{attempt}: {wait:?}");
        }
    }
}
