use registry_types::{Document, DocumentFormat, DocumentKind, Ecosystem, Limits, WarningKind};

use super::{MetadataReadme, collect, is_wanted};
use crate::archive::{Archive, File};

fn archive(files: &[(&str, &[u8])]) -> Archive {
    Archive {
        files: files
            .iter()
            .map(|(path, bytes)| {
                let file = File {
                    bytes: bytes.to_vec().into(),
                    size: bytes.len() as u64,
                };
                ((*path).to_owned(), file)
            })
            .collect(),
        ..Archive::default()
    }
}

fn documents(ecosystem: Ecosystem, files: &[(&str, &[u8])]) -> Vec<Document> {
    collect(ecosystem, &archive(files), None, &Limits::default()).0
}

fn paths(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|d| d.path.as_str()).collect()
}

const NPM_TEXT: MetadataReadme<'_> = MetadataReadme {
    field: "readme",
    text: "# From the registry",
    content_type: None,
};

#[test]
fn the_readme_comes_first_then_translations_change_logs_and_guides() {
    let found = documents(
        Ecosystem::Npm,
        &[
            ("CHANGELOG.md", b"# 1.0"),
            ("README.md", b"# Main"),
            ("README.txt", b"plain"),
            ("README.zh.md", b"# \xe4\xb8\xad"),
            ("UPGRADING.md", b"# Up"),
            ("docs/README.md", b"# Docs"),
            ("docs/a.md", b"# A"),
            ("index.js", b"1"),
            ("LICENSE", b"MIT"),
        ],
    );
    assert_eq!(
        paths(&found),
        [
            "README.md",
            "README.zh.md",
            "CHANGELOG.md",
            "README.txt",
            "UPGRADING.md",
            "docs/README.md",
            "docs/a.md"
        ]
    );
    let readmes = found.iter().filter(|d| d.kind == DocumentKind::Readme);
    assert_eq!(readmes.count(), 1);
    assert_eq!(found[0].title.as_deref(), Some("Main"));
}

#[test]
fn the_only_readme_is_the_readme_whatever_its_form() {
    for (path, text, format, title) in [
        (
            "readme.markdown",
            &b"# T"[..],
            DocumentFormat::Markdown,
            "T",
        ),
        ("README", b"T\n=\n", DocumentFormat::Plain, ""),
        ("Readme.rst", b"T T\n===\n", DocumentFormat::Rst, "T T"),
        ("README.adoc", b"= T\n", DocumentFormat::Asciidoc, "T"),
        ("readme.html", b"<h1>T</h1><p>x", DocumentFormat::Html, "T"),
        ("README.zh.md", b"# T", DocumentFormat::Markdown, "T"),
        ("docs/README.md", b"# T", DocumentFormat::Markdown, "T"),
    ] {
        let found = documents(Ecosystem::Hex, &[(path, text)]);
        assert_eq!(found[0].kind, DocumentKind::Readme, "{path}");
        assert_eq!(found[0].format, format, "{path}");
        assert_eq!(found[0].title.as_deref().unwrap_or(""), title, "{path}");
    }
    assert_eq!(documents(Ecosystem::Hex, &[("lib/a.ex", b"x")]), []);
}

#[test]
fn the_registry_is_asked_where_the_archive_has_no_readme() {
    let limits = Limits::default();
    let none = archive(&[("index.js", b"1"), ("README.md", b"  \n")]);
    let (found, _) = collect(Ecosystem::Npm, &none, Some(NPM_TEXT), &limits);
    assert_eq!(paths(&found), ["readme"]);
    assert_eq!(found[0].title.as_deref(), Some("From the registry"));

    let file = archive(&[("README.md", b"# File")]);
    let (found, _) = collect(Ecosystem::Npm, &file, Some(NPM_TEXT), &limits);
    assert_eq!(paths(&found), ["README.md"]);

    for text in ["ERROR: No README data found!", "", " \n"] {
        let readme = MetadataReadme { text, ..NPM_TEXT };
        assert_eq!(collect(Ecosystem::Npm, &none, Some(readme), &limits).0, []);
    }
}

