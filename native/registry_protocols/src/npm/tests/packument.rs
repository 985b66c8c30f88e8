use super::*;

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
    let resolve = |text: &str| {
        let spec = VersionSpec::parse(Npm, text).unwrap();
        found.resolve(&spec).map(|entry| entry.version.clone())
    };
    assert_eq!(resolve("next").unwrap(), "2.0.0-beta.1");
    assert_eq!(resolve("latest").unwrap(), "1.1.0");
    assert_eq!(resolve("^1").unwrap(), "1.1.0");
    assert_eq!(
        resolve("canary").unwrap_err().kind,
        ErrorKind::VersionNotFound
    );
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
