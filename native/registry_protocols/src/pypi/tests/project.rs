use registry_types::{DependencyKind, ErrorKind, Result, Timestamp, WarningKind};
use serde_json::{Value, json};
use url::Url;

use super::response;
use crate::Metadata;
use crate::pypi::{metadata_request, parse_metadata, parse_release, release_request};

fn file(name: &str, kind: &str) -> Value {
    json!({
        "filename": name, "packagetype": kind, "size": 100, "url": format!("http://127.0.0.1/f/{name}"),
        "digests": {"sha256": "ab".repeat(32), "blake2b_256": "cd".repeat(32), "md5": "ef".repeat(16)},
        "upload_time": "2023-05-22T15:12:42", "upload_time_iso_8601": "2023-05-22T15:12:42.313790Z",
        "yanked": false, "yanked_reason": null, "requires_python": ">=3.7", "core-metadata": false,
    })
}

fn read(answer: &Value) -> Result<Metadata> {
    parse_metadata("My.Demo", &response("application/json", answer.to_string()))
}

fn demo() -> Value {
    let mut yanked = file("my_demo-1.5.tar.gz", "sdist");
    yanked["yanked"] = json!(true);
    yanked["yanked_reason"] = json!("broken build");
    json!({
        "info": {
            "name": "My.Demo", "version": "2.0", "summary": "A demo", "description": "# Read me",
            "description_content_type": "text/markdown", "author": "", "author_email": "Ann <a@a.example>, b@b.example",
            "license": "MIT", "keywords": "one two", "home_page": null, "docs_url": null,
            "classifiers": ["Topic :: X"],
            "project_urls": {"Source": "https://github.com/Owner/Demo/", "Documentation": "https://d.example",
                             "Download": "UNKNOWN", "Odd": null},
            "requires_python": ">=3.8", "provides_extra": ["socks"],
            "requires_dist": ["idna<4,>=2.5", "PySocks ; extra == 'socks'"], "downloads": {"last_day": -1},
        },
        "releases": {
            "0.12.01": [file("My.Demo-0.12.01.zip", "sdist")],
            "1.0": [], "1.5": [yanked],
            "2.0": [file("my_demo-2.0-py3-none-any.whl", "bdist_wheel"), file("my_demo-2.0.tar.gz", "sdist")],
            "3.0rc1": [file("my_demo-3.0rc1.tar.gz", "sdist")],
        },
        "urls": [file("my_demo-2.0.tar.gz", "sdist")],
        "vulnerabilities": [
            {"id": "PYSEC-1", "aliases": ["CVE-1"], "details": "bad", "summary": null, "fixed_in": ["2.10", "2.9"],
             "link": "https://v.example", "source": "osv", "withdrawn": null},
            {"id": "PYSEC-2", "aliases": [], "fixed_in": [], "withdrawn": "2024-01-01T00:00:00Z"}],
        "last_serial": 1, "ownership": {"organization": null, "roles": [{"role": "Owner", "user": "ann"}]},
    })
}

#[test]
fn a_project() {
    let metadata = read(&demo()).unwrap();
    let package = &metadata.package;
    let versions: Vec<&str> = package
        .versions
        .iter()
        .map(|v| v.version.as_str())
        .collect();
    assert_eq!(versions, ["3.0rc1", "2.0", "1.5", "1.0", "0.12.01"]);
    assert_eq!(package.latest_stable_version.as_deref(), Some("2.0"));
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/owner/demo")
    );
    assert_eq!(package.documentation.as_deref(), Some("https://d.example"));
    assert_eq!(package.keywords, ["one", "two"]);
    assert_eq!(package.owners[0].name, "ann");
    assert_eq!(
        package.created_at,
        Timestamp::parse("2023-05-22T15:12:42.313790Z")
    );
    let release = metadata.release("2.0").unwrap();
    assert_eq!(release.artifacts[0].filename, "my_demo-2.0.tar.gz");
    assert_eq!(release.release.readme.as_deref(), Some("# Read me"));
    assert_eq!(release.release.runtime["python"], ">=3.8");
    assert_eq!(
        release.release.dependencies[1].kind,
        DependencyKind::Optional
    );
    assert_eq!(release.release.features["socks"], ["PySocks"]);
    assert_eq!(
        release.release.checksum,
        Some(format!("sha256:{}", "ab".repeat(32)))
    );
    assert_eq!(release.artifacts[0].checksums.len(), 2);
}

#[test]
fn the_description_is_that_of_the_newest_release_only() {
    let metadata = read(&demo()).unwrap();
    let old = metadata.release("0.12.01").unwrap();
    assert_eq!((old.release.readme, old.release.license), (None, None));
    assert!(old.release.dependencies.is_empty());
    assert_eq!(old.release.runtime["python"], ">=3.7");
    let advisories = metadata.advisories("2.0");
    assert_eq!(advisories.len(), 1);
    assert_eq!(advisories[0].fixed_versions, ["2.9", "2.10"]);
    assert_eq!(advisories[0].aliases, ["CVE-1"]);
    assert!(metadata.advisories("0.12.01").is_empty());
}

#[test]
fn yanked_and_empty_releases_are_passed_over() {
    let metadata = read(&demo()).unwrap();
    let entry = |version: &str| {
        let found = metadata
            .package
            .versions
            .iter()
            .find(|v| v.version == version);
        found.unwrap().clone()
    };
    assert!(entry("1.5").yanked);
    assert_eq!(entry("1.5").deprecated.as_deref(), Some("broken build"));
    assert!(entry("1.0").yanked && !entry("2.0").yanked);
    let empty = metadata.release("1.0").unwrap();
    assert!(empty.artifacts.is_empty());
    assert_eq!(empty.release.warnings[0].kind, WarningKind::Unavailable);
    assert_eq!(metadata.release("1.5").unwrap().artifacts.len(), 1);
}

