//! Bytes that change on the disk.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use registry_store::{Bundle, SnippetFilter, Store, StoreOptions};
use registry_types::{Ecosystem, ErrorKind};

use crate::support::{bundle, open, query, snippet_query};

const PACKAGES: usize = 40;

fn all() -> Vec<Bundle> {
    (0..PACKAGES)
        .map(|n| {
            let name = format!("package{n}");
            bundle(
                Ecosystem::Cargo,
                &name,
                "1.0.0",
                &format!("about number{n}, a word"),
            )
        })
        .collect()
}

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// What is read must be what was written, or an error that says so.
#[derive(Default)]
struct Tally {
    right: usize,
    corrupt: usize,
}

impl Tally {
    fn see<T: PartialEq + std::fmt::Debug>(&mut self, read: registry_types::Result<T>, wrote: &T) {
        match read {
            Ok(value) => {
                assert_eq!(value, *wrote, "a wrong answer");
                self.right += 1;
            }
            Err(error) => {
                assert_eq!(error.kind, ErrorKind::StoreCorrupt, "{error}");
                self.corrupt += 1;
            }
        }
    }
}

/// Reads everything; panics on a wrong answer.
fn read_all(store: &Store, all: &[Bundle], reindexed: bool) -> Tally {
    let mut tally = Tally::default();
    for put in all {
        let name = put.package.name.as_str();
        tally.see(store.get_package(Ecosystem::Cargo, name), &put.package);
        let mut release = put.release.clone();
        release.snippet_count = put.snippets.len() as u64;
        tally.see(store.get_release(Ecosystem::Cargo, name, "1.0.0"), &release);
        let filter = SnippetFilter::default();
        tally.see(
            store.snippets(Ecosystem::Cargo, name, "1.0.0", &filter),
            &put.snippets,
        );
        tally.see(
            store.documents(Ecosystem::Cargo, name, "1.0.0"),
            &put.documents,
        );
        // An index that was built again lacks what could not be read.
        if reindexed {
            continue;
        }
        let found = store.search(&query(name));
        let found = found.map(|hits| hits.into_iter().next().map(|hit| hit.package));
        tally.see(found, &Some(put.package.clone().into()));
        let symbol = put.snippets[0].clone();
        let found = store.search_snippets(&snippet_query(&symbol.name));
        let found = found.map(|hits| hits.into_iter().next().map(|hit| hit.snippet));
        tally.see(found, &Some(symbol));
    }
    tally
}

fn damage_and_read(
    rounds: usize,
    seed: u64,
    damage: impl Fn(&mut [u8], &mut Random),
) -> (usize, usize) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let all = all();
    let store = open(&path);
    store.put_many(&all).unwrap();
    store.close().unwrap();
    let whole = fs::read(&path).unwrap();
    let mut random = Random(seed);
    let (mut seen, mut unharmed) = (0, 0);
    for round in 0..rounds {
        let mut bytes = whole.clone();
        damage(&mut bytes, &mut random);
        fs::write(&path, &bytes).unwrap();
        let outcome = catch_unwind(AssertUnwindSafe(|| round_trip(&path, &all)));
        let tally = outcome.unwrap_or_else(|_| panic!("round {round} of seed {seed}"));
        seen += usize::from(tally.corrupt > 0);
        unharmed += usize::from(tally.corrupt == 0);
        for kept in fs::read_dir(dir.path()).unwrap() {
            fs::remove_file(kept.unwrap().path()).unwrap();
        }
    }
    (seen, unharmed)
}

fn round_trip(path: &Path, all: &[Bundle]) -> Tally {
    let opened = match Store::open(path, &StoreOptions::default()) {
        Ok(opened) => opened,
        Err(error) => {
            assert!(
                matches!(error.kind, ErrorKind::StoreCorrupt | ErrorKind::Unsupported),
                "{error}"
            );
            return Tally {
                right: 0,
                corrupt: 1,
            };
        }
    };
    let store = opened.store;
    if opened.recovered.is_some() {
        assert_eq!(store.stats().unwrap().packages, 0);
        store.put(&all[0]).unwrap();
        return Tally {
            right: 0,
            corrupt: 1,
        };
    }
    let tally = read_all(&store, all, opened.reindexed);
    let report = store.check();
    if tally.corrupt > 0 {
        let noticed = report.is_err() || report.is_ok_and(|report| !report.is_ok());
        assert!(noticed, "check sees nothing");
    }
    // What is damaged can be written again, or says why it cannot.
    if let Err(error) = store.put(&all[3]) {
        assert_eq!(error.kind, ErrorKind::StoreCorrupt, "{error}");
    }
    tally
}

#[test]
fn flipped_bits_are_never_a_wrong_answer() {
    let (seen, unharmed) = damage_and_read(60, 11, |bytes, random| {
        for _ in 0..8 {
            let at = 4096 + random.below(bytes.len() - 4096);
            bytes[at] ^= 1 << random.below(8);
        }
    });
    assert!(seen > 0, "{unharmed} rounds and nothing was hit");
}

#[test]
fn lost_pages_are_never_a_wrong_answer() {
    let (seen, unharmed) = damage_and_read(30, 5, |bytes, random| {
        let page = 1 + random.below(bytes.len() / 4096 - 1);
        bytes[page * 4096..][..4096].fill(0);
    });
    assert!(seen > 0, "{unharmed} rounds and nothing was hit");
}

#[test]
fn foreign_pages_are_never_a_wrong_answer() {
    let (seen, unharmed) = damage_and_read(30, 3, |bytes, random| {
        let page = 1 + random.below(bytes.len() / 4096 - 1);
        for byte in &mut bytes[page * 4096..][..4096] {
            *byte = random.below(256) as u8;
        }
    });
    assert!(seen > 0, "{unharmed} rounds and nothing was hit");
}

#[test]
fn a_damaged_header_is_seen() {
    damage_and_read(20, 9, |bytes, random| {
        let at = random.below(320);
        bytes[at] ^= 1 << random.below(8);
    });
}
