use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Response;
use registry_types::DependencyKind::{Dev, Optional, Peer, Runtime};
use registry_types::{ErrorKind, Severity, Timestamp};
use serde_json::{Value, json};

use super::*;
use crate::{Algorithm, ArchiveRoot, Checksum, Metadata};

fn response(status: u16, body: impl Into<Vec<u8>>) -> Response<Bytes> {
    let body: Vec<u8> = body.into();
    Response::builder()
        .status(status)
        .body(Bytes::from(body))
        .unwrap()
}

fn read(packument: &Value) -> Metadata {
    parse_metadata("demo", &response(200, packument.to_string())).unwrap_or_else(|e| panic!("{e}"))
}

fn version(more: Value) -> Value {
    let mut object = json!({"name": "demo", "dist": {"tarball": "https://t.invalid/demo/-/demo-1.0.0.tgz", "shasum": "a".repeat(40)}});
    merge(&mut object, more);
    object
}

fn merge(object: &mut Value, more: Value) {
    for (key, value) in more.as_object().unwrap() {
        object[key] = value.clone();
    }
}

fn one(more: Value) -> Metadata {
    read(&json!({"name": "demo", "versions": {"1.0.0": version(more)}}))
}

fn sri(algorithm: Algorithm, bytes: &[u8]) -> String {
    format!(
        "{}-{}",
        algorithm.as_str(),
        STANDARD.encode(algorithm.digest(bytes))
    )
}

#[test]
fn requests() {
    let base = "https://registry.invalid/npm".parse().unwrap();
    let uri = |name| metadata_request(&base, name).unwrap().uri().to_string();
    assert_eq!(uri("demo"), "https://registry.invalid/npm/demo");
    assert_eq!(
        uri("@scope/Name.js"),
        "https://registry.invalid/npm/@scope%2fName.js"
    );
    assert_eq!(uri("JSONStream"), "https://registry.invalid/npm/JSONStream");
    assert!(metadata_request(&base, "../x").is_err());
    let api = "https://api.invalid/".parse().unwrap();
    let request = downloads_request(&api, "@scope/name").unwrap();
    assert_eq!(
        request.uri(),
        "https://api.invalid/downloads/point/last-month/@scope/name"
    );
}

#[test]
fn a_whole_packument() {
    let found = read(&json!({
        "_id": "demo", "_rev": "3-abc", "name": "demo", "description": "A demo",
        "dist-tags": {"latest": "1.1.0", "next": "2.0.0-beta.1"},
        "versions": {
            "1.0.0": version(json!({"deprecated": "use 1.1"})),
            "1.1.0": version(json!({"description": "Newer", "license": "ISC"})),
            "2.0.0-beta.1": version(json!({})),
        },
        "time": {"created": "2020-01-01T00:00:00.000Z", "modified": "2024-01-01T00:00:00.000Z",
                 "1.0.0": "2020-01-01T00:00:01.000Z", "1.1.0": "2021-01-01T00:00:00.000Z"},
        "maintainers": [{"name": "alice", "email": "a@x.invalid"}, "bob <b@x.invalid> (https://b.invalid)", "carol", 7],
        "license": "MIT", "homepage": "https://demo.invalid",
        "repository": {"type": "git", "url": "git+https://github.com/Owner/Demo.git", "directory": "packages/demo"},
        "keywords": ["a", "b"], "readme": "# Demo", "readmeFilename": "README.md", "users": {}
    }));
    let package = &found.package;
    assert_eq!(package.description.as_deref(), Some("A demo"));
    assert_eq!(package.license.as_deref(), Some("MIT"));
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/owner/demo")
    );
    assert_eq!(package.keywords, ["a", "b"]);
    let owners: Vec<(&str, Option<&str>)> = package
        .owners
        .iter()
        .map(|o| (o.name.as_str(), o.email.as_deref()))
        .collect();
    assert_eq!(
        owners,
        [
            ("alice", Some("a@x.invalid")),
            ("bob", Some("b@x.invalid")),
            ("carol", None)
        ]
    );
    assert_eq!(package.created_at, Timestamp::parse("2020-01-01"));
    assert_eq!(package.updated_at, Timestamp::parse("2024-01-01"));
    assert_eq!(package.latest_version.as_deref(), Some("2.0.0-beta.1"));
    assert_eq!(package.latest_stable_version.as_deref(), Some("1.1.0"));
    assert_eq!(package.deprecated, None);
    assert_eq!(found.tags["next"], "2.0.0-beta.1");
    let order: Vec<&str> = package
        .versions
        .iter()
        .map(|e| e.version.as_str())
        .collect();
    assert_eq!(order, ["2.0.0-beta.1", "1.1.0", "1.0.0"]);
    let latest = found.release("1.1.0").unwrap().release;
    assert_eq!(latest.description.as_deref(), Some("Newer"));
    assert_eq!(latest.license.as_deref(), Some("ISC"));
    assert_eq!(latest.readme.as_deref(), Some("# Demo"));
    assert_eq!(latest.published_at, Timestamp::parse("2021-01-01"));
    let old = found.release("1.0.0").unwrap().release;
    assert_eq!(
        (old.deprecated.as_deref(), old.readme),
        (Some("use 1.1"), None)
    );
    assert_eq!(
        found.release("3.0.0").unwrap_err().kind,
        ErrorKind::VersionNotFound
    );
}

