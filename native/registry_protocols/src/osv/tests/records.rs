use registry_types::{
    Advisory, Ecosystem, Informational, RangeEvent, Severity, Timestamp, is_affected,
};

use crate::osv::Record;

fn record(text: &str) -> Record {
    Record::parse(text.as_bytes()).unwrap()
}

fn advisory(ecosystem: Ecosystem, name: &str, text: &str) -> Advisory {
    record(text).advisory(ecosystem, name).unwrap()
}

#[test]
fn unsorted_events_of_two_intervals() {
    let text = r#"{"id":"PYSEC-1","modified":"2023-11-08T05:01:30.000Z","affected":[{
        "package":{"name":"urllib3","ecosystem":"PyPI","purl":"pkg:pypi/urllib3"},
        "ranges":[{"type":"GIT","repo":"x","events":[{"introduced":"0"},{"fixed":"abc"}]},
                  {"type":"ECOSYSTEM","events":[{"introduced":"2.0.0"},{"fixed":"2.0.6"},
                                                {"introduced":"0"},{"fixed":"1.26.17"}]}],
        "versions":["0.2","1.26.16"]}]}"#;
    let advisory = advisory(Ecosystem::Pypi, "URLLIB3", text);
    let hit = |version| is_affected(Ecosystem::Pypi, &advisory, version);
    assert!(hit("0.2") && hit("1.26.16") && hit("2.0.5"));
    assert!(!hit("1.26.17") && !hit("1.99") && !hit("2.0.6"));
    assert_eq!(advisory.fixed_versions, ["1.26.17", "2.0.6"]);
    assert_eq!(advisory.affected.len(), 1);
    assert_eq!(
        advisory.modified_at,
        Timestamp::parse("2023-11-08T05:01:30Z")
    );
}

#[test]
fn all_entries_about_a_package_count_and_no_others() {
    let text = r#"{"id":"GHSA-1","affected":[
        {"package":{"name":"a","ecosystem":"npm"},"ranges":[{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"fixed":"1.0.5"}]}]},
        {"package":{"name":"b","ecosystem":"npm"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]},
        {"package":{"name":"a","ecosystem":"TuxCare:npm-ish"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]},
        {"package":{"ecosystem":"npm"}}, {}, 5,
        {"package":{"name":"a","ecosystem":"npm"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"2.0.0","fixed":"2.0.5"}]}]}]}"#;
    let advisory = advisory(Ecosystem::Npm, "a", text);
    let hit = |version| is_affected(Ecosystem::Npm, &advisory, version);
    assert!(hit("1.0.4") && hit("2.0.4"));
    assert!(!hit("0.9.0") && !hit("1.5.0") && !hit("2.0.5"));
    assert_eq!(
        record(text).packages(),
        [(Ecosystem::Npm, "a".into()), (Ecosystem::Npm, "b".into())]
    );
    assert!(record(text).advisory(Ecosystem::Npm, "A").is_none());
    assert!(record(text).advisory(Ecosystem::Pypi, "a").is_none());
}

#[test]
fn an_unknown_ecosystem_does_not_cost_the_record() {
    let text = r#"{"id":"X-1","affected":[{"package":{"name":"a","ecosystem":"Azure Linux:3"}},
        {"package":{"name":"Foo.Bar","ecosystem":"PyPI:extra"},"versions":["1.0"]}]}"#;
    assert_eq!(
        record(text).packages(),
        [(Ecosystem::Pypi, "foo-bar".into())]
    );
    assert!(record(text).advisory(Ecosystem::Pypi, "foo_bar").is_some());
}

#[test]
fn rustsecs_spelling_of_the_beginning_and_its_notices() {
    let text = r#"{"id":"RUSTSEC-1","affected":[{"package":{"name":"my_crate","ecosystem":"crates.io"},
        "ranges":[{"type":"SEMVER","events":[{"introduced":"0.0.0-0"}]}],"versions":[],
        "database_specific":{"cvss":null,"informational":"unmaintained","categories":[]}}]}"#;
    let advisory = advisory(Ecosystem::Cargo, "my-crate", text);
    assert_eq!(advisory.informational, Some(Informational::Unmaintained));
    assert!(is_affected(Ecosystem::Cargo, &advisory, "0.0.0-0"));
    assert!(is_affected(Ecosystem::Cargo, &advisory, "9.0.0"));
    let of = |word: &str| {
        let text = text.replace("unmaintained", word);
        record(&text)
            .advisory(Ecosystem::Cargo, "my_crate")
            .unwrap()
            .informational
    };
    assert_eq!(of("unsound"), Some(Informational::Unsound));
    assert_eq!(of("notice"), Some(Informational::Notice));
    assert_eq!(of("something new"), Some(Informational::Notice));
}

