//! A repeated collect costs one 304.

use registry_types::{Ecosystem, WarningKind};

use crate::support::{World, request};

const ALL: [(Ecosystem, &str); 4] = [
    (Ecosystem::Cargo, "ember-rt"),
    (Ecosystem::Npm, "@ember/ui"),
    (Ecosystem::Hex, "ember_router"),
    (Ecosystem::Pypi, "ember-client"),
];

#[test]
fn a_repeated_collect_is_one_request_answered_304() {
    let world = World::new();
    for (ecosystem, name) in ALL {
        let first = world.collect(ecosystem, name, "latest").unwrap();
        assert!(!first.not_modified);
        world.asked();
        let second = world.collect(ecosystem, name, "latest").unwrap();
        let asked = world.asked();
        assert_eq!(asked.len(), 1, "{name}: {asked:?}");
        assert!(asked[0].ends_with(" 304"), "{asked:?}");
        assert!(second.not_modified);
        assert_eq!(second.release, first.release);
    }
}

#[test]
fn a_new_process_needs_no_more_than_the_304_either() {
    let world = World::new();
    world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap();
    let fresh = registry_indexer::Indexer::new(
        std::sync::Arc::clone(&world.store),
        registry_indexer::Config {
            endpoints: crate::support::endpoints(&world.fixture),
            parser_program: Some(crate::support::parser().to_owned()),
            ..Default::default()
        },
    )
    .unwrap();
    world.asked();
    let request = request(Ecosystem::Cargo, "ember-rt", "latest");
    let outcome = fresh
        .collect_blocking(&request, &|_| {}, &Default::default())
        .unwrap();
    assert!(outcome.not_modified);
    assert_eq!(world.asked().len(), 1, "not even the index's config.json");
}

#[test]
fn the_mirrors_simple_index_is_asked_first_when_it_answered_last_time() {
    let world = World::new();
    world
        .collect(Ecosystem::Pypi, "ember-accel", "latest")
        .unwrap();
    world.asked();
    assert!(
        world
            .collect(Ecosystem::Pypi, "ember-accel", "latest")
            .unwrap()
            .not_modified
    );
    let asked = world.asked();
    assert_eq!(asked, ["GET /pypi-index/simple/ember-accel/ 304"]);
}

#[test]
fn another_version_is_fetched_and_force_fetches_all() {
    let world = World::new();
    world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap();
    let older = world
        .collect(Ecosystem::Cargo, "ember-rt", "1.1.0")
        .unwrap();
    assert!(!older.not_modified);
    let package = world
        .store
        .get_package(Ecosystem::Cargo, "ember-rt")
        .unwrap();
    assert_eq!(package.latest_version.as_deref(), Some("1.2.0"));
    world.asked();
    let mut forced = request(Ecosystem::Cargo, "ember-rt", "latest");
    forced.force = true;
    assert!(!world.run(&forced).unwrap().not_modified);
    assert!(world.asked().iter().any(|l| l.contains("/download ")));
}

#[test]
fn without_etags_the_same_checksum_saves_the_download() {
    let world = World::new();
    world.fixture.control("no-etag *");
    for (ecosystem, name) in ALL {
        let first = world.collect(ecosystem, name, "latest").unwrap().release;
        world.asked();
        let generation = world.store.stats().unwrap().generation;
        let second = world.collect(ecosystem, name, "latest").unwrap();
        let asked = world.asked();
        let archive = |l: &String| {
            ["/download ", ".tgz ", "/tarballs/", "/pypi-files/"]
                .iter()
                .any(|p| l.contains(p))
        };
        assert!(!asked.iter().any(archive), "{name}: {asked:?}");
        assert!(second.not_modified, "{name}");
        assert_eq!(second.release, first, "{name}: nothing is lost on the way");
        let after = world.store.stats().unwrap().generation;
        assert_eq!(after, generation, "{name}: nothing new, nothing written");
    }
    world
        .fixture
        .control("header /cargo/index/em/be/ember-rt x-changed yes");
    world.fixture.control("status /cargo/api/* 404");
    let changed = world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap();
    assert!(!changed.not_modified, "what became unknown is written down");
    assert!(changed.release.snippet_count > 0);
}

#[test]
fn what_was_left_out_is_fetched_when_it_is_wanted() {
    let world = World::new();
    let mut bare = request(Ecosystem::Cargo, "ember-rt", "latest");
    (bare.snippets, bare.docs, bare.advisories, bare.quality) = (false, false, false, false);
    let release = world.run(&bare).unwrap().release;
    assert_eq!(release.snippet_count, 0);
    assert!(
        release.readme.is_some(),
        "the README belongs to the release"
    );
    let left_out = release
        .warnings
        .iter()
        .filter(|w| w.kind == WarningKind::Unavailable);
    assert_eq!(left_out.count(), 4, "{:?}", release.warnings);
    assert_eq!(
        world
            .asked()
            .iter()
            .filter(|l| l.contains("/osv/") || l.contains("/api/"))
            .count(),
        0
    );
    assert!(world.run(&bare).unwrap().not_modified);
    let full = world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap();
    assert!(!full.not_modified && full.release.snippet_count > 0);
    assert_eq!(full.release.warnings, []);
    assert!(
        world.run(&bare).unwrap().not_modified,
        "what is there is more than is wanted"
    );
}

#[test]
fn advisories_that_could_not_be_had_are_asked_for_again() {
    let world = World::new();
    world.fixture.control("status /osv/v1/query 400");
    let first = world
        .collect(Ecosystem::Cargo, "ember-rt", "1.0.0")
        .unwrap()
        .release;
    assert!(first.advisories.is_empty());
    assert!(
        first.warnings.iter().any(|w| w.message.contains("OSV")),
        "{:?}",
        first.warnings
    );
    world.asked();
    let down = world
        .collect(Ecosystem::Cargo, "ember-rt", "1.0.0")
        .unwrap();
    assert!(down.not_modified && down.release == first);
    let asked = world.asked();
    assert_eq!(asked.len(), 2, "one 304, and OSV once more: {asked:?}");
    world.fixture.control("reset");
    let second = world
        .collect(Ecosystem::Cargo, "ember-rt", "1.0.0")
        .unwrap()
        .release;
    assert_eq!(second.advisories, ["RUSTSEC-2024-9001"]);
    assert_eq!(second.warnings, []);
    assert_eq!(second.snippet_count, first.snippet_count);
    assert_eq!(
        world.asked().len(),
        2,
        "neither metadata nor archive changed"
    );
    let package = world
        .store
        .get_package(Ecosystem::Cargo, "ember-rt")
        .unwrap();
    assert_eq!(package.downloads.total, Some(123_456), "nothing is lost");
    assert!(
        world
            .collect(Ecosystem::Cargo, "ember-rt", "1.0.0")
            .unwrap()
            .not_modified
    );
    assert_eq!(world.asked().len(), 1);
}

#[test]
fn advisories_once_known_survive_a_failure_to_ask() {
    let world = World::new();
    world
        .collect(Ecosystem::Cargo, "ember-rt", "1.0.0")
        .unwrap();
    world.fixture.control("status /osv/v1/query 400");
    let mut forced = request(Ecosystem::Cargo, "ember-rt", "1.0.0");
    forced.force = true;
    assert_eq!(
        world.run(&forced).unwrap().release.advisories,
        ["RUSTSEC-2024-9001"]
    );
}
