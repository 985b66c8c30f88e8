//! The API that the users of a package see, and how it changes.

use registry_indexer::compare_api;
use registry_store::SnippetFilter;
use registry_types::version::VersionSpec;
use registry_types::{
    ApiChange, ApiDiff, Ecosystem, ErrorKind, Impact, Result, Snippet, VersionStep, Visibility,
};

use crate::support::{World, request};

fn collected(ecosystem: Ecosystem, name: &str, version: &str) -> Vec<Snippet> {
    let world = World::new();
    let release = world.collect(ecosystem, name, version).unwrap().release;
    assert_eq!(
        release.warnings.iter().filter(|w| w.path.is_some()).count(),
        0,
        "{:?}",
        release.warnings
    );
    let all = SnippetFilter::default();
    world
        .store
        .snippets(ecosystem, name, version, &all)
        .unwrap()
}

fn find<'s>(snippets: &'s [Snippet], path: &str) -> &'s Snippet {
    let all: Vec<_> = snippets
        .iter()
        .map(|s| (&s.qualified_name, s.visibility))
        .collect();
    let found = snippets.iter().find(|s| s.qualified_name == path);
    found.unwrap_or_else(|| panic!("no {path} in {all:?}"))
}

#[test]
fn names_of_a_crate_are_those_its_users_write() {
    let snippets = collected(Ecosystem::Cargo, "ember-shape", "1.0.0");
    for path in [
        "ember_shape::measure",
        "ember_shape::Area",
        "ember_shape::Area::get",
    ] {
        assert_eq!(
            find(&snippets, path).visibility,
            Visibility::Public,
            "{path}"
        );
    }
    let hidden = |s: &&Snippet| s.name == "unreachable_from_outside";
    let hidden = snippets.iter().find(hidden).unwrap();
    assert_eq!(hidden.visibility, Visibility::Internal);
    // Handed on under another name beside its own.
    let meter = snippets.iter().find(|s| s.name == "Meter").unwrap();
    let paths: Vec<&String> = std::iter::once(&meter.qualified_name)
        .chain(&meter.aliases)
        .collect();
    for path in ["ember_shape::Length", "ember_shape::units::Meter"] {
        assert!(paths.iter().any(|p| *p == path), "{path} in {paths:?}");
    }
    assert!(find(&snippets, "ember_shape::DrawError").open);
    assert!(!find(&snippets, "ember_shape::Shape").open);
}

#[test]
fn names_of_an_npm_package_follow_its_exports() {
    let snippets = collected(Ecosystem::Npm, "@ember/paths", "1.0.0");
    for path in [
        "@ember/paths.join",
        "@ember/paths.Kind",
        "@ember/paths/extra.deep",
    ] {
        assert_eq!(
            find(&snippets, path).visibility,
            Visibility::Public,
            "{path}"
        );
    }
    let helper = snippets.iter().find(|s| s.name == "helper").unwrap();
    assert_eq!(helper.visibility, Visibility::Internal);
}

#[test]
fn names_of_a_private_python_module_are_those_handed_on() {
    let snippets = collected(Ecosystem::Pypi, "ember-private", "1.0");
    for path in [
        "ember_private.Client",
        "ember_private.Client.send",
        "ember_private.open_client",
    ] {
        assert_eq!(
            find(&snippets, path).visibility,
            Visibility::Public,
            "{path}"
        );
    }
    let helper = snippets.iter().find(|s| s.name == "helper").unwrap();
    assert_eq!(helper.visibility, Visibility::Internal);
}

fn compare(world: &World, from: &str, to: &str) -> Result<ApiDiff> {
    let spec = |text: &str| VersionSpec::parse(Ecosystem::Cargo, text).unwrap();
    let (from, to) = (spec(from), spec(to));
    compare_api(&world.store, Ecosystem::Cargo, "ember-shape", &from, &to)
}

#[test]
fn two_releases_of_a_crate() {
    let world = World::new();
    let error = compare(&world, "1.0.0", "1.1.0").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(
        error
            .message
            .contains("collect(\"ember-shape\", \"1.0.0\", :cargo)"),
        "{error}"
    );
    world
        .collect(Ecosystem::Cargo, "ember-shape", "1.0.0")
        .unwrap();
    let mut bare = request(Ecosystem::Cargo, "ember-shape", "1.1.0");
    bare.snippets = false;
    world.run(&bare).unwrap();
    let error = compare(&world, "1.0.0", "1.1.0").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.contains("without snippets"), "{error}");
    world
        .collect(Ecosystem::Cargo, "ember-shape", "1.1.0")
        .unwrap();
    world.asked();

    let diff = compare(&world, "=1.0", "latest").unwrap();
    assert_eq!(world.asked(), [""; 0], "from the store alone");
    let told = |changes: &[ApiChange]| -> Vec<(String, Impact)> {
        let all = changes.iter().map(|c| (c.qualified_name.clone(), c.impact));
        all.collect()
    };
    let want = |list: &[(&str, Impact)]| -> Vec<(String, Impact)> {
        list.iter()
            .map(|(name, impact)| (format!("ember_shape::{name}"), *impact))
            .collect()
    };
    use Impact::{Breaking, Compatible};
    assert_eq!(told(&diff.removed), want(&[("leave", Breaking)]));
    assert_eq!(
        told(&diff.added),
        want(&[
            ("Draw::border", Breaking),
            ("Draw::clear", Compatible),
            ("DrawError::TooLarge", Compatible),
            ("Shape::Triangle", Breaking),
            ("arrive", Compatible),
        ])
    );
    assert_eq!(
        told(&diff.changed),
        want(&[
            ("LIMIT", Compatible),
            ("scale", Breaking),
            ("shift", Compatible)
        ])
    );
    assert_eq!(diff.moved, []);
    assert_eq!((diff.from.as_str(), diff.to.as_str()), ("1.0.0", "1.1.0"));
    assert_eq!(diff.verdict.expected, VersionStep::Major);
    assert_eq!(diff.verdict.allowed, Some(false));
}
