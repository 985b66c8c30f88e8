//! What hostile and merely odd archives are answered with.

use registry_protocols::ArchiveFormat::{HexTar, TarGz, Zip as ZipFormat};
use registry_protocols::ArchiveRoot::{AsIs, StripFirst};
use registry_protocols::{ArchiveFormat, ArchiveRoot};
use registry_types::{Error, ErrorKind, Limits, Result};
use tar::{EntryType, Header};

use super::testing::{Tarball, Zip, ZipEntry, gzip, header};
use super::{Archive, SkipReason, Want, read};

const ALL: &dyn Fn(&str) -> Want = &|_| Want::Whole(1 << 20);

fn tgz(bytes: &[u8]) -> Result<Archive> {
    with(bytes, TarGz, &Limits::default())
}

fn zip(bytes: &[u8]) -> Result<Archive> {
    with(bytes, ZipFormat, &Limits::default())
}

fn with(bytes: &[u8], format: ArchiveFormat, limits: &Limits) -> Result<Archive> {
    let root: ArchiveRoot = if format == TarGz { StripFirst } else { AsIs };
    read(bytes, format, root, limits, ALL)
}

fn paths(archive: &Archive) -> Vec<&str> {
    archive.files.keys().map(String::as_str).collect()
}

fn refused(result: Result<Archive>, words: &str) {
    let error: Error = result.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Archive, "{error}");
    assert!(error.message.contains(words), "{error}");
}

fn limit(result: Result<Archive>, name: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind, ErrorKind::LimitExceeded, "{error}");
    assert_eq!(error.details[0], ("limit".into(), name.to_owned()));
}

mod tarballs {
    use super::*;

    #[test]
    fn an_honest_one_is_read_below_its_top_directory() {
        let bytes = Tarball::new()
            .entry(EntryType::Directory, "ms/", b"", b"")
            .file("ms/index.d.ts", b"export {}")
            .file("ms/lib/a.js", b"1")
            .gz();
        let archive = tgz(&bytes).unwrap();
        assert_eq!(paths(&archive), ["index.d.ts", "lib/a.js"]);
        assert_eq!(archive.file("index.d.ts"), Some(&b"export {}"[..]));
        assert_eq!(archive.entries, 3);
        assert!(archive.warnings.is_empty());
    }

    #[test]
    fn only_what_is_wanted_is_kept() {
        let bytes = Tarball::of(&[
            ("p/a", b"aaaa"),
            ("p/b", b"bbbb"),
            ("p/c", b"cccc"),
            ("p/d", b"dddd"),
        ])
        .gz();
        let archive = read(&bytes, TarGz, StripFirst, &Limits::default(), &|path| {
            match path {
                "a" => Want::Whole(4),
                "b" => Want::Whole(3),
                "c" => Want::Prefix(2),
                _ => Want::Skip(SkipReason::Test),
            }
        })
        .unwrap();
        assert_eq!(paths(&archive), ["a", "c"]);
        assert_eq!(archive.file("c"), Some(&b"cc"[..]));
        assert!(archive.files["c"].is_cut() && !archive.files["a"].is_cut());
        assert_eq!(archive.skipped[&SkipReason::TooLarge], 1);
        assert_eq!(archive.skipped[&SkipReason::Test], 1);
        assert_eq!(archive.warnings.len(), 1, "tests are skipped silently");
    }

    #[test]
    fn a_gzip_bomb_stops_at_the_ratio() {
        let bytes = Tarball::of(&[("p/zeros", &vec![0; 8 << 20])]).gz();
        assert!(bytes.len() < 20_000);
        limit(tgz(&bytes), "compression_ratio");
    }

    #[test]
    fn a_bomb_behind_the_end_of_the_tar_stops_too() {
        let mut tar = Tarball::of(&[("p/a", b"a")]).tar();
        tar.resize(8 << 20, 0);
        limit(tgz(&gzip(&tar)), "compression_ratio");
    }

