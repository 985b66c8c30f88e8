//! What the index does not know is looked up in the texts: where a word stands, and whether words
//! stand together.

use std::sync::Arc;

use registry_types::{Document, DocumentKind, Result};

use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::key::member;
use crate::rows::{Digest, Shown};
use crate::search::excerpt::{self, Sought};
use crate::search::phrase;
use crate::search::query::{FieldSet, Place};
use crate::tables::{DIGESTS, DOCUMENTS};
use crate::text::Style;

/// The best so many are looked at where texts must be read: what is worse is not found.
pub(crate) const MOST_VERIFIED: usize = 1_000;

/// The texts of one package, read as they are needed.
pub(crate) struct PackageTexts<'a> {
    snapshot: &'a Snapshot,
    row: &'a Shown,
}

/// A text and how it is read.
type Read<'t> = &'t mut dyn FnMut(&str, Style) -> bool;

impl<'a> PackageTexts<'a> {
    pub(crate) const fn new(snapshot: &'a Snapshot, row: &'a Shown) -> Self {
        Self { snapshot, row }
    }

    /// Whether a place of the query is as it must be.
    pub(crate) fn holds(&self, place: &Place) -> Result<bool> {
        let found = self.any(place.fields, &mut |text, _| {
            phrase::stands(text, &place.stems)
        })?;
        Ok(found != place.negated)
    }

    /// Which of the words `wanted` stand in any of `fields`.
    pub(crate) fn bits(&self, fields: FieldSet, wanted: u64, sought: &impl Sought) -> Result<u64> {
        let mut bits = 0;
        self.any(fields, &mut |text, style| {
            bits |= match style {
                Style::Name => excerpt::bits(text, style, sought),
                Style::Prose => excerpt::locate(text, wanted & !bits, sought).bits,
            };
            bits & wanted == wanted
        })?;
        Ok(bits & wanted)
    }

    /// Reads the texts of `fields` until one is as `read` wants it.
    fn any(&self, fields: FieldSet, read: Read<'_>) -> Result<bool> {
        let package = &self.row.package;
        if fields.has(FieldSet::NAME) && read(&package.name, Style::Name) {
            return Ok(true);
        }
        let lists = [
            (FieldSet::KEYWORDS, &package.keywords),
            (FieldSet::CATEGORIES, &package.categories),
        ];
        for (field, list) in lists {
            if fields.has(field) && list.iter().any(|text| read(text, Style::Name)) {
                return Ok(true);
            }
        }
        if fields.has(FieldSet::DESCRIPTION)
            && let Some(text) = &package.description
            && read(text, Style::Prose)
        {
            return Ok(true);
        }
        let Some(face) = self.row.face else {
            return Ok(false);
        };
        if fields.has(FieldSet::README)
            && let Some(ordinal) = self.row.readme
        {
            let text: Arc<str> = self.snapshot.readme(face, ordinal)?;
            if read(&text, Style::Prose) {
                return Ok(true);
            }
        }
        if fields.has(FieldSet::SYMBOLS) || fields.has(FieldSet::DOCS) {
            let digest: Option<Digest> = DIGESTS.get(&self.snapshot.tables.digests, face)?;
            let digest = digest.unwrap_or_default();
            let symbol = |read: Read<'_>| digest.symbols.iter().any(|s| read(s, Style::Name));
            if fields.has(FieldSet::SYMBOLS) && symbol(read)
                || fields.has(FieldSet::DOCS) && read(&digest.docs, Style::Prose)
            {
                return Ok(true);
            }
        }
        Ok(fields.has(FieldSet::DOCS) && self.guides(face, read)?)
    }

    fn guides(&self, face: u32, read: Read<'_>) -> Result<bool> {
        let range = member(face, 0)..member(face + 1, 0);
        let rows = self.snapshot.tables.documents.range(range);
        for entry in rows.map_err(redb_error)? {
            let (key, record) = entry.map_err(redb_error)?;
            let document: Document = DOCUMENTS.decode(key.value(), record.value())?;
            if document.kind == DocumentKind::Guide && read(&document.text, Style::Prose) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
