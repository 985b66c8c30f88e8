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
        honest().with("CHECKSUM", b"none"),
        honest().with("metadata.config", b"{<<\"app\">>,<<\"evil\">>}.\n"),
        honest().with("contents.tar.gz", &Tarball::new().gz()),
    ] {
        assert_eq!(
            hex(&changed.build()).unwrap_err().kind,
            ErrorKind::Integrity
        );
    }
}

#[test]
fn exactly_four_members() {
    for name in ["VERSION", "CHECKSUM", "metadata.config", "contents.tar.gz"] {
        refused(
            hex(&honest().without(name).build()),
            &format!("lacks {name}"),
        );
        let mut twice = honest();
        let again = twice.members[0].clone();
        twice.members.push(again);
        refused(hex(&twice.build()), "twice");
    }
    refused(hex(&honest().with("evil", b"x").build()), "also \"evil\"");
    refused(
        hex(&honest().with("VERSION", &[b'3'; 33]).build()),
        "more than 32",
    );
    refused(
        hex(&honest().with("CHECKSUM", &[b'0'; 129]).build()),
        "more than 128",
    );
    let metadata = vec![b' '; (1 << 20) + 1];
    refused(
        hex(&honest().with("metadata.config", &metadata).build()),
        "more than 1048576",
    );
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
