//! A process that is killed in the middle of its writes.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use registry_store::{Bundle, Store};
use registry_types::{Ecosystem, SnippetKind};

use crate::support::{assert_stored, bundle, names, open, snippet};

const CHILD: &str = "STORE_CRASH_TEST_PATH";
const FIRST: &str = "STORE_CRASH_TEST_FIRST";
const KILLS: u64 = 24;

/// Write number `n`: new packages, and now and then one of before again.
fn write(n: u64) -> Bundle {
    let name = format!("package{}", if n.is_multiple_of(5) { n / 2 } else { n });
    let mut put = bundle(
        Ecosystem::Cargo,
        &name,
        "1.0.0",
        &format!("write{n} of many"),
    );
    put.snippets = (0..n % 40)
        .map(|s| snippet(&format!("symbol{s}_of_{n}"), SnippetKind::Function))
        .collect();
    put
}

/// Starts a test of this file as a process that is going to be killed.
fn child(test: &str, path: &Path, first: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(CHILD, path)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// All that was written up to `n` must be there as it was last written.
fn verify(store: &Store, n: u64) {
    let generation = store.stats().unwrap().generation;
    assert!(
        generation == n || generation == n + 1,
        "{n} writes were acknowledged, the store has {generation}"
    );
    let mut last = HashMap::new();
    for n in 1..=generation {
        let put = write(n);
        last.insert(put.package.name.clone(), put);
    }
    assert_eq!(store.stats().unwrap().packages, last.len() as u64);
    for put in last.values() {
        assert_stored(store, put);
    }
    let newest = write(generation);
    if generation > 0 {
        assert_eq!(
            names(store, &format!("write{generation}")),
            [newest.package.name]
        );
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_the_index_follows() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let mut acknowledged = 0;
    let mut pause = 7;
    for _ in 0..KILLS {
        let mut child = child("crash::child_writes", &path, 0);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let numbers = lines.map_while(Result::ok);
        let mut numbers = numbers.filter_map(|line| line.strip_prefix("wrote ")?.parse().ok());
        // Uneven pauses, so that the kill meets every part of a write.
        pause = pause * 37 % 101;
        for _ in 0..pause % 5 {
            acknowledged = numbers.next().unwrap_or(acknowledged);
        }
        thread::sleep(Duration::from_micros(pause * 150));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = numbers.last().unwrap_or(acknowledged);
        let store = open(&path);
        verify(&store, acknowledged);
        acknowledged = store.stats().unwrap().generation;
    }
    assert!(acknowledged > KILLS, "only {acknowledged} writes");
    let store = open(&path);
    let report = store.check().unwrap();
    assert!(report.is_ok(), "{report:?}");
}

#[test]
#[ignore = "the process that is killed"]
fn child_writes() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let store = open(Path::new(&path));
    let first = store.stats().unwrap().generation + 1;
    for n in first.. {
        store.put(&write(n)).unwrap();
        println!("wrote {n}");
    }
}

#[test]
fn a_reindex_that_was_killed_is_done_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let store = open(&path);
    let all: Vec<Bundle> = (1..=60).map(write).collect();
    for put in &all {
        store.put(put).unwrap();
    }
    let before = names(&store, "many");
    store.close().unwrap();
    for round in 0..8 {
        let mut child = child("crash::child_reindexes", &path, 0);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        lines.map_while(Result::ok).find(|line| line == "begins");
        thread::sleep(Duration::from_millis(round * 7));
        child.kill().unwrap();
        child.wait().unwrap();
        let store = open(&path);
        assert_eq!(names(&store, "many"), before);
        assert_eq!(names(&store, "write60"), [write(60).package.name]);
        let report = store.check().unwrap();
        assert!(report.is_ok(), "{report:?}");
    }
}

#[test]
#[ignore = "the process that is killed"]
fn child_reindexes() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let store = open(Path::new(&path));
    println!("begins");
    loop {
        store.reindex().unwrap();
    }
}

/// What write number `n` does where everything is done in turn: the same in every process.
fn perform(store: &Store, n: u64) {
    match n % 16 {
        3 => store.reindex().unwrap(),
        7 => {
            store.compact().unwrap();
        }
        5 | 11 => {
            let gone = store.delete(Ecosystem::Cargo, &write(n - 1).package.name, None);
            assert!(gone.is_ok_and(|releases| releases > 0));
        }
        // Many at once make segments that are merged beside the writes.
        9 | 13 => store.put_many(&many(n)).unwrap(),
        14 => assert_eq!(store.import(many(n)).unwrap(), 20),
        _ => store.put(&write(n)).unwrap(),
    }
}

fn many(n: u64) -> Vec<Bundle> {
    (0..20).map(|part| write(n * 100 + part)).collect()
}

/// What is stored after so many writes, by name.
fn stored_after(writes: u64) -> HashMap<String, Bundle> {
    let mut stored = HashMap::new();
    let name = |put: &Bundle| put.package.name.clone();
    for n in 1..=writes {
        match n % 16 {
            3 | 7 => {}
            5 | 11 => {
                stored.remove(&name(&write(n - 1)));
            }
            9 | 13 | 14 => stored.extend(many(n).into_iter().map(|put| (name(&put), put))),
            _ => {
                stored.insert(name(&write(n)), write(n));
            }
        }
    }
    stored
}

/// Whether the store holds exactly that.
fn holds(store: &Store, expected: &HashMap<String, Bundle>) -> bool {
    let as_put = |put: &Bundle| {
        let found = store.get_package(Ecosystem::Cargo, &put.package.name);
        found.is_ok_and(|package| package == put.package)
    };
    store.stats().unwrap().packages == expected.len() as u64 && expected.values().all(as_put)
}

#[test]
fn whatever_is_killed_records_and_index_agree() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let (mut written, mut pause) = (0, 7);
    for _ in 0..KILLS {
        let mut child = child("crash::child_does_everything", &path, written + 1);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let mut told: Vec<String> = Vec::new();
        pause = pause * 37 % 101;
        told.extend(lines.by_ref().take(pause as usize % 23));
        thread::sleep(Duration::from_micros(pause * 170));
        child.kill().unwrap();
        child.wait().unwrap();
        told.extend(lines);
        let number = |what: &str| {
            let numbers = told
                .iter()
                .filter_map(|line| line.strip_prefix(what)?.parse().ok());
            numbers.max().unwrap_or(written)
        };
        let store = open(&path);
        // What was begun is done or not; what was acknowledged is done.
        let possible: [u64; 2] = [number("wrote "), number("begins ")];
        let found = possible
            .into_iter()
            .find(|n| holds(&store, &stored_after(*n)));
        written = found.unwrap_or_else(|| panic!("as after none of {possible:?}"));
        for put in stored_after(written).values().take(20) {
            assert_stored(&store, put);
        }
        let report = store.check().unwrap();
        assert!(report.is_ok(), "after write {written}: {report:?}");
    }
    assert!(written > KILLS, "only {written} writes");
}

#[test]
#[ignore = "the process that is killed"]
fn child_does_everything() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let store = open(Path::new(&path));
    let first = std::env::var(FIRST).unwrap().parse().unwrap();
    for n in first.. {
        println!("begins {n}");
        perform(&store, n);
        println!("wrote {n}");
    }
}
