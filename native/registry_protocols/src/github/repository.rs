//! A repository and its README.

use bytes::Bytes;
use http::{Request, Response};
use registry_types::{Error, Result, Timestamp};
use serde::Deserialize;
use url::Url;

use super::limit::check;
use super::request::{get, get_as, repository_path};
use crate::common::request::{endpoint, segment};
use crate::common::{json, lenient};

/// What GitHub says of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// `owner/name` as it is now: another one than was asked for after a rename.
    pub full_name: String,
    /// Its page.
    pub html_url: Option<String>,
    /// One line.
    pub description: Option<String>,
    /// The project's page.
    pub homepage: Option<String>,
    /// Its topics.
    pub topics: Vec<String>,
    /// The SPDX identifier of its licence; `None` where GitHub recognised none.
    pub license: Option<String>,
    /// The main language.
    pub language: Option<String>,
    /// Stars.
    pub stars: Option<u64>,
    /// Forks.
    pub forks: Option<u64>,
    /// People who watch it.
    pub subscribers: Option<u64>,
    /// Open issues and pull requests.
    pub open_issues: Option<u64>,
    /// The branch shown first.
    pub default_branch: Option<String>,
    /// Read only from now on.
    pub archived: bool,
    /// Disabled by GitHub.
    pub disabled: bool,
    /// A copy of another repository.
    pub fork: bool,
    /// When anything was last pushed.
    pub pushed_at: Option<Timestamp>,
    /// When its page last changed.
    pub updated_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

impl Repository {
    /// Whether it has another name now than `asked`, upper and lower case aside.
    #[must_use]
    pub fn was_renamed(&self, asked: &str) -> bool {
        !self.full_name.eq_ignore_ascii_case(asked)
    }
}

/// The request for a repository, `owner/name`.
///
/// # Errors
/// `invalid_argument` when it is no repository's name or the token no header's value.
pub fn repository_request(
    base: &Url,
    repository: &str,
    token: Option<&str>,
) -> Result<Request<Bytes>> {
    get(base, &repository_path(repository)?, token)
}

/// Reads a repository (after redirects, so perhaps under a new name).
///
/// # Errors
/// As [`super::check`], or `protocol` when the answer is no repository.
pub fn parse_repository(repository: &str, response: &Response<Bytes>) -> Result<Repository> {
    let what = format!("the GitHub repository {repository}");
    check(&what, response)?;
    let text = json::text(response.body());
    let answer: Answer = json::parse(&text, &what)?;
    let full_name = answer
        .full_name
        .filter(|name| repository_path(name).is_ok())
        .ok_or_else(|| Error::protocol(format!("the answer for {what} does not name it")))?;
    let date = |text: Option<String>| Timestamp::parse(&text?);
    Ok(Repository {
        full_name,
        html_url: answer.html_url,
        description: answer.description,
        homepage: answer.homepage,
        topics: answer.topics,
        license: answer.license.spdx_id.filter(|id| id != "NOASSERTION"),
        language: answer.language,
        stars: answer.stargazers_count,
        forks: answer.forks_count,
        subscribers: answer.subscribers_count,
        open_issues: answer.open_issues_count,
        default_branch: answer.default_branch,
        archived: answer.archived,
        disabled: answer.disabled,
        fork: answer.fork,
        pushed_at: date(answer.pushed_at),
        updated_at: date(answer.updated_at),
        created_at: date(answer.created_at),
    })
}

/// The request for the README of a repository, or of one directory in it, at a branch, tag or
/// commit.
///
/// # Errors
/// `invalid_argument` as [`repository_request`].
pub fn readme_request(
    base: &Url,
    repository: &str,
    directory: Option<&str>,
    reference: Option<&str>,
    token: Option<&str>,
) -> Result<Request<Bytes>> {
    let mut path = format!("{}/readme", repository_path(repository)?);
    let parts = directory.unwrap_or_default().split('/');
    for part in parts.filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            return Err(Error::invalid_argument(format!(
                "the directory {directory:?} leads out of the repository"
            )));
        }
        path.push('/');
        path.push_str(&segment(part));
    }
    let mut url = endpoint(base, &path);
    if let Some(reference) = reference {
        url.query_pairs_mut().append_pair("ref", reference);
    }
    get_as(&url, "application/vnd.github.raw+json", token)
}

