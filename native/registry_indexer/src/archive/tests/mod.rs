//! What hostile and merely odd archives are answered with.

mod headers;
mod hex_tarballs;
mod tarballs;
mod zips;

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