#[test]
fn cargo_names_its_readme() {
    let other = documents(
        Ecosystem::Cargo,
        &[
            (
                "Cargo.toml",
                b"[package]\nname = \"x\"\nreadme = \"./docs/intro.md\"\n",
            ),
            ("README.md", b"# Other"),
            ("docs/intro.md", b"# Intro"),
        ],
    );
    assert_eq!(paths(&other), ["docs/intro.md", "README.md"]);
    assert_eq!(other[0].kind, DocumentKind::Readme);
    assert_eq!(other[1].kind, DocumentKind::Guide);

    let none = documents(
        Ecosystem::Cargo,
        &[
            ("Cargo.toml", b"[package]\nname = \"x\"\nreadme = false\n"),
            ("README.md", b"# Other"),
        ],
    );
    assert_eq!(none[0].kind, DocumentKind::Guide);

    for manifest in [
        &b"[package]\nname = \"x\"\n"[..],
        b"[package]\nreadme = \"missing.md\"\n",
        b"not toml at all [",
        b"\xff",
    ] {
        let found = documents(
            Ecosystem::Cargo,
            &[("Cargo.toml", manifest), ("readme.md", b"# X")],
        );
        assert_eq!(paths(&found), ["readme.md"]);
        assert_eq!(found[0].kind, DocumentKind::Readme);
    }
}

#[test]
fn python_descriptions_come_before_files() {
    let info =
        b"Name: x\nDescription-Content-Type: text/markdown\n\n# X\n\nSome  words.\n\n# Changes\n";
    let found = documents(
        Ecosystem::Pypi,
        &[("PKG-INFO", info), ("README.md", b"# X\nSome words.")],
    );
    assert_eq!(paths(&found), ["PKG-INFO"], "the file is a copy");
    assert_eq!(found[0].format, DocumentFormat::Markdown);

    let found = documents(
        Ecosystem::Pypi,
        &[("PKG-INFO", info), ("README.md", b"# Something else")],
    );
    assert_eq!(paths(&found), ["PKG-INFO", "README.md"]);
    assert_eq!(found[1].kind, DocumentKind::Guide);

    let found = documents(Ecosystem::Pypi, &[("x-1.0.dist-info/METADATA", info)]);
    assert_eq!(found[0].title.as_deref(), Some("X"));

    let unknown = b"Name: x\nDescription: UNKNOWN\n";
    let found = documents(
        Ecosystem::Pypi,
        &[("PKG-INFO", unknown), ("README.rst", b"X Y\n===\n")],
    );
    assert_eq!(paths(&found), ["README.rst"]);
}

#[test]
fn long_documents_are_cut_with_a_warning() {
    let limits = Limits {
        document_bytes: 6,
        documents: 2,
        ..Limits::default()
    };
    let mut cut = archive(&[
        ("README.md", "# äöü".as_bytes()),
        ("docs/a.md", b"# cut"),
        ("docs/b.md", b"# b"),
    ]);
    if let Some(file) = cut.files.get_mut("docs/a.md") {
        file.size = 4000;
    }
    let (found, warnings) = collect(Ecosystem::Npm, &cut, None, &limits);
    assert_eq!(found[0].text, "# äö");
    assert_eq!(found.len(), 2);
    assert_eq!(warnings.len(), 3);
    assert!(warnings.iter().all(|w| w.kind == WarningKind::Truncated));
    let mut cut_paths: Vec<_> = warnings.iter().filter_map(|w| w.path.as_deref()).collect();
    cut_paths.sort_unstable();
    assert_eq!(cut_paths, ["README.md", "docs/a.md"]);
}

#[test]
fn binary_documents_are_left_out_with_a_warning() {
    let binary = archive(&[("README.md", b"\x7fELF\0\0"), ("docs/a.md", b"# A")]);
    let (found, warnings) = collect(Ecosystem::Npm, &binary, None, &Limits::default());
    assert_eq!(paths(&found), ["docs/a.md"]);
    assert_eq!(warnings[0].path.as_deref(), Some("README.md"));
}

#[test]
fn pkg_info_is_wanted_only_where_it_belongs() {
    assert!(is_wanted("PKG-INFO") && is_wanted("a-1.dist-info/METADATA"));
    assert!(!is_wanted("src/a.egg-info/PKG-INFO") && !is_wanted("x/a.dist-info/METADATA"));
}
