use registry_store::Store;
use registry_types::{Ecosystem, ErrorKind, SearchQuery};

use crate::support::{bundle, names, open, query, search};

/// A small registry of known packages, described in our own words.
fn registry(store: &Store) {
    let mut all = Vec::new();
    for (ecosystem, name, recent, keywords, description) in [
        (
            Ecosystem::Cargo,
            "tokio",
            90_000_000,
            "async io",
            "An event-driven runtime for async applications",
        ),
        (
            Ecosystem::Cargo,
            "tokio-util",
            50_000_000,
            "tokio",
            "Utilities around tokio",
        ),
        (
            Ecosystem::Cargo,
            "async-std",
            4_000_000,
            "async runtime",
            "Async version of the standard library",
        ),
        (
            Ecosystem::Cargo,
            "http_cache",
            9_000,
            "cache",
            "Middleware that keeps answers",
        ),
        (Ecosystem::Cargo, "AsyncRead", 100, "", "A trait"),
        (
            Ecosystem::Cargo,
            "httparse",
            70_000_000,
            "http parser",
            "A push parser for requests",
        ),
        (
            Ecosystem::Cargo,
            "serde_json",
            99_000_000,
            "json serde",
            "A JSON file format for serde",
        ),
        (
            Ecosystem::Npm,
            "react",
            100_000_000,
            "ui",
            "A library for user interfaces",
        ),
        (
            Ecosystem::Npm,
            "@types/react",
            90_000_000,
            "types",
            "Type definitions for react",
        ),
        (
            Ecosystem::Npm,
            "left-pad",
            2_000_000,
            "pad",
            "Pads a string on the left",
        ),
        (
            Ecosystem::Hex,
            "plug",
            2_000_000,
            "web",
            "Composable modules for web applications",
        ),
        (
            Ecosystem::Pypi,
            "requests",
            900_000_000,
            "http client",
            "HTTP for people",
        ),
    ] {
        let mut put = bundle(ecosystem, name, "1.0.0", description);
        put.package.downloads.recent = Some(recent);
        put.package.keywords = keywords.split_whitespace().map(str::to_owned).collect();
        all.push(put);
    }
    store.put_many(&all).unwrap();
}

#[test]
fn names_are_found_however_they_are_written() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    registry(&store);
    for (text, first) in [
        ("http cache", "http_cache"),
        ("http-cache", "http_cache"),
        ("HttpCache", "http_cache"),
        ("httpcache", "http_cache"),
        ("async read", "AsyncRead"),
        ("asyncread", "AsyncRead"),
        ("tokio", "tokio"),
        ("TOKIO", "tokio"),
        ("tokio util", "tokio-util"),
        ("@types/react", "@types/react"),
        ("async runtime", "tokio"),
        ("left pad", "left-pad"),
        ("padding strings", "left-pad"),
        ("json", "serde_json"),
    ] {
        assert_eq!(
            names(&store, text).first().map(String::as_str),
            Some(first),
            "{text}"
        );
    }
}

#[test]
fn begun_and_mistyped_names_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    registry(&store);
    for (text, first) in [
        ("tok", "tokio"),
        ("toki", "tokio"),
        ("serde_js", "serde_json"),
        ("httpar", "httparse"),
        ("tokoi", "tokio"),
        ("tokkio", "tokio"),
        ("reqeusts", "requests"),
        ("raect", "react"),
        ("http cahce", "http_cache"),
        ("serde jsno", "serde_json"),
    ] {
        assert_eq!(
            names(&store, text).first().map(String::as_str),
            Some(first),
            "{text}"
        );
    }
    assert!(names(&store, "qqqqqqqqzzzz").is_empty());
}

#[test]
fn an_exact_name_comes_first_only_while_it_may_be_used() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut dead = bundle(Ecosystem::Npm, "request", "1.0.0", "Simplified HTTP");
    dead.package.downloads.recent = Some(10);
    let mut other = bundle(
        Ecosystem::Npm,
        "request-promise",
        "1.0.0",
        "request with promises, request",
    );
    other.package.downloads.recent = Some(90_000_000);
    other.package.keywords = vec!["request".into()];
    store.put_many(&[dead.clone(), other]).unwrap();
    assert_eq!(names(&store, "request")[0], "request");
    dead.package.deprecated = Some("see the issue".into());
    store.put(&dead).unwrap();
    assert_eq!(names(&store, "request"), ["request-promise", "request"]);
    let mut query = query("request");
    query.explain = true;
    let hits = store.search(&query).unwrap();
    let flag = hits[1].why.iter().find(|w| w.part == "flag").unwrap();
    assert!(
        flag.value < 1.0 && flag.evidence.contains("see the issue"),
        "{flag:?}"
    );
}

