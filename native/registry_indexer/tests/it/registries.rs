//! Each registry in full: from a name to a stored release.

use crate::support::World;
use registry_store::SnippetFilter;
use registry_types::{DependencyKind, DocumentKind, Ecosystem, ErrorKind, SnippetKind, Timestamp};

fn names(world: &World, ecosystem: Ecosystem, name: &str, version: &str) -> Vec<String> {
    let filter = SnippetFilter::default();
    let snippets = world
        .store
        .snippets(ecosystem, name, version, &filter)
        .unwrap();
    snippets.into_iter().map(|s| s.qualified_name).collect()
}

#[test]
fn a_crate_with_everything() {
    let world = World::new();
    let outcome = world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap();
    let release = &outcome.release;
    assert_eq!(
        release.version, "1.2.0",
        "neither the prerelease nor the row of form 3"
    );
    assert_eq!(release.warnings, []);
    assert!(release.checksum.as_deref().unwrap().starts_with("sha256:"));
    assert!(release.size.unwrap() > 500);
    assert_eq!(
        release.published_at,
        Timestamp::parse("2024-09-10T10:00:00Z")
    );
    assert_eq!(release.runtime["rust"], "1.80");
    let mio = release
        .dependencies
        .iter()
        .find(|d| d.name == "mio")
        .expect("the real name");
    assert_eq!(
        (mio.rename.as_deref(), mio.target.as_deref()),
        (Some("poll"), Some("cfg(unix)"))
    );
    let kind = |n: &str| {
        release
            .dependencies
            .iter()
            .find(|d| d.name == n)
            .unwrap()
            .kind
    };
    assert_eq!(
        (kind("loom"), kind("autocfg")),
        (DependencyKind::Dev, DependencyKind::Build)
    );
    assert!(
        release
            .readme
            .as_deref()
            .unwrap()
            .contains("A small async runtime")
    );
    assert_eq!(release.languages, ["rust"]);
    assert_eq!(
        release.source.etag.as_deref().map(|e| e.starts_with('"')),
        Some(true)
    );
    assert!(release.advisories.is_empty(), "{:?}", release.advisories);

    let stored = world
        .store
        .get_release(Ecosystem::Cargo, "ember_rt", "1.2.0")
        .unwrap();
    assert_eq!(&stored, release, "what is returned is what is stored");
    let package = world
        .store
        .get_package(Ecosystem::Cargo, "ember-rt")
        .unwrap();
    assert_eq!(package.downloads.total, Some(123_456));
    assert_eq!(package.downloads.recent, Some(4567));
    assert_eq!(package.stars, Some(1234));
    assert_eq!(package.latest_stable_version.as_deref(), Some("1.2.0"));
    assert_eq!(package.versions.len(), 5);
    assert!(
        package
            .versions
            .iter()
            .any(|v| v.version == "0.9.0" && v.yanked)
    );
    assert!(package.collected_at.is_some());

    let found = names(&world, Ecosystem::Cargo, "ember-rt", "1.2.0");
    for name in [
        "ember_rt::spawn",
        "ember_rt::Runtime::block_on",
        "ember_rt::AsyncRead",
    ] {
        assert!(found.iter().any(|f| f == name), "{name} in {found:?}");
    }
    assert_eq!(found.len() as u64, release.snippet_count);
    let documents = world
        .store
        .documents(Ecosystem::Cargo, "ember-rt", "1.2.0")
        .unwrap();
    assert_eq!(documents[0].kind, DocumentKind::Readme);
    assert!(documents.iter().any(|d| d.kind == DocumentKind::Changelog));
}

#[test]
fn a_crate_is_found_under_either_separator_and_by_requirement() {
    let world = World::new();
    let outcome = world
        .collect(Ecosystem::Cargo, "http-cache", "latest")
        .unwrap();
    assert_eq!(
        outcome.release.name, "http_cache",
        "the registry's own spelling"
    );
    assert!(
        world
            .store
            .get_package(Ecosystem::Cargo, "http-cache")
            .is_ok()
    );
    let old = world.collect(Ecosystem::Cargo, "ember-rt", "~1.0").unwrap();
    assert_eq!(old.release.version, "1.0.0");
    let yanked = world
        .collect(Ecosystem::Cargo, "ember-rt", "0.9.0")
        .unwrap()
        .release;
    assert!(yanked.yanked, "a yanked version may be named exactly");
    assert_eq!(
        yanked.deprecated.as_deref(),
        Some("unsound timer"),
        "the API knows why"
    );
    let none = world
        .collect(Ecosystem::Cargo, "ember-rt", "^0.9")
        .unwrap_err();
    assert_eq!(none.kind, ErrorKind::VersionNotFound, "{none}");
}

#[test]
fn a_vulnerable_crate_has_its_advisory() {
    let world = World::new();
    let release = world
        .collect(Ecosystem::Cargo, "ember-rt", "1.0.0")
        .unwrap()
        .release;
    assert_eq!(release.advisories, ["RUSTSEC-2024-9001"]);
    let known = world
        .store
        .advisories(Ecosystem::Cargo, "ember-rt", Some("1.2.0"))
        .unwrap();
    assert!(known.is_empty(), "fixed in 1.1.0");
    let all = world
        .store
        .advisories(Ecosystem::Cargo, "ember-rt", None)
        .unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].fixed_versions, ["1.1.0"]);
}

