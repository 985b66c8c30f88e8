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
    let archive = read(
        &bytes,
        TarGz,
        StripFirst,
        &Limits::default(),
        &|path| match path {
            "a" => Want::Whole(4),
            "b" => Want::Whole(3),
            "c" => Want::Prefix(2),
            _ => Want::Skip(SkipReason::Test),
        },
    )
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
    assert_eq!(
        archive.warnings[0].path.as_deref(),
        Some("p/docs/README.md")
    );

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
