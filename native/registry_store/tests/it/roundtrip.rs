//! What goes in comes out.

use registry_store::{Bundle, SnippetFilter};
use registry_types::{
    Dependency, DependencyKind, DocumentKind, Downloads, Ecosystem, ErrorKind, Package, Release,
    SnippetKind, Visibility,
};

use crate::support::{assert_stored, bundle, entry, names, open, readme, snippet};

#[test]
fn a_bundle_comes_back_as_it_was_put() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a/b/cache.redb");
    let store = open(&path);
    let mut put = bundle(
        Ecosystem::Cargo,
        "http_cache",
        "1.2.0",
        "Caches HTTP answers",
    );
    put.release
        .features
        .insert("default".into(), vec!["std".into()]);
    put.package.downloads.recent = Some(3);
    store.put(&put).unwrap();
    assert_stored(&store, &put);
    assert_eq!(
        store.get_package(Ecosystem::Cargo, "Http-Cache").unwrap(),
        put.package
    );
    store.close().unwrap();
    let store = open(&path);
    assert_stored(&store, &put);
    assert_eq!(store.stats().unwrap().generation, 1);
    assert_eq!(store.path(), path);
}

#[test]
fn names_are_one_package_by_the_rules_of_their_ecosystem() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    store
        .put(&bundle(Ecosystem::Pypi, "Flask_Login", "1.0", "x"))
        .unwrap();
    store
        .put(&bundle(Ecosystem::Npm, "JSONStream", "1.0.0", "x"))
        .unwrap();
    store
        .put(&bundle(Ecosystem::Npm, "jsonstream", "2.0.0", "x"))
        .unwrap();
    store
        .put(&bundle(Ecosystem::Npm, "@types/node", "3.0.0", "x"))
        .unwrap();
    assert_eq!(
        store
            .get_package(Ecosystem::Pypi, "flask.login")
            .unwrap()
            .name,
        "Flask_Login"
    );
    assert_eq!(
        store.stored_versions(Ecosystem::Npm, "JSONStream").unwrap()[0].version,
        "1.0.0"
    );
    assert_eq!(
        store.stored_versions(Ecosystem::Npm, "jsonstream").unwrap()[0].version,
        "2.0.0"
    );
    store.get_package(Ecosystem::Npm, "@types/node").unwrap();
    let error = store.get_package(Ecosystem::Npm, "JsonStream").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.contains("JsonStream"), "{error}");
    let error = store.get_package(Ecosystem::Hex, "jsonstream").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[test]
fn a_second_put_replaces_the_first_whole() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut put = bundle(Ecosystem::Hex, "plug", "1.0.0", "Composable modules");
    put.snippets = (0..500)
        .map(|n| snippet(&format!("old{n}"), SnippetKind::Function))
        .collect();
    store.put(&put).unwrap();
    put.snippets.truncate(3);
    put.documents.clear();
    put.release.readme = None;
    put.package.description = Some("Specification for web modules".into());
    store.put(&put).unwrap();
    assert_stored(&store, &put);
    assert!(names(&store, "composable").is_empty());
    assert_eq!(names(&store, "specification"), ["plug"]);
    let stats = store.stats().unwrap();
    assert_eq!((stats.packages, stats.releases), (1, 1));
    assert_eq!((stats.snippets, stats.documents), (3, 0));
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn a_readme_is_stored_whether_it_is_a_document_or_not() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut put = bundle(Ecosystem::Npm, "a", "1.0.0", "x");
    put.release.readme = Some("from the registry's metadata".into());
    put.documents.insert(0, readme("the change log"));
    put.documents[0].kind = DocumentKind::Changelog;
    store.put(&put).unwrap();
    let release = store.get_release(Ecosystem::Npm, "a", "1.0.0").unwrap();
    assert_eq!(release.readme, put.release.readme);
    let documents = store.documents(Ecosystem::Npm, "a", "1.0.0").unwrap();
    let kinds: Vec<_> = documents.iter().map(|d| d.kind).collect();
    assert_eq!(kinds, [DocumentKind::Readme, DocumentKind::Changelog]);
    assert_eq!(names(&store, "metadata"), ["a"]);
    put.documents.clear();
    store.put(&put).unwrap();
    assert_stored(&store, &put);
}

