//! Fills a store with made-up packages and measures it. Times are wall time / CPU time of the thread:
//! on a busy machine only the second tells.
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

use std::path::{Path, PathBuf};
use std::time::Duration;

use corpus::{Corpus, Random};
use registry_store::{Store, StoreOptions};
use registry_types::{Ecosystem, SearchQuery, SnippetQuery};
use std::os::unix::fs::MetadataExt;

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
    let mut made = Spent::default();
    let mut put = Spent::default();
    // A store that is there already is measured as it is.
    let filled = store.stats().unwrap().packages >= packages;
    let mut first = if filled { packages } else { 0 };
    while first < packages {
        let end = (first + 2_000).min(packages);
        let begun = Clock::start();
        let bundles: Vec<_> = (first..end).map(|n| corpus.bundle(n)).collect();
        made += begun.spent();
        let begun = Clock::start();
        store.put_many(&bundles).unwrap();
        put += begun.spent();
        first = end;
    }
    let stats = store.stats().unwrap();
    println!("packages {}, snippets {}", stats.packages, stats.snippets);
    println!(
        "generated in {:.1?}; put_many in {:.1?}: {:.0} packages/s",
        made.cpu,
        put.wall,
        packages as f64 / put.wall.as_secs_f64()
    );

    let mut random = Random::new(7);
    let puts = if filled { 1 } else { 200 };
    measure("put, one package", puts, |n| {
        let bundle = corpus.bundle(packages + n);
        let begun = Clock::start();
        store.put(&bundle).unwrap();
        begun.spent()
    });
    measure("put again", puts / 2 + 1, |_| {
        let bundle = corpus.bundle(random.below(packages));
        let begun = Clock::start();
        store.put(&bundle).unwrap();
        begun.spent()
    });
    store.close().unwrap();
    let begun = Clock::start();
    let store = Store::open(&path, &StoreOptions::default()).unwrap().store;
    let open = begun.spent();
    println!("open: {:.1?} / {:.1?}", open.wall, open.cpu);
    let stats = store.stats().unwrap();
    let each = stats.packages as f64;
    print_size(&path, each);
    println!(
        "index {:.1} MB, {:.0} bytes/package",
        stats.index_bytes as f64 / 1e6,
        stats.index_bytes as f64 / each
    );

    measure("get_package", 5000, |_| {
        let number = random.below(packages);
        let (ecosystem, name) = (corpus.ecosystem(number), corpus.name(number));
        let begun = Clock::start();
        store.get_package(ecosystem, &name).unwrap();
        begun.spent()
    });
    let words = corpus.words();
    let search =
        |label: &str, ecosystems: &[Ecosystem], text: &mut dyn FnMut(&mut Random) -> String| {
            let mut random = Random::new(11);
            let mut found = 0;
            measure(label, 500, |_| {
                let query = SearchQuery {
                    ecosystems: ecosystems.to_vec(),
                    ..SearchQuery::new(text(&mut random))
                };
                let begun = Clock::start();
                found += store.search(&query).unwrap().len();
                begun.spent()
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
        let mut letters: Vec<char> = words.rare(r).chars().chain("q".chars()).collect();
        letters.swap(1, 2);
        letters.iter().collect()
    });
    search("search, no hit", all, &mut |r| format!("q{}q", r.next()));
    let mut random = Random::new(13);
    measure("search_snippets, two words", 500, |_| {
        let query = SnippetQuery::new(format!(
            "{} {}",
            words.topical(&mut random),
            words.topical(&mut random)
        ));
        let begun = Clock::start();
        store.search_snippets(&query).unwrap();
        begun.spent()
    });
    let clock = Clock::start();
    store.compact().unwrap();
    println!("compact: {:.1?}", clock.spent().wall);
    print_size(&path, each);
}

fn print_size(path: &Path, packages: f64) {
    let meta = std::fs::metadata(path).unwrap();
    let allocated = meta.blocks() * 512;
    println!(
        "file {:.1} MB, allocated {:.1} MB: {:.0} bytes/package",
        meta.len() as f64 / 1e6,
        allocated as f64 / 1e6,
        allocated as f64 / packages
    );
}

/// Wall time and CPU time.
struct Clock {
    wall: std::time::Instant,
    cpu: Duration,
}

#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    wall: Duration,
    cpu: Duration,
}

impl std::ops::AddAssign for Spent {
    fn add_assign(&mut self, more: Self) {
        self.wall += more.wall;
        self.cpu += more.cpu;
    }
}

fn cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

impl Clock {
    fn start() -> Self {
        Self {
            wall: std::time::Instant::now(),
            cpu: cpu(),
        }
    }

    fn spent(&self) -> Spent {
        Spent {
            cpu: cpu() - self.cpu,
            wall: self.wall.elapsed(),
        }
    }
}

/// Runs `work` so often; it says how long what matters took.
fn measure(label: &str, times: u64, mut work: impl FnMut(u64) -> Spent) {
    let all: Vec<Spent> = (0..times).map(&mut work).collect();
    let at = |of: fn(&Spent) -> Duration, share: f64| {
        let mut sorted: Vec<Duration> = all.iter().map(of).collect();
        sorted.sort();
        sorted[((sorted.len() - 1) as f64 * share) as usize]
    };
    println!(
        "{label:<38} p50 {:>8.1?} / {:>8.1?}  p99 {:>8.1?} / {:>8.1?}",
        at(|s| s.wall, 0.5),
        at(|s| s.cpu, 0.5),
        at(|s| s.wall, 0.99),
        at(|s| s.cpu, 0.99)
    );
}
