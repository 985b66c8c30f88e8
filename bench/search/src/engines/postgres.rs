//! PostgreSQL full-text search: a tsvector with the weights of crates.io (name A, keywords B,
//! description C, README D), GIN, `ts_rank` over all rows that match, all words required as
//! `plainto_tsquery` does; pg_trgm for typos. A cluster of its own on a socket in a temporary
//! directory; prepared statements; no network.

use std::path::{Path, PathBuf};
use std::process::Command;

use ::postgres::{Client, NoTls, Statement};

use super::{Engine, LIMIT, decode, rows, words};
use crate::Result;
use crate::corpus::{Corpus, short};
use crate::question::{Class, Question};

const SCHEMA: &str = "
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE UNLOGGED TABLE package (id bigint PRIMARY KEY, ecosystem text, name text, readme text,
        meta bytea, document tsvector);";

const INDEX: &str = "
    ALTER TABLE package SET LOGGED;
    CREATE INDEX ON package USING gin (document);
    CREATE INDEX ON package USING gin (name gin_trgm_ops);
    CREATE INDEX ON package (name);
    VACUUM ANALYZE package;";

/// A running server; it is stopped when this is dropped.
pub struct Server {
    binaries: PathBuf,
    data: PathBuf,
}

impl Server {
    pub fn start(directory: &Path) -> Result<Self> {
        let server = Self {
            binaries: binaries()?,
            data: directory.join("postgres"),
        };
        if !server.data.join("PG_VERSION").exists() {
            std::fs::create_dir_all(&server.data)?;
            give_away(&server.data)?;
            server.run(
                "initdb",
                &["-D", &server.path(), "-A", "trust", "-U", "postgres"],
            )?;
        }
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c shared_buffers=1GB \
             -c work_mem=64MB -c maintenance_work_mem=512MB -c max_wal_size=4GB -c fsync=on",
            server.path()
        );
        let log = server.data.join("log").display().to_string();
        server.run(
            "pg_ctl",
            &[
                "-D",
                &server.path(),
                "-w",
                "-l",
                &log,
                "-o",
                &options,
                "start",
            ],
        )?;
        Ok(server)
    }

    pub fn client(&self) -> Result<Client> {
        let client = Client::connect(
            &format!("host={} user=postgres dbname=postgres", self.path()),
            NoTls,
        )?;
        Ok(client)
    }

    fn path(&self) -> String {
        self.data.display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let program = self.binaries.join(program);
        // The server refuses to run as root.
        let mut command = if rustix::process::geteuid().is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        let status = command
            .args(arguments)
            .current_dir("/")
            .stdout(std::process::Stdio::null())
            .status()?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("{}: {status}", program.display()).into())
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The bench ends either way; a server that would not stop shows in the next start.
        let _ = self.run("pg_ctl", &["-D", &self.path(), "-m", "fast", "-w", "stop"]);
    }
}

/// Where Debian puts the newest version, else what is on the path.
fn binaries() -> Result<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map_err(|_| "PostgreSQL is missing: apt-get install postgresql")?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|path| path.join("initdb").exists())
        .collect();
    versions.sort();
    versions
        .pop()
        .ok_or_else(|| "PostgreSQL is missing: apt-get install postgresql".into())
}

/// Lets the user `postgres` write there, when we are root.
fn give_away(path: &Path) -> Result<()> {
    if rustix::process::geteuid().is_root() {
        let status = Command::new("chown").arg("postgres").arg(path).status()?;
        if !status.success() {
            return Err(format!("{} cannot be given to the user postgres", path.display()).into());
        }
    }
    Ok(())
}

pub fn build(directory: &Path, corpus: &Corpus, packages: u64) -> Result<()> {
    let server = Server::start(directory)?;
    let mut client = server.client()?;
    client.batch_execute(SCHEMA)?;
    let insert = client.prepare(
        "INSERT INTO package VALUES ($1, $2, $3, $4, $5,
            setweight(to_tsvector('english', regexp_replace($3, '[-_/@.]', ' ', 'g')), 'A') ||
            setweight(to_tsvector('english', $6), 'B') ||
            setweight(to_tsvector('english', $7), 'C') ||
            setweight(to_tsvector('english', $4), 'D'))",
    )?;
    for part in rows(corpus, packages) {
        let mut transaction = client.transaction()?;
        for r in part? {
            transaction.execute(
                &insert,
                &[
                    &r.id,
                    &r.ecosystem,
                    &r.name,
                    &r.readme,
                    &r.meta,
                    &r.keywords,
                    &r.description,
                ],
            )?;
        }
        transaction.commit()?;
    }
    for statement in INDEX.split(';').filter(|s| !s.trim().is_empty()) {
        client.batch_execute(statement)?;
    }
    Ok(())
}

/// Bytes of the table with its indexes.
pub fn bytes(directory: &Path) -> Result<u64> {
    let server = Server::start(directory)?;
    let row = server
        .client()?
        .query_one("SELECT pg_total_relation_size('package')", &[])?;
    Ok(u64::try_from(row.get::<_, i64>(0))?)
}

pub struct Postgres {
    client: Client,
    search: Statement,
    prefix: Statement,
    exact: Statement,
    similar: Statement,
    _server: Server,
}

impl Postgres {
    pub fn open(directory: &Path) -> Result<Self> {
        let server = Server::start(directory)?;
        let mut client = server.client()?;
        let rank = "ORDER BY ts_rank('{0.05, 0.3, 0.6, 1.0}', document, q) DESC LIMIT 20";
        Ok(Self {
            search: client.prepare(&format!(
                "SELECT meta FROM package, plainto_tsquery('english', $1) q
                 WHERE document @@ q AND ($2::text IS NULL OR ecosystem = $2) {rank}"
            ))?,
            prefix: client.prepare(&format!(
                "SELECT meta FROM package, to_tsquery('simple', $1) q WHERE document @@ q {rank}"
            ))?,
            exact: client.prepare("SELECT meta FROM package WHERE name = $1 LIMIT 20")?,
            similar: client.prepare(
                "SELECT meta FROM package WHERE name % $1
                 ORDER BY similarity(name, $1) DESC LIMIT 20",
            )?,
            client,
            _server: server,
        })
    }
}

impl Engine for Postgres {
    fn ask(&mut self, question: &Question) -> Result<Option<usize>> {
        let text = question.text.as_str();
        let rows = match question.class {
            Class::Snippets => return Ok(None),
            Class::Exact => self.client.query(&self.exact, &[&text])?,
            Class::Prefix => {
                let begun = format!("{}:*AB", words(short(text)).concat());
                self.client.query(&self.prefix, &[&begun])?
            }
            Class::Typo => self.client.query(&self.similar, &[&text])?,
            _ => {
                let ecosystem = question.ecosystem.map(|e| e.as_str());
                self.client.query(&self.search, &[&text, &ecosystem])?
            }
        };
        for row in rows.iter().take(LIMIT) {
            decode(row.get(0))?;
        }
        Ok(Some(rows.len()))
    }
}
