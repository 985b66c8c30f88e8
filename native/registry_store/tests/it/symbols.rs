//! Which symbol comes first, and what a search says of it.

use registry_store::{Bundle, Store};
use registry_types::{
    Ecosystem, ErrorKind, Snippet, SnippetHit, SnippetKind, SnippetQuery, Visibility,
};

use crate::support::{bundle, open, snippet, snippet_query};

/// A symbol at a path, with a signature.
fn symbol(kind: SnippetKind, path: &str, signature: &str) -> Snippet {
    let name = path.rsplit([':', '.']).next().unwrap();
    let mut made = snippet(name.split('/').next().unwrap(), kind);
    made.qualified_name = path.into();
    made.signature = signature.into();
    made.doc = None;
    made
}

fn function(path: &str, signature: &str) -> Snippet {
    symbol(SnippetKind::Function, path, signature)
}

fn package(ecosystem: Ecosystem, name: &str, language: &str, snippets: Vec<Snippet>) -> Bundle {
    let mut put = bundle(ecosystem, name, "1.0.0", "x");
    put.package.downloads.recent = Some(1_000_000);
    put.snippets = snippets;
    for snippet in &mut put.snippets {
        snippet.language = language.into();
    }
    put
}

fn store_with(bundles: &[Bundle]) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    store.put_many(bundles).unwrap();
    (dir, store)
}

fn hits(store: &Store, text: &str) -> Vec<SnippetHit> {
    store.search_snippets(&snippet_query(text)).unwrap()
}

fn paths(store: &Store, text: &str) -> Vec<String> {
    let hits = hits(store, text).into_iter();
    hits.map(|hit| hit.snippet.qualified_name).collect()
}

/// As tokio has them.
fn runtime() -> Bundle {
    let handle = "(&self, future: F) -> JoinHandle<F::Output> where F: Future";
    let mut spawn = function(
        "tokio::spawn",
        "pub fn spawn<F>(future: F) -> JoinHandle<F::Output> where F: Future + Send",
    );
    spawn.doc = Some("Spawns a new asynchronous task, returning a handle.".into());
    spawn.aliases = vec!["tokio::task::spawn".into()];
    spawn.condition = Some("feature = \"rt\"".into());
    let mut builder = symbol(
        SnippetKind::Method,
        "tokio::task::Builder::spawn",
        "pub fn spawn<Fut>(self, future: Fut) -> io::Result<JoinHandle<Fut::Output>>",
    );
    builder.doc = Some("Spawns a task with this builder's settings.".into());
    builder.condition = Some("all(tokio_unstable, feature = \"tracing\")".into());
    let mut on_spawn = symbol(
        SnippetKind::Method,
        "tokio::runtime::Builder::on_task_spawn",
        "pub fn on_task_spawn<F>(&mut self, f: F) -> &mut Self",
    );
    on_spawn.doc = Some("Executes a function just before a task is spawned.".into());
    let mut all = vec![builder, on_spawn, spawn];
    for holder in [
        "runtime::Runtime",
        "runtime::Handle",
        "task::JoinSet",
        "task::LocalSet",
    ] {
        let path = format!("tokio::{holder}::spawn");
        let mut method = symbol(SnippetKind::Method, &path, &format!("pub fn spawn{handle}"));
        method.doc = Some("Spawns a task.".into());
        all.push(method);
    }
    package(Ecosystem::Cargo, "tokio", "rust", all)
}

#[test]
fn the_best_symbol_of_the_best_package_comes_first() {
    let (_dir, store) = store_with(&[runtime()]);
    let found = paths(&store, "spawn task");
    assert_eq!(found[0], "tokio::spawn");
    let place = |path: &str| found.iter().position(|p| p == path).unwrap();
    assert!(place("tokio::task::Builder::spawn") > place("tokio::runtime::Runtime::spawn"));
    for text in ["spawn", "tokio::spawn", "task::spawn", "tokio::task::spawn"] {
        assert_eq!(paths(&store, text)[0], "tokio::spawn", "{text}");
    }
    for path in [
        "Runtime::spawn",
        "tokio::runtime::Runtime::spawn",
        "Builder::spawn",
    ] {
        let first = &paths(&store, path)[0];
        assert!(first.ends_with(path), "{path}: {first}");
    }
}

