//! All that can be made of a bundle before the store is locked: compression and words.

use registry_types::{Document, DocumentFormat, DocumentKind, Limits, Result};

use crate::blocks;
use crate::bundle::Bundle;
use crate::index::documents::{PackageDocument, SnippetDocument, Texts};
use crate::key::{check_count, package_key};
use crate::record::Payload;
use crate::rows::{Digest, Readme, ReleaseRow};
use crate::write::face::Face;

/// A bundle ready to be written.
pub(crate) struct Prepared<'a> {
    pub(crate) bundle: &'a Bundle,
    pub(crate) key: String,
    pub(crate) row: ReleaseRow,
    pub(crate) documents: Vec<Payload>,
    /// First ordinal and payload.
    pub(crate) blocks: Vec<(u64, Payload)>,
    pub(crate) digest: Option<Payload>,
    /// What stands for the package, should this release do.
    pub(crate) face: Face,
    pub(crate) snippets: Vec<SnippetDocument>,
    pub(crate) advisories: Vec<Payload>,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(bundle: &'a Bundle, limits: &Limits) -> Result<Self> {
        let release = &bundle.release;
        check_count("snippets", bundle.snippets.len(), limits.snippets)?;
        check_count("documents", bundle.documents.len(), usize::MAX)?;
        let mut row = release.clone();
        row.snippet_count = bundle.snippets.len() as u64;
        let readme_text = row.readme.take();

        let mut documents: Vec<Payload> = bundle
            .documents
            .iter()
            .map(Payload::packed)
            .collect::<Result<_>>()?;
        let count = u32::try_from(documents.len()).unwrap_or(u32::MAX);
        let same = |text: &String| {
            let position = bundle.documents.iter().position(|d| d.text == *text)?;
            u32::try_from(position).ok()
        };
        let readme = match &readme_text {
            None => Readme::None,
            Some(text) => match same(text) {
                Some(at) => Readme::Document(at),
                None => {
                    documents.push(Payload::packed(&hidden_readme(text))?);
                    Readme::Hidden(count)
                }
            },
        };
        let digest = Digest::of(&bundle.snippets);
        let blocks = blocks::encode(&bundle.snippets)?
            .into_iter()
            .map(|(first, bytes)| (first, Payload::pack_bytes(bytes)))
            .collect();
        Ok(Self {
            bundle,
            key: package_key(bundle.package.ecosystem, &bundle.package.name),
            row: ReleaseRow {
                release: row,
                readme,
                documents: count,
            },
            documents,
            blocks,
            digest: (!digest.is_empty())
                .then(|| Payload::packed(&digest))
                .transpose()?,
            snippets: bundle.snippets.iter().map(SnippetDocument::new).collect(),
            advisories: bundle
                .advisories
                .iter()
                .map(Payload::packed)
                .collect::<Result<_>>()?,
            face: face(bundle, readme, readme_text.as_deref(), &digest),
        })
    }
}

/// The texts by which the package is found, while its release is at hand.
fn face(bundle: &Bundle, readme: Readme, text: Option<&str>, digest: &Digest) -> Face {
    let of_kind = |kind| {
        let documents = bundle.documents.iter().filter(move |d| d.kind == kind);
        documents.map(|d| d.text.as_str())
    };
    let first = bundle
        .documents
        .iter()
        .position(|d| d.kind == DocumentKind::Readme);
    let texts = Texts {
        readme: text
            .or_else(|| of_kind(DocumentKind::Readme).next())
            .unwrap_or_default(),
        guides: of_kind(DocumentKind::Guide).collect(),
        digest,
    };
    Face {
        document: PackageDocument::new(&bundle.package, &texts),
        readme: match readme {
            Readme::Document(n) | Readme::Hidden(n) => Some(n),
            Readme::None => first.and_then(|n| u32::try_from(n).ok()),
        },
    }
}

/// The record of a README that is none of the release's documents.
fn hidden_readme(text: &str) -> Document {
    Document {
        kind: DocumentKind::Readme,
        format: DocumentFormat::Plain,
        path: String::new(),
        title: None,
        text: text.to_owned(),
    }
}
