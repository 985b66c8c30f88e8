//! Versions as the ecosystems write them, endpoints as their clients know them.

use registry_types::{Ecosystem, ErrorKind};

use crate::support::{World, limits, request};

#[test]
fn requirements_in_each_ecosystems_own_words() {
    let world = World::new();
    for (ecosystem, name, requirement, want) in [
        (Ecosystem::Cargo, "ember-rt", "<1.2", "1.1.0"),
        (Ecosystem::Cargo, "ember-rt", "1.2.0-beta.1", "1.2.0-beta.1"),
        (Ecosystem::Npm, "@ember/ui", "1.x || >=2.5.0", "1.0.0"),
        (Ecosystem::Npm, "@ember/ui", "^2.0.0-0", "2.0.0"),
        (
            Ecosystem::Hex,
            "ember_router",
            "~> 1.0 and < 1.1.0",
            "1.0.0",
        ),
        (Ecosystem::Pypi, "ember-client", "~=1.0", "1.1.0"),
        (Ecosystem::Pypi, "ember-client", "v2", "2.0"),
    ] {
        let mut asked = request(ecosystem, name, requirement);
        asked.snippets = false;
        let found = world
            .run(&asked)
            .unwrap_or_else(|e| panic!("{name} {requirement}: {e}"));
        assert_eq!(found.release.version, want, "{name} {requirement}");
    }
}

#[test]
fn optional_endpoints_may_be_off() {
    let world = World::with(limits(), |config| {
        for name in [
            "osv",
            "github",
            "hex_api",
            "pypi_downloads",
            "npm_downloads",
        ] {
            config.endpoints.set(name, "off").unwrap();
        }
    });
    let hex = world
        .collect(Ecosystem::Hex, "ember_router", "latest")
        .unwrap()
        .release;
    assert_eq!(hex.warnings, [], "what is switched off is no warning");
    let python = world
        .collect(Ecosystem::Pypi, "ember-client", "latest")
        .unwrap()
        .release;
    assert_eq!(python.warnings, []);
    assert!(
        world
            .asked()
            .iter()
            .all(|l| !l.contains("osv") && !l.contains("api/") || l.contains("api/v1"))
    );
}

#[test]
fn a_hex_repository_with_another_key_is_refused() {
    let world = World::with(limits(), |config| config.endpoints.hex_public_key = None);
    let e = world
        .collect(Ecosystem::Hex, "ember_wire", "latest")
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Integrity, "{e}");
    let world = World::with(limits(), |config| {
        config.endpoints.hex_public_key = Some("/no/such/key.pem".into());
    });
    let e = world
        .collect(Ecosystem::Hex, "ember_wire", "latest")
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Unconfigured, "{e}");
}

#[test]
fn deleting_and_collecting_again() {
    let world = World::new();
    world
        .collect(Ecosystem::Npm, "left-trim", "latest")
        .unwrap();
    world
        .store
        .delete(Ecosystem::Npm, "left-trim", Some("1.0.0"))
        .unwrap();
    let again = world
        .collect(Ecosystem::Npm, "left-trim", "latest")
        .unwrap();
    assert!(!again.not_modified, "what was deleted is fetched anew");
}
