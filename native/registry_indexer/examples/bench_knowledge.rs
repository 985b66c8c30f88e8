//! How long the answers take that need more than one record, on a store of any size:
//! `bench_knowledge STORE [QUESTIONS]`. It adds advisories for every twentieth package and a tree of 1 000
//! releases to the store: give it a copy.

use std::time::{Duration, Instant};

use registry_indexer::{ChainOptions, dependency_chain, quality, recommend_version};
use registry_store::{Bundle, FeedRecord, ListQuery, Store, StoreOptions};
use registry_types::advice::AdviceOptions;
use registry_types::version::VersionSpec;
use registry_types::{
    Advisory, AffectedRange, Dependency, DependencyKind, Ecosystem, Error, Feed, Package,
    RangeEvent, Release, Result, Severity, Timestamp, VersionEntry,
};

const USAGE: &str = "bench_knowledge STORE [QUESTIONS]";
const SOURCE: &str = "bench";
/// Releases of the tree: each needs the three behind it, and one that others need too.
const NODES: usize = 1000;

type Name = (Ecosystem, String);

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let wrong = || Error::invalid_argument(USAGE);
    let path = arguments.next().ok_or_else(wrong)?;
    let questions = match arguments.next() {
        Some(text) => text.parse().map_err(|_| wrong())?,
        None => 20_000,
    };
    let store = Store::open(path, &StoreOptions::default())?.store;
    let packages = packages(&store)?;
    put_advisories(&store, &packages)?;
    put_tree(&store)?;
    println!(
        "{} packages, {} feeds",
        packages.len(),
        store.feeds()?.len()
    );

    // All over the store, and no package twice in a row.
    let asked = || {
        let places = (0..questions).map(|n| n * 7919 % packages.len());
        places.filter_map(|place| packages.get(place))
    };
    measure("advisories of a package", asked(), |(ecosystem, name)| {
        Ok(store.advisories(*ecosystem, name, None)?.len())
    })?;
    measure(
        "advisory_report of a version",
        asked(),
        |(ecosystem, name)| {
            Ok(store
                .advisory_report(*ecosystem, name, Some("1.2.3"))?
                .advisories
                .len())
        },
    )?;
    let advice = AdviceOptions::default();
    measure("recommend_version", asked(), |(ecosystem, name)| {
        Ok(recommend_version(&store, *ecosystem, name, &advice)?
            .candidates
            .len())
    })?;
    measure("quality", asked(), |(ecosystem, name)| {
        Ok(quality(&store, *ecosystem, name)?.parts.len())
    })?;
    let chain = |(ecosystem, name): &Name| {
        let tree = dependency_chain(
            &store,
            *ecosystem,
            name,
            &VersionSpec::Latest,
            &ChainOptions::default(),
        )?;
        Ok(tree.nodes.len())
    };
    measure("dependency_chain", asked(), chain)?;
    let root = (Ecosystem::Npm, tree_name(0));
    let again = std::iter::repeat_n(&root, 200);
    measure("dependency_chain of the tree", again, chain)
}

fn packages(store: &Store) -> Result<Vec<Name>> {
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

/// Three advisories for every twentieth package.
fn put_advisories(store: &Store, packages: &[Name]) -> Result<()> {
    let mut records = Vec::new();
    for (n, (ecosystem, name)) in packages.iter().enumerate().step_by(20) {
        for (part, fixed) in ["1.0.0", "1.2.4", "99.0.0"].into_iter().enumerate() {
            let mut advisory = Advisory::new(format!("BENCH-{n}-{part}"));
            advisory.summary = Some(format!("{name} believes what strangers say"));
            advisory.severity = Severity::High;
            advisory.affected = vec![AffectedRange::events(vec![
                RangeEvent::Introduced("0".into()),
                RangeEvent::Fixed(fixed.into()),
            ])];
            records.push(FeedRecord {
                ecosystem: *ecosystem,
                id: advisory.id.clone(),
                checksum: FeedRecord::checksum(advisory.id.as_bytes()),
                advisories: vec![(name.clone(), advisory)],
            });
        }
    }
    for some in records.chunks(5000) {
        store.import_records(SOURCE, some)?;
    }
    for ecosystem in Ecosystem::ALL {
        let feed = Feed {
            source: SOURCE.into(),
            ecosystem,
            asked_at: Timestamp::now(),
            origin: "made up".into(),
            modified_at: None,
            etag: None,
            changes_etag: None,
            records: 0,
            complete: true,
        };
        store.put_feed(&feed, None)?;
    }
    Ok(())
}

fn tree_name(n: usize) -> String {
    format!("bench-tree-{n}")
}

fn put_tree(store: &Store) -> Result<()> {
    let bundles = (0..NODES).map(|n| {
        let name = tree_name(n);
        let mut package = Package::new(Ecosystem::Npm, &name);
        package.versions = vec![VersionEntry::unlisted(Ecosystem::Npm, "1.0.0")];
        let mut release = Release::new(Ecosystem::Npm, &name, "1.0.0");
        let needed = [3 * n + 1, 3 * n + 2, 3 * n + 3, (n + NODES) / 2];
        release.dependencies = needed
            .into_iter()
            .filter(|other| (n + 1..NODES).contains(other))
            .map(|other| Dependency {
                name: tree_name(other),
                requirement: "^1.0.0".into(),
                kind: DependencyKind::Runtime,
                optional: false,
                target: None,
                rename: None,
            })
            .collect();
        Bundle::new(package, release)
    });
    store.import(bundles).map(drop)
}

/// Prints how long each answer takes, and how much is in them on average.
fn measure<'a>(
    what: &str,
    asked: impl Iterator<Item = &'a Name>,
    ask: impl Fn(&Name) -> Result<usize>,
) -> Result<()> {
    let mut times: Vec<Duration> = Vec::new();
    let mut found = 0;
    for package in asked {
        let start = Instant::now();
        found += ask(package)?;
        times.push(start.elapsed());
    }
    times.sort();
    let at = |part: usize| {
        let place = times.len().saturating_sub(1) * part / 1000;
        times.get(place).copied().unwrap_or_default()
    };
    println!(
        "{what}: {} asked, {:.1} found each; p50 {:?}, p99 {:?}, longest {:?}",
        times.len(),
        found as f64 / times.len().max(1) as f64,
        at(500),
        at(990),
        at(1000)
    );
    Ok(())
}
