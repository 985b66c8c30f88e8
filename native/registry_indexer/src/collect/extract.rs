//! From a verified archive to what is stored: manifest, documents, snippets. Computes; never waits
//! for the network.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use package_api::Context;
use registry_protocols::manifest;
use registry_types::{
    Document, DocumentKind, Ecosystem, Error, Package, Release, Result, SkipReason, Snippet,
};
use tokio_util::sync::CancellationToken;

use super::download::{Download, sha256};
use super::parse::parse;
use super::reporter::Reporter;
use super::shared::Shared;
use crate::archive::{self, Archive};
use crate::documents::{self, MetadataReadme};
use crate::request::{CollectRequest, Stage};
use crate::sources::Selector;

/// What the contents of an archive came to.
pub struct Contents {
    /// The package, with what its manifest adds.
    pub package: Package,
    /// The release, with what its manifest and contents add.
    pub release: Release,
    /// Parsed definitions.
    pub snippets: Vec<Snippet>,
    /// README, change log and guides.
    pub documents: Vec<Document>,
    /// Time for the archive and its documents.
    pub archive_time: Duration,
    /// Time for parsing.
    pub parse_time: Duration,
}

/// What is read, for whom.
pub struct Task {
    /// Whose limits and workers.
    pub shared: Arc<Shared>,
    /// Which parts are wanted.
    pub request: CollectRequest,
    /// The package as its registry describes it.
    pub package: Package,
    /// The release as its registry describes it.
    pub release: Release,
    /// The archive; `None` when none was published.
    pub download: Option<Download>,
    /// Told how far it is.
    pub reporter: Arc<Reporter>,
    /// Ends it early.
    pub cancelled: CancellationToken,
}

impl Task {
    /// Reads it all.
    ///
    /// # Errors
    /// `archive`, `limit_exceeded`, `integrity`, `cancelled`.
    pub fn run(self) -> Result<Contents> {
        let start = Instant::now();
        self.reporter.enter(Stage::Archive);
        let Self {
            shared,
            request,
            mut package,
            mut release,
            download,
            reporter,
            cancelled,
        } = self;
        let ecosystem = request.ecosystem;
        let limits = &shared.limits;
        let selector = Selector::new(ecosystem, &package.name, limits);
        let mut archive = Archive::default();
        if let Some(download) = download {
            let artifact = &download.artifact;
            let wanted = |path: &str| selector.want(path);
            archive = archive::read(
                &download.bytes,
                artifact.format,
                artifact.root,
                limits,
                &wanted,
            )
            .map_err(|e| e.context(&artifact.filename))?;
            release.checksum = Some(sha256(&download.bytes));
            release.size = Some(download.bytes.len() as u64);
            release.warnings.extend(download.warnings);
            release.warnings.append(&mut archive.warnings);
        }
        manifest::apply(
            ecosystem,
            &mut package,
            &mut release,
            &|path| match &archive.hex {
                Some(outer) if path == "metadata.config" => Some(outer.metadata.as_ref()),
                _ => archive.file(path),
            },
        );
        let sources = if request.snippets {
            selector.select(&mut archive)
        } else {
            Vec::new()
        };
        let documents = read_documents(ecosystem, &archive, &mut release, &request, &shared);
        let archive_time = start.elapsed();

        let start = Instant::now();
        let mut snippets = Vec::new();
        let mut skipped = BTreeMap::new();
        if !sources.is_empty() {
            let pool = shared.pool.as_ref().ok_or_else(no_parser)?;
            reporter.tell(Stage::Parse, 0, Some(sources.len() as u64));
            let progress = |done, total| reporter.tell(Stage::Parse, done, Some(total));
            let is_cancelled = || cancelled.is_cancelled();
            let context = Context {
                package: &package.name,
                manifest: &|path| archive.file(path).map(<[u8]>::to_vec),
            };
            let parsed = parse(pool, &context, sources, limits, &is_cancelled, &progress)?;
            release.languages = parsed.languages;
            release.warnings.extend(parsed.warnings);
            skipped = parsed.skipped;
            snippets = parsed.snippets;
        }
        if request.snippets {
            for (reason, count) in archive.skipped {
                *skipped.entry(reason).or_default() += count;
            }
            skipped.remove(&SkipReason::NotWanted);
            release.skipped = skipped;
        }
        release.snippet_count = snippets.len() as u64;
        let parse_time = start.elapsed();
        Ok(Contents {
            package,
            release,
            snippets,
            documents,
            archive_time,
            parse_time,
        })
    }
}

/// The documents; the README becomes the release's own, whether or not documents are kept.
fn read_documents(
    ecosystem: Ecosystem,
    archive: &Archive,
    release: &mut Release,
    request: &CollectRequest,
    shared: &Shared,
) -> Vec<Document> {
    let told = release.readme.take();
    let field = if ecosystem == Ecosystem::Pypi {
        "info.description"
    } else {
        "readme"
    };
    let metadata = told.as_deref().map(|text| MetadataReadme {
        field,
        text,
        content_type: None,
    });
    let (mut documents, warnings) =
        documents::collect(ecosystem, archive, metadata, &shared.limits);
    let readme = documents.iter().find(|d| d.kind == DocumentKind::Readme);
    release.readme = readme.map(|d| d.text.clone());
    if request.docs {
        release.warnings.extend(warnings);
    } else {
        documents.clear();
    }
    documents
}

/// The error when there are sources and nobody to parse them.
pub fn no_parser() -> Error {
    let message = "no parser program is configured: build `universal-parser` and set \
                   parser_program to it, or collect without snippets";
    Error::new(registry_types::ErrorKind::Unconfigured, message).with("setting", "parser_program")
}
