//! Archives and digests, made in memory.

pub mod hex;
pub mod protobuf;

use std::io::{Cursor, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::Digest;

/// A file of a package: path and content.
pub type File = (String, Vec<u8>);

/// Gzip of `bytes`, always the same for the same bytes.
#[must_use]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes);
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}

/// A tar with `files` under `root` (`""`: none).
#[must_use]
pub fn tar(root: &str, files: &[File]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(1_700_000_000);
        header.set_entry_type(tar::EntryType::Regular);
        let path = if root.is_empty() {
            path.clone()
        } else {
            format!("{root}/{path}")
        };
        let _ = builder.append_data(&mut header, path, content.as_slice());
    }
    builder.into_inner().unwrap_or_default()
}

/// A gzipped tar with `files` under `root`.
#[must_use]
pub fn tar_gz(root: &str, files: &[File]) -> Vec<u8> {
    gzip(&tar(root, files))
}

/// A zip with `files`.
#[must_use]
pub fn zip(files: &[File]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (path, content) in files {
        if writer.start_file(path.as_str(), options).is_ok() {
            let _ = writer.write_all(content);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&sha2::Sha256::digest(bytes))
}

/// SHA-1 in lower-case hexadecimal.
#[must_use]
pub fn sha1(bytes: &[u8]) -> String {
    hex(&sha1::Sha1::digest(bytes))
}

/// MD5 in lower-case hexadecimal.
#[must_use]
pub fn md5(bytes: &[u8]) -> String {
    hex(&md5::Md5::digest(bytes))
}

/// One entry of a subresource integrity string.
#[must_use]
pub fn sri(algorithm: &str, bytes: &[u8]) -> String {
    let digest = match algorithm {
        "sha512" => STANDARD.encode(sha2::Sha512::digest(bytes)),
        "sha384" => STANDARD.encode(sha2::Sha384::digest(bytes)),
        "sha256" => STANDARD.encode(sha2::Sha256::digest(bytes)),
        _ => STANDARD.encode(sha1::Sha1::digest(bytes)),
    };
    format!("{algorithm}-{digest}")
}
