//! Archives are read in memory, under limits, and never touch the disk.
//!
//! [`read`] takes the bytes of a verified archive and keeps only the files that the caller wants;
//! everything else is counted against the limits and dropped as it is unpacked. Nothing is
//! trusted: sizes are checked before memory is taken, and a limit fails the archive rather than
//! cutting it short.
//!
//! | an entry … | is answered by |
//! |---|---|
//! | whose path or link leads out of the archive (`..`, absolute, drive, NUL) | [`registry_types::ErrorKind::Archive`]: no packaging tool writes it, and the registries and pip refuse it too |
//! | that is a link inside the archive, a device, a pipe, a sparse file | skipped, with a warning |
//! | whose name is not UTF-8, too long, or outside the top directory | skipped, with a warning |
//! | whose name came before | replaces the earlier one, as when unpacked, with a warning |
//! | with a size, a checksum or an extended header that contradicts another | [`registry_types::ErrorKind::Archive`] |
//! | that exceeds a limit on the whole archive | [`registry_types::ErrorKind::LimitExceeded`], naming the limit |
//! | that is larger than its own limit | skipped, with a warning |

mod budget;
#[cfg(test)]
mod fuzz;
mod hex;
mod path;
mod pax;
mod sink;
mod skip;
mod stream;
mod tar;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod zip;

use std::collections::BTreeMap;

use bytes::Bytes;
use registry_protocols::{ArchiveFormat, ArchiveRoot};
use registry_types::{Limits, Result, Warning};

pub use hex::HexOuter;
pub use registry_types::SkipReason;

/// What the caller wants of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// All of it, unless it is longer than so many bytes: then it is skipped.
    Whole(u64),
    /// Its first bytes, so many at most.
    Prefix(u64),
    /// Nothing.
    Skip(SkipReason),
}

/// A file kept in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its bytes, or its first bytes.
    pub bytes: Bytes,
    /// How long it is in the archive.
    pub size: u64,
}

impl File {
    /// Whether only its beginning was kept.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.size > self.bytes.len() as u64
    }
}

/// What was read of an archive.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// The wanted files by their path below the package's root.
    pub files: BTreeMap<String, File>,
    /// How many files were not kept, by reason.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Entries of all kinds, extended headers included.
    pub entries: u64,
    /// Bytes unpacked.
    pub unpacked_bytes: u64,
    /// What a user should know of, one for each reason.
    pub warnings: Vec<Warning>,
    /// What surrounds the contents of a Hex tarball.
    pub hex: Option<HexOuter>,
}

impl Archive {
    /// The bytes of a kept file.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|file| file.bytes.as_ref())
    }
}

/// Reads an archive whose checksum has been verified, keeping the files that `wanted` asks for.
///
/// The contents of a Hex tarball lie at its root, whatever `root` says.
///
/// Takes time (up to seconds for an archive at its limits) and never waits: call it where
/// blocking is allowed.
///
/// ```
/// use std::io::Write;
/// use registry_indexer::archive::{Want, read};
/// use registry_protocols::{ArchiveFormat, ArchiveRoot};
///
/// let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(vec![], Default::default()));
/// let mut header = tar::Header::new_ustar();
/// header.set_size(5);
/// tar.append_data(&mut header, "package/index.js", &b"hello"[..])?;
/// let tarball = tar.into_inner()?.finish()?;
///
/// let archive = read(
///     &tarball,
///     ArchiveFormat::TarGz,
///     ArchiveRoot::StripFirst,
///     &registry_types::Limits::default(),
///     &|_path| Want::Whole(1024),
/// )?;
/// assert_eq!(archive.file("index.js"), Some(&b"hello"[..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`registry_types::ErrorKind::Archive`] for a malformed or hostile archive,
/// [`registry_types::ErrorKind::LimitExceeded`], and [`registry_types::ErrorKind::Integrity`] for
/// a Hex tarball whose inner checksum does not match.
pub fn read(
    bytes: &[u8],
    format: ArchiveFormat,
    root: ArchiveRoot,
    limits: &Limits,
    wanted: &dyn Fn(&str) -> Want,
) -> Result<Archive> {
    let root = match format {
        ArchiveFormat::HexTar => ArchiveRoot::AsIs,
        ArchiveFormat::TarGz | ArchiveFormat::Zip => root,
    };
    let mut sink = sink::Sink::new(root, wanted);
    let mut budget = budget::Budget::new(bytes.len(), limits);
    match format {
        ArchiveFormat::TarGz => {
            tar::read(&mut stream::Stream::gzip(bytes, &mut budget)?, &mut sink)?;
        }
        ArchiveFormat::Zip => zip::read(bytes, &mut budget, &mut sink)?,
        ArchiveFormat::HexTar => return hex::read(bytes, limits, sink),
    }
    Ok(sink.finish(budget.entries(), budget.bytes()))
}
