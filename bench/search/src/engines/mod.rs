//! The engines: ours and its peers. All are given the same packages and asked the same questions, and
//! answer with the whole stored metadata of at most 20 packages, decoded.

pub mod ours;
pub mod postgres;
pub mod sqlite;
pub mod tantivy;

use std::path::Path;

use registry_store::Bundle;
use registry_types::Package;

use crate::Result;
use crate::corpus::Corpus;
use crate::question::Question;

/// At most so many results.
pub const LIMIT: usize = 20;

/// Packages made and handed over at a time.
pub const BATCH: u64 = 5_000;

/// An engine that is asked.
pub trait Engine {
    /// How many results there are; `None` when it cannot answer such questions.
    fn ask(&mut self, question: &Question) -> Result<Option<usize>>;
}

/// What peers store of a package.
pub struct Row {
    pub id: i64,
    pub ecosystem: &'static str,
    pub name: String,
    pub keywords: String,
    pub description: String,
    pub readme: String,
    /// The package whole, as our store would write it.
    pub meta: Vec<u8>,
}

impl Row {
    pub fn new(id: u64, bundle: Bundle) -> Result<Self> {
        let package = bundle.package;
        Ok(Self {
            id: i64::try_from(id)?,
            ecosystem: package.ecosystem.as_str(),
            meta: postcard::to_stdvec(&package)?,
            keywords: package.keywords.join(" "),
            description: package.description.unwrap_or_default(),
            name: package.name,
            readme: bundle.release.readme.unwrap_or_default(),
        })
    }
}

/// All packages, some at a time.
pub fn rows(corpus: &Corpus, packages: u64) -> impl Iterator<Item = Result<Vec<Row>>> {
    (0..packages.div_ceil(BATCH)).map(move |n| {
        let end = ((n + 1) * BATCH).min(packages);
        let part = n * BATCH..end;
        part.map(|n| Row::new(n, corpus.bundle(n))).collect()
    })
}

/// The package of its stored bytes.
pub fn decode(meta: &[u8]) -> Result<Package> {
    Ok(postcard::from_bytes(meta)?)
}

/// The words of a question, as all the peers' tokenizers would cut them.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Opens an engine by its name for questions.
pub fn open(name: &str, directory: &Path) -> Result<Box<dyn Engine>> {
    Ok(match name {
        "ours" => Box::new(ours::Ours::open(&directory.join("ours.redb"))?),
        "sqlite-or" => Box::new(sqlite::Sqlite::open(directory, " OR ")?),
        "sqlite-and" => Box::new(sqlite::Sqlite::open(directory, " AND ")?),
        "postgres" => Box::new(postgres::Postgres::open(directory)?),
        "tantivy" => Box::new(tantivy::Tantivy::open(directory)?),
        other => return Err(format!("no engine {other:?}").into()),
    })
}
