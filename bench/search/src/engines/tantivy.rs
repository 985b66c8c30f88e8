//! Plain tantivy: a directory of its own, English stemmer, one field for each of ours with its weight
//! as a boost, BM25, any of the words, `TopDocs`, metadata from the document store.

use std::path::{Path, PathBuf};

use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
    Value,
};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexReader, Searcher, TantivyDocument, Term, doc};

use super::{Engine, LIMIT, decode, rows, words};
use crate::Result;
use crate::corpus::Corpus;
use crate::question::{Class, Question};

#[derive(Clone, Copy)]
struct Fields {
    id: Field,
    ecosystem: Field,
    raw: Field,
    /// With their weights.
    text: [(Field, f32); 4],
    meta: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let english = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqs),
    );
    let id = builder.add_i64_field("id", INDEXED);
    let ecosystem = builder.add_text_field("ecosystem", STRING);
    let raw = builder.add_text_field("raw", STRING);
    let weights = [
        ("name", 8.0),
        ("keywords", 5.0),
        ("description", 3.0),
        ("readme", 0.7),
    ];
    let text =
        weights.map(|(name, weight)| (builder.add_text_field(name, english.clone()), weight));
    let meta = builder.add_bytes_field("meta", STORED);
    let fields = Fields {
        id,
        ecosystem,
        raw,
        text,
        meta,
    };
    (builder.build(), fields)
}

fn directory_of(directory: &Path) -> PathBuf {
    directory.join("tantivy")
}

pub fn build(directory: &Path, corpus: &Corpus, packages: u64) -> Result<()> {
    let directory = directory_of(directory);
    std::fs::create_dir_all(&directory)?;
    let (schema, fields) = schema();
    let index = Index::open_or_create(MmapDirectory::open(&directory)?, schema)?;
    let mut writer = index.writer_with_num_threads(2, 256_000_000)?;
    for part in rows(corpus, packages) {
        for r in part? {
            let [name, keywords, description, readme] = fields.text.map(|(field, _)| field);
            writer.add_document(doc!(
                fields.id => r.id,
                fields.ecosystem => r.ecosystem,
                fields.raw => r.name.clone(),
                name => r.name,
                keywords => r.keywords,
                description => r.description,
                readme => r.readme,
                fields.meta => r.meta,
            ))?;
        }
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

pub struct Tantivy {
    reader: IndexReader,
    fields: Fields,
    analyzer: TextAnalyzer,
}

impl Tantivy {
    pub fn open(directory: &Path) -> Result<Self> {
        let index = Index::open_in_dir(directory_of(directory))?;
        let analyzer = index.tokenizers().get("en_stem").ok_or("no stemmer")?;
        Ok(Self {
            reader: index.reader()?,
            fields: schema().1,
            analyzer,
        })
    }

    /// Any of the words in any of the fields.
    fn any_word(&mut self, text: &str) -> Box<dyn Query> {
        let mut stems = Vec::new();
        self.analyzer
            .token_stream(text)
            .process(&mut |token| stems.push(token.text.clone()));
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for stem in &stems {
            for (field, boost) in self.fields.text {
                let term = Term::from_field_text(field, stem);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                let boosted = BoostQuery::new(Box::new(query), boost);
                clauses.push((Occur::Should, Box::new(boosted)));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn fetch(&self, searcher: &Searcher, query: &dyn Query) -> Result<usize> {
        let found = searcher.search(query, &TopDocs::with_limit(LIMIT).order_by_score())?;
        for (_, address) in &found {
            let document: TantivyDocument = searcher.doc(*address)?;
            let meta = document.get_first(self.fields.meta);
            decode(meta.and_then(|v| v.as_bytes()).ok_or("no metadata")?)?;
        }
        Ok(found.len())
    }
}

impl Engine for Tantivy {
    fn ask(&mut self, question: &Question) -> Result<Option<usize>> {
        let text = question.text.as_str();
        let fields = self.fields;
        let [(name, _), ..] = fields.text;
        let exact = |field, text: &str| {
            let term = Term::from_field_text(field, text);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
        };
        let query: Box<dyn Query> = match question.class {
            Class::Snippets => return Ok(None),
            Class::Exact => exact(fields.raw, text),
            Class::Prefix => {
                let begun = words(text).concat();
                let term = Term::from_field_text(name, &begun);
                Box::new(FuzzyTermQuery::new_prefix(term, 0, true))
            }
            Class::Typo => {
                let term = Term::from_field_text(fields.raw, text);
                let distance = if text.len() > 8 { 2 } else { 1 };
                Box::new(FuzzyTermQuery::new(term, distance, true))
            }
            Class::Filtered => {
                let ecosystem = question.ecosystem.map_or("", |e| e.as_str());
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, exact(fields.ecosystem, ecosystem)),
                    (Occur::Must, self.any_word(text)),
                ]))
            }
            _ => self.any_word(text),
        };
        let searcher = self.reader.searcher();
        self.fetch(&searcher, query.as_ref()).map(Some)
    }
}