#[test]
fn a_scoped_npm_package() {
    let world = World::new();
    let release = world
        .collect(Ecosystem::Npm, "@ember/ui", "latest")
        .unwrap()
        .release;
    assert_eq!(
        (release.version.as_str(), &release.warnings[..]),
        ("2.0.0", &[][..])
    );
    let promise = release.source.integrity.as_deref().unwrap();
    assert!(
        promise.starts_with("sha512:"),
        "the strongest of several: {promise}"
    );
    let kinds: Vec<_> = release
        .dependencies
        .iter()
        .map(|d| (d.name.as_str(), d.kind, d.optional))
        .collect();
    assert!(
        kinds.contains(&("typescript", DependencyKind::Peer, true)),
        "{kinds:?}"
    );
    assert!(
        kinds.contains(&("left-trim", DependencyKind::Runtime, false)),
        "{kinds:?}"
    );
    assert_eq!(release.runtime["node"], ">=18");
    let package = world
        .store
        .get_package(Ecosystem::Npm, "@ember/ui")
        .unwrap();
    assert_eq!(package.downloads.recent, Some(98_765));
    assert_eq!(package.stars, Some(777));
    assert!(package.versions.iter().any(|v| v.deprecated.is_some()));
    let filter = SnippetFilter {
        kind: Some(SnippetKind::Interface),
        ..SnippetFilter::default()
    };
    let props = world
        .store
        .snippets(Ecosystem::Npm, "@ember/ui", "2.0.0", &filter)
        .unwrap();
    assert_eq!(props[0].name, "Props");
    assert_eq!(release.languages, ["javascript", "typescript"]);
}

#[test]
fn npm_of_old() {
    let world = World::new();
    let old = world
        .collect(Ecosystem::Npm, "@ember/ui", "1.0.0")
        .unwrap()
        .release;
    assert!(
        old.source
            .integrity
            .as_deref()
            .unwrap()
            .starts_with("sha1:"),
        "shasum alone"
    );
    assert!(
        old.snippet_count > 0,
        "the root directory may have any name"
    );
    let plain = world
        .collect(Ecosystem::Npm, "left-trim", "latest")
        .unwrap()
        .release;
    assert_eq!((plain.version.as_str(), plain.deprecated), ("1.0.0", None));
    assert!(plain.readme.unwrap().contains("Trims on the left"));
    let vulnerable = world
        .collect(Ecosystem::Npm, "left-trim", "0.1.0")
        .unwrap()
        .release;
    assert_eq!(
        vulnerable.advisories.len(),
        1,
        "from the bulk audit: {:?}",
        vulnerable.warnings
    );
    let gone = world
        .collect(Ecosystem::Npm, "gone-away", "latest")
        .unwrap_err();
    assert_eq!(gone.kind, ErrorKind::NotFound, "{gone}");
}

#[test]
fn a_signed_hex_package() {
    let world = World::new();
    let release = world
        .collect(Ecosystem::Hex, "ember_router", "latest")
        .unwrap()
        .release;
    assert_eq!(
        (release.version.as_str(), &release.warnings[..]),
        ("1.1.0", &[][..])
    );
    assert_eq!(release.runtime["elixir"], "~> 1.14");
    let etag = release.source.etag.as_deref().unwrap();
    assert!(
        !etag.contains('"'),
        "verbatim, and Hex sends it without quotes: {etag}"
    );
    let wire = &release.dependencies[0];
    assert_eq!((wire.name.as_str(), wire.optional), ("ember_wire", true));
    let package = world
        .store
        .get_package(Ecosystem::Hex, "ember_router")
        .unwrap();
    assert_eq!(package.downloads.total, Some(54_321));
    assert_eq!(package.owners[0].name, "ember");
    let retired = package
        .versions
        .iter()
        .find(|v| v.version == "0.1.0")
        .unwrap();
    assert_eq!(retired.retired.as_ref().unwrap().reason, "deprecated");
    let found = names(&world, Ecosystem::Hex, "ember_router", "1.1.0");
    assert!(found.iter().any(|n| n == "EmberRouter.get/3"), "{found:?}");
    let old = world
        .collect(Ecosystem::Hex, "ember_router", "1.0.0")
        .unwrap()
        .release;
    assert_eq!(old.advisories, ["EEF-CVE-2026-0001"]);
}

