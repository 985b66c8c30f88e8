//! What can be asked of a search beside words.

use registry_store::{Bundle, Store};
use registry_types::{
    Advisory, Dependency, DependencyKind, Document, DocumentKind, Ecosystem, ErrorKind, FeedAnswer,
    SearchField, SearchQuery, SimilarQuery, Timestamp,
};

use crate::support::{bundle, names, open, query, search};

fn need(name: &str, kind: DependencyKind) -> Dependency {
    Dependency {
        name: name.into(),
        requirement: "*".into(),
        kind,
        optional: false,
        target: None,
        rename: None,
    }
}

/// Made-up packages that differ in all that can be asked for.
fn registry(store: &Store) {
    let cargo =
        |name: &str, description: &str| bundle(Ecosystem::Cargo, name, "1.0.0", description);
    let mut server = cargo("webby", "A small web server.");
    server.package.license = Some("MIT OR Apache-2.0".into());
    server.package.keywords = vec!["http".into(), "Web Server".into()];
    server.package.updated_at = Some(Timestamp::parse("2025-06-01").unwrap());
    server.package.repository = Some("https://host.example/w/webby".into());
    server.release.dependencies = vec![
        need("hyper_core", DependencyKind::Runtime),
        need("testkit", DependencyKind::Dev),
    ];
    server.documents.push(Document {
        kind: DocumentKind::Changelog,
        path: "CHANGELOG.md".into(),
        ..crate::support::readme("## 1.0.0")
    });
    let mut proxy = cargo("proxy", "The server for the web, with a cache.");
    proxy.package.license = Some("GPL-3.0-only".into());
    proxy.package.updated_at = Some(Timestamp::parse("2023-06-01").unwrap());
    proxy.snippets.clear();
    let mut old = cargo("old-web", "An older web server.");
    old.package.deprecated = Some("use webby instead".into());
    let mut wire = bundle(Ecosystem::Hex, "wire", "1.0.0", "A web server on the BEAM");
    wire.package.license = Some("Apache-2.0".into());
    store.put_many(&[server, proxy, old, wire]).unwrap();
}

fn found(store: &Store, text: &str) -> Vec<String> {
    let mut found = names(store, text);
    found.sort();
    found
}

#[test]
fn conditions_choose_among_results() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    registry(&store);
    for (text, expected) in [
        ("web server", &["old-web", "proxy", "webby", "wire"][..]),
        ("web ecosystem:hex", &["wire"]),
        ("web -ecosystem:hex,npm", &["old-web", "proxy", "webby"]),
        ("web license:mit", &["webby"]),
        ("web license:apache-2.0", &["webby", "wire"]),
        ("web license:gpl", &["proxy"]),
        ("web license:MIT,GPL-3.0-only", &["proxy", "webby"]),
        ("web -has:license", &["old-web"]),
        ("web keyword:http", &["webby"]),
        ("web keyword:\"web server\"", &["webby"]),
        ("depends:hyper-core", &["webby"]),
        ("depends:testkit", &[]),
        ("web has:types -has:symbols", &["proxy"]),
        ("web has:changelog", &["webby"]),
        ("web is:deprecated", &["old-web"]),
        ("web -is:deprecated updated:>2024", &["webby"]),
        ("web updated:2023", &["proxy"]),
        ("web -updated:2023", &["webby"]),
        ("updated:2022..2026", &["proxy", "webby"]),
        ("web -cache", &["old-web", "webby", "wire"]),
        ("web -\"web server\"", &["proxy"]),
        ("\"web server\"", &["old-web", "webby", "wire"]),
        ("\"server for the web\"", &["proxy"]),
        ("name:web", &["old-web"]),
        ("description:beam", &["wire"]),
        ("symbol:connect ecosystem:cargo", &["old-web", "webby"]),
        ("readme:\"more about webby\"", &["webby"]),
    ] {
        assert_eq!(found(&store, text), expected, "{text}");
    }
}

#[test]
fn an_exact_name_must_fit_the_conditions() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    registry(&store);
    assert_eq!(names(&store, "webby")[0], "webby");
    assert!(!names(&store, "webby license:GPL").contains(&"webby".into()));
    assert!(!names(&store, "webby -name:webby").contains(&"webby".into()));
}

#[test]
fn what_is_deprecated_names_its_successor() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    registry(&store);
    let hits = search(&store, "old-web");
    assert_eq!(hits[0].package.name, "webby");
    let old = hits.iter().find(|h| h.package.name == "old-web").unwrap();
    assert_eq!(old.replaced_by, ["webby"]);
    assert!(hits[0].replaced_by.is_empty());
}

