//! Look-ups of whole packages by name, side by side: our store from Rust and from Elixir, SQLite, LMDB,
//! and ETS, which holds the structs in memory.
//!
//! `lookup_bench [--packages 100000] [--lookups 20000] [--dir DIR] [--out FILE]`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use heed::types::{Bytes, Str};
use heed::{Database, EnvOpenOptions};
use lexopt::prelude::{Long, ValueExt};
use registry_store::{Bundle, Store, StoreOptions};
use registry_types::{Ecosystem, Package};
use rusqlite::{Connection, params};
use search_bench::Result;
use search_bench::corpus::{Corpus, Random};
use search_bench::measure::Timing;

/// Packages written at a time.
const BATCH: u64 = 10_000;
/// LMDB's map: as large as it may grow.
const MAP: usize = 64 << 30;

fn main() -> Result<()> {
    let temporary = tempfile::tempdir()?;
    let mut directory = temporary.path().to_owned();
    let (mut packages, mut lookups, mut out) = (100_000, 20_000, None::<PathBuf>);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("packages") => packages = parser.value()?.parse()?,
            Long("lookups") => lookups = parser.value()?.parse()?,
            Long("dir") => directory = parser.value()?.into(),
            Long("out") => out = Some(parser.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    std::fs::create_dir_all(&directory)?;
    let corpus = Corpus::new(packages, 0);
    let wanted = wanted(&corpus, packages, lookups);
    let names = directory.join("lookups.tsv");
    let lines: Vec<String> = wanted.iter().map(|(e, n)| format!("{e}\t{n}\n")).collect();
    std::fs::write(&names, lines.concat())?;

    let mut timings = Vec::new();
    {
        let store = ours(&corpus, packages, &directory.join("ours.redb"))?;
        timings.extend(measured("ours, Rust", &wanted, |ecosystem, name| {
            Ok(store
                .get_package(ecosystem, name)
                .map_err(|e| e.to_string())?)
        })?);
        timings.push(missing("ours, Rust", &wanted, |ecosystem, name| {
            Ok(store.get_package(ecosystem, name).is_ok())
        })?);
    }
    timings.extend(sqlite(&corpus, packages, &directory, &wanted)?);
    timings.extend(lmdb(&corpus, packages, &directory, &wanted)?);
    timings.extend(elixir(&directory, &names)?);

    let mut report = format!(
        "{packages} packages, {lookups} look-ups of the whole package, decoded; microseconds\n\n\
         | what | p50 | p99 |\n|---|---|---|\n"
    );
    for t in &timings {
        let _ = writeln!(report, "| {} | {:.1} | {:.1} |", t.what, t.p50, t.p99);
    }
    print!("{report}");
    if let Some(path) = out {
        std::fs::write(path, report)?;
    }
    Ok(())
}

type Names = Vec<(Ecosystem, String)>;

/// Packages from all over the store.
fn wanted(corpus: &Corpus, packages: u64, lookups: usize) -> Names {
    let mut random = Random::new(5);
    (0..lookups)
        .map(|_| random.below(packages))
        .map(|number| (corpus.ecosystem(number), corpus.name(number)))
        .collect()
}

/// Looks all up, once to warm up and once for the clock.
fn measured(
    what: &str,
    wanted: &Names,
    mut get: impl FnMut(Ecosystem, &str) -> Result<Package>,
) -> Result<Option<Timing>> {
    let mut times = Vec::with_capacity(wanted.len());
    for round in 0..2 {
        for (ecosystem, name) in wanted {
            let begun = Instant::now();
            let package = get(*ecosystem, name)?;
            let spent = begun.elapsed();
            if package.name != *name {
                return Err(format!("{what}: {} instead of {name}", package.name).into());
            }
            if round == 1 {
                times.push(spent);
            }
        }
    }
    Ok(Some(Timing::of(what, times, wanted.len())))
}

/// The same for names that are not there.
fn missing(
    what: &str,
    wanted: &Names,
    mut is_there: impl FnMut(Ecosystem, &str) -> Result<bool>,
) -> Result<Timing> {
    let mut times = Vec::with_capacity(wanted.len());
    for (ecosystem, name) in wanted {
        let name = format!("{name}-missing");
        let begun = Instant::now();
        let there = is_there(*ecosystem, &name)?;
        times.push(begun.elapsed());
        if there {
            return Err(format!("{what}: {name} is there").into());
        }
    }
    Ok(Timing::of(format!("{what}, missing name"), times, 0))
}

fn ours(corpus: &Corpus, packages: u64, path: &Path) -> Result<Store> {
    let open = || Store::open(path, &StoreOptions::default());
    let store = open()?.store;
    if store.stats()?.packages < packages {
        store.import((0..packages).map(|n| corpus.bundle(n)))?;
        store.compact()?;
    }
    store.close()?;
    Ok(open()?.store)
}

/// The packages, some at a time: key and postcard.
fn records(corpus: &Corpus, packages: u64) -> impl Iterator<Item = Result<Vec<(String, Vec<u8>)>>> {
    (0..packages.div_ceil(BATCH)).map(move |n| {
        (n * BATCH..((n + 1) * BATCH).min(packages))
            .map(|number| {
                let Bundle { package, .. } = corpus.bundle(number);
                let key = key(package.ecosystem, &package.name);
                Ok((key, postcard::to_stdvec(&package)?))
            })
            .collect()
    })
}

fn key(ecosystem: Ecosystem, name: &str) -> String {
    format!("{ecosystem}:{name}")
}

fn sqlite(
    corpus: &Corpus,
    packages: u64,
    directory: &Path,
    wanted: &Names,
) -> Result<Option<Timing>> {
    let mut connection = Connection::open(directory.join("lookup.sqlite"))?;
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-131072;
         PRAGMA mmap_size=4294967296;
         CREATE TABLE IF NOT EXISTS package (key TEXT PRIMARY KEY, meta BLOB) WITHOUT ROWID;",
    )?;
    let count: u64 = connection.query_row("SELECT count(*) FROM package", [], |r| r.get(0))?;
    if count < packages {
        for part in records(corpus, packages) {
            let transaction = connection.transaction()?;
            for (key, meta) in part? {
                transaction
                    .prepare_cached("INSERT OR REPLACE INTO package VALUES (?1, ?2)")?
                    .execute(params![key, meta])?;
            }
            transaction.commit()?;
        }
    }
    let mut statement = connection.prepare("SELECT meta FROM package WHERE key = ?1")?;
    measured("SQLite, prepared statement", wanted, |ecosystem, name| {
        let mut rows = statement.query([key(ecosystem, name)])?;
        let row = rows.next()?.ok_or("not found")?;
        Ok(postcard::from_bytes(row.get_ref(0)?.as_blob()?)?)
    })
}