#[test]
fn unknown_popularity_is_not_none() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut all = Vec::new();
    for (name, recent) in [
        ("none", Some(0)),
        ("unknown", None),
        ("many", Some(90_000_000)),
    ] {
        let mut put = bundle(Ecosystem::Cargo, name, "1.0.0", "widget factory");
        put.package.downloads.recent = recent;
        all.push(put);
    }
    store.put_many(&all).unwrap();
    assert_eq!(names(&store, "widget factory"), ["many", "unknown", "none"]);
}

#[test]
fn ecosystems_limits_and_offsets() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let all: Vec<_> = (0..50)
        .map(|n| {
            bundle(
                Ecosystem::ALL[n % 5],
                &format!("thing{n}"),
                "1.0.0",
                "common word",
            )
        })
        .collect();
    store.put_many(&all).unwrap();
    let ask = |ecosystems: &[Ecosystem], limit, offset| {
        let query = SearchQuery {
            ecosystems: ecosystems.to_vec(),
            limit,
            offset,
            ..query("common word")
        };
        let hits = store.search(&query).unwrap();
        hits.into_iter().map(|h| h.package).collect::<Vec<_>>()
    };
    assert_eq!(ask(&[], 1000, 0).len(), 50);
    let hex = ask(&[Ecosystem::Hex], 1000, 0);
    assert_eq!(hex.len(), 10);
    assert!(hex.iter().all(|p| p.ecosystem == Ecosystem::Hex));
    assert_eq!(
        ask(&[Ecosystem::Hex, Ecosystem::Npm, Ecosystem::Hex], 1000, 0).len(),
        20
    );
    let whole = ask(&[], 50, 0);
    let pages: Vec<_> = (0..5).flat_map(|page| ask(&[], 10, page * 10)).collect();
    assert_eq!(pages, whole);
    assert!(ask(&[], 10, 50).is_empty());
}

#[test]
fn wrong_queries_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    for text in ["", "  ", "!!!"] {
        let error = store.search(&query(text)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidArgument, "{text:?}");
    }
    let error = store.search(&query(&"x".repeat(1_000_000))).unwrap_err();
    assert_eq!(error.kind, ErrorKind::LimitExceeded);
    assert!(
        error
            .details
            .contains(&("limit".into(), "query_bytes".into()))
    );
    for (limit, offset) in [(0, 0), (1001, 0), (10, 1_000_000), (10, usize::MAX)] {
        let query = SearchQuery {
            limit,
            offset,
            ..query("x")
        };
        assert_eq!(
            store.search(&query).unwrap_err().kind,
            ErrorKind::InvalidArgument
        );
    }
    assert!(
        search(&store, "anything").is_empty(),
        "an empty store is no error"
    );
}

#[test]
fn a_result_says_where_and_why() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    registry(&store);
    let mut asked = query("async runtime zebra");
    asked.explain = true;
    let hit = &store.search(&asked).unwrap()[0];
    assert_eq!(hit.package.name, "tokio");
    assert!(
        hit.matched.contains(&"keywords".to_owned()),
        "{:?}",
        hit.matched
    );
    assert!(
        hit.matched.contains(&"description".to_owned()),
        "{:?}",
        hit.matched
    );
    assert!(
        hit.highlights[0].contains("runtime"),
        "{:?}",
        hit.highlights
    );
    let part = |name: &str| hit.why.iter().find(|w| w.part == name).unwrap();
    assert!(part("coverage").value < 1.0);
    assert!(part("popularity").evidence.contains("90000000"));
    assert!(
        hit.why.iter().any(|w| w.evidence == "zebra: not found"),
        "{:?}",
        hit.why
    );
    let product =
        part("text").value * part("coverage").value * part("popularity").value * part("flag").value;
    assert!(
        (product / hit.score - 1.0).abs() < 0.01,
        "{product} is not {}",
        hit.score
    );
    let hits = search(&store, "more stands here");
    assert!(
        hits.iter().all(|h| h.matched == ["readme"]),
        "{:?}",
        hits[0].matched
    );
    assert!(hits[0].highlights[0].contains("stands here"));
}

#[test]
fn symbols_and_guides_lead_to_their_package() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut put = bundle(Ecosystem::Cargo, "a", "1.0.0", "x");
    put.documents
        .push(crate::support::readme("Walruses explained."));
    put.documents[1].kind = registry_types::DocumentKind::Guide;
    put.snippets.push(crate::support::snippet(
        "spawn_gorilla",
        registry_types::SnippetKind::Function,
    ));
    store.put(&put).unwrap();
    for text in ["walrus", "gorilla", "spawn gorilla"] {
        let hits = search(&store, text);
        assert_eq!(hits.len(), 1, "{text}");
        assert_eq!(hits[0].matched, ["documents"], "{text}");
    }
}

