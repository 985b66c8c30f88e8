//! What is made to go wrong, path by path.

use std::time::Duration;

use super::response::Response;

/// One thing that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Answer with this status, and `Retry-After` if given.
    Status(u16, Option<String>),
    /// Send the client to another address.
    Redirect(String),
    /// Wait before the answer.
    Slow(Duration),
    /// Wait before each KiB of the body.
    Drip(Duration),
    /// Never answer.
    Hang,
    /// Close the connection without a word.
    Close,
    /// Close after so many bytes of the body.
    Truncate(usize),
    /// Announce a length that is off by so much, then close.
    Length(i64),
    /// Flip a bit in the middle of the body.
    Corrupt,
    /// Another body, of another type.
    Body(String, String),
    /// A further header field.
    Header(String, String),
    /// No `ETag`.
    NoEtag,
    /// The HTML form of a simple index, whatever was asked for.
    Html,
}

/// A fault, where and how often it strikes.
#[derive(Clone, Debug)]
pub struct Rule {
    /// A path, or a beginning of paths when it ends in `*`.
    pub path: String,
    /// What happens.
    pub fault: Fault,
    /// How many more times; `None` is always.
    pub times: Option<u32>,
}

impl Rule {
    /// Whether it strikes at `path` now.
    #[must_use]
    pub fn hits(&self, path: &str) -> bool {
        let place = match self.path.strip_suffix('*') {
            Some(prefix) => path.starts_with(prefix),
            None => path == self.path,
        };
        place && self.times != Some(0)
    }
}

impl Fault {
    /// Reads `kind` and its arguments: see the crate's documentation.
    pub fn parse(kind: &str, args: &[&str]) -> Result<Self, String> {
        let number = |i: usize| -> Result<u64, String> {
            let text = args
                .get(i)
                .ok_or_else(|| format!("{kind} needs a number"))?;
            text.parse().map_err(|_| format!("{text} is no number"))
        };
        let text = |i: usize| args.get(i..).unwrap_or_default().join(" ");
        Ok(match kind {
            "status" => {
                let code = u16::try_from(number(0)?).map_err(|e| e.to_string())?;
                Self::Status(
                    code,
                    args.get(1..).filter(|a| !a.is_empty()).map(|a| a.join(" ")),
                )
            }
            "redirect" => Self::Redirect(text(0)),
            "slow" => Self::Slow(Duration::from_millis(number(0)?)),
            "drip" => Self::Drip(Duration::from_millis(number(0)?)),
            "hang" => Self::Hang,
            "close" => Self::Close,
            "truncate" => Self::Truncate(usize::try_from(number(0)?).map_err(|e| e.to_string())?),
            "length" => Self::Length(text(0).parse().map_err(|_| "length needs a number")?),
            "corrupt" => Self::Corrupt,
            "body" => Self::Body(
                args.first().copied().unwrap_or_default().to_owned(),
                text(1),
            ),
            "header" => Self::Header(
                args.first().copied().unwrap_or_default().to_owned(),
                text(1),
            ),
            "no-etag" => Self::NoEtag,
            "html" => Self::Html,
            _ => return Err(format!("unknown fault {kind}")),
        })
    }

    /// Changes the answer that would have been given.
    pub fn apply(&self, response: &mut Response, base: &str) {
        match self {
            Self::Status(code, retry_after) => {
                let body = format!("{{\"error\":\"status {code} on demand\"}}");
                *response = Response::new(*code, "application/json", body);
                if let Some(value) = retry_after {
                    response.headers.push(("retry-after".into(), value.clone()));
                }
            }
            Self::Redirect(to) => {
                let to = if to.starts_with('/') {
                    format!("{base}{to}")
                } else {
                    to.clone()
                };
                *response = Response::new(302, "text/plain", "elsewhere").with("location", &to);
            }
            Self::Drip(wait) => response.drip = Some(*wait),
            Self::Truncate(at) => response.truncate = Some(*at),
            Self::Length(delta) => response.length_delta = *delta,
            Self::Corrupt => {
                let middle = response.body.len() / 2;
                if let Some(byte) = response.body.get_mut(middle) {
                    *byte ^= 1;
                }
            }
            Self::Body(content_type, body) => {
                *response = Response::new(200, content_type, body.as_bytes());
            }
            Self::Header(name, value) => response.headers.push((name.clone(), value.clone())),
            Self::NoEtag => response.headers.retain(|(name, _)| name != "etag"),
            Self::Slow(_) | Self::Hang | Self::Close | Self::Html => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_from_text() {
        assert_eq!(
            Fault::parse("status", &["500"]),
            Ok(Fault::Status(500, None))
        );
        assert_eq!(
            Fault::parse("status", &["429", "7"]),
            Ok(Fault::Status(429, Some("7".into())))
        );
        assert_eq!(
            Fault::parse("body", &["text/html", "<p>", "no"]),
            Ok(Fault::Body("text/html".into(), "<p> no".into()))
        );
        assert!(Fault::parse("slow", &[]).is_err());
        assert!(Fault::parse("fly", &[]).is_err());
    }

    #[test]
    fn a_star_is_any_ending() {
        let rule = Rule {
            path: "/npm/*".into(),
            fault: Fault::Hang,
            times: Some(1),
        };
        assert!(rule.hits("/npm/x") && !rule.hits("/hex/x"));
    }
}
