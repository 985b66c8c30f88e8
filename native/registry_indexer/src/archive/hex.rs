use bytes::Bytes;
use registry_protocols::{Algorithm, Checksum};
use registry_types::{Error, ErrorKind, Limits, Result};
use sha2::{Digest, Sha256};

use super::budget::Budget;
use super::sink::Sink;
use super::stream::Stream;
use super::{Archive, tar};

const MIB: u64 = 1024 * 1024;
/// The sizes that Hex's own client accepts.
const MAX_TARBALL: u64 = 16 * MIB;
const MAX_UNPACKED: u64 = 128 * MIB;
const MAX_VERSION: u64 = 32;
const MAX_CHECKSUM: u64 = 128;
const MAX_METADATA: u64 = MIB;

/// What surrounds the contents of a Hex tarball.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexOuter {
    /// The file `metadata.config`, Erlang terms as text.
    pub metadata: Bytes,
    /// The inner checksum, verified, in lower-case hexadecimal: what the registry calls
    /// `inner_checksum`.
    pub inner_checksum: String,
}

/// The four members of the outer tar.
#[derive(Default)]
struct Members {
    version: Option<Vec<u8>>,
    checksum: Option<Vec<u8>>,
    metadata: Option<Vec<u8>>,
    contents: Option<Vec<u8>>,
}

pub(super) fn read(bytes: &[u8], limits: &Limits, mut sink: Sink<'_>) -> Result<Archive> {
    if bytes.len() as u64 > MAX_TARBALL.min(limits.archive_bytes) {
        return Err(Error::limit(
            "archive_bytes",
            format!(
                "the tarball has {} bytes, more than Hex allows",
                bytes.len()
            ),
        ));
    }
    let members = outer(bytes, limits)?;
    let version = required(members.version, "VERSION")?;
    if version.trim_ascii() != b"3" {
        return Err(Error::new(
            ErrorKind::Unsupported,
            format!(
                "the tarball is of format {:?}; only version 3 is read",
                String::from_utf8_lossy(&version)
            ),
        ));
    }
    let checksum = required(members.checksum, "CHECKSUM")?;
    let metadata = required(members.metadata, "metadata.config")?;
    let contents = required(members.contents, "contents.tar.gz")?;
    let checksum = String::from_utf8_lossy(checksum.trim_ascii()).to_lowercase();
    verify_inner([&version, &metadata, &contents], &checksum)?;

    let limits = Limits {
        unpacked_bytes: limits.unpacked_bytes.min(MAX_UNPACKED),
        ..limits.clone()
    };
    let mut budget = Budget::new(contents.len(), &limits);
    tar::read(&mut Stream::gzip(&contents, &mut budget)?, &mut sink)?;
    let mut archive = sink.finish(budget.entries(), budget.bytes());
    archive.hex = Some(HexOuter {
        metadata: Bytes::from(metadata),
        inner_checksum: checksum,
    });
    Ok(archive)
}

fn outer(bytes: &[u8], limits: &Limits) -> Result<Members> {
    let mut members = Members::default();
    let mut budget = Budget::new(bytes.len(), limits);
    let mut stream = Stream::plain(bytes, &mut budget);
    tar::walk(&mut stream, &mut |entry, data| {
        let name = String::from_utf8_lossy(&entry.path);
        let (member, limit) = match &*name {
            "VERSION" => (&mut members.version, MAX_VERSION),
            "CHECKSUM" => (&mut members.checksum, MAX_CHECKSUM),
            "metadata.config" => (&mut members.metadata, MAX_METADATA),
            "contents.tar.gz" => (&mut members.contents, MAX_TARBALL),
            other => {
                return Err(Error::archive(format!(
                    "a Hex tarball holds VERSION, CHECKSUM, metadata.config and contents.tar.gz, but this one also {other:?}"
                )));
            }
        };
        if entry.kind != tar::Kind::File {
            return Err(Error::archive(format!(
                "{name} in the Hex tarball is no file"
            )));
        }
        if entry.size > limit {
            return Err(Error::archive(format!(
                "{name} in the Hex tarball has {} bytes, more than {limit}",
                entry.size
            )));
        }
        if member.is_some() {
            return Err(Error::archive(format!(
                "the Hex tarball holds {name} twice"
            )));
        }
        *member = Some(data.read(limit)?);
        Ok(())
    })?;
    Ok(members)
}

/// Verifies `CHECKSUM`: the SHA-256 of the version, the metadata and the contents, in this order.
fn verify_inner(members: [&[u8]; 3], promised: &str) -> Result<()> {
    let mut hasher = Sha256::new();
    for member in members {
        hasher.update(member);
    }
    let actual = Checksum {
        algorithm: Algorithm::Sha256,
        digest: hasher.finalize().to_vec(),
    };
    if actual.hex() == promised {
        return Ok(());
    }
    Err(Error::integrity(format!(
        "the Hex tarball promises the inner checksum {promised:?}, its contents have {:?}: nothing of it is used",
        actual.hex()
    )))
}

fn required(member: Option<Vec<u8>>, name: &str) -> Result<Vec<u8>> {
    member.ok_or_else(|| Error::archive(format!("the Hex tarball lacks {name}")))
}
