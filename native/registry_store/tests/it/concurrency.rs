use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use registry_types::Ecosystem;

use crate::support::{bundle, names, open, snippet_query};

#[test]
fn readers_see_whole_writes_while_they_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    // Two packages that are always written together.
    let pair = |n: u64| {
        ["left", "right"].map(|name| {
            let mut put = bundle(Ecosystem::Cargo, name, "1.0.0", "pair");
            put.package.downloads.recent = Some(n);
            put
        })
    };
    store.put_many(&pair(0)).unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut rounds = 0;
                while !done.load(Ordering::Relaxed) || rounds < 10 {
                    rounds += 1;
                    let hits = store.search(&crate::support::query("pair")).unwrap();
                    assert_eq!(hits.len(), 2);
                    let seen: Vec<_> = hits.iter().map(|h| h.package.downloads.recent).collect();
                    assert_eq!(seen[0], seen[1], "one search sees one state");
                    store
                        .get_release(Ecosystem::Cargo, "left", "1.0.0")
                        .unwrap();
                    let hits = store.search_snippets(&snippet_query("connect")).unwrap();
                    assert_eq!(hits.len(), 2);
                }
            });
        }
        scope.spawn(|| {
            for n in 1..60 {
                store.put_many(&pair(n)).unwrap();
            }
            done.store(true, Ordering::Relaxed);
        });
    });
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn many_writers_take_turns() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    thread::scope(|scope| {
        for writer in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..12 {
                    let name = format!("w{writer}n{n}");
                    store
                        .put(&bundle(Ecosystem::Npm, &name, "1.0.0", "shared words"))
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(store.stats().unwrap().packages, 48);
    assert_eq!(names(&store, "shared").len(), 20);
    assert_eq!(names(&store, "w3n11"), ["w3n11"]);
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn closing_waits_for_what_is_in_progress() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.redb");
    let store = open(&path);
    let acknowledged = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut n = 0;
            while store
                .put(&bundle(Ecosystem::Npm, &format!("p{n}"), "1.0.0", "x"))
                .is_ok()
            {
                n += 1;
            }
            n
        });
        thread::sleep(std::time::Duration::from_millis(100));
        store.close().unwrap();
        writer.join().unwrap()
    });
    let store = open(&path);
    assert_eq!(store.stats().unwrap().packages, acknowledged);
}
