//! SQLite FTS5: an external-content table, so that texts stand once in the file; bm25 with the weights
//! of our fields; prefix index; all rows that match are ranked.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::{Engine, LIMIT, decode, rows, words};
use crate::Result;
use crate::corpus::{Corpus, short};
use crate::question::{Class, Question};

pub struct Sqlite {
    connection: Connection,
    /// Between the words of a query.
    operator: &'static str,
}

fn file(directory: &Path) -> PathBuf {
    directory.join("sqlite.db")
}

const SCHEMA: &str = "
    CREATE TABLE package (id INTEGER PRIMARY KEY, ecosystem TEXT, name TEXT, keywords TEXT,
        description TEXT, readme TEXT, meta BLOB);
    CREATE VIRTUAL TABLE fts USING fts5(name, keywords, description, readme,
        content='package', content_rowid='id', tokenize='porter unicode61', prefix='3 4');";

const SEARCH: &str = "
    SELECT package.meta FROM fts JOIN package ON package.id = fts.rowid
    WHERE fts MATCH ?1 AND (?2 IS NULL OR package.ecosystem = ?2)
    ORDER BY bm25(fts, 8.0, 5.0, 3.0, 0.7) LIMIT ?3";

pub fn build(directory: &Path, corpus: &Corpus, packages: u64) -> Result<()> {
    let mut connection = Connection::open(file(directory))?;
    connection.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")?;
    connection.execute_batch(SCHEMA)?;
    for part in rows(corpus, packages) {
        let part = part?;
        let transaction = connection.transaction()?;
        {
            let mut insert = transaction
                .prepare_cached("INSERT INTO package VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
            let mut index = transaction.prepare_cached(
                "INSERT INTO fts (rowid, name, keywords, description, readme)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for r in &part {
                insert.execute(params![
                    r.id,
                    r.ecosystem,
                    r.name,
                    r.keywords,
                    r.description,
                    r.readme,
                    r.meta
                ])?;
                index.execute(params![r.id, r.name, r.keywords, r.description, r.readme])?;
            }
        }
        transaction.commit()?;
    }
    connection.execute_batch(
        "CREATE INDEX package_name ON package (name);
         INSERT INTO fts (fts) VALUES ('optimize');
         ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);",
    )?;
    Ok(())
}

impl Sqlite {
    pub fn open(directory: &Path, operator: &'static str) -> Result<Self> {
        let connection = Connection::open(file(directory))?;
        connection.execute_batch("PRAGMA cache_size=-131072; PRAGMA mmap_size=4294967296;")?;
        Ok(Self {
            connection,
            operator,
        })
    }

    fn search(&self, query: &str, ecosystem: Option<&str>) -> Result<usize> {
        let mut statement = self.connection.prepare_cached(SEARCH)?;
        let mut rows = statement.query(params![query, ecosystem, LIMIT as i64])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            decode(row.get_ref(0)?.as_blob()?)?;
            count += 1;
        }
        Ok(count)
    }

    fn by_name(&self, name: &str) -> Result<usize> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT meta FROM package WHERE name = ?1")?;
        let meta: Option<Vec<u8>> = statement.query_row([name], |row| row.get(0)).optional()?;
        Ok(match meta {
            Some(meta) => {
                decode(&meta)?;
                1
            }
            None => 0,
        })
    }
}

impl Engine for Sqlite {
    fn ask(&mut self, question: &Question) -> Result<Option<usize>> {
        let quoted: Vec<String> = words(&question.text)
            .iter()
            .map(|word| format!("\"{word}\""))
            .collect();
        let count = match question.class {
            Class::Typo | Class::Snippets => return Ok(None),
            Class::Exact => self.by_name(&question.text)?,
            Class::Prefix => {
                let begun = words(short(&question.text)).concat();
                self.search(&format!("{{name keywords}} : \"{begun}\" *"), None)?
            }
            _ => {
                let ecosystem = question.ecosystem.map(registry_types::Ecosystem::as_str);
                self.search(&quoted.join(self.operator), ecosystem)?
            }
        };
        Ok(Some(count))
    }
}
