//! Fills a store with made-up packages and measures it.
//!
//! `cargo run --release -p registry_store --example bench_store -- [packages] [snippets each] [path]`
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a program for people at a terminal"
)]

mod corpus;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use corpus::{Corpus, Random};
use registry_store::{Store, StoreOptions};
use registry_types::{Ecosystem, SearchQuery, SnippetQuery};

fn main() {
    let mut args = std::env::args().skip(1);
    let packages: u64 = args.next().map_or(1000, |n| n.parse().expect("packages"));
    let snippets: usize = args.next().map_or(10, |n| n.parse().expect("snippets"));
    let directory = tempfile::tempdir().unwrap();
    let path = args
        .next()
        .map_or_else(|| directory.path().join("bench.redb"), PathBuf::from);
    let corpus = Corpus::new(300_000.min(3 * packages as usize + 10_000), snippets);

    let store = Store::open(&path, &StoreOptions::default()).unwrap().store;
    let mut made = Duration::ZERO;
    let mut put = Duration::ZERO;
    let mut first = 0;
    while first < packages {
        let end = (first + 2_000).min(packages);
        let begun = Instant::now();
        let bundles: Vec<_> = (first..end).map(|n| corpus.bundle(n)).collect();
        made += begun.elapsed();
        let begun = Instant::now();
        store.put_many(&bundles).unwrap();
        put += begun.elapsed();
        first = end;
    }
    let stats = store.stats().unwrap();
    println!("packages {}, snippets {}", stats.packages, stats.snippets);
    println!(
        "generated in {made:.1?}; put_many in {put:.1?}: {:.0} packages/s",
        packages as f64 / put.as_secs_f64()
    );

    let mut random = Random::new(7);
    measure("put, one package", 200, |n| {
        let bundle = corpus.bundle(packages + n);
        let begun = Instant::now();
        store.put(&bundle).unwrap();
        begun.elapsed()
    });
    measure("put again", 100, |_| {
        let bundle = corpus.bundle(random.below(packages));
        let begun = Instant::now();
        store.put(&bundle).unwrap();
        begun.elapsed()
    });
    store.close().unwrap();
    let begun = Instant::now();
    let store = Store::open(&path, &StoreOptions::default()).unwrap().store;
    println!("open: {:.1?}", begun.elapsed());
    let stats = store.stats().unwrap();
    let each = stats.packages as f64;
    println!(
        "file {:.1} MB, {:.0} bytes/package; index {:.1} MB, {:.0} bytes/package",
        stats.file_bytes as f64 / 1e6,
        stats.file_bytes as f64 / each,
        stats.index_bytes as f64 / 1e6,
        stats.index_bytes as f64 / each
    );

    measure("get_package", 5000, |_| {
        let number = random.below(packages);
        let (ecosystem, name) = (corpus.ecosystem(number), corpus.name(number));
        let begun = Instant::now();
        store.get_package(ecosystem, &name).unwrap();
        begun.elapsed()
    });
    let words = corpus.words();
    let search =
        |label: &str, ecosystems: &[Ecosystem], text: &mut dyn FnMut(&mut Random) -> String| {
            let mut random = Random::new(11);
            let mut found = 0;
            measure(label, 500, |_| {
                let query = SearchQuery {
                    text: text(&mut random),
                    ecosystems: ecosystems.to_vec(),
                    limit: 20,
                    offset: 0,
                    explain: false,
                };
                let begun = Instant::now();
                found += store.search(&query).unwrap().len();
                begun.elapsed()
            });
            println!("    {:.1} results on average", found as f64 / 500.0);
        };
    let all = &[];
    search("search, one topical word", all, &mut |r| {
        words.topical(r).to_owned()
    });
    search("search, two topical words", all, &mut |r| {
        format!("{} {}", words.topical(r), words.topical(r))
    });
    search("search, three topical words", all, &mut |r| {
        format!(
            "{} {} {}",
            words.topical(r),
            words.topical(r),
            words.topical(r)
        )
    });
    search("search, one rare word", all, &mut |r| {
        words.rare(r).to_owned()
    });
    search("search, common and rare", all, &mut |r| {
        format!("{} {}", words.topical(r), words.rare(r))
    });
    search(
        "search, two words, cargo only",
        &[Ecosystem::Cargo],
        &mut |r| format!("{} {}", words.topical(r), words.topical(r)),
    );
    search(
        "search, \"async runtime\", cargo only",
        &[Ecosystem::Cargo],
        &mut |_| "async runtime".to_owned(),
    );
    search("search, exact name", all, &mut |r| {
        corpus.name(r.below(packages))
    });
    search("search, prefix of 3 letters", all, &mut |r| {
        words.rare(r).chars().take(3).collect()
    });
    search("search, one typo", all, &mut |r| {
        let mut letters: Vec<char> = words.topical(r).chars().chain("xyz".chars()).collect();
        letters.swap(1, 2);
        letters.iter().collect()
    });
    search("search, no hit", all, &mut |r| format!("q{}q", r.next()));
    let mut random = Random::new(13);
    measure("search_snippets, two words", 500, |_| {
        let query = SnippetQuery {
            text: format!(
                "{} {}",
                words.topical(&mut random),
                words.topical(&mut random)
            ),
            ecosystems: vec![],
            package: None,
            version: None,
            language: None,
            kind: None,
            public_only: false,
            limit: 20,
            offset: 0,
        };
        let begun = Instant::now();
        store.search_snippets(&query).unwrap();
        begun.elapsed()
    });
}

/// Runs `work` so often; it says how long what matters took.
fn measure(label: &str, times: u64, mut work: impl FnMut(u64) -> Duration) {
    let mut all: Vec<Duration> = (0..times).map(&mut work).collect();
    all.sort();
    let at = |share: f64| all[((all.len() - 1) as f64 * share) as usize];
    println!("{label:<40} p50 {:>9.1?}  p99 {:>9.1?}", at(0.5), at(0.99));
}