#[test]
fn words_that_a_result_lacks_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    registry(&store);
    let hits = search(&store, "Caching web SERVER");
    let lacks = |name: &str| {
        let hit = hits.iter().find(|h| h.package.name == name).unwrap();
        hit.missing.clone()
    };
    assert!(lacks("proxy").is_empty());
    assert_eq!(lacks("webby"), ["caching"]);
}

#[test]
fn words_may_be_bound_to_fields() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    registry(&store);
    let in_fields = |text: &str, fields: &[SearchField]| {
        let hits = store.search(&SearchQuery {
            fields: fields.to_vec(),
            ..query(text)
        });
        let mut names: Vec<_> = hits
            .unwrap()
            .into_iter()
            .map(|h| h.package.name.clone())
            .collect();
        names.sort();
        names
    };
    assert_eq!(in_fields("web", &[SearchField::Keywords]), ["webby"]);
    assert_eq!(in_fields("web cache", &[SearchField::Name]), ["old-web"]);
    assert_eq!(in_fields("connect", &[SearchField::Symbols]).len(), 3);
    assert!(in_fields("cache", &[SearchField::Name]).is_empty());
}

#[test]
fn a_bad_query_is_refused_with_its_position() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    for (text, at) in [
        ("web licence:MIT", "4"),
        ("web \"server", "4"),
        ("é web updated:never", "7"),
        ("ecosystem:maven", "0"),
        ("-web", "0"),
    ] {
        let error = store.search(&query(text)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidArgument, "{text}");
        assert!(
            error.details.contains(&("position".into(), at.into())),
            "{error:?}"
        );
    }
}

#[test]
fn pages_fit_together_while_the_store_changes() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let put = |name: &str, downloads: u64| -> Bundle {
        let mut put = bundle(
            Ecosystem::Npm,
            name,
            "1.0.0",
            &format!("{name} is a common word"),
        );
        put.package.downloads.recent = Some(downloads);
        put
    };
    let all: Vec<_> = (0..30).map(|n| put(&format!("p{n}"), 1000 + n)).collect();
    store.put_many(&all).unwrap();
    let page = |offset| {
        let query = SearchQuery {
            limit: 10,
            offset,
            ..query("common")
        };
        let hits = store.search(&query).unwrap();
        hits.into_iter()
            .map(|h| h.package.name.clone())
            .collect::<Vec<_>>()
    };
    let mut seen = page(0);
    store.put(&put("newest", 1_000_000_000)).unwrap();
    store.delete(Ecosystem::Npm, "p3", None).unwrap();
    seen.extend(page(10));
    seen.extend(page(20));
    seen.extend(page(30));
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "no package comes twice: {seen:?}");
    assert_eq!(
        seen.iter().filter(|n| n.as_str() != "p3").count(),
        30,
        "none is passed over"
    );
    assert_eq!(page(0)[0], "newest");
}

#[test]
fn what_others_say_of_a_package_finds_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let quiet = bundle(Ecosystem::Cargo, "quiet-one", "1.0.0", "Nothing to see");
    let mut speaker = bundle(Ecosystem::Cargo, "speaker", "1.0.0", "Speaks");
    let text = "Works with every gossamer loom, such as `quiet-one`.";
    speaker.documents[0].text = text.into();
    speaker.release.readme = Some(text.into());
    speaker.release.dependencies = vec![need("quiet-one", DependencyKind::Optional)];
    let turns_on = vec!["dep:quiet-one".to_owned()];
    speaker.release.features.insert("spindle".into(), turns_on);
    store.put(&quiet).unwrap();
    store.put(&speaker).unwrap();
    store.settle().unwrap();
    assert_eq!(found(&store, "gossamer"), ["quiet-one", "speaker"]);
    assert_eq!(found(&store, "spindle"), ["quiet-one"]);
    store.reindex().unwrap();
    assert_eq!(found(&store, "spindle"), ["quiet-one"]);
    store.delete(Ecosystem::Cargo, "speaker", None).unwrap();
    store.reindex().unwrap();
    assert!(found(&store, "spindle").is_empty());
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn an_advisory_that_nobody_maintains_it_sinks_a_package() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let one = bundle(
        Ecosystem::Cargo,
        "lamp-one",
        "1.0.0",
        "A lamp of the first kind",
    );
    let two = bundle(
        Ecosystem::Cargo,
        "lamp-two",
        "1.0.0",
        "A lamp of the second kind",
    );
    store.put_many(&[one, two]).unwrap();
    assert_eq!(names(&store, "lamp kind"), ["lamp-one", "lamp-two"]);
    let mut advisory = Advisory::new("RUSTSEC-2024-0001");
    advisory.informational = Some(registry_types::Informational::Unmaintained);
    store
        .put_advisories(
            Ecosystem::Cargo,
            "lamp-one",
            &[registry_types::FeedAnswer::new("osv", vec![advisory])],
        )
        .unwrap();
    store.settle().unwrap();
    assert_eq!(names(&store, "lamp kind"), ["lamp-two", "lamp-one"]);
    assert_eq!(found(&store, "lamp -is:unmaintained"), ["lamp-two"]);

    let mut three = bundle(
        Ecosystem::Cargo,
        "lamp-three",
        "1.0.0",
        "A lamp of a third kind",
    );
    let mut notice = Advisory::new("RUSTSEC-2024-0002");
    notice.informational = Some(registry_types::Informational::Unmaintained);
    three.advisories = vec![FeedAnswer::new("osv", vec![notice])];
    store.put(&three).unwrap();
    assert_eq!(found(&store, "is:unmaintained"), ["lamp-one", "lamp-three"]);
}