#[test]
fn repositories_and_licences_in_every_shape() {
    for (repository, url) in [
        (json!("owner/demo"), Some("https://github.com/owner/demo")),
        (
            json!("github:owner/demo"),
            Some("https://github.com/owner/demo"),
        ),
        (
            json!({"url": "git@github.com:owner/demo.git"}),
            Some("https://github.com/owner/demo"),
        ),
        (
            json!([{"url": "git://github.com/owner/demo"}]),
            Some("https://github.com/owner/demo"),
        ),
        (json!("none yet"), Some("none yet")),
        (json!({}), None),
        (json!(""), None),
        (json!(null), None),
        (json!(5), None),
    ] {
        let package = one(json!({"repository": repository})).package;
        assert_eq!(package.repository.as_deref(), url, "{repository}");
    }
    for (more, license) in [
        (json!({"license": "MIT"}), Some("MIT")),
        (json!({"license": {"type": "MIT", "url": "u"}}), Some("MIT")),
        (
            json!({"license": ["MIT", {"type": "ISC"}]}),
            Some("(MIT OR ISC)"),
        ),
        (json!({"licenses": [{"type": "BSD"}]}), Some("BSD")),
        (json!({"license": "", "licenses": "X11"}), Some("X11")),
        (json!({"license": false}), None),
        (json!({"license": {}}), None),
        (json!({}), None),
    ] {
        let found = one(more.clone());
        assert_eq!(found.package.license.as_deref(), license, "{more}");
        assert_eq!(
            found.release("1.0.0").unwrap().release.license.as_deref(),
            license
        );
    }
}

#[test]
fn deprecated_says_something_or_nothing() {
    for (value, notice) in [
        (json!("gone"), Some("gone")),
        (json!(true), Some("deprecated")),
        (json!(""), None),
        (json!(" "), None),
        (json!(false), None),
        (json!(null), None),
        (json!({}), None),
    ] {
        let found = one(json!({"deprecated": value}));
        assert_eq!(
            found.package.versions[0].deprecated.as_deref(),
            notice,
            "{value}"
        );
        assert_eq!(
            found
                .release("1.0.0")
                .unwrap()
                .release
                .deprecated
                .as_deref(),
            notice
        );
        assert_eq!(
            found.package.deprecated.as_deref(),
            notice,
            "the only version is the package"
        );
    }
}

