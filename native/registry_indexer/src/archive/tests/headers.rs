use super::*;

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
            &[
                ("GNU.sparse.major", b"1"),
                ("GNU.sparse.realsize", b"9999999"),
            ],
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
    assert_eq!(
        archive.warnings[0].path.as_deref(),
        Some("p/caf\u{fffd}.py")
    );
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