    #[test]
    fn the_total_is_limited() {
        let noise: Vec<u8> = (0..3_000_000u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        let bytes = Tarball::of(&[("p/noise", &noise)]).gz();
        let limits = Limits {
            unpacked_bytes: 2 << 20,
            ..Limits::default()
        };
        limit(with(&bytes, TarGz, &limits), "unpacked_bytes");
    }

    #[test]
    fn a_hundred_thousand_entries_are_too_many() {
        let mut tar = Tarball::new();
        for _ in 0..100_000 {
            tar = tar.raw(header(EntryType::Regular, b"p/x", 0), b"");
        }
        let started = std::time::Instant::now();
        limit(tgz(&tar.gz()), "archive_entries");
        assert!(started.elapsed().as_secs() < 20);
    }

    #[test]
    fn extended_headers_count_as_entries() {
        let mut tar = Tarball::new();
        for _ in 0..20 {
            tar = tar.pax(EntryType::XHeader, &[("comment", b"x")]);
        }
        let limits = Limits {
            archive_entries: 10,
            ..Limits::default()
        };
        limit(with(&tar.gz(), TarGz, &limits), "archive_entries");
    }

    #[test]
    fn paths_that_escape_condemn_the_archive() {
        for path in [
            "p/../../x",
            "/etc/passwd",
            "C:\\x",
            "p\\..\\..\\x",
            "../p/x",
            "p/..",
        ] {
            let bytes = Tarball::of(&[("p/good", b"g"), (path, b"x")]).gz();
            refused(tgz(&bytes), "would leave its directory");
            let directory = Tarball::new().entry(EntryType::Directory, path, b"", b"");
            refused(tgz(&directory.gz()), "would leave its directory");
        }
    }

    #[test]
    fn links_are_skipped_and_escaping_ones_condemn_the_archive() {
        let bytes = Tarball::of(&[("p/README.md", b"text")])
            .link(EntryType::Symlink, "p/docs/README.md", "../README.md")
            .link(EntryType::Link, "p/again", "p/README.md")
            .gz();
        let archive = tgz(&bytes).unwrap();
        assert_eq!(paths(&archive), ["README.md"]);
        assert_eq!(archive.skipped[&SkipReason::Link], 2);
        assert_eq!(archive.warnings.len(), 1);
        assert_eq!(archive.warnings[0].path.as_deref(), Some("p/docs/README.md"));

        for (kind, target) in [
            (EntryType::Symlink, "/etc/passwd"),
            (EntryType::Symlink, "../../x"),
            (EntryType::Link, "../x"),
        ] {
            let bytes = Tarball::new().link(kind, "p/a", target).gz();
            refused(tgz(&bytes), "leads outside");
        }
    }

    #[test]
    fn a_file_behind_a_link_is_an_ordinary_file() {
        // On a disk the second entry would be written through the first.
        let bytes = Tarball::new()
            .link(EntryType::Symlink, "p/d", "e")
            .file("p/d/x", b"x")
            .gz();
        assert_eq!(paths(&tgz(&bytes).unwrap()), ["d/x"]);
    }

    #[test]
    fn devices_and_pipes_are_skipped() {
        let bytes = Tarball::new()
            .entry(EntryType::Char, "p/null", b"", b"")
            .entry(EntryType::Block, "p/sda", b"", b"")
            .entry(EntryType::Fifo, "p/pipe", b"", b"")
            .entry(EntryType::new(b'V'), "volume", b"", b"")
            .file("p/a", b"a")
            .gz();
        let archive = tgz(&bytes).unwrap();
        assert_eq!(paths(&archive), ["a"]);
        assert_eq!(archive.skipped[&SkipReason::Special], 4);
    }

    #[test]
    fn the_last_of_two_entries_wins_even_when_it_is_not_kept() {
        let bytes = Tarball::of(&[("p/a", b"first"), ("q//a", b"second")]).gz();
        let archive = tgz(&bytes).unwrap();
        assert_eq!(archive.file("a"), Some(&b"second"[..]));
        assert_eq!(archive.skipped[&SkipReason::Duplicate], 1);

        let large = vec![b'x'; 2 << 20];
        let bytes = Tarball::of(&[("p/a", b"first"), ("p/a", &large)]).gz();
        let archive = read(
            &bytes,
            TarGz,
            StripFirst,
            &Limits {
                compression_ratio: u64::MAX,
                ..Limits::default()
            },
            ALL,
        )
        .unwrap();
        assert_eq!(archive.file("a"), None, "the shadowed file is not shown");
    }

    #[test]
    fn truncated_gzip() {
        let bytes = Tarball::of(&[("p/a", b"some text that is there")]).gz();
        for cut in [5, 12, bytes.len() / 2, bytes.len() - 9, bytes.len() - 1] {
            refused(tgz(&bytes[..cut]), "truncated");
        }
    }

    #[test]
    fn a_wrong_checksum_is_found_behind_the_last_file() {
        let mut bytes = Tarball::of(&[("p/a", b"text")]).gz();
        let at = bytes.len() - 6;
        bytes[at] ^= 1;
        refused(tgz(&bytes), "damaged");
    }

    #[test]
    fn what_is_no_gzip_is_refused() {
        refused(tgz(b""), "not gzip-compressed");
        refused(tgz(b"<html>not found</html>"), "not gzip-compressed");
        refused(tgz(&gzip(&[b'x'; 600])), "no tar");
    }

    #[test]
    fn gzip_members_are_joined_and_garbage_behind_them_is_ignored() {
        let tar = Tarball::of(&[("p/a", b"first"), ("p/b", b"second")]).tar();
        let (one, two) = tar.split_at(700);
        let mut bytes = [gzip(one), gzip(b""), gzip(two)].concat();
        bytes.extend_from_slice(b"\0\0\0signature");
        assert_eq!(paths(&tgz(&bytes).unwrap()), ["a", "b"]);
    }

    #[test]
    fn a_flood_of_empty_gzip_members_is_refused() {
        refused(tgz(&gzip(b"").repeat(20_000)), "gzip members");
    }

    #[test]
    fn an_archive_without_its_end_is_read() {
        let tar = Tarball::of(&[("p/a", b"a")]).unfinished();
        assert_eq!(paths(&tgz(&gzip(&tar)).unwrap()), ["a"]);
        let unpadded = &tar[..513];
        assert_eq!(paths(&tgz(&gzip(unpadded)).unwrap()), ["a"]);
        refused(tgz(&gzip(&tar[..300])), "truncated");
    }

    #[test]
    fn a_lone_block_of_zeros_is_passed_over() {
        let mut tar = Tarball::of(&[("p/a", b"a")]).unfinished();
        tar.extend_from_slice(&[0; 512]);
        tar.extend(Tarball::of(&[("p/b", b"b")]).tar());
        assert_eq!(paths(&tgz(&gzip(&tar)).unwrap()), ["a", "b"]);
    }

    #[test]
    fn lying_sizes() {
        let short = Tarball::new().lying("p/a", 4000, b"short").unfinished();
        refused(tgz(&gzip(&short)), "truncated");
        let huge = Tarball::new().lying("p/a", 1 << 40, b"short");
        limit(tgz(&huge.gz()), "compression_ratio");
        // The data of the first entry is a header of its own: a size that is too small reveals it.
        let inner = Tarball::of(&[("p/evil", b"x")]).unfinished();
        let hidden = Tarball::new().lying("p/a", 0, &inner);
        assert_eq!(paths(&tgz(&hidden.gz()).unwrap()), ["a", "evil"]);

        let mut absurd = header(EntryType::Regular, b"p/a", 0);
        absurd.as_old_mut().size = [0xff; 12];
        refused(tgz(&Tarball::new().raw(absurd, b"").gz()), "absurd");
        let mut words = header(EntryType::Regular, b"p/a", 0);
        words.as_old_mut().size = *b"not a number";
        refused(tgz(&Tarball::new().raw(words, b"").gz()), "no number");
        let directory = Tarball::new().entry(EntryType::Directory, "p/", b"", b"data");
        refused(tgz(&directory.gz()), "has data");
        let link = Tarball::new().entry(EntryType::Symlink, "p/a", b"b", b"data");
        refused(tgz(&link.gz()), "has data");
    }

    #[test]
    fn a_large_but_honest_base_256_size_is_read() {
        let mut large = header(EntryType::Regular, b"p/a", 3);
        large.as_old_mut().size = [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3];
        let archive = tgz(&Tarball::new().raw(large, b"abc").gz()).unwrap();
        assert_eq!(archive.file("a"), Some(&b"abc"[..]));
    }

    #[test]
    fn a_damaged_header_is_found() {
        let mut tar = Tarball::of(&[("p/a", b"a")]).tar();
        tar[3] ^= 0x20;
        refused(tgz(&gzip(&tar)), "checksum");
    }

    #[test]
    fn pax_headers_rename_the_next_entry_only() {
        let long = format!("p/{}.rs", "long/".repeat(60));
        let bytes = Tarball::new()
            .pax(
                EntryType::XHeader,
                &[("mtime", b"1.5"), ("path", long.as_bytes())],
            )
            .file("p/short", b"a")
            .file("p/b", b"b")
            .gz();
        let archive = tgz(&bytes).unwrap();
        assert_eq!(paths(&archive), ["b", &long[2..]]);
    }

    #[test]
    fn pax_tricks() {
        let escape = Tarball::new()
            .pax(EntryType::XHeader, &[("path", b"../../x")])
            .file("p/a", b"a");
        refused(tgz(&escape.gz()), "would leave its directory");
        let nul = Tarball::new()
            .pax(EntryType::XHeader, &[("path", b"p/a\0.png")])
            .file("p/a", b"a");
        refused(tgz(&nul.gz()), "NUL");
        let link = Tarball::new()
            .pax(EntryType::XHeader, &[("linkpath", b"/etc/passwd")])
            .link(EntryType::Symlink, "p/a", "b");
        refused(tgz(&link.gz()), "leads outside");
        let size = Tarball::new()
            .pax(EntryType::XHeader, &[("size", b"1")])
            .file("p/a", b"aaaa");
        refused(tgz(&size.gz()), "different sizes");
        let same = Tarball::new()
            .pax(EntryType::XHeader, &[("size", b"4")])
            .file("p/a", b"aaaa");
        assert_eq!(paths(&tgz(&same.gz()).unwrap()), ["a"]);
        let global = Tarball::new()
            .pax(EntryType::XGlobalHeader, &[("path", b"p/evil")])
            .file("p/a", b"a");
        refused(tgz(&global.gz()), "global pax header");
        let comment = Tarball::new()
            .pax(EntryType::XGlobalHeader, &[("comment", b"a commit")])
            .file("p/a", b"a");
        assert_eq!(paths(&tgz(&comment.gz()).unwrap()), ["a"]);
        let dangling = Tarball::new().pax(EntryType::XHeader, &[("path", b"p/a")]);
        refused(tgz(&dangling.gz()), "truncated");
        let malformed = Tarball::new()
            .entry(EntryType::XHeader, "x", b"", b"no record")
            .file("p/a", b"a");
        refused(tgz(&malformed.gz()), "malformed pax header");
    }

    #[test]
    fn gnu_long_names() {
        let name = format!("p/{}", "n".repeat(300));
        let gnu = |kind, data: &[u8]| Tarball::new().entry(kind, "././@LongLink", b"", data);
        let long = gnu(EntryType::GNULongName, format!("{name}\0").as_bytes())
            .file("p/nnn", b"a")
            .gz();
        assert_eq!(paths(&tgz(&long).unwrap()), [&name[2..]]);
        let link = gnu(EntryType::GNULongLink, b"/etc/passwd\0")
            .link(EntryType::Symlink, "p/a", "b")
            .gz();
        refused(tgz(&link), "leads outside");

        let too_long = gnu(EntryType::GNULongName, &[b'n'; 5000]).file("p/n", b"a");
        let archive = tgz(&too_long.gz()).unwrap();
        assert_eq!(archive.skipped[&SkipReason::NameTooLong], 1);
        let huge = gnu(EntryType::GNULongName, &vec![b'n'; 2 << 20]).file("p/n", b"a");
        let limits = Limits {
            compression_ratio: u64::MAX,
            ..Limits::default()
        };
        refused(with(&huge.gz(), TarGz, &limits), "extended header of");
    }

    #[test]
    fn sparse_files() {
        let pax = Tarball::new()
            .pax(
                EntryType::XHeader,
                &[("GNU.sparse.major", b"1"), ("GNU.sparse.realsize", b"9999999")],
            )
            .file("p/GNUSparseFile.0/a", b"0\n")
            .file("p/b", b"b");
        let archive = tgz(&pax.gz()).unwrap();
        assert_eq!(paths(&archive), ["b"]);
        assert_eq!(archive.skipped[&SkipReason::Special], 1);

        let mut old = Header::new_gnu();
        old.set_entry_type(EntryType::GNUSparse);
        old.as_old_mut().name[..3].copy_from_slice(b"p/a");
        old.set_size(3);
        let gnu = Tarball::new().raw(old.clone(), b"abc").file("p/b", b"b");
        assert_eq!(paths(&tgz(&gnu.gz()).unwrap()), ["b"]);
        old.as_gnu_mut().unwrap().set_is_extended(true);
        let extended = Tarball::new().raw(old, b"abc").file("p/b", b"b");
        refused(tgz(&extended.gz()), "sparse");
    }

    #[test]
    fn names_that_are_not_utf8_are_skipped() {
        let bytes = Tarball::new()
            .file(b"p/caf\xe9.py", b"x")
            .file("p/a", b"a")
            .gz();
        let archive = tgz(&bytes).unwrap();
        assert_eq!(paths(&archive), ["a"]);
        assert_eq!(archive.skipped[&SkipReason::NameNotUtf8], 1);
        assert_eq!(archive.warnings[0].path.as_deref(), Some("p/caf\u{fffd}.py"));
    }

    #[test]
    fn files_beside_the_top_directory_are_skipped() {
        let bytes = Tarball::of(&[("stray", b"x"), ("p/a", b"a")]).gz();
        let archive = tgz(&bytes).unwrap();
        assert_eq!(paths(&archive), ["a"]);
        assert_eq!(archive.skipped[&SkipReason::OutsideRoot], 1);
    }

    #[test]
    fn no_more_than_a_bound_is_kept() {
        let mut tar = Tarball::new();
        let file: Vec<u8> = (0..1 << 20).map(|n: u32| (n >> 7) as u8).collect();
        for n in 0..140 {
            tar = tar.file(format!("p/{n}"), &file);
        }
        let archive = tgz(&tar.gz()).unwrap();
        assert_eq!(archive.files.len(), 128);
        assert_eq!(archive.skipped[&SkipReason::TooMuch], 12);
    }
}

mod zips {
    use super::*;