#[test]
fn an_exact_name_of_several_ecosystems_stands_for_each() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut all = Vec::new();
    for (ecosystem, recent) in [(Ecosystem::Npm, 10), (Ecosystem::Cargo, 90_000_000)] {
        let mut put = bundle(ecosystem, "uuid", "1.0.0", "Unique identifiers");
        put.package.downloads.recent = Some(recent);
        all.push(put);
    }
    store.put_many(&all).unwrap();
    let hits = search(&store, "uuid");
    let found: Vec<_> = hits.iter().map(|h| h.package.ecosystem).collect();
    assert_eq!(found, [Ecosystem::Cargo, Ecosystem::Npm]);
}

#[test]
fn names_begun_in_a_later_part_come_first() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("s.redb"));
    let all = [
        ("react-router", 900_000_000),
        ("react-router-dom", 950_000_000),
        ("react-rounded-box", 10),
        ("rou", 20_000_000),
    ];
    for (name, downloads) in all {
        let mut bundle = bundle(Ecosystem::Npm, name, "1.0.0", "something");
        bundle.package.downloads.recent = Some(downloads);
        store.put(&bundle).unwrap();
    }
    let begun = names(&store, "react-rou");
    assert_eq!(begun[..2], ["react-router", "react-router-dom"]);
}

#[test]
fn the_head_of_a_family_comes_before_its_members() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("s.redb"));
    for (name, downloads) in [
        ("tree-sitter", 500),
        ("tree-sitter-language", 90_000_000),
        ("tree-sitters", 400),
        ("tree_site", 300),
        ("tree_site_map", 80_000_000),
    ] {
        let mut bundle = bundle(Ecosystem::Cargo, name, "1.0.0", "something");
        bundle.package.downloads.recent = Some(downloads);
        if name == "tree_site" {
            bundle.package.deprecated = Some("no longer".into());
        }
        store.put(&bundle).unwrap();
    }
    let mut asked = query("tree-sit");
    asked.explain = true;
    let hits = store.search(&asked).unwrap();
    let place = |name: &str| {
        hits.iter()
            .position(|hit| hit.package.name == name)
            .unwrap()
    };
    assert!(place("tree-sitter") < place("tree-sitter-language"));
    // It is dead: nobody means it.
    assert!(place("tree_site_map") < place("tree_site"));
    assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
    let head = &hits[place("tree-sitter")];
    let parts = head.why.iter().filter(|why| why.part != "word");
    let product: f64 = parts.map(|why| why.value).product();
    assert!((product - head.score).abs() < 1e-3 * head.score, "{head:?}");
    asked.limit = 1;
    for (offset, hit) in hits.iter().enumerate() {
        asked.offset = offset;
        assert_eq!(store.search(&asked).unwrap()[0].package, hit.package);
    }
}

#[test]
fn a_squatted_mistake_leads_to_what_was_meant() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("s.redb"));
    for n in 0..25 {
        let name = format!("express-plugin{n}");
        let plugin = bundle(Ecosystem::Npm, &name, "1.0.0", "for express");
        store.put(&plugin).unwrap();
    }
    let mut express = bundle(Ecosystem::Npm, "express", "5.0.0", "web framework");
    express.package.downloads.recent = Some(300_000_000);
    let squatter = bundle(Ecosystem::Npm, "expresss", "0.0.1", "nothing");
    store.put_many(&[express, squatter]).unwrap();
    // The name as it was typed is there and alive: it stays first.
    assert_eq!(names(&store, "expresss")[..2], ["expresss", "express"]);
}

#[test]
fn corrections_come_from_the_ecosystems_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("s.redb"));
    store
        .put_many(&[
            bundle(Ecosystem::Cargo, "regex", "1.0.0", "regular expressions"),
            bundle(Ecosystem::Npm, "regy", "1.0.0", "a register"),
            bundle(Ecosystem::Npm, "regy-cli", "1.0.0", "a register"),
        ])
        .unwrap();
    let mut mistaken = query("regx");
    mistaken.ecosystems = vec![Ecosystem::Cargo];
    let hits = store.search(&mistaken).unwrap();
    assert_eq!(hits[0].package.name, "regex");
}

#[test]
fn digits_are_no_mistakes() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("s.redb"));
    store
        .put_many(&[
            bundle(Ecosystem::Pypi, "beautifulsoup4", "4.0", "parses pages"),
            bundle(Ecosystem::Pypi, "beautifulsoup3", "3.0", "parses pages"),
        ])
        .unwrap();
    assert_eq!(names(&store, "beatifulsoup4"), ["beautifulsoup4"]);
}
