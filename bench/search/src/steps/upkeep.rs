use std::path::Path;
use std::time::Instant;

use registry_store::{Store, StoreOptions};

use super::{Found, Plan, fact};
use crate::Result;
use crate::corpus::Corpus;
use crate::engines::ours::Ours;
use crate::measure::Timing;
use crate::resources;

const PUTS: u64 = 200;

/// Opens, writes, deletes, checks and compacts a copy of our store: the one the questions are asked of
/// stays as it is.
pub fn run(plan: &Plan) -> Result<Found> {
    let corpus = plan.corpus();
    let path = plan.directory.join("upkeep.redb");
    std::fs::copy(plan.store(), &path)?;
    let mut found = Found::default();
    opening(&path, &mut found)?;
    {
        let ours = Ours::open(&path)?;
        found
            .timings
            .extend(puts(&ours.store, &corpus, plan.packages)?);
        timed("reindex", &mut found, || Ok(ours.store.reindex()?))?;
        timed("check", &mut found, || whole(&ours.store))?;
        halve(&ours.store, &corpus, plan.packages, &mut found)?;
        whole(&ours.store)?;
    }
    found.facts.push(fact(
        "most memory of upkeep",
        resources::peak()? as f64 / 1e6,
        "MB",
    ));
    std::fs::remove_file(&path)?;
    Ok(found)
}

fn timed(what: &str, found: &mut Found, work: impl FnOnce() -> Result<()>) -> Result<()> {
    let begun = Instant::now();
    work()?;
    found
        .facts
        .push(fact(what, begun.elapsed().as_secs_f64(), "s"));
    Ok(())
}

fn whole(store: &Store) -> Result<()> {
    let report = store.check()?;
    if report.is_ok() {
        Ok(())
    } else {
        Err(format!("check: {report:?}").into())
    }
}

/// Opening, with the file in the kernel's memory and without.
fn opening(path: &Path, found: &mut Found) -> Result<()> {
    for (what, cold) in [("open, cold", true), ("open, warm", false)] {
        if cold {
            resources::forget(path)?;
        }
        let begun = Instant::now();
        let store = Store::open(path, &StoreOptions::default())?.store;
        found
            .facts
            .push(fact(what, begun.elapsed().as_secs_f64() * 1e3, "ms"));
        store.close()?;
    }
    Ok(())
}

/// One package at a time, new and known ones.
fn puts(store: &Store, corpus: &Corpus, packages: u64) -> Result<Vec<Timing>> {
    let known = |n| (n * 7919) % packages;
    let kinds: [(&str, &dyn Fn(u64) -> u64); 2] = [
        ("put, new package", &|n| packages + n),
        ("put, known package", &known),
    ];
    let mut timings = Vec::new();
    for (what, number) in kinds {
        let mut times = Vec::new();
        for n in 0..PUTS {
            let bundle = corpus.bundle(number(n));
            let begun = Instant::now();
            store.put(&bundle)?;
            times.push(begun.elapsed());
        }
        timings.push(Timing::of(what, times, 0));
    }
    Ok(timings)
}

/// Deletes every second package, then compacts.
fn halve(store: &Store, corpus: &Corpus, packages: u64, found: &mut Found) -> Result<()> {
    let names: Vec<_> = (0..packages)
        .step_by(2)
        .map(|n| (corpus.ecosystem(n), corpus.name(n)))
        .collect();
    let begun = Instant::now();
    store.delete_many(&names)?;
    let spent = begun.elapsed().as_secs_f64();
    found.facts.push(fact(
        "delete, half of the packages",
        names.len() as f64 / spent,
        "/s",
    ));
    let begun = Instant::now();
    let sizes = store.compact()?;
    let spent = begun.elapsed().as_secs_f64();
    found.facts.push(fact("compact after it", spent, "s"));
    found.facts.push(fact(
        "file before it",
        sizes.bytes_before as f64 / 1e6,
        "MB",
    ));
    found
        .facts
        .push(fact("file after it", sizes.bytes_after as f64 / 1e6, "MB"));
    Ok(())
}

/// Puts packages one by one.
pub fn one_by_one(plan: &Plan) -> Result<()> {
    let corpus = plan.corpus();
    let ours = Ours::open(&plan.store())?;
    for number in 0..plan.packages {
        ours.store.put(&corpus.bundle(number))?;
    }
    Ok(ours.store.close()?)
}
