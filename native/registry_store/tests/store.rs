//! What goes in comes out.

mod support;

use registry_store::{ListQuery, SnippetFilter};
use registry_types::{Ecosystem, ErrorKind, SearchQuery, SnippetKind, SnippetQuery};
use support::{bundle, entry, open};

fn search(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.into(),
        ecosystems: vec![],
        limit: 20,
        offset: 0,
        explain: false,
    }
}

#[test]
fn a_bundle_comes_back_as_it_was_put() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("a/b/cache.redb"));
    let put = bundle(
        Ecosystem::Cargo,
        "http_cache",
        "1.2.0",
        "Caches HTTP answers",
    );
    store.put(&put).unwrap();
    let check = || {
        let package = store.get_package(Ecosystem::Cargo, "Http-Cache").unwrap();
        assert_eq!(package, put.package);
        let release = store
            .get_release(Ecosystem::Cargo, "http_cache", "1.2.0")
            .unwrap();
        let mut expected = put.release.clone();
        expected.snippet_count = 2;
        assert_eq!(release, expected);
        let all = SnippetFilter::default();
        let snippets = store.snippets(Ecosystem::Cargo, "http_cache", "1.2.0", &all);
        assert_eq!(snippets.unwrap(), put.snippets);
        let documents = store.documents(Ecosystem::Cargo, "http_cache", "1.2.0");
        assert_eq!(documents.unwrap(), put.documents);
        for query in [
            "http cache",
            "http_cache",
            "HttpCache",
            "httpcache",
            "caching answers",
            "htpt cache",
        ] {
            let hits = store.search(&search(query)).unwrap();
            assert_eq!(hits.len(), 1, "{query}");
            assert_eq!(hits[0].package, put.package);
        }
    };
    check();
    store.reindex().unwrap();
    check();
    let report = store.check().unwrap();
    assert!(report.is_ok(), "{report:?}");
    store.compact().unwrap();
    check();
}
