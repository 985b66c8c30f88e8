//! OSV and GitHub.

use serde_json::{Value, json};

use super::Routes;
use crate::build::{File, zip};
use crate::serve::request::Request;
use crate::serve::response::Response;

pub fn add(routes: &mut Routes) {
    for (name, stars) in [
        ("ember-rt", 1234),
        ("ui", 777),
        ("ember_router", 55),
        ("ember-client", 9),
    ] {
        let path = format!("/github/repos/ember/{name}");
        let repository = json!({"full_name": format!("ember/{name}"), "stargazers_count": stars,
            "html_url": format!("https://github.com/ember/{name}"), "description": "An ember",
            "topics": ["ember"], "license": {"spdx_id": "MIT"}, "forks_count": 3,
            "subscribers_count": 2, "open_issues_count": 1, "default_branch": "main",
            "archived": false, "disabled": false, "fork": false,
            "created_at": "2023-01-01T00:00:00Z", "pushed_at": "2026-10-01T00:00:00Z",
            "updated_at": "2026-10-02T00:00:00Z"});
        routes.json(&path, &repository);
    }
    export(routes, "crates.io", &[ember_rt(), ember_ash()]);
    export(routes, "PyPI", &[ember_client()]);
    export(routes, "npm", &[]);
    export(routes, "Hex", &[]);
}

/// OSV's export of an ecosystem: the zip, the list of changes, each record by itself.
fn export(routes: &mut Routes, ecosystem: &str, records: &[Value]) {
    let mut files: Vec<File> = Vec::new();
    let mut changes: Vec<String> = Vec::new();
    for record in records {
        let id = record["id"].as_str().unwrap_or_default();
        routes.json(&format!("/osv-export/{ecosystem}/{id}.json"), record);
        let modified = record["modified"].as_str().unwrap_or_default();
        changes.push(format!("{modified},{id}\n"));
        files.push((format!("{id}.json"), record.to_string().into_bytes()));
    }
    changes.sort();
    changes.reverse();
    let at = |file: &str| format!("/osv-export/{ecosystem}/{file}");
    routes.put(&at("all.zip"), "application/zip", zip(&files), false);
    let changes = changes.concat().into_bytes();
    routes.put(&at("modified_id.csv"), "text/csv", changes, true);
}

/// A notice about a crate that is nowhere collected.
fn ember_ash() -> Value {
    json!({"id": "RUSTSEC-2024-9002", "modified": "2024-04-01T00:00:00Z",
        "published": "2024-03-10T00:00:00Z", "summary": "ember-ash is unmaintained",
        "details": "Use ember-rt.",
        "affected": [{"package": {"name": "ember-ash", "ecosystem": "crates.io"},
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0.0.0-0"}]}],
            "database_specific": {"informational": "unmaintained"}}]})
}

/// `POST /osv/v1/query`: one advisory for `ember-rt`, one for `ember-client` and one for `tree-base`. The events of the
/// first are out of order, as they come in real records.
pub fn osv(request: &Request) -> Option<Response> {
    if request.path() != "/osv/v1/query" {
        return None;
    }
    let asked: Value = serde_json::from_slice(&request.body).ok()?;
    let package = &asked["package"];
    let name = package["name"].as_str().unwrap_or_default();
    let vulns = match (package["ecosystem"].as_str().unwrap_or_default(), name) {
        ("crates.io", "ember-rt") if matches_version(&asked, &["0.9.0", "1.0.0"]) => {
            json!([ember_rt()])
        }
        ("PyPI", "ember-client") if matches_version(&asked, &["0.9", "1.0.0"]) => {
            json!([ember_client()])
        }
        ("npm", "tree-base") => json!([tree_base()]),
        _ => Value::Null,
    };
    let answer = if vulns.is_null() {
        json!({})
    } else {
        json!({"vulns": vulns})
    };
    Some(Response::new(200, "application/json", answer.to_string()))
}

fn matches_version(asked: &Value, affected: &[&str]) -> bool {
    asked["version"]
        .as_str()
        .is_none_or(|v| affected.contains(&v))
}

fn ember_rt() -> Value {
    json!({"id": "RUSTSEC-2024-9001", "modified": "2024-03-01T00:00:00Z",
        "published": "2024-02-10T00:00:00Z", "aliases": ["CVE-2024-90009"],
        "summary": "Task can be polled after it was dropped",
        "details": "A task dropped while it was polled could be polled again.",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],
        "affected": [{"package": {"name": "ember-rt", "ecosystem": "crates.io",
                "purl": "pkg:cargo/ember-rt"},
            "ranges": [{"type": "SEMVER", "events": [{"fixed": "1.1.0"}, {"introduced": "0.0.0-0"}]}],
            "versions": []},
            {"package": {"name": "ember-rt", "ecosystem": "Some New Ecosystem"}, "versions": ["1"]}],
        "references": [{"type": "ADVISORY", "url": "https://osv.invalid/RUSTSEC-2024-9001"}]})
}

fn tree_base() -> Value {
    json!({"id": "GHSA-tree-base-0001", "modified": "2024-03-01T00:00:00Z",
        "published": "2024-02-10T00:00:00Z", "summary": "Deep trees overflow",
        "database_specific": {"severity": "HIGH"},
        "affected": [{"package": {"name": "tree-base", "ecosystem": "npm"},
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]})
}

fn ember_client() -> Value {
    json!({"id": "GHSA-ember-clnt-0001", "modified": "2024-03-01T00:00:00Z",
        "published": "2024-02-10T00:00:00Z", "aliases": ["CVE-2024-90001", "PYSEC-2024-9001"],
        "summary": "Sessions leak headers over redirects", "details": "Details.",
        "database_specific": {"severity": "MODERATE"},
        "affected": [{"package": {"name": "ember-client", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1.0"}]}]}],
        "references": [{"type": "WEB", "url": "https://osv.invalid/GHSA-ember-clnt-0001"}]})
}
