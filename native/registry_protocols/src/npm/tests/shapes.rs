use super::*;

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
