//! Registries in trouble.

use std::time::{Duration, Instant};

use registry_indexer::Outcome;
use registry_types::{Ecosystem, ErrorKind, Limits, Result};

use crate::support::{World, limits};

const CRATE: &str = "/cargo/index/em/be/ember-rt";
const ARCHIVE: &str = "/cargo/dl/ember-rt/1.2.0/download";

fn collect(world: &World) -> Result<Outcome> {
    world.collect(Ecosystem::Cargo, "ember-rt", "1.2.0")
}

fn nothing_stored(world: &World) {
    assert_eq!(world.store.stats().unwrap().releases, 0, "all or nothing");
    assert_eq!(world.store.stats().unwrap().packages, 0);
}

#[test]
fn a_passing_failure_is_retried() {
    for fault in [
        "status PATH 503",
        "status PATH 500",
        "status PATH 408",
        "status PATH 429 0",
        "close PATH",
        "truncate PATH 20",
    ] {
        for path in [CRATE, ARCHIVE] {
            let world = World::new();
            world
                .fixture
                .control(&format!("{} times=2", fault.replace("PATH", path)));
            collect(&world).unwrap_or_else(|e| panic!("{fault} {path}: {e}"));
            assert_eq!(world.fixture.count(path), 3, "{fault} {path}");
        }
    }
}

#[test]
fn what_will_not_pass_is_not_retried() {
    for (status, kind) in [
        (404, ErrorKind::NotFound),
        (410, ErrorKind::NotFound),
        (451, ErrorKind::NotFound),
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Unauthorized),
        (400, ErrorKind::Protocol),
    ] {
        let world = World::new();
        world.fixture.control(&format!("status {ARCHIVE} {status}"));
        let e = collect(&world).unwrap_err();
        assert_eq!(e.kind, kind, "{status}: {e}");
        assert_eq!(world.fixture.count(ARCHIVE), 1, "{status}");
        nothing_stored(&world);
    }
}

#[test]
fn a_registry_that_keeps_failing_is_named() {
    let world = World::with(
        Limits {
            retries: 1,
            ..limits()
        },
        |_| {},
    );
    world.fixture.control(&format!("status {CRATE} 500"));
    let e = collect(&world).unwrap_err();
    assert_eq!(e.kind, ErrorKind::Network);
    assert!(
        e.message.contains("500") && e.message.contains("127.0.0.1"),
        "{e}"
    );
    assert_eq!(world.fixture.count(CRATE), 2);
    nothing_stored(&world);
}

#[test]
fn retry_after_is_honoured_up_to_a_point() {
    let world = World::new();
    world
        .fixture
        .control(&format!("status {CRATE} 429 1 times=1"));
    let start = Instant::now();
    collect(&world).unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));

    let world = World::new();
    world.fixture.control(&format!("status {CRATE} 429 3600"));
    let e = collect(&world).unwrap_err();
    assert_eq!(e.kind, ErrorKind::RateLimited);
    assert!(
        e.details
            .contains(&("retry_after_ms".into(), "3600000".into())),
        "{e:?}"
    );
    assert_eq!(world.fixture.count(CRATE), 1);
}

#[test]
fn a_wrong_checksum_stores_nothing() {
    for (ecosystem, name, path) in [
        (Ecosystem::Cargo, "ember-rt", "/cargo/dl/*"),
        (Ecosystem::Npm, "@ember/ui", "/npm/@ember/ui/-/*"),
        (Ecosystem::Hex, "ember_router", "/hex/tarballs/*"),
        (Ecosystem::Pypi, "ember-client", "/pypi-files/*"),
    ] {
        let world = World::new();
        world.fixture.control(&format!("corrupt {path}"));
        let e = world.collect(ecosystem, name, "latest").unwrap_err();
        assert_eq!(e.kind, ErrorKind::Integrity, "{name}: {e}");
        assert!(e.message.contains("checksum"), "{e}");
        nothing_stored(&world);
    }
}

#[test]
fn a_body_shorter_than_announced_is_no_archive() {
    let world = World::with(
        Limits {
            retries: 0,
            ..limits()
        },
        |_| {},
    );
    world.fixture.control(&format!("length {ARCHIVE} 100"));
    assert_eq!(collect(&world).unwrap_err().kind, ErrorKind::Network);
    world.fixture.control("clear");
    world.fixture.control(&format!("length {ARCHIVE} -100"));
    let e = collect(&world).unwrap_err();
    assert!(
        matches!(e.kind, ErrorKind::Integrity | ErrorKind::Network),
        "{e}"
    );
    nothing_stored(&world);
}

#[test]
fn a_page_of_a_captive_portal_is_no_metadata() {
    for (ecosystem, name, path) in [
        (Ecosystem::Cargo, "ember-rt", CRATE),
        (Ecosystem::Npm, "left-trim", "/npm/left-trim"),
        (Ecosystem::Hex, "ember_wire", "/hex/packages/ember_wire"),
        (Ecosystem::Pypi, "ember-client", "/pypi-index/*"),
    ] {
        let world = World::new();
        world.fixture.control(&format!(
            "body {path} text/html <html><body>Log in</body></html>"
        ));
        let e = world.collect(ecosystem, name, "latest").unwrap_err();
        assert!(
            matches!(
                e.kind,
                ErrorKind::Protocol | ErrorKind::Integrity | ErrorKind::NotFound
            ),
            "{name}: {e}"
        );
        assert!(e.message.contains(name), "{e}");
        nothing_stored(&world);
    }
}