    #[test]
    fn an_honest_one_is_read() {
        let bytes = Zip::of(&[("pkg/__init__.py", b"x = 1\n"), ("pkg/empty.py", b"")])
            .entry(&ZipEntry::stored("pkg/", b""))
            .entry(&ZipEntry {
                descriptor: true,
                ..ZipEntry::deflated("pkg/late.py", b"sizes follow the data")
            })
            .build();
        let archive = zip(&bytes).unwrap();
        assert_eq!(
            paths(&archive),
            ["pkg/__init__.py", "pkg/empty.py", "pkg/late.py"]
        );
        assert_eq!(archive.file("pkg/late.py"), Some(&b"sizes follow the data"[..]));
        let sdist = Zip::of(&[("six-1.0/six.py", b"x")]).build();
        let archive = read(&sdist, ZipFormat, StripFirst, &Limits::default(), ALL).unwrap();
        assert_eq!(paths(&archive), ["six.py"]);
    }

    #[test]
    fn bombs() {
        let zeros = vec![0; 8 << 20];
        let bytes = Zip::of(&[("zeros", &zeros)]).build();
        limit(zip(&bytes), "compression_ratio");
        let many = Zip::of(&[("a", &zeros[..900_000]), ("b", &zeros[..900_000])]).build();
        limit(zip(&many), "compression_ratio");
    }

