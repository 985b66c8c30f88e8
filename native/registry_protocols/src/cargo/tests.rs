use bytes::Bytes;
use http::Response;
use registry_types::{DependencyKind, ErrorKind, Timestamp};
use url::Url;

use super::*;
use crate::{Algorithm, ArchiveFormat, ArchiveRoot, Checksum, Metadata};

fn response(status: u16, body: impl Into<String>) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .body(Bytes::from(body.into()))
        .unwrap()
}

fn config() -> Config {
    let body = r#"{"dl":"https://dl.invalid/crates","api":"https://web.invalid"}"#;
    parse_config(&response(200, body)).unwrap()
}

fn sum(byte: char) -> String {
    byte.to_string().repeat(64)
}

fn row(version: &str, rest: &str) -> String {
    format!(
        r#"{{"name":"Demo_Crate","vers":"{version}","deps":[],"cksum":"{}","features":{{}},"yanked":false{rest}}}"#,
        sum('a')
    )
}

fn metadata(rows: &[String]) -> registry_types::Result<Metadata> {
    parse_metadata(
        &config(),
        "demo-crate",
        &response(200, rows.join("\n") + "\n"),
    )
}

#[test]
fn the_index_request_is_lower_case_and_plain() {
    for index in [
        "https://index.invalid/",
        "sparse+https://index.invalid/",
        "https://index.invalid",
    ] {
        let request = metadata_request(&index.parse().unwrap(), "Demo_Crate").unwrap();
        assert_eq!(request.uri(), "https://index.invalid/de/mo/demo_crate");
        assert_eq!(request.headers()["cargo-protocol"], "version=1");
        assert_eq!(request.headers()["accept"], "text/plain");
        assert!(
            request.headers()["user-agent"]
                .to_str()
                .unwrap()
                .contains("+https://")
        );
    }
    let nested: Url = "https://mirror.invalid/a/index/".parse().unwrap();
    assert_eq!(
        config_request(&nested).unwrap().uri(),
        "https://mirror.invalid/a/index/config.json"
    );
    assert!(config_request(&"file:///index".parse().unwrap()).is_err());
    assert!(metadata_request(&nested, "a/b").is_err());
}