fn lmdb(
    corpus: &Corpus,
    packages: u64,
    directory: &Path,
    wanted: &Names,
) -> Result<Option<Timing>> {
    let path = directory.join("lookup.lmdb");
    std::fs::create_dir_all(&path)?;
    // SAFETY: nobody else opens or changes this directory.
    let env = unsafe { EnvOpenOptions::new().map_size(MAP).open(&path)? };
    let mut write = env.write_txn()?;
    let database: Database<Str, Bytes> = env.create_database(&mut write, None)?;
    write.commit()?;
    let read = env.read_txn()?;
    let stored = database.len(&read)?;
    drop(read);
    if stored < packages {
        for part in records(corpus, packages) {
            let mut write = env.write_txn()?;
            for (key, meta) in part? {
                database.put(&mut write, &key, &meta)?;
            }
            write.commit()?;
        }
    }
    measured(
        "LMDB, a read transaction each",
        wanted,
        |ecosystem, name| {
            let read = env.read_txn()?;
            let meta = database.get(&read, &key(ecosystem, name))?;
            Ok(postcard::from_bytes(meta.ok_or("not found")?)?)
        },
    )
}

/// Our store through the NIF, and ETS.
fn elixir(directory: &Path, names: &Path) -> Result<Vec<Timing>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let answers = directory.join("elixir.tsv");
    let status = Command::new("mix")
        .args(["run", "bench/lookup/lookup.exs"])
        .args([&directory.join("ours.redb"), names, &answers])
        .current_dir(root)
        .status()?;
    if !status.success() {
        return Err(format!("mix run bench/lookup/lookup.exs: {status}").into());
    }
    let text = std::fs::read_to_string(&answers)?;
    text.lines().map(str::parse).collect()
}
