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
    assert_eq!(
        archive.file("pkg/late.py"),
        Some(&b"sizes follow the data"[..])
    );
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
    refused(
        zip(&Zip::default().entry(&first).entry(&second).build()),
        "overlap",
    );
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
    limit(
        zip(&Zip::default().entry(&huge).build()),
        "compression_ratio",
    );
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
