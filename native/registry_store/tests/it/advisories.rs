use std::collections::HashSet;

use registry_store::{FeedRecord, Store};
use registry_types::{
    Advisory, AdvisoryStatus, AffectedRange, Ecosystem, Feed, FeedAnswer, FeedScope, RangeEvent,
    Timestamp,
};

use crate::support::{bundle, open};

fn advisory(id: &str, fixed: &str) -> Advisory {
    let mut advisory = Advisory::new(id);
    advisory.affected = vec![AffectedRange::events(vec![
        RangeEvent::Introduced("0".into()),
        RangeEvent::Fixed(fixed.into()),
    ])];
    advisory
}

#[test]
fn advisories_are_found_by_package_and_version() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut put = bundle(Ecosystem::Cargo, "a", "1.0.0", "x");
    put.advisories = vec![FeedAnswer::new(
        "osv",
        vec![
            advisory("RUSTSEC-1", "1.5.0"),
            advisory("RUSTSEC-2", "0.9.0"),
        ],
    )];
    store.put(&put).unwrap();
    let ids = |version| -> Vec<String> {
        let found = store.advisories(Ecosystem::Cargo, "A", version).unwrap();
        found.into_iter().map(|a| a.id).collect()
    };
    assert_eq!(ids(None), ["RUSTSEC-1", "RUSTSEC-2"]);
    assert_eq!(ids(Some("1.0.0")), ["RUSTSEC-1"]);
    assert_eq!(
        ids(Some("0.8.0")),
        ["RUSTSEC-1", "RUSTSEC-2"],
        "not collected itself"
    );
    assert!(ids(Some("2.0.0")).is_empty());
    assert_eq!(store.stats().unwrap().advisories, 2);

    let newer = vec![
        advisory("RUSTSEC-2", "0.9.1"),
        advisory("RUSTSEC-3", "9.0.0"),
    ];
    let told = [FeedAnswer::new("osv", newer.clone())];
    store.put_advisories(Ecosystem::Cargo, "a", &told).unwrap();
    assert_eq!(ids(None), ["RUSTSEC-2", "RUSTSEC-3"]);
    assert_eq!(store.stats().unwrap().advisories, 2);
    store
        .put_advisories(Ecosystem::Npm, "never-collected", &told)
        .unwrap();
    assert_eq!(
        store
            .advisories(Ecosystem::Npm, "never-collected", None)
            .unwrap(),
        newer
    );
    assert!(
        store
            .advisories(Ecosystem::Npm, "nothing", None)
            .unwrap()
            .is_empty()
    );
    store.delete(Ecosystem::Cargo, "a", None).unwrap();
    assert!(ids(None).is_empty());
    assert_eq!(store.stats().unwrap().advisories, 2);
}

fn ids(store: &Store, name: &str, version: Option<&str>) -> Vec<String> {
    let found = store.advisories(Ecosystem::Npm, name, version).unwrap();
    found.into_iter().map(|a| a.id).collect()
}

fn told(source: &str, version: Option<&str>, advisories: Vec<Advisory>) -> FeedAnswer {
    FeedAnswer {
        version: version.map(str::to_owned),
        ..FeedAnswer::new(source, advisories)
    }
}

#[test]
fn records_of_several_feeds_are_one_vulnerability() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut github = advisory("GHSA-1", "2.0.0");
    github.aliases = vec!["CVE-1".into()];
    github.sources = vec!["osv".into()];
    let mut npm = advisory("CVE-1", "1.0.0");
    npm.sources = vec!["npm".into()];
    let mut gone = advisory("GHSA-2", "9.0.0");
    gone.withdrawn_at = Timestamp::parse("2024-01-01");
    let answers = [
        told("osv", None, vec![github, gone]),
        told("npm", Some("0.9.0"), vec![npm]),
    ];
    store.put_advisories(Ecosystem::Npm, "x", &answers).unwrap();
    let all = store.advisories(Ecosystem::Npm, "x", None).unwrap();
    assert_eq!(all.len(), 1, "one group, and the withdrawn one is out");
    assert_eq!(
        (all[0].id.as_str(), &all[0].aliases[..]),
        ("GHSA-1", &["CVE-1".to_owned()][..])
    );
    assert_eq!(all[0].sources, ["osv", "npm"]);

    store
        .put_advisories(Ecosystem::Npm, "x", &[told("osv", None, vec![])])
        .unwrap();
    assert_eq!(
        ids(&store, "x", None),
        ["CVE-1"],
        "the other feed still says so"
    );
}

