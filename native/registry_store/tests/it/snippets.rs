use registry_store::Store;
use registry_types::{Ecosystem, ErrorKind, SnippetKind, SnippetQuery, Visibility};

use crate::support::{bundle, entry, open, snippet, snippet_query};

fn fill(store: &Store) {
    let mut all = Vec::new();
    for (name, version, recent) in [("tokio", "1.0.0", 90_000_000), ("tiny", "0.1.0", 5)] {
        let mut put = bundle(Ecosystem::Cargo, name, version, "x");
        put.package.downloads.recent = Some(recent);
        put.snippets = vec![
            snippet("spawn", SnippetKind::Function),
            snippet("spawn_blocking", SnippetKind::Function),
            snippet("JoinHandle", SnippetKind::Struct),
            snippet("read_to_end", SnippetKind::Method),
        ];
        put.snippets[0].doc = Some("Spawns a new asynchronous task.".into());
        put.snippets[2].visibility = Visibility::Internal;
        put.snippets[3].language = "c".into();
        all.push(put);
    }
    store.put_many(&all).unwrap();
}

fn found(store: &Store, query: &SnippetQuery) -> Vec<String> {
    let hits = store.search_snippets(query).unwrap();
    hits.iter()
        .map(|h| format!("{}/{}", h.owner.package, h.snippet.name))
        .collect()
}

#[test]
fn the_exact_symbol_of_the_likeliest_package_comes_first() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    fill(&store);
    assert_eq!(
        found(&store, &snippet_query("spawn"))[..2],
        ["tokio/spawn", "tiny/spawn"]
    );
    assert_eq!(
        found(&store, &snippet_query("spawn task"))[0],
        "tokio/spawn"
    );
    for text in ["read_to_end", "readToEnd", "read to end", "readtoend"] {
        assert_eq!(
            found(&store, &snippet_query(text))[0],
            "tokio/read_to_end",
            "{text}"
        );
    }
    assert_eq!(
        found(&store, &snippet_query("join handle"))[0],
        "tokio/JoinHandle"
    );
    let hit = &store.search_snippets(&snippet_query("spawn")).unwrap()[0];
    assert_eq!(
        (hit.owner.ecosystem, hit.owner.version.as_str()),
        (Ecosystem::Cargo, "1.0.0")
    );
    assert_eq!(
        hit.snippet.signature,
        "pub fn spawn(input: &str) -> Result<()>"
    );
}

#[test]
fn a_symbol_is_found_under_its_other_names() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut put = bundle(Ecosystem::Cargo, "zeta", "1.0.0", "x");
    let mut renamed = snippet("InnerThing", SnippetKind::Struct);
    renamed.aliases = vec!["zeta::prelude::Gadget".into(), "zeta::InnerThing".into()];
    renamed.condition = Some("feature = \"full\"".into());
    renamed.deprecated = true;
    put.snippets = vec![
        snippet("gadget_user", SnippetKind::Function),
        renamed.clone(),
    ];
    store.put(&put).unwrap();
    for text in ["Gadget", "prelude gadget", "inner thing"] {
        assert_eq!(
            found(&store, &snippet_query(text))[0],
            "zeta/InnerThing",
            "{text}"
        );
    }
    let hit = &store.search_snippets(&snippet_query("Gadget")).unwrap()[0];
    assert_eq!(hit.snippet, renamed);
}