#[test]
fn each_fault_of_a_symbol_puts_it_below_one_without() {
    let faults: [fn(&mut Snippet); 6] = [
        |s| s.deprecated = true,
        |s| s.doc = None,
        |s| s.visibility = Visibility::Internal,
        |s| s.condition = Some("tokio_unstable".into()),
        |s| s.path = "tests/all.rs".into(),
        |s| s.qualified_name = "krate::a::b::c::connect".into(),
    ];
    for (n, fault) in faults.iter().enumerate() {
        let mut good = snippet("connect", SnippetKind::Function);
        good.start_line = 7;
        let mut bad = good.clone();
        bad.start_line = 1;
        fault(&mut bad);
        let put = package(Ecosystem::Cargo, "a", "rust", vec![bad, good]);
        let (_dir, store) = store_with(&[put]);
        let found = hits(&store, "connect");
        assert_eq!(
            (found.len(), found[0].snippet.start_line),
            (2, 7),
            "fault {n}"
        );
    }
}

#[test]
fn equal_symbols_of_one_package_do_not_fill_the_page() {
    let many = (0..30)
        .map(|n| {
            symbol(
                SnippetKind::Method,
                &format!("big::T{n}::connect"),
                "fn connect(&self)",
            )
        })
        .collect();
    let big = package(Ecosystem::Cargo, "big", "rust", many);
    let mut small = package(
        Ecosystem::Cargo,
        "small",
        "rust",
        vec![symbol(
            SnippetKind::Method,
            "small::Pool::connect",
            "fn connect(&self)",
        )],
    );
    small.package.downloads.recent = Some(500_000);
    let (_dir, store) = store_with(&[big, small]);
    let found = paths(&store, "connect");
    let place = found.iter().position(|path| path == "small::Pool::connect");
    assert_eq!(place, Some(1));
}

#[test]
fn a_name_made_of_the_words_beats_one_that_has_more() {
    let docs = "Opens a connection.";
    let mut all: Vec<Snippet> = [
        "open_connection_pool_now",
        "open_connection",
        "connection_open_event",
    ]
    .iter()
    .map(|name| function(&format!("k::{name}"), &format!("pub fn {name}()")))
    .collect();
    for one in &mut all {
        one.doc = Some(docs.into());
    }
    let (_dir, store) = store_with(&[package(Ecosystem::Cargo, "k", "rust", all)]);
    assert_eq!(paths(&store, "connection open")[0], "k::open_connection");
}

fn typed() -> Vec<Bundle> {
    vec![
        package(
            Ecosystem::Cargo,
            "url",
            "rust",
            vec![
                function(
                    "url::parse",
                    "pub fn parse(input: &str) -> Result<Url, Error>",
                ),
                function(
                    "url::owned",
                    "pub fn owned(input: String) -> Result<Url, Error>",
                ),
                function(
                    "url::count",
                    "pub fn count(list: &mut Vec<Url>, n: usize) -> usize",
                ),
                function("url::swap", "pub fn swap(n: usize, text: &str) -> bool"),
                function("url::test", "pub fn test(text: &str, n: usize) -> bool"),
                symbol(
                    SnippetKind::Method,
                    "url::Url::port",
                    "pub fn port(&self) -> Option<u16>",
                ),
                function("url::later", "pub async fn later() -> Url"),
                function("url::nothing", "pub fn nothing()"),
            ],
        ),
        package(
            Ecosystem::Npm,
            "fetcher",
            "typescript",
            vec![
                function(
                    "fetcher.load",
                    "export function load(url: string): Promise<Response>",
                ),
                function("fetcher.log", "export function log(text: string): void"),
            ],
        ),
        package(
            Ecosystem::Pypi,
            "reader",
            "python",
            vec![
                function("reader.loads", "def loads(text: str) -> dict[str, int]"),
                function("reader.check", "def check(text: str, count: int) -> bool"),
            ],
        ),
        package(
            Ecosystem::Hex,
            "shop",
            "elixir",
            vec![
                function(
                    "Shop.parse/1",
                    "parse(String.t()) :: {:ok, Cart.t()} | {:error, term()}",
                ),
                function("Shop.map/2", "map(list(), (any() -> any())) :: list()"),
                function(
                    "Shop.map/3",
                    "map(list(), integer(), (any() -> any())) :: list()",
                ),
            ],
        ),
        package(
            Ecosystem::Github,
            "gopher",
            "go",
            vec![
                function("gopher.Open", "func Open(name string) error"),
                function("gopher.Read", "func Read(name string) ([]byte, error)"),
            ],
        ),
    ]
}