#[test]
fn dependencies_of_all_kinds() {
    let found = one(json!({
        "dependencies": {"plain": "^1.0.0", "extra": "^2.0.0", "alias": "npm:real@^3", "scoped": "npm:@s/real@4", "bare": "npm:@s/bare", "git": "owner/repo#main", "odd": {"version": "1"}},
        "optionalDependencies": {"extra": "^2.0.0", "only": "1"},
        "peerDependencies": {"host": ">=16", "maybe": "*"},
        "peerDependenciesMeta": {"maybe": {"optional": true}, "host": {"optional": false}},
        "devDependencies": {"tester": "latest", "same": "npm:same@1"},
        "bundleDependencies": ["plain", "shipped"],
        "bundledDependencies": true
    }));
    let all = found.release("1.0.0").unwrap().release.dependencies;
    let mut rows: Vec<_> = all
        .iter()
        .map(|d| {
            (
                d.name.as_str(),
                d.requirement.as_str(),
                d.kind,
                d.optional,
                d.rename.as_deref(),
            )
        })
        .collect();
    // `json!` does not keep the order in which entries are written.
    rows.sort();
    let mut expected = [
        ("plain", "^1.0.0", Runtime, false, None),
        ("real", "^3", Runtime, false, Some("alias")),
        ("@s/real", "4", Runtime, false, Some("scoped")),
        ("@s/bare", "*", Runtime, false, Some("bare")),
        ("git", "owner/repo#main", Runtime, false, None),
        ("shipped", "*", Runtime, false, None),
        ("extra", "^2.0.0", Optional, true, None),
        ("only", "1", Optional, true, None),
        ("host", ">=16", Peer, false, None),
        ("maybe", "*", Peer, true, None),
        ("tester", "latest", Dev, false, None),
        ("same", "1", Dev, false, None),
    ];
    expected.sort();
    assert_eq!(rows, expected);
}

#[test]
fn integrity_prefers_the_strongest_and_falls_back_to_shasum() {
    let artifact = |dist: Value| {
        let mut dist = dist;
        dist["tarball"] = json!("https://t.invalid/x/demo-1.0.0.tgz");
        let found = one(json!({"dist": dist}));
        found.release("1.0.0").unwrap().artifacts.remove(0)
    };
    let both = artifact(
        json!({"integrity": format!("{} {}", sri(Algorithm::Sha1, b"other"), sri(Algorithm::Sha512, b"file")), "shasum": "b".repeat(40)}),
    );
    assert_eq!(both.checksums, [Checksum::of(Algorithm::Sha512, b"file")]);
    assert_eq!(
        (both.filename.as_str(), both.root),
        ("demo-1.0.0.tgz", ArchiveRoot::StripFirst)
    );
    let several = artifact(
        json!({"integrity": format!("{} {}", sri(Algorithm::Sha512, b"a"), sri(Algorithm::Sha512, b"b"))}),
    );
    assert!(crate::verify(&several.checksums, b"b").is_ok());
    let shasum = Checksum::of(Algorithm::Sha1, b"file");
    for integrity in [json!(null), json!(""), json!("sha3-abc"), json!(5)] {
        let old = artifact(json!({"integrity": integrity, "shasum": shasum.hex()}));
        assert_eq!(old.checksums, std::slice::from_ref(&shasum));
    }
    assert!(artifact(json!({})).checksums.is_empty());
    for tarball in [json!("file:///etc/passwd"), json!("/demo.tgz"), json!(null)] {
        let found = one(json!({"dist": {"tarball": tarball}}));
        assert_eq!(
            found.release("1.0.0").unwrap_err().kind,
            ErrorKind::Protocol
        );
    }
}

#[test]
fn engines_in_every_shape() {
    for (engines, node) in [
        (json!({"node": ">=14", "npm": 7}), Some(">=14")),
        (json!(["node >= 0.6"]), Some(">= 0.6")),
        (json!("node >=0.4"), Some(">=0.4")),
        (json!({"node": ""}), None),
        (json!(false), None),
    ] {
        let release = one(json!({"engines": engines}))
            .release("1.0.0")
            .unwrap()
            .release;
        assert_eq!(
            release.runtime.get("node").map(String::as_str),
            node,
            "{engines}"
        );
    }
}

