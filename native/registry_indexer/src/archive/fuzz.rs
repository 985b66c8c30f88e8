//! Whatever is done to a valid archive, reading it neither panics nor exceeds its limits.

use proptest::prelude::*;
use registry_protocols::{ArchiveFormat, ArchiveRoot};
use registry_types::{ErrorKind, Limits};
use tar::EntryType;

use super::testing::{Tarball, Zip, ZipEntry, gzip};
use super::{Want, read};

/// One change to the bytes of an archive.
#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Flip(usize, u8),
    Cut(usize),
    Insert(usize, Vec<u8>),
    Repeat(usize, usize),
    Swap(usize, usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = || 0..4000usize;
    prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, to)| Change::Set(at, to)),
        4 => (at(), 0..8u8).prop_map(|(at, bit)| Change::Flip(at, 1 << bit)),
        1 => at().prop_map(Change::Cut),
        1 => (at(), prop::collection::vec(any::<u8>(), 1..40))
            .prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        1 => (at(), 1..600usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        1 => (at(), at(), 1..600usize).prop_map(|(a, b, length)| Change::Swap(a, b, length)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match change {
        Change::Set(at, to) => bytes[at % length] = *to,
        Change::Flip(at, bit) => bytes[at % length] ^= bit,
        Change::Cut(at) => bytes.truncate(at % length),
        Change::Insert(at, new) => {
            bytes.splice(at % length..at % length, new.iter().copied());
        }
        Change::Repeat(at, count) => {
            let part: Vec<u8> = bytes[at % length..].iter().take(*count).copied().collect();
            bytes.splice(at % length..at % length, part);
        }
        Change::Swap(a, b, count) => {
            for n in 0..*count {
                bytes.swap((a + n) % length, (b + n) % length);
            }
        }
    }
}

/// Half of the changes are made to the tar and compressed afterwards: otherwise gzip's checksum
/// would hide the tar reader from them.
fn seeds() -> Vec<(ArchiveFormat, bool, Vec<u8>)> {
    let tar = Tarball::of(&[("p/README.md", b"# Title"), ("p/src/lib.rs", b"fn a() {}")])
        .pax(
            EntryType::XHeader,
            &[("path", b"p/renamed"), ("size", b"2")],
        )
        .file("p/x", b"ab")
        .entry(EntryType::GNULongName, "L", b"", b"p/long")
        .file("p/y", &[7; 700])
        .link(EntryType::Symlink, "p/link", "x")
        .entry(EntryType::Directory, "p/d/", b"", b"");
    let zip = Zip::of(&[("a.py", b"x = 1"), ("b.py", &[b'y'; 900])])
        .entry(&ZipEntry::stored("c.py", b"z"))
        .entry(&ZipEntry {
            descriptor: true,
            ..ZipEntry::deflated("d.py", b"dddddd")
        });
    vec![
        (ArchiveFormat::TarGz, true, tar.clone().tar()),
        (ArchiveFormat::TarGz, false, tar.clone().gz()),
        (ArchiveFormat::HexTar, false, tar.hex("{a,1}.").build()),
        (ArchiveFormat::Zip, false, zip.build()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_archives(
        seed in 0..4usize,
        changes in prop::collection::vec(change(), 1..8),
        strip in any::<bool>(),
    ) {
        let (format, compress, mut bytes) = seeds().swap_remove(seed);
        for change in &changes {
            apply(&mut bytes, change);
        }
        let bytes = if compress { gzip(&bytes) } else { bytes };
        let root = if strip { ArchiveRoot::StripFirst } else { ArchiveRoot::AsIs };
        let limits = Limits {
            unpacked_bytes: 20_000,
            archive_entries: 12,
            ..Limits::default()
        };
        match read(&bytes, format, root, &limits, &|_| Want::Whole(500)) {
            Ok(archive) => {
                prop_assert!(archive.entries <= limits.archive_entries);
                prop_assert!(archive.unpacked_bytes <= limits.unpacked_bytes);
                for (path, file) in &archive.files {
                    prop_assert!(file.bytes.len() <= 500);
                    prop_assert!(!path.split('/').any(|part| part.is_empty() || part == ".."));
                }
            }
            Err(error) => prop_assert!(
                matches!(
                    error.kind,
                    ErrorKind::Archive
                        | ErrorKind::LimitExceeded
                        | ErrorKind::Integrity
                        | ErrorKind::Unsupported
                ),
                "{error}"
            ),
        }
    }
}
