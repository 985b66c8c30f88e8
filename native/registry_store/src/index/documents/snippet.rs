use registry_types::{Snippet, SnippetKind, Visibility, canonical_name};
use tantivy::TantivyDocument;

use super::{MOST_LINE, MOST_NAME, start_of};
use crate::index::impact::{Field, Impacts};
use crate::index::schema::SnippetFields;
use crate::text::{Style, prose};

const NAME: Field = Field::new(8.0, 0.2, 2.5);
const PATH: Field = Field::new(3.0, 0.3, 4.0);
const SIGNATURE: Field = Field::new(2.0, 0.4, 8.0);
const DOC: Field = Field::new(1.5, 0.6, 15.0);

/// More of a snippet's doc comment is not indexed.
const MOST_DOC: usize = 2 * 1024;
/// More paths to one symbol are not indexed.
const MOST_PATHS: usize = 16;

/// The bare names of a snippet: its own, and others it is handed on under (`pub use a::Old as New`).
pub(crate) fn names(snippet: &Snippet) -> impl Iterator<Item = &str> {
    let others = snippet.aliases.iter().take(MOST_PATHS);
    let others = others
        .map(|path| last_part(path))
        .filter(|name| !name.is_empty() && *name != snippet.name);
    std::iter::once(snippet.name.as_str()).chain(others)
}

/// The name at the end of a path, an arity left off: `map` of `lists:map/2`.
fn last_part(path: &str) -> &str {
    let path = match path.rsplit_once('/') {
        Some((before, arity)) if arity.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => path,
    };
    path.rsplit([':', '.', '#', '/']).next().unwrap_or(path)
}

/// A snippet ready to be indexed.
#[derive(Clone, Debug)]
pub(crate) struct SnippetDocument {
    impacts: String,
    canon: String,
}

impl SnippetDocument {
    pub(crate) fn new(snippet: &Snippet) -> Self {
        let mut impacts = Impacts::default();
        let own = names(snippet).map(|name| start_of(name, MOST_LINE));
        impacts.add(NAME, Style::Name, own);
        let paths = std::iter::once(&snippet.qualified_name).chain(&snippet.aliases);
        let paths = paths.take(MOST_PATHS).map(|path| start_of(path, MOST_LINE));
        impacts.add(PATH, Style::Name, paths);
        impacts.add(
            SIGNATURE,
            Style::Name,
            [start_of(&snippet.signature, MOST_LINE)],
        );
        let doc = snippet.doc.as_deref();
        let doc = doc.map(|doc| prose(start_of(doc, MOST_DOC)));
        impacts.add(DOC, Style::Prose, doc.as_deref());
        Self {
            impacts: impacts.text(),
            canon: names(snippet)
                .map(|name| {
                    canonical_name(start_of(name, MOST_NAME)).replace(char::is_whitespace, "-")
                })
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    /// The document of the snippet with these numbers.
    pub(crate) fn finish(self, fields: &SnippetFields, numbers: SnippetNumbers) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(fields.text, self.impacts);
        document.add_text(fields.canon, self.canon);
        document.add_u64(fields.package, u64::from(numbers.package));
        document.add_u64(fields.release, u64::from(numbers.release));
        document.add_u64(fields.id, numbers.id);
        document.add_u64(fields.facet, numbers.facet.pack());
        document.add_u64(fields.order, numbers.order);
        document
    }
}

/// What identifies and places a snippet in the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SnippetNumbers {
    pub(crate) package: u32,
    pub(crate) release: u32,
    pub(crate) id: u64,
    pub(crate) facet: Facet,
    pub(crate) order: u64,
}

/// What snippets are filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facet {
    pub(crate) language: u16,
    pub(crate) kind: SnippetKind,
    pub(crate) public: bool,
}

/// The number of a kind in the index.
pub(crate) fn kind_code(kind: SnippetKind) -> u64 {
    SnippetKind::ALL
        .iter()
        .position(|k| *k == kind)
        .unwrap_or_default() as u64
}

impl Facet {
    pub(crate) fn of(snippet: &Snippet, language: u16) -> Self {
        Self {
            language,
            kind: snippet.kind,
            public: snippet.visibility == Visibility::Public,
        }
    }

    pub(crate) fn pack(self) -> u64 {
        u64::from(self.public) | (kind_code(self.kind) << 1) | (u64::from(self.language) << 8)
    }
}