#[test]
fn signatures_are_found_as_each_language_writes_them() {
    let (_dir, store) = store_with(&typed());
    for (text, first) in [
        ("fn(&str) -> Result", "url::parse"),
        ("fn(String) -> Result", "url::owned"),
        ("String -> Result<Url, _>", "url::owned"),
        ("&str -> Result<Url, _>", "url::parse"),
        ("&mut Vec<T>", "url::count"),
        ("fn(&str, usize) -> bool", "url::test"),
        ("fn(usize, &str) -> bool", "url::swap"),
        ("Url -> Option<u16>", "url::Url::port"),
        ("fn(&self) -> Option<u16>", "url::Url::port"),
        ("-> Future", "url::later"),
        ("(url: string) => Promise<Response>", "fetcher.load"),
        ("(string) => void", "fetcher.log"),
        ("def f(x: str) -> dict", "reader.loads"),
        ("(str, int) -> bool language:python", "reader.check"),
        ("String.t() :: {:ok, _}", "Shop.parse/1"),
        ("func(string) error", "gopher.Open"),
        ("func(string) ([]byte, error)", "gopher.Read"),
        ("parse fn(&str) -> Result", "url::parse"),
        ("parse (String.t()) :: {:ok, _}", "Shop.parse/1"),
        ("map/2", "Shop.map/2"),
        ("Shop.map/3", "Shop.map/3"),
    ] {
        let found = paths(&store, text);
        assert_eq!(
            found.first().map(String::as_str),
            Some(first),
            "{text}: {found:?}"
        );
    }
    let hit = &hits(&store, "fn(&str) -> Result<Url, _>")[0];
    assert_eq!(hit.matched, ["types"]);
    assert_eq!(
        hit.highlights,
        ["pub fn parse(input: &str) -> Result<Url, Error>"]
    );
    assert!(hit.missing.is_empty());
    let loose = hits(&store, "fn(&str) -> Headers");
    assert_eq!(loose[0].missing, ["headers"]);
}

#[test]
fn fields_in_the_text_filter_as_options_do() {
    let mut all = typed();
    let mut old = package(
        Ecosystem::Cargo,
        "url",
        "rust",
        vec![function("url::parse_old", "pub fn parse_old()")],
    );
    old.release.version = "0.1.0".into();
    old.package.versions = vec![
        crate::support::entry("1.0.0"),
        crate::support::entry("0.1.0"),
    ];
    all.insert(0, old);
    all[1].package.versions = all[0].package.versions.clone();
    all[1].snippets[1].visibility = Visibility::Internal;
    let (_dir, store) = store_with(&all);
    let count = |text: &str| paths(&store, text).len();
    let parse = paths(&store, "parse");
    assert_eq!(parse.len(), 2);
    assert_eq!(paths(&store, "parse package:url"), ["url::parse"]);
    assert_eq!(
        paths(&store, "parse package:url version:0.1.0"),
        ["url::parse_old"]
    );
    assert_eq!(paths(&store, "parse ecosystem:hex"), ["Shop.parse/1"]);
    assert_eq!(paths(&store, "parse -ecosystem:hex"), ["url::parse"]);
    assert_eq!(paths(&store, "parse language:elixir"), ["Shop.parse/1"]);
    assert_eq!(paths(&store, "parse -language:elixir"), ["url::parse"]);
    assert_eq!(paths(&store, "parse -package:url"), ["Shop.parse/1"]);
    assert_eq!(paths(&store, "port kind:method"), ["url::Url::port"]);
    assert_eq!(count("port -kind:method"), 0);
    assert_eq!(
        paths(&store, "parse package:url,shop language:elixir,cobol"),
        ["Shop.parse/1"]
    );
    assert_eq!(count("package:url"), 8);
    assert_eq!(count("package:url visibility:public"), 7);
    assert_eq!(
        paths(&store, "package:url visibility:internal"),
        ["url::owned"]
    );
    assert_eq!(count("package:url,shop ecosystem:cargo,hex"), 11);
    // The text may widen what the option narrows, and only that.
    let public = |text: &str| SnippetQuery {
        public_only: true,
        ..snippet_query(text)
    };
    let found = |query: &SnippetQuery| store.search_snippets(query).unwrap().len();
    assert_eq!(found(&public("package:url")), 7);
    assert_eq!(found(&public("package:url visibility:internal")), 1);
    let both = SnippetQuery {
        package: Some("shop".into()),
        kind: Some(SnippetKind::Function),
        language: Some("elixir".into()),
        ..snippet_query("parse package:url")
    };
    assert_eq!(found(&both), 0);
    let refused = |text: &str| store.search_snippets(&snippet_query(text)).unwrap_err();
    assert_eq!(refused("parse package:unheard").kind, ErrorKind::NotFound);
    assert_eq!(
        refused("parse package:url version:9").kind,
        ErrorKind::VersionNotFound
    );
    assert_eq!(refused("parse version:9").kind, ErrorKind::InvalidArgument);
    let error = refused("parse kind:thing");
    assert_eq!(error.kind, ErrorKind::InvalidArgument);
    assert!(error.details.contains(&("position".into(), "6".into())));
}

