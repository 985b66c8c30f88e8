use registry_types::{Ecosystem, Package, canonical_name};
use tantivy::TantivyDocument;

use super::{MOST_LINE, MOST_NAME, start_of};
use crate::index::family::family;
use crate::index::impact::{Field, Impacts, merge};
use crate::index::prior::{Prior, Standing, is_alive, last_published, order};
use crate::index::schema::PackageFields;
use crate::index::terms::{Holds, Terms, day_of};
use crate::key::code;
use crate::rows::Digest;
use crate::text::{Style, Word, prose, stem_of, words};

const NAME: Field = Field::new(8.0, 0.2, 2.5);
/// Neighbours in a longer name, written as one.
const NAME_PAIRS: Field = Field::new(3.0, 0.2, 2.0);
const KEYWORDS: Field = Field::new(5.0, 0.3, 4.0);
const DESCRIPTION: Field = Field::new(3.0, 0.5, 9.0);
const CATEGORIES: Field = Field::new(2.0, 0.3, 3.0);
const SYMBOLS: Field = Field::new(1.0, 0.3, 60.0);
const README: Field = Field::new(0.7, 0.75, 250.0);
const DOCS: Field = Field::new(0.7, 0.75, 400.0);
/// What the features of others say of a package, and their READMEs.
const FEATURE_ANCHORS: Field = Field::new(2.0, 0.3, 3.0);
const ANCHORS: Field = Field::new(0.7, 0.6, 30.0);

/// What a document says first says most: more of it is not indexed.
pub(crate) const MOST_TEXT: usize = 32 * 1024;
/// More keywords or categories of one package are not indexed.
const MOST_KEYWORDS: usize = 100;
/// Prefixes up to so many letters have postings; longer ones are looked up among the names.
pub(crate) const MOST_PREFIX: usize = 6;
/// The same of whole names: what comes before the part being typed is often long.
pub(crate) const MOST_NAME_PREFIX: usize = 12;

/// The texts of a package's newest release.
#[derive(Clone, Debug)]
pub(crate) struct Texts<'a> {
    pub(crate) readme: &'a str,
    /// Guides: every document but README and change log.
    pub(crate) guides: Vec<&'a str>,
    pub(crate) digest: &'a Digest,
    pub(crate) holds: Holds,
    /// Names of the packages it needs.
    pub(crate) needs: Vec<String>,
}

/// A package ready to be indexed; its id and its figures are not known yet.
#[derive(Clone, Debug)]
pub(crate) struct PackageDocument {
    impacts: String,
    canon: String,
    prefixes: String,
    words: String,
    terms: Terms,
}

/// Marks a prefix of the whole name, as against one of a word in it.
pub(crate) const WHOLE_NAME: &str = "^";
/// Marks one that ends in the last part of the name: `react-rou` of `react-router`, not of
/// `react-router-dom`.
pub(crate) const LAST_PART: &str = "^$";
/// The letters of both: no name begins with them.
pub(crate) const NAME_MARKS: [char; 2] = ['^', '$'];

fn push_prefixes(out: &mut String, word: &str) {
    for (end, c) in word.char_indices().take(MOST_PREFIX) {
        out.push_str(word.get(..end + c.len_utf8()).unwrap_or_default());
        out.push(' ');
    }
}

fn push_name_prefixes(out: &mut String, name: &str) {
    let last = name.rfind(['-', '.', '/', '_']).unwrap_or(0);
    for (end, c) in name.char_indices().take(MOST_NAME_PREFIX) {
        out.push_str(if end < last { WHOLE_NAME } else { LAST_PART });
        out.push_str(name.get(..end + c.len_utf8()).unwrap_or_default());
        out.push(' ');
    }
}

/// The first keywords or categories, those that are none but long texts cut.
fn some(keywords: &[String]) -> impl Iterator<Item = &str> {
    let first = keywords.iter().take(MOST_KEYWORDS);
    first.map(|keyword| start_of(keyword, MOST_NAME))
}