    #[test]
    fn overlapping_entries_are_refused() {
        let first = ZipEntry::deflated("a", &[0; 4096]);
        let second = ZipEntry {
            central_name: b"b".to_vec(),
            at: Some(0),
            ..first.clone()
        };
        refused(zip(&Zip::default().entry(&first).entry(&second).build()), "overlap");
    }

    #[test]
    fn a_lying_central_directory_is_refused() {
        let honest = ZipEntry::stored("a", b"text");
        let other_name = ZipEntry {
            central_name: b"b".to_vec(),
            ..honest.clone()
        };
        refused(zip(&Zip::default().entry(&other_name).build()), "mismatch");
        let elsewhere = ZipEntry {
            at: Some(3),
            ..honest.clone()
        };
        refused(zip(&Zip::default().entry(&elsewhere).build()), "zip");
        let wrong_sum = ZipEntry {
            crc: 1,
            ..honest.clone()
        };
        refused(zip(&Zip::default().entry(&wrong_sum).build()), "damaged");
    }

    #[test]
    fn lying_sizes_are_found() {
        let data = b"a text of some length, long enough to be cut";
        for size in [3, 400] {
            let lying = ZipEntry {
                size,
                ..ZipEntry::deflated("a", data)
            };
            refused(zip(&Zip::default().entry(&lying).build()), "damaged");
        }
        let huge = ZipEntry {
            size: u32::MAX - 1,
            ..ZipEntry::deflated("a", data)
        };
        limit(zip(&Zip::default().entry(&huge).build()), "compression_ratio");
        let long = ZipEntry {
            compressed: 60_000,
            ..ZipEntry::stored("a", data)
        };
        refused(zip(&Zip::default().entry(&long).build()), "");
    }