#[test]
fn what_is_not_known_now_keeps_its_earlier_figure() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut put = bundle(Ecosystem::Cargo, "a", "1.0.0", "x");
    put.package.downloads.recent = Some(100);
    store.put(&put).unwrap();
    put.package.downloads = Downloads::default();
    put.package.stars = Some(4);
    store.put(&put).unwrap();
    let package = store.get_package(Ecosystem::Cargo, "a").unwrap();
    assert_eq!(package.downloads.recent, Some(100));
    assert_eq!(package.stars, Some(4));
}

#[test]
fn versions_are_found_by_meaning_where_the_ecosystem_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    store
        .put(&bundle(Ecosystem::Pypi, "a", "1.0.0", "x"))
        .unwrap();
    assert_eq!(
        store
            .get_release(Ecosystem::Pypi, "a", "1.0")
            .unwrap()
            .version,
        "1.0.0"
    );
    let error = store.get_release(Ecosystem::Pypi, "a", "2.0").unwrap_err();
    assert_eq!(error.kind, ErrorKind::VersionNotFound);
    assert!(
        error.message.contains("2.0") && error.message.contains("1.0.0"),
        "{error}"
    );
}

#[test]
fn deleting_takes_one_release_or_all() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut first = bundle(Ecosystem::Cargo, "a", "1.0.0", "first words");
    let mut second = bundle(Ecosystem::Cargo, "a", "2.0.0", "second words");
    second.documents = vec![readme("only the newest says zebra")];
    second.release.readme = None;
    first.package.versions = vec![entry("2.0.0"), entry("1.0.0")];
    second.package.versions = first.package.versions.clone();
    store.put(&second).unwrap();
    store.put(&first).unwrap();
    assert_eq!(
        names(&store, "zebra"),
        ["a"],
        "the newest release stands for the package"
    );
    let error = store
        .delete(Ecosystem::Cargo, "a", Some("3.0.0"))
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::VersionNotFound);
    assert_eq!(
        store.delete(Ecosystem::Cargo, "a", Some("2.0.0")).unwrap(),
        1
    );
    assert!(names(&store, "zebra").is_empty());
    assert_eq!(names(&store, "first"), ["a"]);
    let error = store
        .get_release(Ecosystem::Cargo, "a", "2.0.0")
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::VersionNotFound);
    assert_stored(&store, &first);
    assert_eq!(store.delete(Ecosystem::Cargo, "A", None).unwrap(), 1);
    let error = store.get_package(Ecosystem::Cargo, "a").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    let error = store.delete(Ecosystem::Cargo, "a", None).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    let stats = store.stats().unwrap();
    assert_eq!((stats.packages, stats.releases, stats.snippets), (0, 0, 0));
    assert!(stats.ecosystems.is_empty());
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn refreshing_changes_the_package_and_its_releases_flags() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let put = bundle(Ecosystem::Cargo, "a", "1.0.0", "words");
    let error = store.refresh_package(&put.package).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    store.put(&put).unwrap();
    let mut package = put.package.clone();
    package.description = Some("other".into());
    package.versions[0].yanked = true;
    package.versions.insert(0, entry("1.1.0"));
    store.refresh_package(&package).unwrap();
    assert_eq!(store.get_package(Ecosystem::Cargo, "a").unwrap(), package);
    assert!(
        store
            .get_release(Ecosystem::Cargo, "a", "1.0.0")
            .unwrap()
            .yanked
    );
    let stored = store.stored_versions(Ecosystem::Cargo, "a").unwrap();
    assert_eq!(stored.len(), 1);
    assert!(stored[0].yanked);
    assert_eq!(names(&store, "other"), ["a"]);
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn snippets_are_filtered() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut put = bundle(Ecosystem::Cargo, "a", "1.0.0", "x");
    put.snippets = (0..200)
        .map(|n| {
            let kinds = [SnippetKind::Function, SnippetKind::Struct];
            let mut s = snippet(&format!("f{n}"), kinds[n % 2]);
            if n % 3 == 0 {
                s.visibility = Visibility::Internal;
            }
            if n % 5 == 0 {
                s.language = "c".into();
            }
            s
        })
        .collect();
    store.put(&put).unwrap();
    let get = |filter: &SnippetFilter| {
        store
            .snippets(Ecosystem::Cargo, "a", "1.0.0", filter)
            .unwrap()
    };
    let functions = SnippetFilter {
        kind: Some(SnippetKind::Function),
        ..SnippetFilter::default()
    };
    assert_eq!(get(&functions).len(), 100);
    let public = SnippetFilter {
        public_only: true,
        language: Some("c".into()),
        ..SnippetFilter::default()
    };
    assert!(
        get(&public)
            .iter()
            .all(|s| s.language == "c" && s.visibility == Visibility::Public)
    );
    let page = SnippetFilter {
        offset: 150,
        limit: Some(7),
        ..SnippetFilter::default()
    };
    assert_eq!(get(&page), put.snippets[150..157]);
}

