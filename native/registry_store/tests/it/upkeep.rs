use std::time::{Duration, Instant};

use registry_store::{Store, StoreOptions, SyncMode};
use registry_types::Ecosystem;

use crate::locking::set_number;
use crate::support::{assert_stored, bundle, names, open};

#[test]
fn the_index_is_built_again_from_the_records() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.redb");
    let store = open(&path);
    let all: Vec<_> = (0..40)
        .map(|n| {
            bundle(
                Ecosystem::Cargo,
                &format!("p{n}"),
                "1.0.0",
                &format!("about topic{n}"),
            )
        })
        .collect();
    store.put_many(&all).unwrap();
    let before = names(&store, "about topic7");
    store.reindex().unwrap();
    assert_eq!(names(&store, "about topic7"), before);
    store
        .put(&bundle(Ecosystem::Cargo, "later", "1.0.0", "added after"))
        .unwrap();
    assert_eq!(names(&store, "added after"), ["later"]);
    assert!(store.check().unwrap().is_ok());
    store.close().unwrap();

    for stale in ["index_version", "index_generation:p", "index_generation:s"] {
        set_number(&path, stale, 77);
        let opened = Store::open(&path, &StoreOptions::default()).unwrap();
        assert!(opened.reindexed, "{stale}");
        assert_eq!(opened.recovered, None);
        assert_eq!(names(&opened.store, "about topic7"), before);
        assert!(opened.store.check().unwrap().is_ok());
    }
    assert!(
        !Store::open(&path, &StoreOptions::default())
            .unwrap()
            .reindexed
    );
}

#[test]
fn compacting_gives_space_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let all: Vec<_> = (0..600)
        .map(|n| {
            let text: String = (0..400)
                .map(|w| format!("word{} ", (n * w * 31) % 9973))
                .collect();
            bundle(Ecosystem::Pypi, &format!("p{n}"), "1.0", &text)
        })
        .collect();
    store.put_many(&all).unwrap();
    for put in &all[1..] {
        store
            .delete(Ecosystem::Pypi, &put.package.name, None)
            .unwrap();
    }
    let compacted = store.compact().unwrap();
    assert!(
        compacted.bytes_after * 2 < compacted.bytes_before,
        "{compacted:?}"
    );
    assert_stored(&store, &all[0]);
    assert_eq!(names(&store, "p0"), ["p0"]);
    store.put(&all[5]).unwrap();
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn deferred_writes_are_there_after_closing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.redb");
    let options = StoreOptions {
        sync: SyncMode::Deferred,
        ..StoreOptions::default()
    };
    let store = Store::open(&path, &options).unwrap().store;
    let put = bundle(Ecosystem::Hex, "plug", "1.0.0", "words");
    store.put(&put).unwrap();
    assert_stored(&store, &put);
    drop(store);
    assert_stored(&open(&path), &put);
}

#[test]
fn segments_do_not_pile_up() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.redb");
    let store = open(&path);
    let mut slowest = Duration::ZERO;
    for n in 0..120 {
        let begun = Instant::now();
        store
            .put(&bundle(Ecosystem::Npm, &format!("p{n}"), "1.0.0", "x"))
            .unwrap();
        slowest = slowest.max(begun.elapsed());
    }
    store.close().unwrap();
    let database = redb::Database::open(&path).unwrap();
    let read = redb::ReadableDatabase::begin_read(&database).unwrap();
    let table: redb::TableDefinition<'_, &str, (u64, u32)> = redb::TableDefinition::new("ts_len");
    let files = redb::ReadableTableMetadata::len(&read.open_table(table).unwrap()).unwrap();
    assert!(files < 2 * 18 * 8, "{files} index files after 120 puts");
    assert!(slowest < Duration::from_secs(20), "{slowest:?}");
}

#[test]
fn compacting_and_writing_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..80 {
                let put = bundle(Ecosystem::Npm, &format!("p{n}"), "1.0.0", "common");
                store.put(&put).unwrap();
            }
        });
        for _ in 0..6 {
            store.compact().unwrap();
            store.reindex().unwrap();
        }
    });
    assert_eq!(store.stats().unwrap().packages, 80);
    assert_eq!(names(&store, "p79 common")[0], "p79");
    let all = store
        .search(&registry_types::SearchQuery {
            limit: 1000,
            ..crate::support::query("common")
        })
        .unwrap();
    assert_eq!(all.len(), 80);
    let query = registry_types::SnippetQuery {
        limit: 1000,
        ..crate::support::snippet_query("connect")
    };
    let found = store.search_snippets(&query).unwrap();
    assert_eq!(found.len(), 80, "each once");
    assert!(store.check().unwrap().is_ok());
}