    #[test]
    fn too_many_entries() {
        let mut bytes = Zip::default();
        for n in 0..20 {
            bytes = bytes.entry(&ZipEntry::stored(n.to_string(), b""));
        }
        let limits = Limits {
            archive_entries: 10,
            ..Limits::default()
        };
        limit(with(&bytes.build(), ZipFormat, &limits), "archive_entries");
    }

    #[test]
    fn encrypted_entries_and_odd_methods_are_skipped() {
        let bytes = Zip::of(&[("good", b"g")])
            .entry(&ZipEntry {
                flags: 1,
                ..ZipEntry::stored("secret", b"123456789012")
            })
            .entry(&ZipEntry {
                method: 12,
                ..ZipEntry::stored("bzip2", b"data")
            })
            .entry(&ZipEntry {
                method: 77,
                ..ZipEntry::stored("nobody knows", b"data")
            })
            .build();
        let archive = zip(&bytes).unwrap();
        assert_eq!(paths(&archive), ["good"]);
        assert_eq!(archive.skipped[&SkipReason::Unreadable], 3);
    }

    #[test]
    fn escaping_names_and_links() {
        for name in ["../x", "/x", "a\\..\\..\\x", "C:/x"] {
            refused(zip(&Zip::of(&[(name, b"x")]).build()), "");
        }
        let link = |target: &[u8]| ZipEntry {
            mode: 0o120_777,
            ..ZipEntry::stored("pkg/link", target)
        };
        let inside = Zip::default().entry(&link(b"other")).build();
        assert_eq!(zip(&inside).unwrap().skipped[&SkipReason::Link], 1);
        let outside = Zip::default().entry(&link(b"/etc/passwd")).build();
        refused(zip(&outside), "leads outside");
        let device = ZipEntry {
            mode: 0o020_666,
            ..ZipEntry::stored("pkg/null", b"")
        };
        let bytes = Zip::default().entry(&device).build();
        assert_eq!(zip(&bytes).unwrap().skipped[&SkipReason::Special], 1);
    }

