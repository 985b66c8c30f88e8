use std::time::{Duration, Instant};

use registry_store::{Store, StoreOptions, SyncMode};
use registry_types::{Ecosystem, ErrorKind};

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
fn compacting_closes_the_holes_between_what_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let all: Vec<_> = (0..3000)
        .map(|n| {
            let text: String = (0..150)
                .map(|w| format!("w{} ", (n * w * 31) % 9973))
                .collect();
            bundle(Ecosystem::Pypi, &format!("p{n}"), "1.0", &text)
        })
        .collect();
    store.import(all.clone()).unwrap();
    let full = store.compact().unwrap().bytes_after;
    let half: Vec<_> = all
        .iter()
        .step_by(2)
        .map(|put| put.package.name.clone())
        .collect();
    let half: Vec<_> = half
        .into_iter()
        .map(|name| (Ecosystem::Pypi, name))
        .collect();
    assert_eq!(store.delete_many(&half).unwrap(), 1500);
    let compacted = store.compact().unwrap();
    assert!(
        compacted.bytes_after * 10 < full * 7,
        "{full}, {compacted:?}"
    );
    for put in all.iter().skip(1).step_by(2) {
        assert_stored(&store, put);
    }
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

#[test]
fn an_import_stores_all_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.redb");
    let store = open(&path);
    let text = |n: usize| format!("about topic{}, which others are not about", n % 500);
    let all =
        (0..2500).map(|n| bundle(Ecosystem::Hex, &format!("p{}", n % 2000), "1.0.0", &text(n)));
    let all: Vec<_> = all.collect();
    assert_eq!(store.import(all.clone()).unwrap(), 2500);
    assert_eq!(store.stats().unwrap().packages, 2000);
    // Of two with one name the later counts.
    for (n, put) in all.iter().enumerate().skip(500) {
        assert_stored(&store, put);
        assert_eq!(put.package.name, format!("p{}", n % 2000));
    }
    assert_eq!(store.import([]).unwrap(), 0);
    let report = store.check().unwrap();
    assert!(report.is_ok(), "{report:?}");
    assert_eq!(
        (report.indexed_packages, report.indexed_snippets),
        (2000, 4000)
    );
    // What was compressed with the store's dictionaries is read by others that open it.
    store.close().unwrap();
    let store = open(&path);
    for put in &all[2400..] {
        assert_stored(&store, put);
    }
    store.reindex().unwrap();
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn an_import_ends_at_the_first_fault_and_keeps_what_was_before() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let mut all: Vec<_> = (0..300)
        .map(|n| bundle(Ecosystem::Npm, &format!("p{n}"), "1.0.0", "words"))
        .collect();
    all[200].release.version.clear();
    let error = store.import(all).unwrap_err();
    assert_eq!(error.kind, ErrorKind::InvalidArgument, "{error}");
    let stored = store.stats().unwrap().packages;
    assert!((150..=200).contains(&stored), "{stored}");
    let told = error.details.iter().find(|(name, _)| name == "stored");
    assert_eq!(told.unwrap().1, stored.to_string());
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn many_are_deleted_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let name = |n: usize| format!("p{n}");
    let all: Vec<_> = (0..60)
        .map(|n| bundle(Ecosystem::Npm, &name(n), "1.0.0", "words"))
        .collect();
    store.put_many(&all).unwrap();
    let gone: Vec<_> = (30..90).map(|n| (Ecosystem::Npm, name(n))).collect();
    assert_eq!(store.delete_many(&gone).unwrap(), 30);
    assert_eq!(store.stats().unwrap().packages, 30);
    assert!(store.check().unwrap().is_ok());
}

#[test]
fn the_bytes_of_what_is_stored_are_counted() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let empty = store.stats().unwrap();
    assert_eq!(
        (empty.bytes_per_package(), empty.bytes_per_snippet()),
        (None, None)
    );
    let put = bundle(Ecosystem::Npm, "a", "1.0.0", "words");
    store.put(&put).unwrap();
    let one = store.stats().unwrap();
    assert!(one.text_bytes > 40 && one.snippet_bytes > 100, "{one:?}");
    assert!(one.package_index_bytes > 0 && one.snippet_index_bytes > 0);
    assert_eq!(
        one.index_bytes,
        one.package_index_bytes + one.snippet_index_bytes
    );
    assert!(one.bytes_per_snippet().unwrap() > 50);
    store.put(&put).unwrap();
    let again = store.stats().unwrap();
    assert_eq!(
        (again.text_bytes, again.snippet_bytes),
        (one.text_bytes, one.snippet_bytes)
    );
    store.delete(Ecosystem::Npm, "a", None).unwrap();
    let none = store.stats().unwrap();
    assert_eq!((none.text_bytes, none.snippet_bytes), (0, 0));
}

#[test]
fn check_sees_an_index_that_is_not_of_these_records() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.redb");
    let store = open(&path);
    for n in 0..5 {
        let put = bundle(Ecosystem::Npm, &format!("p{n}"), "1.0.0", "words");
        store.put(&put).unwrap();
    }
    store.close().unwrap();
    // A record is lost that the index knows, with all that leads to it.
    let database = redb::Database::open(&path).unwrap();
    let write = database.begin_write().unwrap();
    let packages: redb::TableDefinition<'_, u32, &[u8]> = redb::TableDefinition::new("package");
    write.open_table(packages).unwrap().remove(3).unwrap();
    let keys: redb::TableDefinition<'_, &str, u32> = redb::TableDefinition::new("pkg_key");
    write.open_table(keys).unwrap().remove("n:p2").unwrap();
    write.commit().unwrap();
    drop(database);
    let store = open(&path);
    let report = store.check().unwrap();
    assert!(!report.index_intact && report.file_intact, "{report:?}");
    assert!(
        report.faults.iter().any(|f| f.contains("index")),
        "{report:?}"
    );
    assert!(
        report
            .faults
            .iter()
            .any(|f| f.contains("belongs to no package")),
        "{report:?}"
    );
    assert_eq!(report.indexed_packages, 4);
}