/// Reads a README: its text as it lies in the repository.
///
/// # Errors
/// As [`super::check`]; `not_found` when there is none.
pub fn parse_readme(repository: &str, response: &Response<Bytes>) -> Result<String> {
    check(
        &format!("the README of the GitHub repository {repository}"),
        response,
    )?;
    Ok(json::text(response.body()).into_owned())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    #[serde(deserialize_with = "lenient::text")]
    full_name: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    html_url: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    homepage: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    topics: Vec<String>,
    #[serde(deserialize_with = "lenient::or_default")]
    license: License,
    #[serde(deserialize_with = "lenient::text")]
    language: Option<String>,
    #[serde(deserialize_with = "lenient::count")]
    stargazers_count: Option<u64>,
    #[serde(deserialize_with = "lenient::count")]
    forks_count: Option<u64>,
    #[serde(deserialize_with = "lenient::count")]
    subscribers_count: Option<u64>,
    #[serde(deserialize_with = "lenient::count")]
    open_issues_count: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    default_branch: Option<String>,
    #[serde(deserialize_with = "lenient::flag")]
    archived: bool,
    #[serde(deserialize_with = "lenient::flag")]
    disabled: bool,
    #[serde(deserialize_with = "lenient::flag")]
    fork: bool,
    #[serde(deserialize_with = "lenient::text")]
    pushed_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    updated_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    created_at: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct License {
    #[serde(deserialize_with = "lenient::text")]
    spdx_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::ErrorKind;

    fn read(body: &'static str) -> Result<Repository> {
        parse_repository(
            "Old/Name",
            &Response::new(Bytes::from_static(body.as_bytes())),
        )
    }

    #[test]
    fn a_renamed_repository_tells_its_new_name() {
        let repository = read(
            r#"{"full_name":"new-owner/name","stargazers_count":12,"license":{"spdx_id":"MIT"},
                "topics":["a"],"archived":true,"pushed_at":"2024-01-02T03:04:05Z","homepage":""}"#,
        )
        .unwrap();
        assert!(repository.was_renamed("Old/Name"));
        assert!(!repository.was_renamed("New-Owner/Name"));
        assert_eq!(repository.stars, Some(12));
        assert_eq!(repository.license.as_deref(), Some("MIT"));
        assert_eq!(repository.homepage, None);
        assert!(repository.archived && !repository.fork);
        assert_eq!(
            repository.pushed_at,
            Timestamp::parse("2024-01-02T03:04:05Z")
        );
    }

    #[test]
    fn what_is_unknown_stays_unknown() {
        let repository =
            read(r#"{"full_name":"o/r","license":null,"stargazers_count":null}"#).unwrap();
        assert_eq!((repository.stars, repository.license), (None, None));
        let repository =
            read(r#"{"full_name":"o/r","license":{"spdx_id":"NOASSERTION"}}"#).unwrap();
        assert_eq!(repository.license, None);
    }

    #[test]
    fn an_answer_about_nothing_is_refused() {
        for body in ["{}", "[]", "<html>", r#"{"full_name":"../x"}"#] {
            assert_eq!(read(body).unwrap_err().kind, ErrorKind::Protocol, "{body}");
        }
    }

    #[test]
    fn readme_of_a_directory_at_a_commit() {
        let base = Url::parse("http://127.0.0.1:1").unwrap();
        let request =
            readme_request(&base, "o/r", Some("./packages/a b/"), Some("v1&x"), None).unwrap();
        assert_eq!(
            request.uri().path_and_query().unwrap().as_str(),
            "/repos/o/r/readme/packages/a%20b?ref=v1%26x"
        );
        assert!(readme_request(&base, "o/r", Some("a/../../b"), None, None).is_err());
        let response = Response::new(Bytes::from_static(b"\xef\xbb\xbf# Hi\xff"));
        assert_eq!(parse_readme("o/r", &response).unwrap(), "# Hi\u{fffd}");
    }
}
