//! README, change log and the other documents of an archive, as text.
//!
//! Which files are documents is told by their paths alone ([`is_wanted`]), so that an archive can
//! be read without keeping anything else. Documents are at the root or in a directory for them
//! (`docs`, `guides` …), in Markdown, RST, AsciiDoc or plain text; licences, templates, fixtures
//! and vendored packages are not.

mod classify;
mod decode;
mod html;
mod pkg_info;
mod readme;
mod title;

use registry_types::{
    Document, DocumentFormat, DocumentKind, Ecosystem, Limits, Warning, WarningKind,
};

use crate::archive::Archive;

/// A README that the registry's metadata holds as text.
#[derive(Clone, Copy, Debug)]
pub struct MetadataReadme<'a> {
    /// The field it stands in, which becomes the document's path: `readme`, `info.description`.
    pub field: &'a str,
    /// The text.
    pub text: &'a str,
    /// Its content type, where the registry tells it.
    pub content_type: Option<&'a str>,
}

/// A document with what only the choice of the README needs to know.
struct Found {
    document: Document,
    translated: bool,
}

/// Whether the file at `path` is a document, or holds one.
///
/// ```
/// use registry_indexer::documents::is_wanted;
/// assert!(is_wanted("docs/guide.md") && is_wanted("PKG-INFO"));
/// assert!(!is_wanted("LICENSE") && !is_wanted("tests/fixtures/README.md"));
/// ```
#[must_use]
pub fn is_wanted(path: &str) -> bool {
    classify::classify(path).is_some() || is_pkg_info(path)
}

/// The documents of a release, its README first, then translations of it, change logs and guides.
///
/// `metadata` is the README that the registry itself serves: used where the archive has none, and
/// on PyPI rather than a file, since there the description is what the author publishes.
#[must_use]
pub fn collect(
    ecosystem: Ecosystem,
    archive: &Archive,
    metadata: Option<MetadataReadme<'_>>,
    limits: &Limits,
) -> (Vec<Document>, Vec<Warning>) {
    let mut warnings = Vec::new();
    let mut found = find(archive, limits, &mut warnings);
    let readme = readme::take(ecosystem, archive, &mut found, metadata);
    found.sort_by_cached_key(|f| {
        let path = f.document.path.clone();
        let deep = path.matches('/').count();
        (!f.translated, f.document.kind, deep, path)
    });
    let mut documents: Vec<Document> = readme
        .into_iter()
        .chain(found.into_iter().map(|f| f.document))
        .collect();
    for document in &mut documents {
        if decode::cut(&mut document.text, limits.document_bytes) {
            warnings.push(too_long(&document.path, limits));
        }
    }
    if documents.len() > limits.documents {
        let left_out = documents.len() - limits.documents;
        documents.truncate(limits.documents);
        warnings.push(Warning::new(
            WarningKind::Truncated,
            format!(
                "{left_out} documents left out: the limit documents is {}",
                limits.documents
            ),
        ));
    }
    (documents, warnings)
}

fn find(archive: &Archive, limits: &Limits, warnings: &mut Vec<Warning>) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, file) in &archive.files {
        let Some(class) = classify::classify(path) else {
            continue;
        };
        let Some(text) = decode::text(&file.bytes) else {
            warnings.push(Warning::file(
                WarningKind::Archive,
                path.clone(),
                "the document is not text: left out",
            ));
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        if file.is_cut() && text.len() as u64 <= limits.document_bytes {
            warnings.push(too_long(path, limits));
        }
        found.push(Found {
            document: document(class.kind, class.format, path.clone(), text),
            translated: class.translated,
        });
    }
    found
}

/// Fills in the title, and brings HTML down to text.
fn document(kind: DocumentKind, format: DocumentFormat, path: String, text: String) -> Document {
    let (text, title) = if format == DocumentFormat::Html {
        let read = html::to_text(&text);
        (read.text, read.title)
    } else {
        let title = title::title(format, &text);
        (text, title)
    };
    Document {
        kind,
        format,
        path,
        title,
        text,
    }
}

/// `PKG-INFO` of an sdist, `METADATA` of a wheel.
fn is_pkg_info(path: &str) -> bool {
    path == "PKG-INFO"
        || path
            .strip_suffix("/METADATA")
            .is_some_and(|directory| directory.ends_with(".dist-info") && !directory.contains('/'))
}

fn too_long(path: &str, limits: &Limits) -> Warning {
    Warning::file(
        WarningKind::Truncated,
        path,
        format!(
            "cut after {} bytes: the limit document_bytes",
            limits.document_bytes
        ),
    )
}

#[cfg(test)]
mod tests;