#[test]
fn near_duplicates_are_spread_out() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let fork = |name: &str, downloads| {
        let words = "A promise based gizmo for the browser and the server";
        let mut put = bundle(Ecosystem::Npm, name, "1.0.0", words);
        put.package.downloads.recent = Some(downloads);
        put
    };
    let mut other = bundle(Ecosystem::Npm, "widget", "1.0.0", "Another gizmo");
    other.package.downloads.recent = Some(1_000);
    let forks = (0..5).map(|n| fork(&format!("fork-{n}"), 900 - n));
    let all: Vec<_> = [fork("original", 2_000), other]
        .into_iter()
        .chain(forks)
        .collect();
    store.put_many(&all).unwrap();
    let hits = names(&store, "gizmo");
    assert_eq!(hits[..2], ["original", "widget"], "{hits:?}");
    assert_eq!(hits.len(), 7, "none is left out");
}

#[test]
fn synonyms_and_words_written_as_one() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let all = [
        ("quill", "Talks to every database"),
        ("clasp", "Reads command line flags"),
        ("json-token", "Signs things"),
        ("jsonwebthing", "Signs more"),
        ("gracefulbroth4", "Stirs"),
    ];
    let all = all.map(|(name, words)| bundle(Ecosystem::Cargo, name, "1.0.0", words));
    store.put_many(&all).unwrap();
    assert_eq!(names(&store, "db")[0], "quill");
    assert_eq!(names(&store, "cli")[0], "clasp");
    assert_eq!(names(&store, "json web thing")[0], "jsonwebthing");
    assert_eq!(names(&store, "graceful broth")[0], "gracefulbroth4");
    assert_eq!(
        names(&store, "databaseflags").len(),
        2,
        "two known words in one"
    );
}

#[test]
fn packages_like_another() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let put = |name: &str, keywords: &[&str], words: &str| {
        let mut put = bundle(Ecosystem::Cargo, name, "1.0.0", words);
        put.package.keywords = keywords.iter().map(ToString::to_string).collect();
        put
    };
    let mut dead = put("ember", &["markdown", "render"], "Renders markdown, once");
    dead.package.deprecated = Some("gone".into());
    let mut other = bundle(Ecosystem::Hex, "earl", "1.0.0", "Renders markdown to html");
    other.package.keywords = vec!["markdown".into()];
    let all = [
        put("comet", &["markdown", "html"], "Renders markdown to html"),
        put(
            "pulsar",
            &["markdown", "commonmark"],
            "Another markdown thing to html",
        ),
        put("quasar", &["database"], "Keeps rows"),
        put("nova", &["html"], "Escapes html"),
        dead,
        other,
    ];
    store.put_many(&all).unwrap();
    let like = |query: &SimilarQuery| {
        let hits = store.similar(query).unwrap();
        hits.into_iter()
            .map(|h| h.package.name.clone())
            .collect::<Vec<_>>()
    };
    let query = SimilarQuery::new(Ecosystem::Cargo, "comet");
    let found = like(&query);
    assert_eq!(found[..2], ["pulsar", "nova"], "{found:?}");
    assert!(!found.contains(&"comet".into()) && !found.contains(&"ember".into()));
    let elsewhere = SimilarQuery {
        ecosystems: vec![Ecosystem::Hex],
        explain: true,
        ..query
    };
    let hits = store.similar(&elsewhere).unwrap();
    assert_eq!(hits[0].package.name, "earl");
    assert!(hits[0].matched.contains(&"keywords".into()));
    assert!(
        hits[0]
            .why
            .iter()
            .any(|why| why.evidence.starts_with("markdown:"))
    );
    assert!(hits[0].missing.is_empty());
    let unknown = store.similar(&SimilarQuery::new(Ecosystem::Npm, "comet"));
    assert_eq!(unknown.unwrap_err().kind, ErrorKind::NotFound);
}