#[test]
fn bundles_that_contradict_themselves_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let package = Package::new(Ecosystem::Cargo, "a");
    for release in [
        Release::new(Ecosystem::Cargo, "b", "1.0.0"),
        Release::new(Ecosystem::Npm, "a", "1.0.0"),
        Release::new(Ecosystem::Cargo, "a", ""),
    ] {
        let error = store
            .put(&Bundle::new(package.clone(), release))
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidArgument);
    }
    let good = bundle(Ecosystem::Cargo, "a", "1.0.0", "x");
    let bad = Bundle::new(package, Release::new(Ecosystem::Cargo, "b", "1.0.0"));
    store.put_many(&[good, bad]).unwrap_err();
    assert_eq!(store.stats().unwrap().packages, 0, "all or none");
}

#[test]
fn a_release_beyond_the_limit_of_snippets_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut options = registry_store::StoreOptions::default();
    options.limits.snippets = 10;
    let store = registry_store::Store::open(dir.path().join("s.redb"), &options)
        .unwrap()
        .store;
    let mut put = bundle(Ecosystem::Cargo, "a", "1.0.0", "x");
    put.snippets = vec![snippet("f", SnippetKind::Function); 11];
    let error = store.put(&put).unwrap_err();
    assert_eq!(error.kind, ErrorKind::LimitExceeded);
}

#[test]
fn dependents_are_those_of_the_newest_release() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let needs = |version: &str, names: &[&str]| {
        let mut put = bundle(Ecosystem::Cargo, "a", version, "x");
        put.package.versions = vec![entry("2.0.0"), entry("1.0.0")];
        put.release.dependencies = names
            .iter()
            .map(|name| Dependency {
                name: (*name).into(),
                requirement: "1".into(),
                kind: DependencyKind::Runtime,
                optional: true,
                target: Some("cfg(unix)".into()),
                rename: None,
            })
            .collect();
        put
    };
    let dependents = |name: &str| -> Vec<String> {
        let found = store.dependents(Ecosystem::Cargo, name, 10).unwrap();
        found.into_iter().map(|p| p.name).collect()
    };
    let old = needs("1.0.0", &["serde", "old"]);
    store.put(&old).unwrap();
    assert_stored(&store, &old);
    assert_eq!(dependents("Serde"), ["a"]);
    assert_eq!(dependents("old"), ["a"]);
    store.put(&needs("2.0.0", &["serde", "new"])).unwrap();
    store.put(&old).unwrap();
    assert_eq!(dependents("serde"), ["a"]);
    assert_eq!(dependents("new"), ["a"]);
    assert!(dependents("old").is_empty());
    store.delete(Ecosystem::Cargo, "a", Some("2.0.0")).unwrap();
    assert_eq!(dependents("old"), ["a"]);
    store.delete(Ecosystem::Cargo, "a", None).unwrap();
    assert!(dependents("serde").is_empty());
}
