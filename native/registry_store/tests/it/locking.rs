//! One file, one owner; and files that are no stores.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use redb::TableDefinition;
use registry_store::{Store, StoreOptions};
use registry_types::{Ecosystem, ErrorKind};

use crate::support::{assert_stored, bundle, open};

const CHILD: &str = "STORE_LOCK_TEST_PATH";

#[test]
fn a_second_opener_is_told_which_file_is_locked() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let store = open(&path);
    let error = Store::open(&path, &StoreOptions::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::StoreLocked);
    assert!(error.message.contains("cache.redb"), "{error}");
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        1,
        "nothing was kept aside"
    );
    store.close().unwrap();
    open(&path);
}

#[test]
fn another_process_locks_it_too() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "locking::child_holds_the_store",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD, &path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(
        lines
            .map_while(Result::ok)
            .any(|line| line.contains("holding"))
    );
    let error = Store::open(&path, &StoreOptions::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::StoreLocked);
    drop(child.stdin.take());
    child.wait().unwrap();
    open(&path);
}

#[test]
#[ignore = "the other process of another_process_locks_it_too"]
fn child_holds_the_store() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let _store = open(Path::new(&path));
    println!("holding");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
}

#[test]
fn closing_is_final_and_may_be_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    store.close().unwrap();
    store.close().unwrap();
    let error = store.get_package(Ecosystem::Npm, "a").unwrap_err();
    assert_eq!(error.kind, ErrorKind::StoreClosed);
    let error = store
        .put(&bundle(Ecosystem::Npm, "a", "1.0.0", "x"))
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::StoreClosed);
    assert_eq!(store.check().unwrap_err().kind, ErrorKind::StoreClosed);
    assert_eq!(store.reindex().unwrap_err().kind, ErrorKind::StoreClosed);
}

#[test]
fn a_file_that_is_no_store_is_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    for (n, bytes) in [b"not a database at all".to_vec(), vec![7; 100_000]]
        .iter()
        .enumerate()
    {
        fs::write(&path, bytes).unwrap();
        let opened = Store::open(&path, &StoreOptions::default()).unwrap();
        let recovered = opened.recovered.unwrap();
        assert!(!recovered.reason.is_empty());
        assert_eq!(fs::read(&recovered.kept_as).unwrap(), *bytes);
        let name = recovered.kept_as.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("cache.redb.corrupt-"), "{name}");
        let put = bundle(Ecosystem::Npm, "a", "1.0.0", "x");
        opened.store.put(&put).unwrap();
        assert_stored(&opened.store, &put);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), n + 2);
    }
}

#[test]
fn a_truncated_store_is_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let store = open(&path);
    for n in 0..20 {
        store
            .put(&bundle(Ecosystem::Npm, &format!("p{n}"), "1.0.0", "x"))
            .unwrap();
    }
    store.close().unwrap();
    let whole = fs::read(&path).unwrap();
    for keep in [1, 100, 4096, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..keep]).unwrap();
        let opened = Store::open(&path, &StoreOptions::default()).unwrap();
        assert!(
            opened.recovered.is_some(),
            "{keep} of {} bytes",
            whole.len()
        );
        assert_eq!(opened.store.stats().unwrap().packages, 0);
    }
}

#[test]
fn an_empty_file_is_a_new_store() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    fs::write(&path, b"").unwrap();
    let store = open(&path);
    assert_eq!(store.stats().unwrap().packages, 0);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.redb");
    let database = redb::Database::create(&path).unwrap();
    let write = database.begin_write().unwrap();
    let table: TableDefinition<'_, u64, u64> = TableDefinition::new("theirs");
    write.open_table(table).unwrap().insert(1, 2).unwrap();
    write.commit().unwrap();
    drop(database);
    let error = Store::open(&path, &StoreOptions::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported);
    assert!(error.message.contains("other.redb"), "{error}");
}

#[test]
fn a_newer_schema_is_refused_and_the_file_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    open(&path).close().unwrap();
    let known = set_number(&path, "schema", 99);
    let error = Store::open(&path, &StoreOptions::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported);
    assert!(error.message.contains("99"), "{error}");
    set_number(&path, "schema", known);
    open(&path);
}

#[test]
fn an_older_schema_is_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    open(&path).close().unwrap();
    set_number(&path, "schema", 1);
    let opened = Store::open(&path, &StoreOptions::default()).unwrap();
    let recovered = opened.recovered.unwrap();
    let name = recovered.kept_as.file_name().unwrap().to_string_lossy();
    assert!(name.starts_with("cache.redb.schema-1-"), "{name}");
    assert!(
        recovered.reason.contains("older program"),
        "{}",
        recovered.reason
    );
    assert_eq!(opened.store.stats().unwrap().packages, 0);
}

/// Changes a number of the store's own table.
pub fn set_number(path: &Path, name: &str, value: u64) -> u64 {
    let database = redb::Database::open(path).unwrap();
    let write = database.begin_write().unwrap();
    let table: TableDefinition<'_, &str, u64> = TableDefinition::new("sys");
    let mut table = write.open_table(table).unwrap();
    let before = table.insert(name, value).unwrap().map_or(0, |n| n.value());
    drop(table);
    write.commit().unwrap();
    before
}

#[test]
fn a_directory_is_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let error = Store::open(dir.path(), &StoreOptions::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::InvalidArgument);
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = Store::open(file.join("below.redb"), &StoreOptions::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::InvalidArgument, "{error}");
}

#[cfg(unix)]
#[test]
fn a_place_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let closed = dir.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(closed.join("probe"), "").is_ok() {
        eprintln!("SKIPPED: this user may write everywhere (root), permissions cannot be tested");
        return;
    }
    let error = Store::open(closed.join("s.redb"), &StoreOptions::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::StorageFull);
    assert!(error.message.contains("closed"), "{error}");
}

#[test]
fn a_table_of_a_later_version_begins_empty() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let store = open(&path);
    let put = bundle(Ecosystem::Npm, "a", "1.0.0", "x");
    store.put(&put).unwrap();
    store.close().unwrap();
    let database = redb::Database::open(&path).unwrap();
    let write = database.begin_write().unwrap();
    let table: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("digest");
    assert!(write.delete_table(table).unwrap());
    write.commit().unwrap();
    drop(database);
    assert_stored(&open(&path), &put);
}
