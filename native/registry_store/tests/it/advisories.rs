use registry_types::{Advisory, AffectedRange, Ecosystem, RangeEvent};

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
    put.advisories = vec![
        advisory("RUSTSEC-1", "1.5.0"),
        advisory("RUSTSEC-2", "0.9.0"),
    ];
    put.release.advisories = vec!["RUSTSEC-1".into()];
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

    let newer = [
        advisory("RUSTSEC-2", "0.9.1"),
        advisory("RUSTSEC-3", "9.0.0"),
    ];
    store.put_advisories(Ecosystem::Cargo, "a", &newer).unwrap();
    assert_eq!(ids(None), ["RUSTSEC-2", "RUSTSEC-3"]);
    assert_eq!(store.stats().unwrap().advisories, 2);
    store
        .put_advisories(Ecosystem::Npm, "never-collected", &newer)
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
