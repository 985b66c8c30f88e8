//! Bundles for the tests of this crate.
#![allow(dead_code, reason = "each test file uses some of it")]

use std::path::Path;

use registry_store::{Bundle, Store, StoreOptions};
use registry_types::{
    Document, DocumentFormat, DocumentKind, Ecosystem, Package, Release, Snippet, SnippetKind,
    VersionEntry, Visibility,
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
