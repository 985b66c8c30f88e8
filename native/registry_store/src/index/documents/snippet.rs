use registry_types::{Snippet, SnippetKind, Visibility, canonical_name};
use tantivy::TantivyDocument;
use xxhash_rust::xxh3::xxh3_64;

use super::shape::terms;
use super::{MOST_LINE, MOST_NAME, quality, start_of};
use crate::index::impact::{Field, Impacts};
use crate::index::schema::SnippetFields;
use crate::text::signature::shapes;
use crate::text::{Style, Word, prose, words};

const NAME: Field = Field::new(8.0, 0.2, 2.5);
/// What holds the symbol: its type or module.
const OWNER: Field = Field::new(3.0, 0.3, 2.5);
const PATH: Field = Field::new(3.0, 0.3, 4.0);
const SIGNATURE: Field = Field::new(2.0, 0.4, 8.0);
const SUMMARY: Field = Field::new(1.5, 0.4, 9.0);
const DOC: Field = Field::new(0.8, 0.6, 15.0);

/// More of a snippet's doc comment is not indexed.
const MOST_DOC: usize = 2 * 1024;
/// More paths to one symbol are not indexed.
const MOST_PATHS: usize = 16;

/// The bare names of a snippet: its own, and others it is handed on under (`pub use a::Old as New`).
pub(crate) fn names(snippet: &Snippet) -> impl Iterator<Item = &str> {
    let others = snippet.aliases.iter().take(MOST_PATHS);
    let others = others
        .map(|path| ends(path).1)
        .filter(|name| !name.is_empty() && *name != snippet.name);
    std::iter::once(snippet.name.as_str()).chain(others)
}

/// What stands before the name at the end of a path, and that name, an arity left off: `lists` and
/// `map` of `lists:map/2`.
fn ends(path: &str) -> (&str, &str) {
    let path = match path.rsplit_once('/') {
        Some((before, arity)) if arity.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => path,
    };
    path.rsplit_once([':', '.', '#', '/']).unwrap_or(("", path))
}

/// The name of what holds the symbol at the end of a path: `task` of `tokio::task::spawn`.
pub(crate) fn owner(path: &str) -> &str {
    ends(ends(path).0.trim_end_matches(':')).1
}

/// A snippet ready to be indexed.
#[derive(Clone, Debug)]
pub(crate) struct SnippetDocument {
    impacts: String,
    canon: String,
    shape: String,
}

impl SnippetDocument {
    pub(crate) fn new(snippet: &Snippet) -> Self {
        let mut impacts = Impacts::default();
        let own = || names(snippet).map(|name| start_of(name, MOST_LINE));
        impacts.add(NAME, Style::Name, own());
        let paths = std::iter::once(&snippet.qualified_name).chain(&snippet.aliases);
        let paths = paths.take(MOST_PATHS).map(|path| start_of(path, MOST_LINE));
        let owners = paths.clone().map(owner);
        impacts.add(OWNER, Style::Name, owners.clone());
        impacts.add(PATH, Style::Name, paths);
        impacts.add(
            SIGNATURE,
            Style::Name,
            [start_of(&snippet.signature, MOST_LINE)],
        );
        let doc = snippet.doc.as_deref();
        let doc = doc.map(|doc| prose(start_of(doc, MOST_DOC)));
        let (summary, rest) = doc.as_deref().map_or(("", ""), summary);
        impacts.add(SUMMARY, Style::Prose, [summary]);
        impacts.add(DOC, Style::Prose, [rest]);
        Self {
            impacts: impacts.text_of_name(own(), owners),
            canon: names(snippet)
                .map(|name| symbol_name(start_of(name, MOST_NAME)))
                .collect::<Vec<_>>()
                .join(" "),
            shape: terms(&shapes(snippet)),
        }
    }

    /// The document of the snippet with these numbers.
    pub(crate) fn finish(
        &self,
        fields: &SnippetFields,
        numbers: SnippetNumbers,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(fields.text, &self.impacts);
        document.add_text(fields.canon, &self.canon);
        document.add_text(fields.shape, &self.shape);
        document.add_u64(fields.package, u64::from(numbers.package));
        document.add_u64(fields.release, u64::from(numbers.release));
        document.add_u64(fields.id, numbers.id);
        document.add_u64(fields.facet, numbers.facet.pack());
        document.add_u64(fields.order, numbers.order);
        document
    }
}

