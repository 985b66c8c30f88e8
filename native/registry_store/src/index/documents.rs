//! What is indexed of packages and snippets.

use registry_types::{Package, Snippet, SnippetKind, Visibility, canonical_name};
use tantivy::TantivyDocument;

use crate::index::impact::{Field, Impacts};
use crate::index::prior::{Prior, order};
use crate::index::schema::{PackageFields, SnippetFields};
use crate::key::code;
use crate::rows::Digest;
use crate::text::{Style, prose, words};

const fn field(weight: f32, b: f32, average: f32) -> Field {
    Field { weight, b, average }
}

const NAME: Field = field(8.0, 0.2, 2.5);
const KEYWORDS: Field = field(5.0, 0.3, 4.0);
const DESCRIPTION: Field = field(3.0, 0.5, 9.0);
const CATEGORIES: Field = field(2.0, 0.3, 3.0);
const SYMBOLS: Field = field(1.0, 0.3, 60.0);
const README: Field = field(0.7, 0.75, 250.0);
const DOCS: Field = field(0.7, 0.75, 400.0);

const SYMBOL_NAME: Field = field(8.0, 0.2, 2.5);
const SYMBOL_PATH: Field = field(3.0, 0.3, 4.0);
const SIGNATURE: Field = field(2.0, 0.4, 8.0);
const SYMBOL_DOC: Field = field(1.5, 0.6, 15.0);

/// What a document says first says most: more of it is not indexed.
pub(crate) const MOST_TEXT: usize = 32 * 1024;
/// More of a snippet's doc comment is not indexed.
const MOST_SNIPPET_DOC: usize = 2 * 1024;
/// More of a description, a signature or a symbol's path is not indexed.
const MOST_LINE: usize = 2 * 1024;
/// More paths to one symbol are not indexed.
const MOST_PATHS: usize = 16;
/// Longer symbol names are not looked up whole.
const MOST_NAME: usize = 200;
/// More keywords or categories of one package are not indexed.
const MOST_KEYWORDS: usize = 100;
/// Prefixes up to so many letters have postings; longer ones are looked up among the names.
pub(crate) const MOST_PREFIX: usize = 6;

/// The texts of a package's newest release.
#[derive(Clone, Debug)]
pub(crate) struct Texts<'a> {
    pub(crate) readme: &'a str,
    /// Guides: every document but README and change log.
    pub(crate) guides: Vec<&'a str>,
    pub(crate) digest: &'a Digest,
}

/// A package ready to be indexed; its id and its figures are not known yet.
#[derive(Clone, Debug)]
pub(crate) struct PackageDocument {
    impacts: String,
    canon: String,
    prefixes: String,
    words: String,
}

/// Marks a prefix of the whole name, as against one of a word in it.
pub(crate) const WHOLE_NAME: &str = "^";

fn push_prefixes(out: &mut String, mark: &str, word: &str) {
    for (end, c) in word.char_indices().take(MOST_PREFIX) {
        out.push_str(mark);
        out.push_str(word.get(..end + c.len_utf8()).unwrap_or_default());
        out.push(' ');
    }
}

/// The first keywords or categories, those that are none but long texts cut.
fn some(keywords: &[String]) -> impl Iterator<Item = &str> {
    let first = keywords.iter().take(MOST_KEYWORDS);
    first.map(|keyword| start_of(keyword, MOST_NAME))
}

/// The longest start of `text` that has at most `most` bytes.
pub(crate) fn start_of(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// The names under which a package is found at once: the whole, and the part after a scope.
pub(crate) fn canonical_names(package: &Package) -> Vec<String> {
    let clean = |name: &str| canonical_name(name).replace(char::is_whitespace, "-");
    let whole = clean(&package.name);
    let mut names = vec![whole.clone()];
    if let Some((_, base)) = package.name.rsplit_once('/') {
        let base = clean(base);
        if base != whole && !base.is_empty() {
            names.push(base);
        }
    }
    names
}

impl PackageDocument {
    pub(crate) fn new(package: &Package, texts: &Texts<'_>) -> Self {
        let mut impacts = Impacts::default();
        impacts.add(NAME, Style::Name, [package.name.as_str()]);
        impacts.add(KEYWORDS, Style::Name, some(&package.keywords));
        let description = package.description.as_deref();
        let description = description.map(|text| start_of(text, MOST_LINE));
        impacts.add(DESCRIPTION, Style::Prose, description);
        impacts.add(CATEGORIES, Style::Name, some(&package.categories));
        let symbols = texts.digest.symbols.iter().map(String::as_str);
        impacts.add(SYMBOLS, Style::Name, symbols);
        let readme = prose(start_of(texts.readme, MOST_TEXT));
        impacts.add(README, Style::Prose, [readme.as_ref()]);
        let mut left = MOST_TEXT;
        let mut docs = Vec::new();
        for text in std::iter::once(texts.digest.docs.as_str()).chain(texts.guides.iter().copied())
        {
            let text = start_of(text, left);
            left -= text.len();
            docs.push(prose(text));
        }
        impacts.add(DOCS, Style::Prose, docs.iter().map(AsRef::as_ref));

        let canon = canonical_names(package);
        let mut prefixes = String::new();
        for name in &canon {
            push_prefixes(&mut prefixes, WHOLE_NAME, name);
        }
        let mut all = String::new();
        words(&package.name, Style::Name, &mut |word, _| {
            push_prefixes(&mut prefixes, "", word);
            all.push_str(word);
            all.push(' ');
        });
        for keyword in some(&package.keywords) {
            words(keyword, Style::Name, &mut |word, _| {
                all.push_str(word);
                all.push(' ');
            });
        }
        Self {
            impacts: impacts.text(),
            canon: canon.join(" "),
            prefixes,
            words: all,
        }
    }

    /// The document of the package with this id and these figures.
    pub(crate) fn finish(
        self,
        fields: &PackageFields,
        id: u32,
        package: &Package,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(fields.text, self.impacts);
        document.add_text(fields.canon, self.canon);
        document.add_text(fields.prefix, self.prefixes);
        document.add_text(fields.word, self.words);
        document.add_u64(fields.id, u64::from(id));
        document.add_u64(fields.order, package_order(package));
        document
    }
}

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
        impacts.add(SYMBOL_NAME, Style::Name, own);
        let paths = std::iter::once(&snippet.qualified_name).chain(&snippet.aliases);
        let paths = paths.take(MOST_PATHS).map(|path| start_of(path, MOST_LINE));
        impacts.add(SYMBOL_PATH, Style::Name, paths);
        impacts.add(
            SIGNATURE,
            Style::Name,
            [start_of(&snippet.signature, MOST_LINE)],
        );
        let doc = snippet.doc.as_deref();
        let doc = doc.map(|doc| prose(start_of(doc, MOST_SNIPPET_DOC)));
        impacts.add(SYMBOL_DOC, Style::Prose, doc.as_deref());
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

/// The sort key of a package and of its snippets.
pub(crate) fn package_order(package: &Package) -> u64 {
    order(code(package.ecosystem), Prior::of(package).factor())
}
