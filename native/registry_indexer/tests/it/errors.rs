//! Errors a user will meet: the kind of the contract, the thing at fault, and what to do.

use std::net::TcpListener;

use registry_types::{Ecosystem, ErrorKind, Limits};

use crate::support::{World, limits, request};

const NAMES: [(Ecosystem, &str); 4] = [
    (Ecosystem::Cargo, "no-such-crate"),
    (Ecosystem::Npm, "@no/such"),
    (Ecosystem::Hex, "no_such"),
    (Ecosystem::Pypi, "no-such"),
];

#[test]
fn an_unknown_package() {
    let world = World::new();
    for (ecosystem, name) in NAMES {
        let e = world.collect(ecosystem, name, "latest").unwrap_err();
        assert_eq!(e.kind, ErrorKind::NotFound, "{e}");
        assert!(e.message.contains(name), "{e}");
    }
}

#[test]
fn an_unknown_version_lists_what_there_is() {
    let world = World::new();
    for (ecosystem, name, newest) in [
        (Ecosystem::Cargo, "ember-rt", "1.2.0"),
        (Ecosystem::Npm, "@ember/ui", "2.0.0"),
        (Ecosystem::Hex, "ember_router", "1.1.0"),
        (Ecosystem::Pypi, "ember-client", "2.0"),
    ] {
        let e = world.collect(ecosystem, name, "77.0.0").unwrap_err();
        assert_eq!(e.kind, ErrorKind::VersionNotFound, "{e}");
        assert!(
            e.message.contains("77.0.0") && e.message.contains(newest),
            "{e}"
        );
        assert!(e.message.contains(name), "{e}");
    }
}

#[test]
fn no_network() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let world = World::with(
        Limits {
            retries: 0,
            ..limits()
        },
        |config| {
            for name in ["npm", "cargo", "hex", "pypi"] {
                config
                    .endpoints
                    .set(name, &format!("http://{free}/"))
                    .unwrap();
            }
        },
    );
    for (ecosystem, name) in NAMES {
        let e = world.collect(ecosystem, name, "latest").unwrap_err();
        assert_eq!(e.kind, ErrorKind::Network, "{e}");
        assert!(
            e.message.contains("127.0.0.1") && e.message.contains("HTTPS_PROXY"),
            "{e}"
        );
        assert!(
            e.details
                .iter()
                .any(|(k, v)| k == "host" && v == "127.0.0.1"),
            "{e:?}"
        );
    }
    let nowhere = World::with(
        Limits {
            retries: 0,
            ..limits()
        },
        |config| {
            config
                .endpoints
                .set("npm", "http://no-such-host.invalid/")
                .unwrap();
        },
    );
    let e = nowhere.collect(Ecosystem::Npm, "x", "latest").unwrap_err();
    assert_eq!(e.kind, ErrorKind::Network, "{e}");
    assert!(e.message.contains("no-such-host.invalid"), "{e}");
}

#[test]
fn a_name_that_is_none_never_reaches_the_network() {
    let world = World::new();
    for (ecosystem, name) in [
        (Ecosystem::Npm, ""),
        (Ecosystem::Npm, "a b"),
        (Ecosystem::Npm, "../../etc/passwd"),
        (Ecosystem::Cargo, "a/b"),
        (Ecosystem::Hex, "UPPER"),
        (Ecosystem::Pypi, "a?b"),
    ] {
        let e = world.collect(ecosystem, name, "latest").unwrap_err();
        assert_eq!(e.kind, ErrorKind::InvalidArgument, "{name:?}: {e}");
    }
    assert_eq!(world.asked(), [""; 0]);
}

#[test]
fn a_repository_is_no_package() {
    let world = World::new();
    let e = world
        .collect(Ecosystem::Github, "ember/ember-rt", "latest")
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Unsupported, "{e}");
}

#[test]
fn no_parser_program() {
    let world = World::with(limits(), |config| config.parser_program = None);
    let e = world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Unconfigured, "{e}");
    assert!(e.message.contains("parser_program"), "{e}");
    let mut without = request(Ecosystem::Cargo, "ember-rt", "latest");
    without.snippets = false;
    assert!(world.run(&without).is_ok());
    let world = World::with(limits(), |c| {
        c.parser_program = Some("/nowhere/parser".into())
    });
    let e = world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Unconfigured, "{e}");
    assert!(e.message.contains("/nowhere/parser"), "{e}");
}

#[test]
fn a_closed_store() {
    let world = World::new();
    world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap();
    world.store.close().unwrap();
    let e = world
        .collect(Ecosystem::Cargo, "ember-rt", "latest")
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::StoreClosed, "{e}");
}