#[test]
fn download_markers() {
    let checksum = Checksum::from_hex(Algorithm::Sha256, &sum('b')).unwrap();
    let b = sum('b');
    for (dl, url) in [
        (
            "https://dl.invalid/crates",
            "https://dl.invalid/crates/Ab_Cd/1.0.0+x/download".to_owned(),
        ),
        (
            "https://dl.invalid/crates/",
            "https://dl.invalid/crates/Ab_Cd/1.0.0+x/download".to_owned(),
        ),
        (
            "https://dl.invalid/{crate}-{version}.crate",
            "https://dl.invalid/Ab_Cd-1.0.0+x.crate".to_owned(),
        ),
        (
            "https://dl.invalid/{prefix}/{crate}/{version}",
            "https://dl.invalid/Ab/_C/Ab_Cd/1.0.0+x".to_owned(),
        ),
        (
            "https://dl.invalid/{lowerprefix}/{crate}/{version}",
            "https://dl.invalid/ab/_c/Ab_Cd/1.0.0+x".to_owned(),
        ),
        (
            "https://dl.invalid/{sha256-checksum}",
            format!("https://dl.invalid/{b}"),
        ),
    ] {
        let config = parse_config(&response(200, format!(r#"{{"dl":"{dl}"}}"#))).unwrap();
        assert_eq!(
            config
                .download_url("Ab_Cd", "1.0.0+x", &checksum)
                .unwrap()
                .as_str(),
            url
        );
        assert_eq!(config.api, None);
    }
    for bad in [
        r#"{"dl":"ftp://x/y"}"#,
        r#"{"dl":"/relative"}"#,
        "{}",
        "[]",
        "<html>",
    ] {
        assert_eq!(
            parse_config(&response(200, bad)).unwrap_err().kind,
            ErrorKind::Protocol,
            "{bad}"
        );
    }
    assert!(
        parse_config(&response(
            200,
            r#"{"dl":"https://x.invalid","auth-required":true}"#
        ))
        .unwrap()
        .auth_required
    );
}

#[test]
fn a_release_is_its_row() {
    let deps = r#","deps":[
        {"name":"alias","package":"real-name","req":"^1.2","features":["x"],"optional":true,"default_features":false,"target":"cfg(unix)","kind":"normal"},
        {"name":"tester","req":"*","optional":false,"target":null,"kind":"dev"},
        {"name":"builder","req":"=1.0.0","kind":"build"},
        {"name":"plain","req":"1","kind":null}]"#.replace('\n', "");
    let row = format!(
        r#"{{"name":"Demo_Crate","vers":"1.2.0-rc.1+meta","cksum":"{}","features":{{"default":["std"],"std":[]}},"features2":{{"std":["dep:alias"],"more":["alias?/x"]}},"yanked":true,"links":"z","v":2,"rust_version":"1.70","pubtime":"2024-05-06T07:08:09Z"{deps}}}"#,
        sum('A')
    );
    let found = metadata(&[row]).unwrap();
    assert_eq!(found.package.name, "Demo_Crate");
    let entry = &found.package.versions[0];
    assert!(entry.yanked && entry.prerelease);
    assert_eq!(entry.published_at, Timestamp::parse("2024-05-06T07:08:09Z"));
    let answer = found.release("1.2.0-rc.1+meta").unwrap();
    let release = &answer.release;
    assert!(release.yanked);
    assert_eq!(release.published_at, entry.published_at);
    assert_eq!(
        release.checksum.as_deref(),
        Some(format!("sha256:{}", sum('a')).as_str())
    );
    assert_eq!(release.runtime["rust"], "1.70");
    assert_eq!(release.features["std"], ["dep:alias"]);
    assert_eq!(release.features["more"], ["alias?/x"]);
    let [alias, tester, builder, plain] = release.dependencies.as_slice() else {
        panic!()
    };
    assert_eq!(
        (alias.name.as_str(), alias.rename.as_deref()),
        ("real-name", Some("alias"))
    );
    assert_eq!(
        (alias.optional, alias.target.as_deref()),
        (true, Some("cfg(unix)"))
    );
    assert_eq!(alias.requirement, "^1.2");
    let kinds = [alias.kind, tester.kind, builder.kind, plain.kind];
    use DependencyKind::{Build, Dev, Runtime};
    assert_eq!(kinds, [Runtime, Dev, Build, Runtime]);
    let artifact = &answer.artifacts[0];
    assert_eq!(
        artifact.url.as_str(),
        "https://dl.invalid/crates/Demo_Crate/1.2.0-rc.1+meta/download"
    );
    assert_eq!(
        (artifact.format, artifact.root),
        (ArchiveFormat::TarGz, ArchiveRoot::StripFirst)
    );
    assert_eq!(
        found.release("9.9.9").unwrap_err().kind,
        ErrorKind::VersionNotFound
    );
}

#[test]
fn versions_come_newest_first_and_yanked_ones_are_not_the_latest() {
    let rows = [
        row("1.9.0", ""),
        row("1.10.0", ""),
        row("2.0.0-rc.1", r#","v":1"#),
        row("3.0.0", "").replace("\"yanked\":false", "\"yanked\":true"),
        String::new(),
        row("1.2.3", ""),
    ];
    let package = metadata(&rows).unwrap().package;
    let versions: Vec<&str> = package
        .versions
        .iter()
        .map(|e| e.version.as_str())
        .collect();
    assert_eq!(
        versions,
        ["3.0.0", "2.0.0-rc.1", "1.10.0", "1.9.0", "1.2.3"]
    );
    assert_eq!(package.latest_version.as_deref(), Some("2.0.0-rc.1"));
    assert_eq!(package.latest_stable_version.as_deref(), Some("1.10.0"));
}

#[test]
fn rows_of_a_newer_form_and_broken_rows_are_passed_over() {
    let rows = [
        row("1.0.0", ""),
        row("2.0.0", r#","v":3"#),
        "{broken".to_owned(),
        row("not.a.version", ""),
        row("1.0.0", r#","rust_version":"1.99""#),
    ];
    let found = metadata(&rows).unwrap();
    assert_eq!(found.package.versions.len(), 1);
    assert_eq!(
        found.release("1.0.0").unwrap().release.runtime["rust"],
        "1.99"
    );
    let error = metadata(&[row("2.0.0", r#","v":3"#)]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Protocol);
    assert!(error.message.contains("newer"), "{}", error.message);
    assert_eq!(
        metadata(&["<html>".to_owned()]).unwrap_err().kind,
        ErrorKind::Protocol
    );
    assert_eq!(metadata(&[]).unwrap_err().kind, ErrorKind::NotFound);
}

#[test]
fn a_broken_checksum_spoils_its_release_only() {
    let rows = [row("1.0.0", ""), row("1.1.0", "").replace(&sum('a'), "zz")];
    let found = metadata(&rows).unwrap();
    assert!(found.release("1.0.0").is_ok());
    assert_eq!(
        found.release("1.1.0").unwrap_err().kind,
        ErrorKind::Protocol
    );
}

#[test]
fn gone_in_three_ways_and_never_another_crate() {
    for status in [404, 410, 451] {
        let error = parse_metadata(&config(), "demo", &response(status, "")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound, "{status}");
    }
    let other = parse_metadata(&config(), "other", &response(200, row("1.0.0", "")));
    assert_eq!(other.unwrap_err().kind, ErrorKind::Protocol);
}

#[test]
fn the_web_api_adds_what_the_index_lacks() {
    let mut found = metadata(&[
        row("1.0.0", ""),
        row("1.1.0", "").replace("\"yanked\":false", "\"yanked\":true"),
    ])
    .unwrap();
    let body = r#"{"crate":{"id":"demo_crate","name":"Demo_Crate","updated_at":"2024-02-01T00:00:00+00:00","created_at":"2020-01-01T00:00:00+00:00",
        "versions":[2,1],"keywords":["async","io"],"categories":["network-programming"],"badges":[],"downloads":12345,"recent_downloads":678,
        "max_version":"9.9.9","description":" A demo. ","homepage":null,"documentation":"https://docs.invalid","repository":"https://github.com/Demo/Crate.git"},
      "versions":[{"id":2,"num":"1.1.0","yanked":true,"yank_message":"broken","license":"MIT","crate_size":10},
                  {"id":1,"num":"1.0.0","created_at":"2020-01-01T00:00:00+00:00","license":"MIT OR Apache-2.0","crate_size":4096,"rust_version":"1.60","description":"Then"}],
      "keywords":[],"categories":[]}"#;
    apply_api(&mut found, &response(200, body)).unwrap();
    let package = &found.package;
    assert_eq!(package.description.as_deref(), Some("A demo."));
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/demo/crate")
    );
    assert_eq!(
        (package.downloads.total, package.downloads.recent),
        (Some(12345), Some(678))
    );
    assert_eq!(package.keywords, ["async", "io"]);
    assert_eq!(package.categories, ["network-programming"]);
    assert_eq!(package.license.as_deref(), Some("MIT OR Apache-2.0"));
    assert_eq!(package.latest_version.as_deref(), Some("1.0.0"));
    let old = found.release("1.0.0").unwrap();
    assert_eq!(old.release.license.as_deref(), Some("MIT OR Apache-2.0"));
    assert_eq!(old.release.description.as_deref(), Some("Then"));
    assert_eq!(
        (old.release.size, old.artifacts[0].size),
        (Some(4096), Some(4096))
    );
    assert_eq!(old.release.runtime["rust"], "1.60");
    assert_eq!(old.release.published_at, Timestamp::parse("2020-01-01"));
    assert_eq!(
        found
            .release("1.1.0")
            .unwrap()
            .release
            .deprecated
            .as_deref(),
        Some("broken")
    );
}

#[test]
fn the_light_form_of_the_web_api_takes_nothing_away() {
    let mut found = metadata(&[row("1.0.0", "")]).unwrap();
    let body = r#"{"crate":{"id":"demo_crate","versions":null,"keywords":null,"categories":null,"badges":null,"downloads":5,"recent_downloads":null,
        "max_version":"0.0.0","newest_version":"0.0.0","max_stable_version":null,"default_version":null},"versions":null,"keywords":null,"categories":null}"#;
    apply_api(&mut found, &response(200, body)).unwrap();
    assert_eq!(found.package.latest_version.as_deref(), Some("1.0.0"));
    assert_eq!(found.package.downloads.total, Some(5));
    assert_eq!(found.package.downloads.recent, None);
    assert!(found.package.keywords.is_empty());
}

#[test]
fn errors_of_the_web_api() {
    let mut found = metadata(&[row("1.0.0", "")]).unwrap();
    let refused = response(
        403,
        r#"{"errors":[{"detail":"please read the crawler policy"}]}"#,
    );
    let error = apply_api(&mut found, &refused).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.message.contains("crawler policy"));
    let told = response(200, r#"{"errors":[{"detail":"crate `x` does not exist"}]}"#);
    let error = apply_api(&mut found, &told).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Protocol);
    assert!(error.message.contains("does not exist"));
    let other = response(200, r#"{"crate":{"id":"other"}}"#);
    assert!(apply_api(&mut found, &other).is_err());
}

#[test]
fn owners() {
    let mut found = metadata(&[row("1.0.0", "")]).unwrap();
    let body = r#"{"users":[{"id":1,"login":"alice","kind":"user","name":"Alice"},{"id":2,"login":"github:org:team","kind":"team"},{"name":"?"},7]}"#;
    apply_owners(&mut found, &response(200, body)).unwrap();
    let names: Vec<&str> = found
        .package
        .owners
        .iter()
        .map(|o| o.name.as_str())
        .collect();
    assert_eq!(names, ["alice", "github:org:team"]);
    let request = owners_request(&config(), "demo").unwrap().unwrap();
    assert_eq!(
        request.uri(),
        "https://web.invalid/api/v1/crates/demo/owners"
    );
    let request = api_request(&config(), "demo").unwrap().unwrap();
    assert_eq!(request.uri(), "https://web.invalid/api/v1/crates/demo");
    let none = Config {
        api: None,
        ..config()
    };
    assert!(api_request(&none, "demo").unwrap().is_none());
    assert!(api_request(&config(), "a/b").is_err());
}
