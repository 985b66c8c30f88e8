use registry_types::{Document, DocumentFormat, DocumentKind, Ecosystem};

use super::{Found, MetadataReadme, pkg_info};
use crate::archive::Archive;

/// Picks the README among the documents found, takes it out of them, and returns it.
///
/// | ecosystem | order of preference |
/// |---|---|
/// | cargo | the file that `[package] readme` names; none at all where it is `false`; a README file |
/// | npm, Hex, GitHub | a README file; the registry's text (npm cuts that at 64 KiB) |
/// | PyPI | the description in `PKG-INFO` or `METADATA`; the registry's; a README file |
pub(super) fn take(
    ecosystem: Ecosystem,
    archive: &Archive,
    found: &mut Vec<Found>,
    metadata: Option<MetadataReadme<'_>>,
) -> Option<Document> {
    let metadata = || {
        metadata
            .filter(|readme| pkg_info::is_real(readme.text))
            .map(|readme| from_metadata(ecosystem, readme))
    };
    match ecosystem {
        Ecosystem::Cargo => match cargo_key(archive) {
            CargoReadme::None => {
                demote(found);
                None
            }
            CargoReadme::File(path) => {
                take_path(found, &path).or_else(|| take_file(found).or_else(metadata))
            }
            CargoReadme::Unsaid => take_file(found).or_else(metadata),
        },
        Ecosystem::Pypi => {
            let description = from_pkg_info(archive).or_else(metadata);
            match description {
                Some(document) => {
                    drop_copies(found, &document.text);
                    Some(document)
                }
                None => take_file(found),
            }
        }
        Ecosystem::Npm | Ecosystem::Hex | Ecosystem::Github => take_file(found).or_else(metadata),
    }
}

enum CargoReadme {
    Unsaid,
    None,
    File(String),
}

/// The `readme` key of the manifest that cargo normalised: it points into the package even where
/// the author's pointed outside.
fn cargo_key(archive: &Archive) -> CargoReadme {
    let readme = archive
        .file("Cargo.toml")
        .and_then(|bytes| str::from_utf8(bytes).ok())
        .and_then(|text| text.parse::<toml::Table>().ok())
        .and_then(|manifest| manifest.get("package")?.get("readme").cloned());
    match readme {
        Some(toml::Value::String(path)) => {
            CargoReadme::File(path.trim_start_matches("./").to_owned())
        }
        Some(toml::Value::Boolean(false)) => CargoReadme::None,
        _ => CargoReadme::Unsaid,
    }
}

fn take_path(found: &mut Vec<Found>, path: &str) -> Option<Document> {
    let at = found.iter().position(|f| f.document.path == path)?;
    let mut document = found.remove(at).document;
    document.kind = DocumentKind::Readme;
    demote(found);
    Some(document)
}

/// The best README file: at the root rather than deeper, in English rather than translated, in a
/// rich format rather than a plain one.
fn take_file(found: &mut Vec<Found>) -> Option<Document> {
    let (at, _) = found
        .iter()
        .enumerate()
        .filter(|(_, f)| {
            f.document.kind == DocumentKind::Readme && !f.document.text.trim().is_empty()
        })
        .min_by_key(|(_, f)| {
            let path = &f.document.path;
            (
                f.translated,
                path.contains('/'),
                format_rank(f.document.format),
                path.len(),
                path.clone(),
            )
        })?;
    let document = found.remove(at).document;
    demote(found);
    Some(document)
}

/// There is one README; others are guides.
fn demote(found: &mut [Found]) {
    for other in found
        .iter_mut()
        .filter(|f| f.document.kind == DocumentKind::Readme)
    {
        other.document.kind = DocumentKind::Guide;
    }
}

const fn format_rank(format: DocumentFormat) -> u8 {
    match format {
        DocumentFormat::Markdown => 0,
        DocumentFormat::Rst => 1,
        DocumentFormat::Asciidoc => 2,
        DocumentFormat::Plain => 3,
        DocumentFormat::Html => 4,
    }
}

fn from_pkg_info(archive: &Archive) -> Option<Document> {
    let (path, file) = archive
        .files
        .iter()
        .find(|(path, _)| super::is_pkg_info(path))?;
    let text = super::decode::text(&file.bytes)?;
    let (text, format) = pkg_info::description(&text)?;
    Some(super::document(
        DocumentKind::Readme,
        format,
        path.clone(),
        text,
    ))
}

fn from_metadata(ecosystem: Ecosystem, readme: MetadataReadme<'_>) -> Document {
    let format = match (readme.content_type, ecosystem) {
        (Some(content_type), _) if !content_type.is_empty() => pkg_info::format(content_type),
        (_, Ecosystem::Pypi) => DocumentFormat::Rst,
        _ => DocumentFormat::Markdown,
    };
    super::document(
        DocumentKind::Readme,
        format,
        readme.field.to_owned(),
        readme.text.to_owned(),
    )
}

/// A description is nearly always the README file, perhaps with the change log behind it: a file
/// whose words it holds is no further document.
fn drop_copies(found: &mut Vec<Found>, description: &str) {
    let words = squeeze(description);
    found.retain(|f| {
        f.document.kind != DocumentKind::Readme || !words.contains(&squeeze(&f.document.text))
    });
    demote(found);
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}
