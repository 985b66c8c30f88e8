use registry_types::{Ecosystem, Severity, Timestamp, is_affected, merge_advisories};

use super::*;
use crate::hex::{apply_api, apply_release_api, parse_metadata};

const ANSWER: &str = r#"{
  "name": "demo", "inserted_at": "2016-01-01T00:00:00.000000Z", "updated_at": "2024-01-01T00:00:00Z",
  "docs_html_url": "https://docs.example/demo/",
  "meta": {"description": "A demo", "licenses": ["MIT", "Apache-2.0"], "maintainers": [],
           "links": {"GitHub": "https://github.com/Owner/Demo", "Website": "https://demo.example", "Odd": 5}},
  "releases": [{"version": "1.2.0", "inserted_at": "2020-01-01T00:00:00Z"},
               {"version": "2.0.0-rc.1", "inserted_at": "2021-01-01T00:00:00Z"}],
  "retirements": {"1.2.0": {"reason": "renamed", "message": "use demo_new"}},
  "downloads": {"all": 1000, "day": 1, "recent": 90},
  "owners": [{"username": "ann", "email": "a@a.example"}, {"email": "no name"}],
  "security_advisories": [{"id": "GHSA-1", "summary": "short", "aliases": ["CVE-1"],
     "published_at": "2024-02-02T00:00:00Z", "withdrawn_at": null, "cvss_score": 9.8,
     "cvss_vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "cvss_rating": "critical",
     "references": [{"type": "WEB", "url": "https://w.example"}],
     "affected": [">= 1.0.0 and < 1.1.0 and >= 2.0.0 and < 2.1.0"], "html_url": "https://h.example"}]
}"#;

#[test]
fn the_api_fills_what_the_registry_leaves_open() {
    let mut metadata = parse_metadata(&repository(), "demo", &resource(&demo())).unwrap();
    let advisories = apply_api(&mut metadata, &response(ANSWER)).unwrap();
    let package = &metadata.package;
    assert_eq!(package.description.as_deref(), Some("A demo"));
    assert_eq!(package.license.as_deref(), Some("MIT, Apache-2.0"));
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/owner/demo")
    );
    assert_eq!(package.homepage.as_deref(), Some("https://demo.example"));
    assert_eq!(
        package.documentation.as_deref(),
        Some("https://docs.example/demo/")
    );
    assert_eq!(
        (package.downloads.total, package.downloads.recent),
        (Some(1000), Some(90))
    );
    assert_eq!(package.owners.len(), 1);
    // The signed registry's own data stand.
    assert_eq!(package.versions[1].retired.as_ref().unwrap().reason, "9");
    assert_eq!(
        package.versions[0].published_at,
        Timestamp::parse("2021-01-01")
    );
    // 1.2.0 is retired too now: what is left stable is 1.0.0.
    assert_eq!(package.latest_stable_version.as_deref(), Some("1.0.0"));

    // The API's ranges are for show: merged into the registry's advisory they change nothing.
    assert!(advisories[0].affected.is_empty());
    assert_eq!(advisories[0].severity, Severity::Critical);
    let all = metadata
        .advisories("1.0.0")
        .into_iter()
        .chain(advisories)
        .collect();
    let merged = merge_advisories(Ecosystem::Hex, all);
    assert_eq!(
        (merged.len(), merged[0].summary.as_deref()),
        (1, Some("short"))
    );
    assert_eq!(merged[0].published_at, Timestamp::parse("2024-02-02"));
    assert!(is_affected(Ecosystem::Hex, &merged[0], "1.0.0"));
    assert!(!is_affected(Ecosystem::Hex, &merged[0], "1.2.0"));
}

#[test]
fn an_api_from_before_advisories_or_with_odd_fields() {
    let body = r#"{"name":"demo","meta":{"licenses":null,"links":[],"description":""},"downloads":{},
        "owners":null,"releases":{},"retirements":[],"docs_html_url":null}"#;
    let mut metadata = parse_metadata(&repository(), "demo", &resource(&demo())).unwrap();
    let before = metadata.package.clone();
    assert!(
        apply_api(&mut metadata, &response(body))
            .unwrap()
            .is_empty()
    );
    assert_eq!(metadata.package, before);
    assert!(apply_api(&mut metadata, &response("<html>")).is_err());
}

#[test]
fn a_releases_page_tells_its_elixir() {
    let metadata = parse_metadata(&repository(), "demo", &resource(&demo())).unwrap();
    let mut release = metadata.release("1.2.0").unwrap();
    let body = r#"{"version":"1.2.0","inserted_at":"2020-01-01T00:00:00Z","retirement":null,
        "meta":{"app":"demo","build_tools":["mix"],"elixir":"~> 1.14"},"downloads":[["2024-01-01",3]]}"#;
    apply_release_api(&mut release, &response(body)).unwrap();
    assert_eq!(release.release.runtime["elixir"], "~> 1.14");
    assert_eq!(release.release.retired, None);
}