#[test]
fn a_silent_registry_is_given_up_in_time() {
    let world = World::with(
        Limits {
            request_timeout: Duration::from_millis(300),
            ..limits()
        },
        |_| {},
    );
    world.fixture.control(&format!("hang {CRATE}"));
    let start = Instant::now();
    let e = collect(&world).unwrap_err();
    assert_eq!(e.kind, ErrorKind::Timeout, "{e}");
    assert!(
        e.message.contains("127.0.0.1") && e.message.contains("request_timeout"),
        "{e}"
    );
    assert!(start.elapsed() < Duration::from_secs(10));
    nothing_stored(&world);
}

#[test]
fn a_slow_download_counts_against_the_whole() {
    let world = World::new();
    world.fixture.control(&format!("drip {ARCHIVE} 400"));
    let mut request = crate::support::request(Ecosystem::Cargo, "ember-rt", "1.2.0");
    request.timeout = Duration::from_millis(700);
    let e = world.run(&request).unwrap_err();
    assert_eq!(e.kind, ErrorKind::Timeout, "{e}");
    assert!(
        e.message.contains("ember-rt") && e.message.contains("timeout"),
        "{e}"
    );
    nothing_stored(&world);
}

#[test]
fn what_is_optional_never_fails_a_collect() {
    let world = World::with(
        Limits {
            retries: 0,
            ..limits()
        },
        |_| {},
    );
    for path in ["/osv/*", "/cargo/api/*", "/github/*"] {
        world.fixture.control(&format!("status {path} 503"));
    }
    let release = collect(&world).unwrap().release;
    let all: Vec<&str> = release
        .warnings
        .iter()
        .map(|w| w.message.as_str())
        .collect();
    assert!(
        all.iter().any(|w| w.starts_with("advisories: OSV")),
        "{all:?}"
    );
    assert!(all.iter().any(|w| w.starts_with("quality: ")), "{all:?}");
    let package = world
        .store
        .get_package(Ecosystem::Cargo, "ember-rt")
        .unwrap();
    assert_eq!(
        (package.downloads.total, package.stars),
        (None, None),
        "unknown"
    );
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/ember/ember-rt"),
        "from the manifest"
    );
    assert!(release.snippet_count > 0);
}

#[test]
fn the_limits_are_named() {
    let world = World::with(
        Limits {
            metadata_bytes: 100,
            ..limits()
        },
        |_| {},
    );
    let e = collect(&world).unwrap_err();
    assert_eq!(e.kind, ErrorKind::LimitExceeded);
    assert!(
        e.details
            .contains(&("limit".into(), "metadata_bytes".into())),
        "{e:?}"
    );
    let world = World::with(
        Limits {
            archive_bytes: 100,
            ..limits()
        },
        |_| {},
    );
    let e = collect(&world).unwrap_err();
    assert!(
        e.details
            .contains(&("limit".into(), "archive_bytes".into())),
        "{e:?}"
    );
    let world = World::with(
        Limits {
            archive_entries: 2,
            ..limits()
        },
        |_| {},
    );
    let e = collect(&world).unwrap_err();
    assert!(
        e.details
            .contains(&("limit".into(), "archive_entries".into())),
        "{e:?}"
    );
    let world = World::with(
        Limits {
            snippets: 3,
            ..limits()
        },
        |_| {},
    );
    let release = collect(&world).unwrap().release;
    assert_eq!(release.snippet_count, 3);
    assert!(
        release
            .warnings
            .iter()
            .any(|w| w.message.contains("the limit snippets"))
    );
}

#[test]
fn a_file_that_kills_its_parser_costs_a_warning() {
    let world = World::new();
    let release = world
        .collect(Ecosystem::Pypi, "ember-odd", "latest")
        .unwrap()
        .release;
    let poison = release
        .warnings
        .iter()
        .find(|w| w.path.as_deref() == Some("ember_odd/poison.py"));
    assert!(poison.is_some(), "{:?}", release.warnings);
    assert_eq!(release.snippet_count, 2, "the module and its function");
    assert!(
        !world
            .collect(Ecosystem::Pypi, "ember-client", "latest")
            .unwrap()
            .not_modified
    );
}

#[test]
fn of_a_packument_too_large_one_version_is_read() {
    let world = World::with(
        Limits {
            metadata_bytes: 4000,
            ..limits()
        },
        |_| {},
    );
    let version = "{\"name\":\"big\",\"version\":\"1.0.0\",\"dist\":{\"tarball\":\
        \"BASE/npm/left-trim/-/left-trim-1.0.0.tgz\",\"shasum\":\"SUM\"}}";
    let fixture = &world.fixture;
    let release = world
        .collect(Ecosystem::Npm, "left-trim", "1.0.0")
        .unwrap()
        .release;
    assert!(release.source.integrity.is_some());
    let version = version
        .replace("BASE", &fixture.base())
        .replace("\"shasum\":\"SUM\"", "\"integrity\":\"\"");
    fixture.control(&format!("body /npm/big/latest application/json {version}"));
    fixture.control(&format!(
        "body /npm/big application/json {}",
        "x".repeat(5000)
    ));
    let release = world
        .collect(Ecosystem::Npm, "big", "latest")
        .unwrap()
        .release;
    assert_eq!(release.version, "1.0.0");
    let e = world.collect(Ecosystem::Npm, "big", "^1.0.0").unwrap_err();
    assert_eq!(
        e.kind,
        ErrorKind::LimitExceeded,
        "a requirement needs the whole list: {e}"
    );
}
