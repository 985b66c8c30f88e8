//! Bundles for the tests of this crate.
use std::path::Path;

use registry_store::{Bundle, SnippetFilter, Store, StoreOptions};
use registry_types::{
    Document, DocumentFormat, DocumentKind, Ecosystem, Package, Release, SearchHit, SearchQuery,
    Snippet, SnippetKind, SnippetQuery, VersionEntry, Visibility,
};

pub fn open(path: &Path) -> Store {
    let opened = Store::open(path, &StoreOptions::default()).unwrap();
    assert_eq!(opened.recovered, None);
    opened.store
}

pub fn entry(version: &str) -> VersionEntry {
    VersionEntry {
        version: version.into(),
        published_at: None,
        yanked: false,
        deprecated: None,
        retired: None,
        prerelease: version.contains('-'),
    }
}

pub fn snippet(name: &str, kind: SnippetKind) -> Snippet {
    Snippet {
        language: "rust".into(),
        kind,
        name: name.into(),
        qualified_name: format!("krate::{name}"),
        signature: format!("pub fn {name}(input: &str) -> Result<()>"),
        doc: Some(format!("Does what {name} says.")),
        visibility: Visibility::Public,
        aliases: Vec::new(),
        condition: None,
        deprecated: false,
        open: false,
        path: "src/lib.rs".into(),
        start_line: 3,
        end_line: 9,
        source: format!("pub fn {name}() {{\n    todo\n}}"),
    }
}

pub fn readme(text: &str) -> Document {
    Document {
        kind: DocumentKind::Readme,
        format: DocumentFormat::Markdown,
        path: "README.md".into(),
        title: None,
        text: text.into(),
    }
}

/// A release with a README, some snippets and a version list that names it.
pub fn bundle(ecosystem: Ecosystem, name: &str, version: &str, description: &str) -> Bundle {
    let owned = format!("owner/{name}");
    let name = match ecosystem {
        Ecosystem::Github => owned.as_str(),
        _ => name,
    };
    let mut package = Package::new(ecosystem, name);
    package.description = Some(description.into());
    package.versions = vec![entry(version)];
    package.latest_version = Some(version.into());
    let mut release = Release::new(ecosystem, name, version);
    let text = format!("# {name}\n\n{description}\n\nMore about {name} stands here.\n");
    release.readme = Some(text.clone());
    let mut bundle = Bundle::new(package, release);
    bundle.documents = vec![readme(&text)];
    bundle.snippets = vec![
        snippet(
            &format!("{}_open", name.replace(['-', '/', '@'], "_")),
            SnippetKind::Function,
        ),
        snippet("connect", SnippetKind::Method),
    ];
    bundle
}

pub fn query(text: &str) -> SearchQuery {
    SearchQuery::new(text)
}

pub fn search(store: &Store, text: &str) -> Vec<SearchHit> {
    store.search(&query(text)).unwrap()
}

/// The names found, best first.
pub fn names(store: &Store, text: &str) -> Vec<String> {
    let hits = search(store, text);
    hits.into_iter()
        .map(|hit| hit.package.name.clone())
        .collect()
}

pub fn snippet_query(text: &str) -> SnippetQuery {
    SnippetQuery::new(text)
}

/// What must be read back of a bundle: all of it.
pub fn assert_stored(store: &Store, put: &Bundle) {
    let (ecosystem, name) = (put.package.ecosystem, put.package.name.as_str());
    let version = put.release.version.as_str();
    let release = store.get_release(ecosystem, name, version).unwrap();
    let mut expected = put.release.clone();
    expected.snippet_count = put.snippets.len() as u64;
    assert_eq!(release, expected);
    let all = SnippetFilter::default();
    assert_eq!(
        store.snippets(ecosystem, name, version, &all).unwrap(),
        put.snippets
    );
    assert_eq!(
        store.documents(ecosystem, name, version).unwrap(),
        put.documents
    );
}
