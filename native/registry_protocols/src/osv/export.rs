//! The exports: all records of an ecosystem in one zip, each by itself, and a list of changes.

use bytes::Bytes;
use http::Request;
use registry_types::{Ecosystem, Error, Result, Timestamp};
use url::Url;

use crate::common::request::{endpoint, get, segment};

/// The request for the zip of all records of an ecosystem.
///
/// # Errors
/// `invalid_argument` for an ecosystem OSV does not have.
pub fn export_request(base: &Url, ecosystem: Ecosystem) -> Result<Request<Bytes>> {
    get(&place(base, ecosystem, "all.zip")?, "application/zip, */*")
}

/// The request for the list of changes, newest first: read its answer with [`parse_changes`].
///
/// # Errors
/// `invalid_argument` for an ecosystem OSV does not have.
pub fn changes_request(base: &Url, ecosystem: Ecosystem) -> Result<Request<Bytes>> {
    get(&place(base, ecosystem, "modified_id.csv")?, "text/csv, */*")
}

/// The request for one record of the export; read its answer with [`super::Record::parse`].
///
/// # Errors
/// `invalid_argument` when it is no id, or OSV does not have the ecosystem.
pub fn exported_record_request(
    base: &Url,
    ecosystem: Ecosystem,
    id: &str,
) -> Result<Request<Bytes>> {
    if !is_id(id) {
        return Err(Error::invalid_argument(format!("{id:?} is no advisory id")));
    }
    let file = format!("{}.json", segment(id));
    get(&place(base, ecosystem, &file)?, "application/json")
}

fn place(base: &Url, ecosystem: Ecosystem, file: &str) -> Result<Url> {
    let name = ecosystem
        .osv_name()
        .ok_or_else(|| Error::invalid_argument(format!("OSV has no ecosystem for {ecosystem}")))?;
    Ok(endpoint(base, &format!("{}/{file}", segment(name))))
}

/// Whether it can be asked for by name.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 128 && id.bytes().all(|b| b.is_ascii_graphic())
}

/// The ids of the records changed at `since` or later, and when, out of a list of changes
/// (`2024-05-01T00:00:00Z,GHSA-…` a line, newest first).
///
/// The records changed at that very moment are among them: more may have been since.
///
/// # Errors
/// `protocol` for a line that is none: what follows it would be lost unseen.
pub fn parse_changes(text: &str, since: Option<Timestamp>) -> Result<Vec<(Timestamp, String)>> {
    let mut changes = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let read = line.split_once(',').and_then(|(at, id)| {
            // The list of all ecosystems at once has `npm/GHSA-…`.
            let id = id.trim().rsplit('/').next()?;
            Some((Timestamp::parse(at)?, id.to_owned())).filter(|(_, id)| is_id(id))
        });
        let Some((at, id)) = read else {
            let shown: String = line.chars().take(80).collect();
            return Err(Error::protocol(format!(
                "the list of changed OSV records has the line {shown:?}, which is no time and id"
            )));
        };
        if since.is_some_and(|since| at < since) {
            break;
        }
        changes.push((at, id));
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_the_bucket() {
        let base = Url::parse("https://bucket.test/x").unwrap();
        let path = |request: Result<Request<Bytes>>| request.unwrap().uri().path().to_owned();
        assert_eq!(
            path(export_request(&base, Ecosystem::Cargo)),
            "/x/crates.io/all.zip"
        );
        assert_eq!(
            path(changes_request(&base, Ecosystem::Npm)),
            "/x/npm/modified_id.csv"
        );
        let record = |id| exported_record_request(&base, Ecosystem::Pypi, id);
        assert_eq!(path(record("PYSEC-2024-1")), "/x/PyPI/PYSEC-2024-1.json");
        assert_eq!(path(record("../x")), "/x/PyPI/..%2Fx.json");
        assert!(record("").is_err() && record("a b").is_err());
        assert!(export_request(&base, Ecosystem::Github).is_err());
    }

    #[test]
    fn changes_end_where_they_are_known() {
        let text = "2024-05-03T00:00:00.5Z,GHSA-3\n2024-05-02T00:00:00Z,npm/GHSA-2\r\n\n\
                    2024-05-02T00:00:00Z,GHSA-1\n2024-05-01T00:00:00Z,GHSA-0\nnever read\n";
        let since = Timestamp::parse("2024-05-02T00:00:00Z");
        let changes = parse_changes(text, since).unwrap();
        let ids: Vec<&str> = changes.iter().map(|(_, id)| id.as_str()).collect();
        assert_eq!(ids, ["GHSA-3", "GHSA-2", "GHSA-1"]);
        assert!(
            parse_changes(text, None).is_err(),
            "a list that is not read to its end"
        );
        assert!(parse_changes("<html>", since).is_err());
    }
}
