use registry_types::{ErrorKind, Result};
use url::Url;

use super::response;
use crate::pypi::{parse_simple, simple_request};
use crate::{Algorithm, Metadata};

const JSON: &str = "application/vnd.pypi.simple.v1+json";

fn read(content_type: &str, body: &str) -> Result<Metadata> {
    let url = Url::parse("http://127.0.0.1:1/simple/my-demo/").unwrap();
    parse_simple("my-demo", &url, &response(content_type, body.to_owned()))
}

fn versions(metadata: &Metadata) -> Vec<&str> {
    metadata
        .package
        .versions
        .iter()
        .map(|v| v.version.as_str())
        .collect()
}

#[test]
fn the_index_as_json() {
    let body = format!(
        r#"{{"meta":{{"api-version":"1.4","_last-serial":1,"project-status":{{"status":"archived","reason":"moved"}}}},
        "name":"my-demo","versions":["0.12.01","1.0","2.0"],"files":[
        {{"filename":"my_demo-0.12.1.tar.gz","url":"../../files/my_demo-0.12.1.tar.gz","hashes":{{"sha256":"{sha}"}},
          "requires-python":">=3.7","size":5,"upload-time":"2023-01-01T00:00:00Z","yanked":"why not","core-metadata":false}},
        {{"filename":"my_demo-2.0-py3-none-any.whl","url":"http://cdn.example/x.whl","hashes":{{}},"yanked":false}},
        {{"filename":"my_demo-2.0.tar.gz","url":"http://cdn.example/x.tar.gz","hashes":{{"md5":"{md5}"}},"yanked":true}}]}}"#,
        sha = "ab".repeat(32),
        md5 = "cd".repeat(16),
    );
    let metadata = read(JSON, &body).unwrap();
    assert_eq!(
        metadata.package.deprecated.as_deref(),
        Some("archived: moved")
    );
    assert_eq!(versions(&metadata), ["2.0", "1.0", "0.12.01"]);
    let old = metadata.release("0.12.01").unwrap();
    assert_eq!(
        old.artifacts[0].url.as_str(),
        "http://127.0.0.1:1/files/my_demo-0.12.1.tar.gz"
    );
    assert_eq!(old.artifacts[0].checksums[0].algorithm, Algorithm::Sha256);
    assert_eq!(
        (old.release.yanked, old.release.deprecated.as_deref()),
        (true, Some("why not"))
    );
    assert_eq!(old.release.runtime["python"], ">=3.7");
    let new = metadata.release("2.0").unwrap();
    assert!(!new.release.yanked);
    assert_eq!(new.artifacts[0].filename, "my_demo-2.0-py3-none-any.whl");
    assert_eq!(
        metadata.package.latest_stable_version.as_deref(),
        Some("2.0")
    );
}

#[test]
fn the_index_as_html() {
    let body = format!(
        r#"<!DOCTYPE html><html><head><meta name="pypi:repository-version" content="1.0">
        <meta name="pypi:project-status" content="quarantined"><BASE href="/elsewhere/">
        </head><body><h1>Links</h1>
        <A HREF='my_demo-1.0.tar.gz#sha256={sha}' data-requires-python="&gt;=3.8,&lt;4">my_demo-1.0.tar.gz</a><br/>
        <a href="http://cdn.example/my_demo-1.0-py3-none-any.whl?x=1&amp;y=2" data-yanked data-dist-info-metadata="sha256=aa">
          my_demo-1.0-py3-none-any.whl </a>
        <a href="my_demo-1.1.tar.gz" data-yanked="bad &amp; ugly">
        <a href="my_demo-2.0.zip">my_demo-2.0.zip</a>
        <a>my_demo-3.0.zip</a><a href="http://[bad/">my_demo-4.0.zip</a><a href="../">up</a>
        <!-- <a href="x">my_demo-9.0.zip</a> --> <a href="my_demo-2.1.tar.gz"></body>"#,
        sha = "ab".repeat(32),
    );
    for content_type in [
        "text/html; charset=utf-8",
        "application/vnd.pypi.simple.v1+html",
        "TEXT/HTML",
    ] {
        let metadata = read(content_type, &body).unwrap();
        assert_eq!(metadata.package.deprecated.as_deref(), Some("quarantined"));
        assert_eq!(versions(&metadata), ["2.1", "2.0", "1.1", "1.0"]);
        let release = metadata.release("1.0").unwrap();
        assert_eq!(
            release.artifacts[0].url.as_str(),
            "http://127.0.0.1:1/elsewhere/my_demo-1.0.tar.gz"
        );
        assert_eq!(release.artifacts[0].checksums[0].hex(), "ab".repeat(32));
        assert_eq!(release.artifacts[1].url.query(), Some("x=1&y=2"));
        assert!(!release.release.yanked);
        assert_eq!(release.release.runtime["python"], ">=3.8,<4");
        let yanked = metadata.release("1.1").unwrap();
        assert_eq!(yanked.release.deprecated.as_deref(), Some("bad & ugly"));
        assert_eq!(yanked.artifacts[0].filename, "my_demo-1.1.tar.gz");
    }
}

#[test]
fn the_answers_own_type_decides() {
    let json = r#"{"name":"my-demo","files":[{"filename":"my-demo-1.0.zip","url":"x.zip"}]}"#;
    for content_type in [
        JSON,
        "application/json",
        "APPLICATION/VND.PYPI.SIMPLE.V1+JSON; charset=utf-8",
        "application/octet-stream",
    ] {
        assert_eq!(
            versions(&read(content_type, json).unwrap()),
            ["1.0"],
            "{content_type}"
        );
    }
    assert!(read("text/html", json).unwrap().package.versions.is_empty());
    assert_eq!(
        read(JSON, "<a href='x'>my-demo-1.0.zip</a>")
            .unwrap_err()
            .kind,
        ErrorKind::Protocol
    );
    assert_eq!(
        read(JSON, r#"{"name":"other","files":[]}"#)
            .unwrap_err()
            .kind,
        ErrorKind::Protocol
    );
    assert_eq!(
        read(JSON, r#"{"error":"x"}"#).unwrap_err().kind,
        ErrorKind::Protocol
    );
}

#[test]
fn statuses_other_than_active_deprecate() {
    let of = |status: &str| {
        let body = format!(r#"{{"meta":{{"project-status":{{"status":"{status}"}}}},"files":[]}}"#);
        read(JSON, &body).unwrap().package.deprecated
    };
    assert_eq!(of("active"), None);
    assert_eq!(of("somehow"), None);
    for status in ["archived", "quarantined", "deprecated"] {
        assert_eq!(of(status).as_deref(), Some(status));
    }
}

#[test]
fn any_bytes_are_some_page() {
    let mut body = "<a href=x>".repeat(20_000);
    body.push_str("<a href=\"");
    assert!(
        read("text/html", &body)
            .unwrap()
            .package
            .versions
            .is_empty()
    );
    let url = Url::parse("http://127.0.0.1:1/simple/x/").unwrap();
    let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    assert!(parse_simple("x", &url, &response("text/html", bytes)).is_ok());
}

#[test]
fn both_forms_are_asked_for() {
    let index = Url::parse("http://127.0.0.1:1/simple").unwrap();
    let request = simple_request(&index, "My.Demo").unwrap();
    assert_eq!(request.uri().path(), "/simple/my-demo/");
    assert!(
        request.headers()["accept"]
            .to_str()
            .unwrap()
            .starts_with(JSON)
    );
}
