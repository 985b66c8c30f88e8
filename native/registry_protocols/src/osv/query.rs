//! The API's questions and answers.

use bytes::Bytes;
use http::{Method, Request, Response};
use registry_types::{Advisory, Ecosystem, Error, Result, check_name, normalize_name};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::record::Record;
use crate::check_status;
use crate::common::request::{build, endpoint, get, segment};
use crate::common::{json, lenient};

/// How many queries one batch may hold.
pub const BATCH: usize = 1000;

/// A question about one package.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Its ecosystem.
    pub ecosystem: Ecosystem,
    /// Its name.
    pub name: &'a str,
    /// One version, or all.
    pub version: Option<&'a str>,
    /// From an answer that was not complete.
    pub page_token: Option<&'a str>,
}

/// A page of an answer. It may hold nothing but the token of the next one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The advisories about the package asked for.
    pub advisories: Vec<Advisory>,
    /// Given when there is more: ask again with it.
    pub next_page_token: Option<String>,
}

/// The answer to one query of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchAnswer {
    /// Ids of records (fetch them with [`record_request`]) and when they were changed, as written.
    pub records: Vec<(String, Option<String>)>,
    /// Given when there is more.
    pub next_page_token: Option<String>,
}

impl Query<'_> {
    fn body(&self) -> Result<Value> {
        check_name(self.ecosystem, self.name)?;
        let ecosystem = self.ecosystem.osv_name().ok_or_else(|| {
            Error::invalid_argument(format!("OSV has no ecosystem for {}", self.ecosystem))
        })?;
        // OSV compares names literally; only PyPI has one normal form there.
        let name = match self.ecosystem {
            Ecosystem::Pypi => normalize_name(self.ecosystem, self.name),
            _ => self.name.to_owned(),
        };
        let mut body = json!({"package": {"ecosystem": ecosystem, "name": name}});
        if let Some(version) = self.version {
            body["version"] = json!(version);
        }
        if let Some(token) = self.page_token {
            body["page_token"] = json!(token);
        }
        Ok(body)
    }
}

/// The request for all advisories about a package, or those that affect one version of it.
///
/// # Errors
/// `invalid_argument` when it is no package's name or of an ecosystem OSV does not have.
pub fn query_request(
    base: &Url,
    ecosystem: Ecosystem,
    name: &str,
    version: Option<&str>,
    page_token: Option<&str>,
) -> Result<Request<Bytes>> {
    let query = Query {
        ecosystem,
        name,
        version,
        page_token,
    };
    post(base, "v1/query", &query.body()?)
}

/// Reads a page about `name`; records that do not speak of it are left out.
///
/// # Errors
/// As [`check_status`], or `protocol` when the answer is no JSON object.
pub fn parse_query(ecosystem: Ecosystem, name: &str, response: &Response<Bytes>) -> Result<Page> {
    let what = format!("the advisories of {name}");
    check_status(&what, response)?;
    let text = json::text(response.body());
    // serde takes a list for a struct too: an answer of another kind must not mean "none".
    if !text.trim_start().starts_with('{') {
        return Err(Error::protocol(format!(
            "the answer for {what} is no JSON object"
        )));
    }
    let answer: QueryAnswer = json::parse(&text, &what)?;
    Ok(Page {
        advisories: answer
            .vulns
            .iter()
            .filter_map(|record: &Record| record.advisory(ecosystem, name))
            .collect(),
        next_page_token: answer.next_page_token,
    })
}

/// The request for the ids of many packages' advisories.
///
/// # Errors
/// `invalid_argument` for more than [`BATCH`] queries, or as [`query_request`].
pub fn batch_request(base: &Url, queries: &[Query<'_>]) -> Result<Request<Bytes>> {
    if queries.len() > BATCH {
        return Err(Error::invalid_argument(format!(
            "{} queries in one OSV batch: send at most {BATCH}",
            queries.len()
        )));
    }
    let queries = queries
        .iter()
        .map(Query::body)
        .collect::<Result<Vec<_>>>()?;
    post(base, "v1/querybatch", &json!({ "queries": queries }))
}

/// Reads the answers to a batch of `asked` queries, in their order.
///
/// # Errors
/// As [`check_status`], or `protocol` when the number of answers is not that of the queries.
pub fn parse_batch(asked: usize, response: &Response<Bytes>) -> Result<Vec<BatchAnswer>> {
    let what = "a batch of OSV queries";
    check_status(what, response)?;
    let text = json::text(response.body());
    let answer: BatchAnswers = json::parse(&text, what)?;
    if answer.results.0.len() != asked {
        return Err(Error::protocol(format!(
            "OSV answered {} of {asked} queries",
            answer.results.0.len()
        )));
    }
    Ok(answer.results.0.into_iter().map(Into::into).collect())
}

/// The request for one record; read its answer with [`Record::parse`].
///
/// # Errors
/// `invalid_argument` when it is no id.
pub fn record_request(base: &Url, id: &str) -> Result<Request<Bytes>> {
    if !super::export::is_id(id) {
        return Err(Error::invalid_argument(format!("{id:?} is no advisory id")));
    }
    get(
        &endpoint(base, &format!("v1/vulns/{}", segment(id))),
        "application/json",
    )
}

fn post(base: &Url, path: &str, body: &Value) -> Result<Request<Bytes>> {
    build(
        Method::POST,
        &endpoint(base, path),
        "application/json",
        &[("content-type", "application/json")],
        Bytes::from(body.to_string()),
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct QueryAnswer {
    #[serde(deserialize_with = "lenient::list")]
    vulns: Vec<Record>,
    #[serde(deserialize_with = "lenient::text")]
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct BatchAnswers {
    results: lenient::List<ResultAnswer>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ResultAnswer {
    #[serde(deserialize_with = "lenient::list")]
    vulns: Vec<IdAnswer>,
    #[serde(deserialize_with = "lenient::text")]
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct IdAnswer {
    id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    modified: Option<String>,
}

impl From<ResultAnswer> for BatchAnswer {
    fn from(answer: ResultAnswer) -> Self {
        Self {
            records: answer
                .vulns
                .into_iter()
                .map(|v| (v.id, v.modified))
                .collect(),
            next_page_token: answer.next_page_token,
        }
    }
}
