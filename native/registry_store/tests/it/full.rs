//! A disk that is full. (A quota of the store itself stands for it: a small file system would need
//! root. The same errors arise from the same calls.)

use registry_store::{Store, StoreOptions};
use registry_types::{Ecosystem, ErrorKind, SnippetKind};

use crate::support::{assert_stored, bundle, names, snippet};

#[test]
fn a_full_disk_leaves_the_store_readable_and_writable_later() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let options = StoreOptions {
        max_bytes: Some(5_000_000),
        ..StoreOptions::default()
    };
    let store = Store::open(&path, &options).unwrap().store;
    let mut stored = Vec::new();
    let error = loop {
        let n = stored.len();
        assert!(n < 10_000, "the quota is never reached");
        let mut put = bundle(
            Ecosystem::Npm,
            &format!("package{n}"),
            "1.0.0",
            "some words",
        );
        put.snippets = (0..200)
            .map(|s| {
                let mut snippet = snippet(&format!("f{n}x{s}"), SnippetKind::Function);
                snippet.source = format!("{:?}", (n * 7919 * s, s, n).to_owned()).repeat(8);
                snippet
            })
            .collect();
        match store.put(&put) {
            Ok(()) => stored.push(put),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind, ErrorKind::StorageFull, "{error}");
    assert!(!stored.is_empty());
    for put in &stored {
        assert_stored(&store, put);
    }
    assert_eq!(names(&store, "package0"), ["package0"]);
    // Again, and again readable.
    let big = bundle(Ecosystem::Npm, "big", "1.0.0", &noise(4_000_000));
    assert_eq!(store.put(&big).unwrap_err().kind, ErrorKind::StorageFull);
    assert_stored(&store, &stored[0]);
    assert_eq!(store.stats().unwrap().packages, stored.len() as u64);
    // Space becomes free, and the same open store goes on.
    store.set_max_bytes(None);
    store.put(&big).unwrap();
    let small = bundle(Ecosystem::Npm, "small", "1.0.0", "fits again");
    store.put(&small).unwrap();
    assert_stored(&store, &small);
    assert_stored(&store, &stored[0]);
    assert_eq!(names(&store, "fits"), ["small"]);
    assert!(store.check().unwrap().is_ok());
    store.close().unwrap();
    let store = Store::open(&path, &StoreOptions::default()).unwrap().store;
    assert_stored(&store, &stored[0]);
    assert_stored(&store, &big);
}

/// Text that does not compress.
fn noise(bytes: usize) -> String {
    let mut state = 1_u64;
    let mut text = String::with_capacity(bytes);
    while text.len() < bytes {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        text.push_str(&format!("{:x} ", state >> 20));
    }
    text
}