#[test]
fn filters_leave_the_rest_out() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    fill(&store);
    let all = snippet_query("spawn join handle read krate");
    let count = |query: SnippetQuery| found(&store, &query).len();
    assert_eq!(count(all.clone()), 8);
    assert_eq!(
        count(SnippetQuery {
            package: Some("Tiny".into()),
            ..all.clone()
        }),
        4
    );
    assert_eq!(
        count(SnippetQuery {
            kind: Some(SnippetKind::Struct),
            ..all.clone()
        }),
        2
    );
    assert_eq!(
        count(SnippetQuery {
            language: Some("c".into()),
            ..all.clone()
        }),
        2
    );
    assert_eq!(
        count(SnippetQuery {
            language: Some("cobol".into()),
            ..all.clone()
        }),
        0
    );
    assert_eq!(
        count(SnippetQuery {
            public_only: true,
            ..all.clone()
        }),
        6
    );
    assert_eq!(
        count(SnippetQuery {
            ecosystems: vec![Ecosystem::Npm],
            ..all.clone()
        }),
        0
    );
    assert_eq!(
        count(SnippetQuery {
            limit: 3,
            ..all.clone()
        }),
        3
    );
    assert_eq!(
        count(SnippetQuery {
            offset: 6,
            ..all.clone()
        }),
        2
    );
    let refused = |query: SnippetQuery| store.search_snippets(&query).unwrap_err().kind;
    let unknown = SnippetQuery {
        package: Some("unknown".into()),
        ..all.clone()
    };
    assert_eq!(refused(unknown), ErrorKind::NotFound);
    let version = SnippetQuery {
        package: Some("tiny".into()),
        version: Some("9.9.9".into()),
        ..all.clone()
    };
    assert_eq!(refused(version), ErrorKind::VersionNotFound);
    assert_eq!(
        refused(SnippetQuery {
            version: Some("1.0.0".into()),
            ..all.clone()
        }),
        ErrorKind::InvalidArgument
    );
    assert_eq!(refused(snippet_query("")), ErrorKind::InvalidArgument);
    assert_eq!(
        refused(SnippetQuery { limit: 0, ..all }),
        ErrorKind::InvalidArgument
    );
}

#[test]
fn each_package_is_searched_in_its_newest_release_unless_asked() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    for (version, symbol) in [("2.0.0", "new_way"), ("1.0.0", "old_way")] {
        let mut put = bundle(Ecosystem::Cargo, "a", version, "x");
        put.package.versions = vec![entry("2.0.0"), entry("1.0.0")];
        put.snippets = vec![
            snippet(symbol, SnippetKind::Function),
            snippet("both_ways", SnippetKind::Function),
        ];
        store.put(&put).unwrap();
    }
    let way = snippet_query("way");
    assert_eq!(found(&store, &way), ["a/new_way", "a/both_ways"]);
    let hits = store.search_snippets(&snippet_query("both_ways")).unwrap();
    assert_eq!(hits[0].snippet.name, "both_ways");
    assert!(hits.iter().all(|hit| hit.owner.version == "2.0.0"));
    let old = SnippetQuery {
        package: Some("a".into()),
        version: Some("1.0.0".into()),
        ..way.clone()
    };
    assert_eq!(found(&store, &old), ["a/old_way", "a/both_ways"]);
    store.delete(Ecosystem::Cargo, "a", Some("2.0.0")).unwrap();
    assert_eq!(found(&store, &way), ["a/old_way", "a/both_ways"]);
    store.reindex().unwrap();
    assert_eq!(found(&store, &way), ["a/old_way", "a/both_ways"]);
}

#[test]
fn a_package_is_searched_whole_however_many_others_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut big = bundle(Ecosystem::Cargo, "big", "1.0.0", "x");
    big.package.downloads.recent = Some(90_000_000);
    big.snippets = (0..15_000)
        .map(|n| snippet(&format!("common_{n}"), SnippetKind::Function))
        .collect();
    let mut small = bundle(Ecosystem::Cargo, "small", "1.0.0", "x");
    small.package.downloads.recent = Some(1);
    small.snippets = vec![snippet("common_thing", SnippetKind::Struct)];
    store.put_many(&[big, small]).unwrap();
    let common = snippet_query("common");
    let query = SnippetQuery {
        package: Some("small".into()),
        ..common.clone()
    };
    assert_eq!(found(&store, &query), ["small/common_thing"]);
    let query = SnippetQuery {
        kind: Some(SnippetKind::Struct),
        ..common
    };
    assert_eq!(found(&store, &query), ["small/common_thing"]);
}