#[test]
fn absent_texts_in_all_their_spellings() {
    for nothing in [json!(null), json!(""), json!("UNKNOWN"), json!(5)] {
        let mut answer = demo();
        for field in [
            "summary",
            "description",
            "author_email",
            "license",
            "keywords",
            "home_page",
            "requires_python",
            "project_urls",
            "requires_dist",
            "provides_extra",
            "classifiers",
        ] {
            answer["info"][field] = nothing.clone();
        }
        let metadata = read(&answer).unwrap();
        let package = &metadata.package;
        assert_eq!(package.description, None, "{nothing}");
        assert_eq!(
            (&package.license, &package.homepage, &package.repository),
            (&None, &None, &None)
        );
        assert!(package.keywords.is_empty(), "{nothing}");
        let release = metadata.release("2.0").unwrap().release;
        assert!(release.dependencies.is_empty() && release.features.is_empty());
        assert_eq!(release.readme, None);
    }
}

#[test]
fn a_whole_licence_as_its_name() {
    let of = |license: Value, expression: Value, classifiers: Value| {
        let mut answer = demo();
        answer["info"]["license"] = license;
        answer["info"]["license_expression"] = expression;
        answer["info"]["classifiers"] = classifiers;
        read(&answer).unwrap().package.license
    };
    let wording = "\n  MIT License\n\nPermission is hereby granted, …\n";
    let classifier = json!([
        "Topic :: X",
        "License :: OSI Approved",
        "License :: OSI Approved :: BSD License"
    ]);
    assert_eq!(
        of(json!(wording), json!(null), json!([])).as_deref(),
        Some("MIT License")
    );
    assert_eq!(
        of(json!(wording), json!(null), classifier.clone()).as_deref(),
        Some("BSD License")
    );
    assert_eq!(
        of(json!(wording), json!("Apache-2.0"), classifier).as_deref(),
        Some("Apache-2.0")
    );
    let endless = "x".repeat(5000);
    assert_eq!(
        of(json!(endless), json!(null), json!([])).unwrap().len(),
        100
    );
}

#[test]
fn people_without_roles() {
    let mut answer = demo();
    answer["ownership"] = json!(null);
    let owners = read(&answer).unwrap().package.owners;
    assert_eq!(
        (owners[0].name.as_str(), owners[0].email.as_deref()),
        ("Ann", Some("a@a.example"))
    );
    assert_eq!(owners[1].name, "b@b.example");
    answer["info"]["maintainer"] = json!("Max");
    answer["info"]["maintainer_email"] = json!("m@m.example");
    let owners = read(&answer).unwrap().package.owners;
    assert_eq!(
        (owners.len(), owners[0].email.as_deref()),
        (1, Some("m@m.example"))
    );
}

#[test]
fn a_mirror_without_releases_still_has_the_newest() {
    let mut answer = demo();
    answer.as_object_mut().unwrap().remove("releases");
    let metadata = read(&answer).unwrap();
    assert_eq!(metadata.package.versions.len(), 1);
    assert_eq!(metadata.release("2.0").unwrap().artifacts.len(), 1);
}

#[test]
fn unreadable_requirements_are_warnings() {
    let mut answer = demo();
    answer["info"]["requires_dist"] = json!(["good>=1", "bad bad bad"]);
    let release = read(&answer).unwrap().release("2.0").unwrap().release;
    assert_eq!(release.dependencies.len(), 1);
    assert_eq!(release.warnings[0].kind, WarningKind::Metadata);
}

#[test]
fn answers_about_something_else() {
    let mut answer = demo();
    answer["info"]["name"] = json!("other");
    assert_eq!(read(&answer).unwrap_err().kind, ErrorKind::Protocol);
    assert_eq!(read(&json!({})).unwrap_err().kind, ErrorKind::Protocol);
    assert_eq!(read(&json!([])).unwrap_err().kind, ErrorKind::Protocol);
    let page = parse_metadata("x", &response("text/html", "<html>"));
    assert_eq!(page.unwrap_err().kind, ErrorKind::Protocol);
}

#[test]
fn one_releases_page() {
    let mut answer = demo();
    answer.as_object_mut().unwrap().remove("releases");
    let read = |version: &str| {
        parse_release(
            "my-demo",
            version,
            &response("application/json", answer.to_string()),
        )
    };
    let page = read("2.0.0").unwrap();
    assert_eq!(page.metadata.release.version, "2.0.0");
    assert_eq!(page.metadata.release.dependencies.len(), 2);
    assert_eq!(page.advisories.len(), 1);
    assert!(!page.metadata.release.yanked);
    assert_eq!(read("1.5").unwrap_err().kind, ErrorKind::Protocol);
    let mut gone = response("application/json", "");
    *gone.status_mut() = http::StatusCode::NOT_FOUND;
    assert_eq!(
        parse_release("x", "1", &gone).unwrap_err().kind,
        ErrorKind::NotFound
    );
}

#[test]
fn names_are_normalised_in_addresses() {
    let base = Url::parse("http://127.0.0.1:1/root/").unwrap();
    let request = metadata_request(&base, "My_Demo.X").unwrap();
    assert_eq!(request.uri().path(), "/root/pypi/my-demo-x/json");
    let request = release_request(&base, "My_Demo", "1.0+local/..").unwrap();
    assert_eq!(
        request.uri().path(),
        "/root/pypi/my-demo/1.0%2Blocal%2F../json"
    );
}