#[test]
fn an_answer_about_one_version_leaves_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let listed = |id: &str, versions: &[&str]| Advisory {
        affected: vec![AffectedRange::versions(
            versions.iter().map(|&v| v.into()).collect(),
        )],
        ..Advisory::new(id)
    };
    let put = |version, advisories| {
        let answer = [told("pypi", Some(version), advisories)];
        store.put_advisories(Ecosystem::Npm, "x", &answer).unwrap();
    };
    put(
        "1.0.0",
        vec![listed("A", &["1.0.0"]), advisory("B", "3.0.0")],
    );
    put("2.0.0", vec![listed("A", &["2.0.0"])]);
    assert_eq!(
        ids(&store, "x", Some("1.0.0")),
        ["A"],
        "B affects 2.0.0 and is not told any more"
    );
    assert_eq!(ids(&store, "x", Some("2.0.0")), ["A"]);
    put("1.0.0", vec![]);
    assert!(ids(&store, "x", Some("1.0.0")).is_empty());
    assert_eq!(ids(&store, "x", Some("2.0.0")), ["A"]);
    let status = |version| {
        let report = store
            .advisory_report(Ecosystem::Npm, "x", Some(version))
            .unwrap();
        report.status
    };
    assert_eq!(status("1.0.0"), AdvisoryStatus::Clean);
    assert_eq!(
        status("1.5.0"),
        AdvisoryStatus::Unknown,
        "nobody was asked about it"
    );
}

fn record(id: &str, text: &str, packages: &[&str]) -> FeedRecord {
    let about = |name: &&str| ((*name).to_owned(), advisory(id, "2.0.0"));
    FeedRecord {
        ecosystem: Ecosystem::Npm,
        id: id.to_owned(),
        checksum: FeedRecord::checksum(text.as_bytes()),
        advisories: packages.iter().map(about).collect(),
    }
}

fn feed(complete: bool) -> Feed {
    Feed {
        source: "osv".into(),
        ecosystem: Ecosystem::Npm,
        asked_at: Timestamp::from_seconds(1_700_000_000),
        origin: "all.zip".into(),
        modified_at: Timestamp::parse("2024-05-01T00:00:00Z"),
        etag: None,
        changes_etag: None,
        records: 0,
        complete,
    }
}

#[test]
fn a_feed_is_loaded_record_by_record_and_answers_for_all_packages() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let status = |name| {
        store
            .advisory_report(Ecosystem::Npm, name, Some("1.0.0"))
            .unwrap()
    };
    assert_eq!(
        status("a").status,
        AdvisoryStatus::Unknown,
        "the feed is not loaded"
    );
    assert!(status("a").feeds.iter().all(|f| f.asked_at.is_none()));

    let first = [record("R-1", "1", &["a", "b"]), record("R-2", "1", &["a"])];
    assert_eq!(store.import_records("osv", &first).unwrap(), 2);
    assert_eq!(store.import_records("osv", &first).unwrap(), 0, "unchanged");
    store.put_feed(&feed(true), None).unwrap();
    assert_eq!(
        store.feed("osv", Ecosystem::Npm).unwrap().unwrap().records,
        2
    );
    assert_eq!(status("a").status, AdvisoryStatus::Affected);
    let clean = status("never-heard-of");
    assert_eq!(clean.status, AdvisoryStatus::Clean);
    let osv = clean.feeds.iter().find(|f| f.source == "osv").unwrap();
    assert_eq!(osv.scope, FeedScope::Ecosystem);
    assert_eq!(osv.snapshot.as_deref(), Some("2024-05-01T00:00:00Z"));

    let second = [record("R-1", "2", &["b"]), record("R-3", "1", &["c"])];
    assert_eq!(store.import_records("osv", &second).unwrap(), 2);
    assert_eq!(
        ids(&store, "a", None),
        ["R-2"],
        "the record does not speak of it any more"
    );
    let kept = HashSet::from(["R-1".to_owned(), "R-3".to_owned()]);
    assert_eq!(store.put_feed(&feed(true), Some(&kept)).unwrap(), 1);
    assert!(ids(&store, "a", None).is_empty());
    let withdrawn = FeedRecord {
        advisories: vec![],
        ..record("R-3", "2", &[])
    };
    assert_eq!(store.import_records("osv", &[withdrawn]).unwrap(), 1);
    assert!(ids(&store, "c", None).is_empty());
    assert_eq!(store.stats().unwrap().advisories, 1);
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn deleting_a_package_leaves_what_a_loaded_feed_says_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut put = bundle(Ecosystem::Npm, "a", "1.0.0", "x");
    put.advisories = vec![
        told("npm", Some("1.0.0"), vec![advisory("N-1", "2.0.0")]),
        told("osv", None, vec![advisory("R-1", "2.0.0")]),
    ];
    store.put(&put).unwrap();
    store
        .import_records("osv", &[record("R-1", "1", &["a"])])
        .unwrap();
    store.put_feed(&feed(true), None).unwrap();
    assert_eq!(ids(&store, "a", None), ["N-1", "R-1"]);
    store.delete(Ecosystem::Npm, "a", None).unwrap();
    assert_eq!(ids(&store, "a", None), ["R-1"]);
    let report = store.advisory_report(Ecosystem::Npm, "a", None).unwrap();
    assert!(
        report
            .feeds
            .iter()
            .all(|f| f.scope == FeedScope::Ecosystem || f.asked_at.is_none())
    );
    let error = store.import_records("OSV/", &[]).unwrap_err();
    assert_eq!(error.kind, registry_types::ErrorKind::InvalidArgument);
}
