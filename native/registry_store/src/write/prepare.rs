//! All that can be made of a bundle before the store is locked: compression and words.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::thread;

use registry_types::{Document, DocumentFormat, DocumentKind, Error, Limits, Result};

use crate::blocks;
use crate::bundle::Bundle;
use crate::dictionary::{Dictionaries, Kind};
use crate::index::documents::SnippetDocument;
use crate::key::{check_count, package_key};
use crate::record::Payload;
use crate::rows::{Digest, Readme, ReleaseRow};
use crate::write::face::{Face, Told};
use crate::write::ties::Ties;

/// How many threads prepare bundles.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Prepares bundles on all cores.
pub(crate) fn all<'a>(
    bundles: &'a [Bundle],
    limits: &Limits,
    dictionaries: &Dictionaries,
) -> Result<Vec<Prepared<'a>>> {
    let work = |part: &'a [Bundle]| {
        let part = part.iter();
        let prepared =
            part.map(|bundle| Prepared::new(Cow::Borrowed(bundle), limits, dictionaries));
        prepared.collect::<Result<Vec<_>>>()
    };
    let part = bundles.len().div_ceil(threads()).max(8);
    if bundles.len() <= part {
        return work(bundles);
    }
    thread::scope(|scope| {
        let parts: Vec<_> = bundles
            .chunks(part)
            .map(|part| scope.spawn(move || work(part)))
            .collect();
        let mut all = Vec::with_capacity(bundles.len());
        for part in parts {
            let prepared = part
                .join()
                .map_err(|panic| Error::internal(crate::fault::panic_text(&*panic)))?;
            all.extend(prepared?);
        }
        Ok(all)
    })
}

/// A bundle ready to be written.
pub(crate) struct Prepared<'a> {
    pub(crate) bundle: Cow<'a, Bundle>,
    pub(crate) key: String,
    pub(crate) row: Payload,
    pub(crate) documents: Vec<Payload>,
    /// First ordinal and payload.
    pub(crate) blocks: Vec<(u64, Payload)>,
    pub(crate) digest: Option<Payload>,
    /// What stands for the package, should this release do.
    pub(crate) face: Face,
    pub(crate) snippets: Vec<SnippetDocument>,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(
        bundle: Cow<'a, Bundle>,
        limits: &Limits,
        dictionaries: &Dictionaries,
    ) -> Result<Self> {
        bundle.check()?;
        let release = &bundle.release;
        check_count("snippets", bundle.snippets.len(), limits.snippets)?;
        check_count("documents", bundle.documents.len(), usize::MAX)?;
        let mut row = release.clone();
        row.snippet_count = bundle.snippets.len() as u64;
        let readme_text = row.readme.take();

        let of_documents = dictionaries.of(Kind::Documents);
        let mut documents: Vec<Payload> = bundle
            .documents
            .iter()
            .map(|document| Payload::shared(document, of_documents))
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
                    documents.push(Payload::shared(&hidden_readme(text), of_documents)?);
                    Readme::Hidden(count)
                }
            },
        };
        let first = bundle
            .documents
            .iter()
            .find(|d| d.kind == DocumentKind::Readme);
        let text = readme_text.as_deref().or(first.map(|d| d.text.as_str()));
        let text = text.unwrap_or_default();
        let ties = Ties::of(release, text);
        let mut digest = Digest::of(&bundle.snippets);
        digest.mentions = ties.mentioned();
        let of_snippets = dictionaries.of(Kind::Snippets);
        let blocks = blocks::encode(&bundle.snippets)?
            .into_iter()
            .map(|(first, bytes)| (first, Payload::share_bytes(bytes, of_snippets)))
            .collect();
        Ok(Self {
            key: package_key(bundle.package.ecosystem, &bundle.package.name),
            row: Payload::shared(
                &ReleaseRow {
                    release: row,
                    readme,
                    documents: count,
                },
                dictionaries.of(Kind::Releases),
            )?,
            documents,
            blocks,
            digest: (!digest.is_empty())
                .then(|| Payload::packed(&digest))
                .transpose()?,
            snippets: bundle.snippets.iter().map(SnippetDocument::new).collect(),
            face: face(&bundle, readme, text, ties, &digest),
            bundle,
        })
    }
}

/// What stands for the package, while its release is at hand.
fn face(bundle: &Bundle, readme: Readme, text: &str, ties: Ties, digest: &Digest) -> Face {
    let of_kind = |kind| {
        let documents = bundle.documents.iter().filter(move |d| d.kind == kind);
        documents.map(|d| d.text.as_str())
    };
    let first = bundle
        .documents
        .iter()
        .position(|d| d.kind == DocumentKind::Readme);
    let told = Told {
        readme: text,
        readme_at: match readme {
            Readme::Document(n) | Readme::Hidden(n) => Some(n),
            Readme::None => first.and_then(|n| u32::try_from(n).ok()),
        },
        guides: of_kind(DocumentKind::Guide).collect(),
        changelog: of_kind(DocumentKind::Changelog).next().is_some(),
        digest: Cow::Borrowed(digest),
    };
    Face::of(&bundle.package, &bundle.release, ties, &told)
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
