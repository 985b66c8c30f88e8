//! Releases and tags.

use bytes::Bytes;
use http::{Request, Response};
use registry_types::{Error, Result, Timestamp};
use serde::Deserialize;
use url::Url;

use super::limit::check;
use super::request::{get, get_as, repository_path};
use crate::common::request::endpoint;
use crate::common::{json, lenient};

/// A release on GitHub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GithubRelease {
    /// The tag it was made from.
    pub tag: String,
    /// Its title.
    pub name: Option<String>,
    /// Its notes.
    pub body: Option<String>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Not for everybody yet.
    pub prerelease: bool,
    /// Not published at all.
    pub draft: bool,
}

/// The request for the newest release that is neither a draft nor a prerelease.
///
/// # Errors
/// `invalid_argument` when it is no repository's name or the token no header's value.
pub fn latest_release_request(
    base: &Url,
    repository: &str,
    token: Option<&str>,
) -> Result<Request<Bytes>> {
    let path = format!("{}/releases/latest", repository_path(repository)?);
    get(base, &path, token)
}

/// The request for a page (from 1) of a hundred releases, newest first.
///
/// # Errors
/// As [`latest_release_request`].
pub fn releases_request(
    base: &Url,
    repository: &str,
    page: u32,
    token: Option<&str>,
) -> Result<Request<Bytes>> {
    paged(base, repository, "releases", page, token)
}

/// The request for a page (from 1) of a hundred tags.
///
/// # Errors
/// As [`latest_release_request`].
pub fn tags_request(
    base: &Url,
    repository: &str,
    page: u32,
    token: Option<&str>,
) -> Result<Request<Bytes>> {
    paged(base, repository, "tags", page, token)
}

fn paged(
    base: &Url,
    repository: &str,
    list: &str,
    page: u32,
    token: Option<&str>,
) -> Result<Request<Bytes>> {
    let mut url = endpoint(base, &format!("{}/{list}", repository_path(repository)?));
    url.set_query(Some(&format!("per_page=100&page={}", page.max(1))));
    get_as(&url, "application/vnd.github+json", token)
}

/// Reads one release.
///
/// # Errors
/// As [`super::check`] (`not_found` when there is none), or `protocol`.
pub fn parse_release(repository: &str, response: &Response<Bytes>) -> Result<GithubRelease> {
    let what = format!("the latest release of {repository}");
    check(&what, response)?;
    let text = json::text(response.body());
    let answer: Answer = json::parse(&text, &what)?;
    answer
        .into_release()
        .ok_or_else(|| Error::protocol(format!("the answer for {what} names no tag")))
}

/// Reads a page of releases; a page of fewer than a hundred is the last.
///
/// # Errors
/// As [`super::check`], or `protocol`.
pub fn parse_releases(repository: &str, response: &Response<Bytes>) -> Result<Vec<GithubRelease>> {
    let what = format!("the releases of {repository}");
    check(&what, response)?;
    let text = json::text(response.body());
    let answers: lenient::List<Answer> = json::parse(&text, &what)?;
    Ok(answers
        .0
        .into_iter()
        .filter_map(Answer::into_release)
        .collect())
}

/// Reads a page of tags: each with the commit it stands for.
///
/// # Errors
/// As [`super::check`], or `protocol`.
pub fn parse_tags(
    repository: &str,
    response: &Response<Bytes>,
) -> Result<Vec<(String, Option<String>)>> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Tag {
        #[serde(deserialize_with = "lenient::text")]
        name: Option<String>,
        #[serde(deserialize_with = "lenient::or_default")]
        commit: Commit,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Commit {
        #[serde(deserialize_with = "lenient::text")]
        sha: Option<String>,
    }
    let what = format!("the tags of {repository}");
    check(&what, response)?;
    let text = json::text(response.body());
    let tags: lenient::List<Tag> = json::parse(&text, &what)?;
    let named = |tag: Tag| Some((tag.name?, tag.commit.sha));
    Ok(tags.0.into_iter().filter_map(named).collect())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    #[serde(deserialize_with = "lenient::text")]
    tag_name: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    body: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    published_at: Option<String>,
    #[serde(deserialize_with = "lenient::flag")]
    prerelease: bool,
    #[serde(deserialize_with = "lenient::flag")]
    draft: bool,
}

impl Answer {
    fn into_release(self) -> Option<GithubRelease> {
        Some(GithubRelease {
            tag: self.tag_name?,
            name: self.name,
            body: self.body,
            published_at: self.published_at.as_deref().and_then(Timestamp::parse),
            prerelease: self.prerelease,
            draft: self.draft,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(body: &'static str) -> Response<Bytes> {
        Response::new(Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn releases_and_tags() {
        let body = r#"[{"tag_name":"v2.0.0-rc.1","name":null,"prerelease":true,"draft":false},
            {"tag_name":"v1.0.0","body":"notes","published_at":"2024-01-02T03:04:05Z"},{"name":"x"}]"#;
        let releases = parse_releases("o/r", &response(body)).unwrap();
        assert_eq!(releases.len(), 2);
        assert!(releases[0].prerelease && releases[0].name.is_none());
        assert_eq!(releases[1].body.as_deref(), Some("notes"));
        let tags = parse_tags(
            "o/r",
            &response(r#"[{"name":"v1","commit":{"sha":"abc"}},{"name":"v0"}]"#),
        );
        assert_eq!(
            tags.unwrap(),
            [
                ("v1".to_owned(), Some("abc".to_owned())),
                ("v0".to_owned(), None)
            ]
        );
        assert_eq!(
            parse_release("o/r", &response(r#"{"tag_name":"v1"}"#))
                .unwrap()
                .tag,
            "v1"
        );
        assert!(parse_release("o/r", &response("{}")).is_err());
        assert!(parse_tags("o/r", &response("{}")).is_err());
    }

    #[test]
    fn pages_start_at_one() {
        let base = Url::parse("http://127.0.0.1:1").unwrap();
        let request = tags_request(&base, "o/r", 0, None).unwrap();
        assert_eq!(
            request.uri().path_and_query().unwrap().as_str(),
            "/repos/o/r/tags?per_page=100&page=1"
        );
        let request = latest_release_request(&base, "o/r", None).unwrap();
        assert_eq!(request.uri().path(), "/repos/o/r/releases/latest");
    }
}
