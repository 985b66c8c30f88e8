//! The schemas of the two indexes. A change of either, or of how words and impacts are made, needs a
//! new [`VERSION`]: stores written before are then reindexed when they are opened.

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{IndexSettings, IndexSortByField, Order};

use crate::index::tokenizer::{ImpactTokenizer, WordTokenizer};

/// The version of everything that is derived into the index.
pub(crate) const VERSION: u64 = 8;

const IMPACTS: &str = "impacts";
const WORDS: &str = "words";

/// Fields of the package index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackageFields {
    /// All words with their impacts, in the lists of [`super::impact::BANDS`].
    pub(crate) text: Field,
    /// The canonical name, and its last part where it has a scope or an owner.
    pub(crate) canon: Field,
    /// The first letters of those, and of the words of the name.
    pub(crate) prefix: Field,
    /// Words of names and keywords as they are written: what a mistyped or unfinished word may have
    /// meant.
    pub(crate) word: Field,
    /// What conditions ask for: see [`super::terms`].
    pub(crate) terms: Field,
    /// The package id.
    pub(crate) id: Field,
    /// Ecosystem and prior.
    pub(crate) order: Field,
    /// The day of the newest version, 0 where it is not known.
    pub(crate) updated: Field,
    /// What near duplicates share: see [`super::family`].
    pub(crate) family: Field,
}

/// Fields of the snippet index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SnippetFields {
    /// All words with their impacts, in the lists of [`super::impact::BANDS`].
    pub(crate) text: Field,
    /// The canonical symbol name.
    pub(crate) canon: Field,
    /// The types of the signature: see [`super::documents::Slot`].
    pub(crate) shape: Field,
    /// The package id.
    pub(crate) package: Field,
    /// The release id.
    pub(crate) release: Field,
    /// The snippet's key.
    pub(crate) id: Field,
    /// Language, kind, visibility and more: see [`super::documents::Facet`].
    pub(crate) facet: Field,
    /// Ecosystem and prior of the package.
    pub(crate) order: Field,
}

/// The fast field by which documents are sorted in every index.
pub(crate) const ORDER: &str = "order";
/// The fast field of the id.
pub(crate) const ID: &str = "id";
/// The fast field of the day a package was last published.
pub(crate) const UPDATED: &str = "updated";
/// The fast field of what near duplicates share.
pub(crate) const FAMILY: &str = "family";
/// The fast field of the release of a snippet.
pub(crate) const RELEASE: &str = "release";
/// The fast field of what a snippet is filtered and placed by.
pub(crate) const FACET: &str = "facet";

fn text(tokenizer: &str, record: IndexRecordOption) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(record)
            .set_fieldnorms(false),
    )
}

fn fast() -> NumericOptions {
    NumericOptions::default().set_fast()
}

/// The package index.
pub(crate) fn packages() -> (Schema, PackageFields) {
    let mut schema = Schema::builder();
    let fields = PackageFields {
        text: schema.add_text_field("text", text(IMPACTS, IndexRecordOption::WithFreqs)),
        canon: schema.add_text_field("canon", text(WORDS, IndexRecordOption::Basic)),
        prefix: schema.add_text_field("prefix", text(WORDS, IndexRecordOption::Basic)),
        word: schema.add_text_field("word", text(WORDS, IndexRecordOption::Basic)),
        terms: schema.add_text_field("terms", text(WORDS, IndexRecordOption::Basic)),
        id: schema.add_u64_field(ID, fast().set_indexed()),
        order: schema.add_u64_field(ORDER, fast()),
        updated: schema.add_u64_field(UPDATED, fast()),
        family: schema.add_u64_field(FAMILY, fast()),
    };
    (schema.build(), fields)
}

/// The snippet index.
pub(crate) fn snippets() -> (Schema, SnippetFields) {
    let mut schema = Schema::builder();
    let fields = SnippetFields {
        text: schema.add_text_field("text", text(IMPACTS, IndexRecordOption::WithFreqs)),
        canon: schema.add_text_field("canon", text(WORDS, IndexRecordOption::Basic)),
        shape: schema.add_text_field("shape", text(WORDS, IndexRecordOption::Basic)),
        package: schema.add_u64_field("package", NumericOptions::default().set_indexed()),
        release: schema.add_u64_field(RELEASE, fast().set_indexed()),
        id: schema.add_u64_field(ID, fast()),
        facet: schema.add_u64_field(FACET, fast()),
        order: schema.add_u64_field(ORDER, fast()),
    };
    (schema.build(), fields)
}

/// Documents lie in the order of ecosystem and prior, so that the best come first.
pub(crate) fn settings() -> IndexSettings {
    IndexSettings {
        sort_by_field: Some(IndexSortByField {
            field: ORDER.to_owned(),
            order: Order::Asc,
        }),
        // Not what the features of tantivy make of it: another program built with others could not read it.
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// The tokenizers the fields name.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(IMPACTS, ImpactTokenizer::default());
    manager.register(WORDS, WordTokenizer::default());
    manager
}