#[test]
fn a_readme_that_is_one() {
    let found = |readme: Value| {
        let packument =
            json!({"name": "demo", "versions": {"1.0.0": version(json!({}))}, "readme": readme});
        read(&packument).release("1.0.0").unwrap().release.readme
    };
    assert_eq!(found(json!("# Hi")).as_deref(), Some("# Hi"));
    assert_eq!(found(json!("")), None);
    assert_eq!(found(json!("ERROR: No README data found!")), None);
    assert_eq!(found(json!("x".repeat(64 * 1024))), None, "it may be cut");
    assert_eq!(found(json!(null)), None);
    let cut = format!(
        r#"{{"name":"demo","versions":{{"1.0.0":{}}},"readme":"half \ud83d"}}"#,
        version(json!({}))
    );
    let metadata = parse_metadata("demo", &response(200, cut)).unwrap();
    assert!(
        metadata
            .release("1.0.0")
            .unwrap()
            .release
            .readme
            .unwrap()
            .starts_with("half ")
    );
}

#[test]
fn what_mirrors_leave_out() {
    let mirror = json!({"versions": {"1.0.0": version(json!({"description": "From the version", "keywords": "x, y", "homepage": {"url": "https://h.invalid"}}))}});
    let found = read(&mirror);
    assert_eq!(
        found.package.description.as_deref(),
        Some("From the version")
    );
    assert_eq!(found.package.keywords, ["x", "y"]);
    assert_eq!(found.package.homepage.as_deref(), Some("https://h.invalid"));
    assert_eq!(
        (found.package.created_at, found.package.updated_at),
        (None, None)
    );
    assert!(found.package.owners.is_empty() && found.tags.is_empty());
    assert_eq!(found.release("1.0.0").unwrap().release.published_at, None);
    let odd = json!({"name": "demo", "dist-tags": null, "time": [], "maintainers": "alice", "keywords": {"0": "a"}, "readme": {}, "versions": {"1.0.0": version(json!({}))}});
    assert_eq!(read(&odd).package.owners[0].name, "alice");
}