#[test]
fn phrases_must_stand_and_what_is_left_out_must_not() {
    let doc = |path: &str, doc: &str| {
        let mut made = function(path, "pub fn f()");
        made.doc = Some(doc.into());
        made
    };
    let all = vec![
        doc("k::encode", "Percent encoding of a text."),
        doc("k::both", "Encoding in percent."),
        doc("k::decode", "Percent encoding, deprecated since long."),
    ];
    let (_dir, store) = store_with(&[package(Ecosystem::Cargo, "k", "rust", all)]);
    assert_eq!(paths(&store, "percent encoding").len(), 3);
    let mut phrase = paths(&store, "\"percent encoding\"");
    phrase.sort();
    assert_eq!(phrase, ["k::decode", "k::encode"]);
    assert_eq!(
        paths(&store, "\"percent encoding\" -deprecated"),
        ["k::encode"]
    );
    assert_eq!(paths(&store, "percent -\"percent encoding\""), ["k::both"]);
    assert!(
        paths(&store, "encode -\"of a text\" kind:function")
            .iter()
            .all(|path| path != "k::encode")
    );
}

#[test]
fn a_result_tells_where_the_words_stand_and_what_it_lacks() {
    let (_dir, store) = store_with(&[runtime()]);
    let hit = &hits(&store, "tokio spawn asynchronous quickly")[0];
    assert_eq!(hit.snippet.qualified_name, "tokio::spawn");
    assert_eq!(hit.matched, ["name", "path", "doc"]);
    assert_eq!(hit.missing, ["quickly"]);
    assert_eq!(
        hit.highlights,
        ["Spawns a new asynchronous task, returning a handle."]
    );
    let hit = &hits(&store, "future JoinHandle")[0];
    assert!(
        hit.matched.contains(&"signature".to_owned()),
        "{:?}",
        hit.matched
    );
    assert!(
        hit.highlights[0].contains("JoinHandle"),
        "{:?}",
        hit.highlights
    );
}

#[test]
fn the_parts_of_a_score_make_the_score() {
    let (_dir, store) = store_with(&[runtime()]);
    for text in [
        "spawn task",
        "spawn",
        "Runtime::spawn",
        "spawn -> JoinHandle",
        "spawn nowhere",
    ] {
        let query = SnippetQuery {
            explain: true,
            ..snippet_query(text)
        };
        for hit in store.search_snippets(&query).unwrap() {
            let parts = hit.why.iter().filter(|why| why.part != "word");
            let product: f64 = parts.map(|why| why.value).product();
            assert!(
                (product - hit.score).abs() < 1e-3 * hit.score,
                "{text}: {product} of {hit:?}"
            );
            let words = hit.why.iter().filter(|why| why.part == "word");
            let sum: f64 = words.map(|why| why.value).sum();
            let text_part = hit.why.iter().find(|why| why.part == "text").unwrap();
            assert!(sum <= text_part.value + 1e-3, "{text}: {sum}");
        }
    }
    assert!(hits(&store, "spawn").iter().all(|hit| hit.why.is_empty()));
}

#[test]
fn pages_of_one_answer_fit_together() {
    let many = (0..700)
        .map(|n| function(&format!("k::common_{n}"), "pub fn f(a: &str) -> Result<()>"))
        .collect();
    let (_dir, store) = store_with(&[package(Ecosystem::Cargo, "k", "rust", many)]);
    for text in ["common", "common fn(&str) -> Result", "k::common"] {
        let page = |limit: usize, offset: usize| {
            let query = SnippetQuery {
                limit,
                offset,
                ..snippet_query(text)
            };
            let hits = store.search_snippets(&query).unwrap().into_iter();
            hits.map(|hit| hit.snippet.qualified_name)
                .collect::<Vec<_>>()
        };
        let whole = page(600, 0);
        let mut pages = Vec::new();
        for offset in (0..600).step_by(75) {
            pages.extend(page(75, offset));
        }
        assert_eq!(pages, whole, "{text}");
        assert_eq!(page(1, 0)[0], whole[0]);
    }
}
