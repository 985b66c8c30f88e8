//! How long it takes to ask a store about the advisories of a package:
//! `bench_advisories STORE [QUESTIONS]`. Every package of the store is asked about in turn; import a feed
//! into the store before.

use std::time::{Duration, Instant};

use registry_store::{ListQuery, Store, StoreOptions};
use registry_types::{Ecosystem, Error, Result};

const USAGE: &str = "bench_advisories STORE [QUESTIONS]";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let wrong = || Error::invalid_argument(USAGE);
    let path = arguments.next().ok_or_else(wrong)?;
    let questions = match arguments.next() {
        Some(text) => text.parse().map_err(|_| wrong())?,
        None => 100_000,
    };
    let store = Store::open(path, &StoreOptions::default())?.store;
    let packages = packages(&store)?;
    let feeds: Vec<String> = store.feeds()?.into_iter().map(|f| f.source).collect();
    println!("{} packages, feeds: {}", packages.len(), feeds.join(", "));
    let asked = || packages.iter().cycle().take(questions);
    measure("advisories of a version", asked(), |(ecosystem, name)| {
        let found = store.advisories(*ecosystem, name, Some("1.2.3"))?;
        Ok(!found.is_empty())
    })?;
    measure("report", asked(), |(ecosystem, name)| {
        let report = store.advisory_report(*ecosystem, name, Some("1.2.3"))?;
        Ok(!report.advisories.is_empty())
    })
}

fn packages(store: &Store) -> Result<Vec<(Ecosystem, String)>> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = store.list_packages(&ListQuery {
            ecosystem: None,
            limit: 1000,
            after,
        })?;
        let Some(last) = page.packages.last() else {
            return Ok(all);
        };
        after = Some(ListQuery::cursor(last.ecosystem, &last.name));
        all.extend(page.packages.into_iter().map(|p| (p.ecosystem, p.name)));
    }
}

fn measure<'a>(
    what: &str,
    asked: impl Iterator<Item = &'a (Ecosystem, String)>,
    ask: impl Fn(&(Ecosystem, String)) -> Result<bool>,
) -> Result<()> {
    let mut times: Vec<Duration> = Vec::new();
    let mut hits = 0_u64;
    for package in asked {
        let start = Instant::now();
        hits += u64::from(ask(package)?);
        times.push(start.elapsed());
    }
    times.sort();
    let at = |part: usize| {
        let place = times.len().saturating_sub(1) * part / 1000;
        times.get(place).copied().unwrap_or_default()
    };
    println!(
        "{what}: {} asked, {hits} affected; p50 {:?}, p99 {:?}, longest {:?}",
        times.len(),
        at(500),
        at(990),
        at(1000)
    );
    Ok(())
}