/// The canonical form of a symbol's name, as one word of the index.
pub(crate) fn symbol_name(name: &str) -> String {
    canonical_name(name).replace(char::is_whitespace, "-")
}

/// The first paragraph of a doc comment, and the rest.
fn summary(doc: &str) -> (&str, &str) {
    let doc = doc.trim_start();
    doc.split_once("\n\n").unwrap_or((doc, ""))
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

/// What snippets are filtered and placed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facet {
    pub(crate) public: bool,
    pub(crate) kind: SnippetKind,
    /// How likely it is the symbol wanted, of [`QUALITIES`].
    quality: u8,
    /// The words of its name, at most [`MOST_WORDS`].
    pub(crate) words: u8,
    /// Symbols of one name have the same number; few others do.
    pub(crate) name: u16,
    pub(crate) language: u16,
}

const PUBLIC: u32 = 1;
const KIND: u32 = 4;
const QUALITY: u32 = 5;
const WORDS: u32 = 3;
const NAME_HASH: u32 = 10;
/// The highest level of quality.
const QUALITIES: u8 = (1 << QUALITY) - 1;
const MOST_WORDS: u8 = (1 << WORDS) - 1;

impl Facet {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value lies between 0 and QUALITIES"
    )]
    pub(crate) fn of(snippet: &Snippet, language: u16) -> Self {
        let mut count = 0_u8;
        words(&snippet.name, Style::Name, &mut |_, what| {
            count = count.saturating_add(u8::from(what == Word::Part));
        });
        let level = (quality(snippet) * f32::from(QUALITIES)).round() as u8;
        let name = start_of(&snippet.name, MOST_NAME);
        let [low, high, ..] = xxh3_64(name.as_bytes()).to_le_bytes();
        Self {
            public: snippet.visibility == Visibility::Public,
            kind: snippet.kind,
            quality: level.clamp(1, QUALITIES),
            words: count.min(MOST_WORDS),
            name: u16::from_le_bytes([low, high]) & ((1 << NAME_HASH) - 1),
            language,
        }
    }

    /// The factor of how likely it is the symbol wanted.
    pub(crate) fn quality(self) -> f32 {
        f32::from(self.quality) / f32::from(QUALITIES)
    }

    /// The language comes last: stores with few of them need fewer bits.
    pub(crate) fn pack(self) -> u64 {
        let kind = SnippetKind::ALL.iter().position(|k| *k == self.kind);
        let parts = [
            (u64::from(self.public), PUBLIC),
            (kind.unwrap_or_default() as u64, KIND),
            (u64::from(self.quality), QUALITY),
            (u64::from(self.words), WORDS),
            (u64::from(self.name), NAME_HASH),
            (u64::from(self.language), u16::BITS),
        ];
        let mut packed = 0;
        for (value, bits) in parts.into_iter().rev() {
            packed = packed << bits | value;
        }
        packed
    }

    /// The facet of these bits.
    pub(crate) fn unpack(packed: u64) -> Self {
        let mut left = packed;
        let mut next = |bits: u32| {
            let value = left & ((1 << bits) - 1);
            left >>= bits;
            u16::try_from(value).unwrap_or_default()
        };
        let public = next(PUBLIC) == 1;
        let kind = usize::from(next(KIND));
        Self {
            public,
            kind: SnippetKind::ALL
                .get(kind)
                .copied()
                .unwrap_or(SnippetKind::Function),
            quality: next(QUALITY).to_le_bytes()[0],
            words: next(WORDS).to_le_bytes()[0],
            name: next(NAME_HASH),
            language: next(u16::BITS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::tests::snippet;

    #[test]
    fn a_facet_comes_back_from_its_bits() {
        for (n, kind) in SnippetKind::ALL.into_iter().enumerate() {
            let mut one = snippet("read_to_end", String::new());
            one.kind = kind;
            one.deprecated = n % 2 == 0;
            for language in [0, 7, u16::MAX] {
                let facet = Facet::of(&one, language);
                assert_eq!(Facet::unpack(facet.pack()), facet);
                assert_eq!(facet.words, 3);
            }
        }
    }

    #[test]
    fn names_stand_at_the_end_of_paths() {
        assert_eq!(ends("tokio::task::spawn"), ("tokio::task:", "spawn"));
        assert_eq!(ends("lists:map/2"), ("lists", "map"));
        assert_eq!(owner("a.B#c"), "B");
        assert_eq!(owner("tokio::task::spawn"), "task");
        assert_eq!(ends("f"), ("", "f"));
    }
}