    #[test]
    fn the_last_of_two_entries_wins() {
        let bytes = Zip::of(&[("a", b"first"), ("a", b"second")]).build();
        let archive = zip(&bytes).unwrap();
        assert_eq!(archive.file("a"), Some(&b"second"[..]));
        assert_eq!(archive.skipped[&SkipReason::Duplicate], 1);
    }

    #[test]
    fn names_that_are_not_utf8_are_skipped() {
        let bytes = Zip::default()
            .entry(&ZipEntry::stored(b"caf\xe9.py", b"x"))
            .build();
        assert_eq!(zip(&bytes).unwrap().skipped[&SkipReason::NameNotUtf8], 1);
    }

    #[test]
    fn what_is_no_zip_is_refused() {
        for bytes in [&b""[..], b"PK", b"<html></html>", &[0; 4000]] {
            refused(zip(bytes), "no proper zip");
        }
        let bytes = Zip::of(&[("a", b"text")]).build();
        for cut in 1..bytes.len() {
            assert!(zip(&bytes[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn zip64_is_read() {
        use std::io::Write;
        let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = ::zip::write::SimpleFileOptions::default().large_file(true);
        writer.start_file("a", options).unwrap();
        writer.write_all(b"text").unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        assert_eq!(super::zip(&bytes).unwrap().file("a"), Some(&b"text"[..]));
    }
}

mod hex_tarballs {
    use super::*;
    use crate::archive::testing::HexTarball;

    fn hex(bytes: &[u8]) -> Result<Archive> {
        read(bytes, HexTar, StripFirst, &Limits::default(), ALL)
    }

    fn honest() -> HexTarball {
        Tarball::of(&[("lib/a.ex", b"defmodule A do\nend\n")]).hex("{<<\"app\">>,<<\"a\">>}.\n")
    }

    #[test]
    fn an_honest_one_is_read_from_its_root() {
        let archive = hex(&honest().build()).unwrap();
        assert_eq!(paths(&archive), ["lib/a.ex"]);
        let outer = archive.hex.unwrap();
        assert_eq!(&outer.metadata[..], b"{<<\"app\">>,<<\"a\">>}.\n");
    }

    #[test]
    fn the_inner_checksum_is_verified() {
        let checksum = String::from_utf8(honest().members[1].1.clone()).unwrap();
        let lower = honest().with("CHECKSUM", checksum.to_lowercase().as_bytes());
        assert!(hex(&lower.build()).is_ok());
        for changed in [
            honest().with("CHECKSUM", &[b'0'; 64]),
            honest().with("CHECKSUM", b""),
            honest().with("metadata.config", b"{<<\"app\">>,<<\"evil\">>}.\n"),
            honest().with("contents.tar.gz", &Tarball::new().gz()),
        ] {
            assert_eq!(hex(&changed.build()).unwrap_err().kind, ErrorKind::Integrity);
        }
    }

    #[test]
    fn exactly_four_members() {
        for name in ["VERSION", "CHECKSUM", "metadata.config", "contents.tar.gz"] {
            refused(hex(&honest().without(name).build()), &format!("lacks {name}"));
            let mut twice = honest();
            let again = twice.members[0].clone();
            twice.members.push(again);
            refused(hex(&twice.build()), "twice");
        }
        refused(hex(&honest().with("evil", b"x").build()), "also \"evil\"");
        refused(hex(&honest().with("VERSION", &[b'3'; 33]).build()), "more than 32");
        refused(hex(&honest().with("CHECKSUM", &[b'0'; 129]).build()), "more than 128");
        let metadata = vec![b' '; (1 << 20) + 1];
        refused(hex(&honest().with("metadata.config", &metadata).build()), "more than 1048576");
        let error = hex(&honest().with("VERSION", b"4").build()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unsupported);
    }

    #[test]
    fn a_member_that_is_a_link_is_refused() {
        let bytes = Tarball::new()
            .link(EntryType::Symlink, "VERSION", "/etc/passwd")
            .tar();
        refused(hex(&bytes), "no file");
    }

    #[test]
    fn what_is_too_large_is_refused() {
        limit(hex(&vec![0; (16 << 20) + 1]), "archive_bytes");
        let bomb = Tarball::of(&[("zeros", &vec![0; 8 << 20])]).hex("");
        limit(hex(&bomb.build()), "compression_ratio");
    }
}