#[test]
fn severity_from_the_newest_vector_else_the_word() {
    let of = |severity: &str, word: &str| {
        let text = format!(
            r#"{{"id":"X","severity":{severity},"affected":[{{"package":{{"name":"a","ecosystem":"npm"}}}}],
                "database_specific":{{"severity":{word}}}}}"#
        );
        let advisory = advisory(Ecosystem::Npm, "a", &text);
        (advisory.severity, advisory.cvss.map(|c| c.version))
    };
    let v3 = r#"{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}"#;
    let v4 = r#"{"type":"CVSS_V4","score":"CVSS:4.0/AV:L/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N"}"#;
    let ubuntu = r#"{"type":"Ubuntu","score":"medium"}"#;
    assert_eq!(
        of(&format!("[{v3}]"), "\"LOW\""),
        (Severity::Critical, Some("3.1".into()))
    );
    let (severity, version) = of(&format!("[{v3},{v4}]"), "null");
    assert_eq!((severity, version.as_deref()), (Severity::Low, Some("4.0")));
    assert_eq!(
        of(&format!("[{ubuntu}]"), "\"MODERATE\""),
        (Severity::Medium, None)
    );
    assert_eq!(
        of(r#"[{"type":"CVSS_V3","score":""}]"#, "\"HIGH\""),
        (Severity::High, None)
    );
    assert_eq!(of("[]", "null"), (Severity::Unknown, None));
    let own = r#"{"id":"X","affected":[{"package":{"name":"a","ecosystem":"npm"},
        "severity":[{"type":"CVSS_V2","score":"AV:N/AC:L/Au:N/C:P/I:P/A:P"}]}]}"#;
    assert_eq!(advisory(Ecosystem::Npm, "a", own).severity, Severity::High);
}

#[test]
fn malware_and_withdrawn_records_say_so() {
    let text = r#"{"id":"MAL-2024-1","withdrawn":"2024-05-01T00:00:00Z","aliases":["GHSA-x"],
        "affected":[{"package":{"name":"a","ecosystem":"npm"},"versions":["1.0.0"]}]}"#;
    let advisory = advisory(Ecosystem::Npm, "a", text);
    assert!(advisory.malicious);
    assert_eq!(advisory.withdrawn_at, Timestamp::parse("2024-05-01"));
    assert!(!is_affected(Ecosystem::Npm, &advisory, "1.0.0"));
}

#[test]
fn events_are_kept_as_given() {
    let text = r#"{"id":"X","affected":[{"package":{"name":"a","ecosystem":"Hex"},
        "ranges":[{"events":[{"introduced":"0"},{"last_affected":"1.2.0"},{"limit":"*"},{"introduced":5},{}]}]}]}"#;
    let advisory = advisory(Ecosystem::Hex, "a", text);
    assert_eq!(
        advisory.affected[0].events,
        [
            RangeEvent::Introduced("0".into()),
            RangeEvent::LastAffected("1.2.0".into()),
            RangeEvent::Limit("*".into()),
        ]
    );
    assert!(is_affected(Ecosystem::Hex, &advisory, "1.2.0"));
    assert!(!is_affected(Ecosystem::Hex, &advisory, "1.2.1"));
}

#[test]
fn what_is_no_record() {
    for text in ["", "{}", "[]", "{\"id\":null}", "<html>"] {
        assert!(Record::parse(text.as_bytes()).is_err(), "{text}");
    }
    let odd = r#"{"id":"X","aliases":null,"affected":{},"references":7,"severity":"HIGH","details":[],"modified":1}"#;
    assert!(record(odd).packages().is_empty());
}

#[test]
fn affected_symbols_are_kept_in_every_databases_spelling() {
    let text = r#"{"id":"RUSTSEC-1","affected":[{"package":{"name":"a","ecosystem":"crates.io"},
        "ecosystem_specific":{"affects":{"arch":["x86"],"os":["windows"],"functions":["a::parse","a::Tree::walk"]},
            "affected_functions":null}},
        {"package":{"name":"a","ecosystem":"crates.io"},
        "ecosystem_specific":{"affected_functions":["a::parse"],"imports":[{"path":"a/b","symbols":["F","G"]},
            {"path":"a/c"},{"attribute":"load","modules":["a.io","a"]}]}}]}"#;
    let advisory = advisory(Ecosystem::Cargo, "a", text);
    assert_eq!(
        advisory.symbols,
        [
            "a::parse",
            "a::Tree::walk",
            "a/b.F",
            "a/b.G",
            "a/c",
            "a.io.load",
            "a.load"
        ]
    );
    assert_eq!(advisory.operating_systems, ["windows"]);
    assert_eq!(advisory.architectures, ["x86"]);
    let odd = r#"{"id":"X","affected":[{"package":{"name":"a","ecosystem":"npm"},
        "ecosystem_specific":{"affects":7,"affected_functions":{"x":1},"imports":[3,{"symbols":["F"]}]}}]}"#;
    assert!(
        record(odd)
            .advisory(Ecosystem::Npm, "a")
            .unwrap()
            .symbols
            .is_empty()
    );
}
