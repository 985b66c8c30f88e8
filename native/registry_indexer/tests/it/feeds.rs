//! Feeds of whole ecosystems: imported from files, refreshed from the fixture's export, and compared
//! with what the OSV API tells one package at a time.

use std::io::Write;
use std::path::Path;

use registry_indexer::{ImportLimits, ImportOptions, RefreshOptions};
use registry_types::{AdvisoryStatus, Ecosystem, ErrorKind, FeedScope};
use zip::write::SimpleFileOptions;

use crate::support::World;

const RECORD: &str = r#"{"id":"GHSA-1","modified":"2024-05-01T00:00:00Z","affected":[
    {"package":{"ecosystem":"npm","name":"left-trim"},
     "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}]}]}"#;

fn import(
    world: &World,
    path: &Path,
    options: &ImportOptions,
) -> registry_types::Result<registry_indexer::ImportReport> {
    world
        .indexer
        .import_blocking(path, options, &Default::default())
}

fn refresh(world: &World, ecosystem: Ecosystem) -> registry_indexer::RefreshReport {
    let options = RefreshOptions::default();
    world
        .indexer
        .refresh_blocking(ecosystem, &options, &Default::default())
        .unwrap()
}

fn zip(path: &Path, files: &[(&str, &[u8])]) {
    let mut writer = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn importing_and_asking_give_the_same_advisories() {
    let (asked, loaded) = (World::new(), World::new());
    asked
        .collect(Ecosystem::Cargo, "ember-rt", "1.0.0")
        .unwrap();
    refresh(&loaded, Ecosystem::Cargo);
    for version in [None, Some("1.0.0"), Some("1.2.0")] {
        let report = |world: &World| {
            world
                .store
                .advisory_report(Ecosystem::Cargo, "ember-rt", version)
                .unwrap()
        };
        let (online, offline) = (report(&asked), report(&loaded));
        assert_eq!(online.advisories, offline.advisories, "{version:?}");
        assert_eq!(online.informational, offline.informational);
        assert_eq!(online.status, offline.status);
        assert_eq!(online.feeds[0].scope, FeedScope::Package);
        assert_eq!(offline.feeds[0].scope, FeedScope::Ecosystem);
    }
}

#[test]
fn a_refresh_costs_what_changed() {
    let world = World::new();
    let first = refresh(&world, Ecosystem::Cargo);
    assert!(first.full && first.feed.complete);
    assert_eq!((first.import.stored, first.feed.records), (2, 2));
    world.asked();
    let second = refresh(&world, Ecosystem::Cargo);
    assert_eq!((second.full, second.import.changed), (false, 0));
    let asked = world.asked();
    // The list, and the record of the very moment up to which all is known.
    assert_eq!(asked.len(), 2, "{asked:?}");
    refresh(&world, Ecosystem::Cargo);
    let asked = world.asked();
    assert_eq!(asked, ["GET /osv-export/crates.io/modified_id.csv 304"]);

    let changed = r#"{"id":"RUSTSEC-2024-9003","modified":"2024-06-01T00:00:00Z","affected":[{"package":{"ecosystem":"crates.io","name":"ember-rt"},"ranges":[{"type":"SEMVER","events":[{"introduced":"1.2.0"}]}]}]}"#;
    for (path, body) in [
        (
            "modified_id.csv",
            "2024-06-02T00:00:00Z,RUSTSEC-2024-9001\n2024-06-01T00:00:00Z,RUSTSEC-2024-9003\n2024-01-01T00:00:00Z,OLD-1",
        ),
        ("RUSTSEC-2024-9003.json", changed),
    ] {
        let line = format!("body /osv-export/crates.io/{path} text/plain {body}");
        world.fixture.control(&line);
    }
    world
        .fixture
        .control("status /osv-export/crates.io/RUSTSEC-2024-9001.json 404");
    let third = refresh(&world, Ecosystem::Cargo);
    assert_eq!((third.full, third.import.changed), (false, 2));
    assert_eq!(
        third.feed.modified_at.unwrap().to_string(),
        "2024-06-02T00:00:00Z"
    );
    let ids = |version| -> Vec<String> {
        let found = world
            .store
            .advisories(Ecosystem::Cargo, "ember-rt", version);
        found.unwrap().into_iter().map(|a| a.id).collect()
    };
    assert_eq!(ids(None), ["RUSTSEC-2024-9003"], "one came, one went");
    assert_eq!(ids(Some("1.2.0")), ["RUSTSEC-2024-9003"]);
    let notice = world
        .store
        .advisory_report(Ecosystem::Cargo, "ember-ash", Some("0.1.0"))
        .unwrap();
    assert_eq!(
        notice.status,
        AdvisoryStatus::Clean,
        "a notice is no vulnerability"
    );
    assert!(notice.informational[0].is_unmaintained());
}

#[test]
fn directories_zips_and_files_are_read() {
    let world = World::new();
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    std::fs::create_dir_all(at("db/crates/x")).unwrap();
    let rustsec = "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\npackage = \"x\"\ndate = \"2020-01-01\"\n\
                   [versions]\npatched = [\">= 2.0.0\"]\n```\n\n# Title\n";
    std::fs::write(at("db/crates/x/RUSTSEC-2020-0001.md"), rustsec).unwrap();
    std::fs::write(at("db/README.md"), "# Words\n").unwrap();
    std::fs::write(at("db/LICENSE"), "Words\n").unwrap();
    std::fs::write(at("one.json"), RECORD).unwrap();
    let report = import(&world, &at("db"), &ImportOptions::default()).unwrap();
    assert_eq!(
        (report.read, report.stored, report.skipped.len()),
        (2, 1, 1)
    );
    assert_eq!(report.skipped[0].path, "README.md");
    assert_eq!(report.feeds[0].source, "rustsec");
    assert!(report.feeds[0].complete);
    let status = |ecosystem, name, version| {
        let report = world.store.advisory_report(ecosystem, name, Some(version));
        report.unwrap().status
    };
    assert_eq!(
        status(Ecosystem::Cargo, "x", "1.9.0"),
        AdvisoryStatus::Affected
    );
    assert_eq!(
        status(Ecosystem::Cargo, "y", "1.0.0"),
        AdvisoryStatus::Clean
    );

    let single = import(&world, &at("one.json"), &ImportOptions::default()).unwrap();
    assert_eq!(
        (single.stored, single.feeds.len()),
        (1, 0),
        "a file is no whole feed"
    );
    assert_eq!(
        status(Ecosystem::Npm, "left-trim", "0.9.0"),
        AdvisoryStatus::Affected
    );
    assert_eq!(
        status(Ecosystem::Npm, "other", "0.9.0"),
        AdvisoryStatus::Unknown
    );

    let withdrawn = RECORD.replace(
        "\"affected\"",
        "\"withdrawn\":\"2024-06-01T00:00:00Z\",\"affected\"",
    );
    zip(
        &at("all.zip"),
        &[
            ("GHSA-1.json", withdrawn.as_bytes()),
            ("bad.json", b"{"),
            ("x.txt", b""),
        ],
    );
    let report = import(&world, &at("all.zip"), &ImportOptions::default()).unwrap();
    assert_eq!(
        (report.read, report.stored, report.withdrawn, report.changed),
        (2, 0, 1, 1)
    );
    assert_eq!(
        status(Ecosystem::Npm, "left-trim", "0.9.0"),
        AdvisoryStatus::Clean
    );
    let partial = ImportOptions {
        complete: Some(false),
        ecosystems: vec![Ecosystem::Hex],
        ..ImportOptions::default()
    };
    let report = import(&world, &at("all.zip"), &partial).unwrap();
    assert_eq!(
        (report.stored, report.feeds.len(), report.skipped.len()),
        (0, 0, 2)
    );
}

#[test]
fn hostile_exports_are_refused() {
    let world = World::new();
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let kind = |path: &Path, limits: ImportLimits| {
        let options = ImportOptions {
            limits,
            ..ImportOptions::default()
        };
        import(&world, path, &options).unwrap_err().kind
    };
    let usual = ImportLimits::default();
    assert_eq!(kind(&at("missing.zip"), usual), ErrorKind::NotFound);
    std::fs::write(at("broken.zip"), b"PK\x03\x04 and nothing more").unwrap();
    assert_eq!(kind(&at("broken.zip"), usual), ErrorKind::Archive);

    let padded = format!("{RECORD}{}", " ".repeat(3_000_000));
    zip(
        &at("bomb.zip"),
        &[("a.json", padded.as_bytes()), ("b.json", padded.as_bytes())],
    );
    assert_eq!(
        kind(&at("bomb.zip"), usual),
        ErrorKind::LimitExceeded,
        "ratio"
    );
    let small = ImportLimits {
        bytes: 100,
        ..usual
    };
    assert_eq!(
        kind(&at("bomb.zip"), small),
        ErrorKind::LimitExceeded,
        "bytes"
    );
    let few = ImportLimits {
        entries: 1,
        ..usual
    };
    assert_eq!(
        kind(&at("bomb.zip"), few),
        ErrorKind::LimitExceeded,
        "entries"
    );
    let short = ImportLimits {
        record_bytes: 100,
        ..usual
    };
    let options = ImportOptions {
        limits: short,
        ..ImportOptions::default()
    };
    let report = import(&world, &at("bomb.zip"), &options).unwrap();
    assert_eq!(report.skipped.len(), 2, "each record by itself");
    assert!(world.store.feeds().unwrap().is_empty());

    let mut lying = std::fs::read(at("bomb.zip")).unwrap();
    let middle = lying.len() / 3;
    for byte in &mut lying[middle..middle + 64] {
        *byte ^= 0x55;
    }
    std::fs::write(at("lying.zip"), lying).unwrap();
    let wide = ImportLimits {
        compression_ratio: 1_000_000,
        ..usual
    };
    let options = ImportOptions {
        limits: wide,
        ..ImportOptions::default()
    };
    match import(&world, &at("lying.zip"), &options) {
        Ok(report) => assert!(!report.skipped.is_empty(), "{report:?}"),
        Err(error) => assert_eq!(error.kind, ErrorKind::Archive),
    }
    let cancelled = tokio_util::sync::CancellationToken::new();
    cancelled.cancel();
    let stopped =
        world
            .indexer
            .import_blocking(&at("bomb.zip"), &ImportOptions::default(), &cancelled);
    assert!(matches!(
        stopped.unwrap_err().kind,
        ErrorKind::Cancelled | ErrorKind::LimitExceeded
    ));
}
