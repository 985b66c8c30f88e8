use std::time::{Duration, Instant};

use super::{Found, Plan, fact};
use crate::Result;
use crate::engines::{ours::Ours, postgres, sqlite, tantivy};
use crate::resources;

/// Packages made before the clock runs: their texts stay in memory.
const AT_ONCE: u64 = 20_000;

/// Fills the store of an engine.
pub fn run(engine: &str, plan: &Plan) -> Result<Found> {
    let corpus = plan.corpus();
    let directory = &plan.directory;
    let begun = Instant::now();
    let mut found = Found::default();
    let path = match engine {
        "ours" => return ours(plan),
        "sqlite" => {
            sqlite::build(directory, &corpus, plan.packages)?;
            directory.join("sqlite.db")
        }
        "tantivy" => {
            tantivy::build(directory, &corpus, plan.packages)?;
            directory.join("tantivy")
        }
        "postgres" => {
            postgres::build(directory, &corpus, plan.packages)?;
            directory.join("postgres")
        }
        other => return Err(format!("no engine {other:?}").into()),
    };
    let seconds = begun.elapsed().as_secs_f64();
    let packages = plan.packages as f64;
    let bytes = match engine {
        "postgres" => postgres::bytes(directory)?,
        _ => resources::allocated(&path)?,
    };
    found.facts.push(fact(
        "bulk, making the packages included",
        packages / seconds,
        "/s",
    ));
    found
        .facts
        .push(fact("bytes per package", bytes as f64 / packages, "B"));
    Ok(found)
}

/// The packages are made before the clock runs, the same number at a time as the memory holds.
fn ours(plan: &Plan) -> Result<Found> {
    let corpus = plan.corpus();
    let ours = Ours::open(&plan.store())?;
    let at_once = AT_ONCE / (1 + plan.snippets as u64 / 20);
    let (mut spent, mut cpu) = (Duration::ZERO, Duration::ZERO);
    let mut first = 0;
    while first < plan.packages {
        let end = (first + at_once).min(plan.packages);
        let bundles: Vec<_> = (first..end).map(|n| corpus.bundle(n)).collect();
        let (begun, cpu_begun) = (Instant::now(), resources::cpu()?);
        ours.store.import(bundles)?;
        spent += begun.elapsed();
        cpu += resources::cpu()?.saturating_sub(cpu_begun);
        first = end;
    }
    let imported = ours.store.stats()?;
    let seconds = spent.as_secs_f64();
    let packages = imported.packages as f64;
    let mut found = Found::default();
    let mut add = |what: &str, value: f64, unit| found.facts.push(fact(what, value, unit));
    add("bulk, packages", packages / seconds, "/s");
    if imported.snippets > 0 {
        add("bulk, snippets", imported.snippets as f64 / seconds, "/s");
    }
    add(
        "bulk, CPU per package",
        cpu.as_secs_f64() * 1e3 / packages,
        "ms",
    );
    let begun = Instant::now();
    ours.store.settle()?;
    add(
        "settle after the import",
        begun.elapsed().as_secs_f64(),
        "s",
    );
    let begun = Instant::now();
    ours.store.compact()?;
    add(
        "compact after the import",
        begun.elapsed().as_secs_f64(),
        "s",
    );
    let stats = ours.store.stats()?;
    ours.store.close()?;
    let file = resources::allocated(&plan.store())? as f64;
    add("packages", packages, "");
    add("snippets", stats.snippets as f64, "");
    add("bytes of file", file, "B");
    add("bytes per package", file / packages, "B");
    add("bytes of index", stats.index_bytes as f64, "B");
    add(
        "most memory while filling",
        resources::peak()? as f64 / 1e6,
        "MB",
    );
    Ok(found)
}