/// Marks the part of a name after its scope or owner, as against a whole name.
pub(crate) const BASE_NAME: &str = "/";

/// The whole name and the part after a scope, as they are looked up.
fn canonical_names(package: &Package) -> Vec<String> {
    let clean = |name: &str| canonical_name(name).replace(char::is_whitespace, "-");
    let mut names = vec![clean(&package.name)];
    if let Some((_, base)) = package.name.rsplit_once('/') {
        names.push(format!("{BASE_NAME}{}", clean(base)));
    }
    names
}

impl PackageDocument {
    pub(crate) fn new(package: &Package, texts: &Texts<'_>) -> Self {
        let mut impacts = Impacts::default();
        impacts.add(NAME, Style::Name, [package.name.as_str()]);
        let pairs = name_pairs(&package.name);
        impacts.add_stems(NAME_PAIRS, pairs.iter().map(String::as_str));
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
        // A scope is part of what is typed; an owner mostly is not.
        let typed = match package.ecosystem {
            Ecosystem::Github => canon.len(),
            _ => 1,
        };
        for name in canon.iter().take(typed) {
            push_name_prefixes(&mut prefixes, name.trim_start_matches(BASE_NAME));
        }
        let mut all = String::new();
        words(&package.name, Style::Name, &mut |word, _| {
            push_prefixes(&mut prefixes, word);
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
            terms: Terms::of(package, &texts.holds, &texts.needs),
        }
    }

    /// The document of the package with this id, with what the store knows of it beside its record.
    pub(crate) fn finish(
        &self,
        fields: &PackageFields,
        id: u32,
        package: &Package,
        beside: &Beside,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        if beside.anchors.is_empty() {
            document.add_text(fields.text, &self.impacts);
        } else {
            document.add_text(fields.text, merge(&self.impacts, &beside.impacts()));
        }
        document.add_text(fields.canon, &self.canon);
        document.add_text(fields.prefix, &self.prefixes);
        document.add_text(fields.word, &self.words);
        let standing = beside.standing;
        let terms = self.terms.clone();
        let alive = is_alive(package) && !standing.unmaintained;
        document.add_text(
            fields.terms,
            terms.finish(standing.unmaintained, standing.advisories, alive),
        );
        document.add_u64(fields.id, u64::from(id));
        document.add_u64(fields.order, package_order(package, standing));
        let updated = last_published(package).and_then(day_of);
        document.add_u64(fields.updated, updated.unwrap_or(0));
        document.add_u64(fields.family, family(package));
        document
    }
}

/// What the store knows of a package beside its record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    pub(crate) standing: Standing,
    /// What others say of it: stems, those of features marked with `+`; each once per speaker.
    pub(crate) anchors: Vec<String>,
}

impl Beside {
    fn impacts(&self) -> String {
        let mut impacts = Impacts::default();
        let anchors = || self.anchors.iter().map(String::as_str);
        let features = anchors().filter_map(|word| word.strip_prefix('+'));
        impacts.add_stems(FEATURE_ANCHORS, features);
        impacts.add_stems(ANCHORS, anchors().filter(|word| !word.starts_with('+')));
        impacts.text()
    }
}

/// The stems of neighbours in a name of three parts and more, written as one: `fastjson` and
/// `jsonparse` of `fast-json-parse`.
fn name_pairs(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    words(name, Style::Name, &mut |word, what| {
        if what == Word::Part {
            parts.push(word.to_owned());
        }
    });
    if parts.len() < 3 {
        return Vec::new();
    }
    let pairs = parts.windows(2).map(<[String]>::concat);
    pairs.map(|pair| stem_of(&pair)).collect()
}

/// The sort key of a package and of its snippets.
pub(crate) fn package_order(package: &Package, standing: Standing) -> u64 {
    let prior = Prior::of(package, standing);
    order(code(package.ecosystem), prior.factor())
}