#[test]
fn gone_packages() {
    let gone = json!({"name": "demo", "time": {"unpublished": {"name": "alice", "time": "2024-01-02T03:04:05Z", "versions": ["1.0.0"]}}});
    let error = parse_metadata("demo", &response(200, gone.to_string())).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(
        error.message.contains("unpublished on 2024-01-02"),
        "{}",
        error.message
    );
    let error = parse_metadata("demo", &response(404, r#"{"error":"Not found"}"#)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert_eq!(
        parse_metadata("demo", &response(451, "")).unwrap_err().kind,
        ErrorKind::NotFound
    );
    let held = json!({"name": "demo", "dist-tags": {"latest": "0.0.1-security"}, "versions": {"0.0.1-security": version(json!({"description": "security holding package"}))}});
    let found = read(&held);
    assert!(found.package.deprecated.unwrap().contains("security"));
    assert_eq!(found.package.latest_stable_version, None);
}

#[test]
fn what_is_no_packument() {
    for body in [
        "",
        "[]",
        "null",
        "\"x\"",
        "<!doctype html>",
        "{",
        r#"{"name":"other","versions":{"1.0.0":{}}}"#,
    ] {
        let error = parse_metadata("demo", &response(200, body)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Protocol, "{body}");
    }
    for versions in ["[]", "{}", "\"x\"", "null", "7"] {
        let body = format!(r#"{{"name":"demo","versions":{versions}}}"#);
        let error = parse_metadata("demo", &response(200, body)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound, "{versions}");
    }
    let deep = format!(
        r#"{{"name":"demo","versions":{{"1.0.0":{}{}}}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let found = parse_metadata("demo", &response(200, deep)).unwrap();
    assert_eq!(
        found.release("1.0.0").unwrap_err().kind,
        ErrorKind::Protocol
    );
}

#[test]
fn equal_keys_and_odd_versions() {
    let body = format!(
        r#"{{"name":"demo","versions":{{"1.0.0":{},"1.0.0":{},"nonsense":{}}}}}"#,
        version(json!({"description": "first"})),
        version(json!({"description": "second"})),
        version(json!({}))
    );
    let found = parse_metadata("demo", &response(200, body)).unwrap();
    assert_eq!(found.package.versions.len(), 2);
    assert_eq!(found.package.versions[0].version, "1.0.0");
    assert_eq!(
        found
            .release("1.0.0")
            .unwrap()
            .release
            .description
            .as_deref(),
        Some("second")
    );
}

#[test]
fn download_counts() {
    let good = r#"{"downloads":31623,"start":"2024-01-01","end":"2024-01-31","package":"demo"}"#;
    let counts = parse_downloads(&response(200, good)).unwrap();
    assert_eq!((counts.recent, counts.total), (Some(31623), None));
    let error =
        parse_downloads(&response(404, r#"{"error":"package demo not found"}"#)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    for bad in [
        r#"{"error":"no stats"}"#,
        r#"{"downloads":-1}"#,
        r#"{"downloads":"many"}"#,
        "[]",
    ] {
        assert_eq!(
            parse_downloads(&response(200, bad)).unwrap_err().kind,
            ErrorKind::Protocol,
            "{bad}"
        );
    }
}

#[test]
fn audits() {
    let base = "https://registry.invalid/".parse().unwrap();
    let request = audit_request(
        &base,
        &[
            ("b", "2.0.0"),
            ("a", "1.0.0"),
            ("b", "1.0.0"),
            ("b", "2.0.0"),
        ],
    )
    .unwrap();
    assert_eq!(request.method(), http::Method::POST);
    assert_eq!(
        request.uri(),
        "https://registry.invalid/-/npm/v1/security/advisories/bulk"
    );
    assert_eq!(request.headers()["content-encoding"], "gzip");
    let mut body = String::new();
    flate2::read::GzDecoder::new(&request.body()[..])
        .read_to_string(&mut body)
        .unwrap();
    assert_eq!(body, r#"{"a":["1.0.0"],"b":["1.0.0","2.0.0"]}"#);
    assert!(audit_request(&base, &[("../x", "1.0.0")]).is_err());

    let answer = json!({"b": [
        {"id": 1, "url": "https://advisories.invalid/GHSA-aaaa-bbbb-cccc", "title": "ReDoS", "severity": "moderate", "vulnerable_versions": "<2.1.0", "cwe": ["CWE-1333"],
         "cvss": {"score": 7.5, "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}},
        {"id": 2, "url": "https://advisories.invalid/2", "title": "Malware in b", "severity": "critical", "vulnerable_versions": ">=0", "cwe": ["CWE-506"], "cvss": {"score": 0, "vectorString": null}},
        {"id": 3, "title": "no range"}, 5]});
    let found = parse_audit(&response(200, answer.to_string())).unwrap();
    let [redos, malware] = found["b"].as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (redos.id.as_str(), redos.severity, redos.malicious),
        ("GHSA-aaaa-bbbb-cccc", Severity::Medium, false)
    );
    assert_eq!(redos.cvss.as_ref().unwrap().score, 7.5);
    assert_eq!(redos.affected[0].requirement.as_deref(), Some("<2.1.0"));
    assert_eq!(
        (malware.id.as_str(), malware.malicious, &malware.cvss),
        ("npm-2", true, &None)
    );
    assert!(parse_audit(&response(200, "{}")).unwrap().is_empty());
    assert_eq!(
        parse_audit(&response(404, "")).unwrap_err().kind,
        ErrorKind::NotFound
    );
}