#[test]
fn an_erlang_package_without_an_api_page() {
    let world = World::new();
    let release = world
        .collect(Ecosystem::Hex, "ember_wire", "~> 0.2")
        .unwrap()
        .release;
    assert_eq!(release.version, "0.3.0");
    assert!(
        release.warnings[0].message.contains("Hex API"),
        "{:?}",
        release.warnings
    );
    let package = world
        .store
        .get_package(Ecosystem::Hex, "ember_wire")
        .unwrap();
    assert_eq!(package.downloads.total, None, "unknown is not none");
    assert_eq!(
        package.description.as_deref(),
        Some("Length-prefixed frames")
    );
    let found = names(&world, Ecosystem::Hex, "ember_wire", "0.3.0");
    assert!(
        found.iter().any(|n| n == "ember_wire:encode/1"),
        "{found:?}"
    );
}

#[test]
fn a_hex_payload_of_another_package_or_repository_is_refused() {
    let world = World::new();
    for name in ["impostor", "other_repo"] {
        let e = world.collect(Ecosystem::Hex, name, "latest").unwrap_err();
        assert_eq!(e.kind, ErrorKind::Integrity, "{e}");
        assert!(world.store.get_package(Ecosystem::Hex, name).is_err());
    }
    world.fixture.control("corrupt /hex/packages/ember_wire");
    let e = world
        .collect(Ecosystem::Hex, "ember_wire", "latest")
        .unwrap_err();
    assert!(
        matches!(e.kind, ErrorKind::Integrity | ErrorKind::Protocol),
        "{e}"
    );
}

#[test]
fn a_python_project_from_its_sdist() {
    let world = World::new();
    let release = world
        .collect(Ecosystem::Pypi, "Ember_Client", "latest")
        .unwrap()
        .release;
    assert_eq!(
        (release.version.as_str(), &release.warnings[..]),
        ("2.0", &[][..])
    );
    assert_eq!(release.name, "ember-client");
    assert_eq!(release.runtime["python"], ">=3.9");
    assert!(
        release
            .readme
            .as_deref()
            .unwrap()
            .contains("HTTP client for humans")
    );
    assert!(
        release
            .dependencies
            .iter()
            .any(|d| d.name == "brotli" && d.optional)
    );
    let package = world
        .store
        .get_package(Ecosystem::Pypi, "ember.client")
        .unwrap();
    assert_eq!(package.downloads.recent, Some(300));
    assert_eq!(package.license.as_deref(), Some("MIT"), "not UNKNOWN");
    let yanked = package
        .versions
        .iter()
        .find(|v| v.version == "0.9")
        .unwrap();
    assert!(yanked.yanked);
    let found = names(&world, Ecosystem::Pypi, "ember-client", "2.0");
    // The path its users write: `__init__` hands it on.
    assert!(
        found.iter().any(|n| n == "ember_client.Session.get"),
        "{found:?}"
    );
}

#[test]
fn python_advisories_are_merged_over_their_aliases() {
    let world = World::new();
    let release = world
        .collect(Ecosystem::Pypi, "ember-client", "==1.0.0")
        .unwrap()
        .release;
    assert_eq!(
        release.advisories.len(),
        1,
        "{:?}: one vulnerability, two records, one withdrawn",
        release.advisories
    );
    let all = world
        .store
        .advisories(Ecosystem::Pypi, "ember-client", Some("1.0.0"))
        .unwrap();
    assert_eq!(all.len(), 1);
    let mut sources = all[0].sources.clone();
    sources.sort();
    assert_eq!(sources, ["osv", "pypi"]);
}

#[test]
fn wheels_alone_and_versions_without_files() {
    let world = World::new();
    let wheel = world
        .collect(Ecosystem::Pypi, "ember-accel", "latest")
        .unwrap()
        .release;
    assert_eq!(wheel.version, "0.3.1");
    assert!(
        wheel.readme.as_deref().unwrap().contains("Faster loops"),
        "from METADATA"
    );
    assert!(
        world
            .fixture
            .count("/pypi-files/ember_accel-0.3.1-py3-none-any.whl")
            == 1,
        "the universal one"
    );
    let empty = world
        .collect(Ecosystem::Pypi, "ember-client", "0.01.0")
        .unwrap()
        .release;
    assert_eq!((empty.checksum, empty.snippet_count), (None, 0));
    assert!(
        empty
            .warnings
            .iter()
            .any(|w| w.message.contains("nothing was published"))
    );
}

#[test]
fn a_mirror_with_html_and_without_json_or_etags() {
    let world = World::new();
    world.fixture.control("status /pypi-index/pypi/* 404");
    world.fixture.control("html /pypi-index/simple/*");
    world.fixture.control("no-etag *");
    let release = world
        .collect(Ecosystem::Pypi, "ember-client", "latest")
        .unwrap()
        .release;
    assert_eq!(release.version, "2.0");
    assert!(
        release.source.endpoint.contains("/simple/"),
        "{}",
        release.source.endpoint
    );
    assert!(release.description.is_some(), "from the archive");
    world.asked();
    let again = world
        .collect(Ecosystem::Pypi, "ember-client", "latest")
        .unwrap();
    let asked = world.asked();
    assert!(
        !asked.iter().any(|l| l.contains("/pypi-files/")),
        "nothing is fetched twice: {asked:?}"
    );
    assert_eq!(again.release.readme, release.readme);
    assert_eq!(again.release.snippet_count, release.snippet_count);
}
