//! The files of an export: of a zip, of a directory, or one alone. Each is in memory only while it is
//! looked at.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use memchr::memmem;
use registry_types::{Error, ErrorKind, Result};
use zip::{CompressionMethod, ZipArchive};

use super::ImportLimits;

/// Before the ratio counts.
const FREE_BYTES: u64 = 1024 * 1024;
const CENTRAL_HEADER: &[u8; 4] = b"PK\x01\x02";

/// What is given for a file: its path and its bytes, or why it was not read.
pub(super) type Visit<'a> = dyn FnMut(&str, std::result::Result<&[u8], String>) -> Result<()> + 'a;

/// Gives each file whose name `wanted` takes to `visit`.
///
/// # Errors
/// `not_found`, `archive` for what is no proper zip or a hostile one, `limit_exceeded`, and those of
/// `visit`.
pub(super) fn path(
    path: &Path,
    limits: &ImportLimits,
    wanted: &dyn Fn(&str) -> bool,
    visit: &mut Visit<'_>,
) -> Result<()> {
    let metadata = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    let mut spent = Spent::new(limits);
    if metadata.is_dir() {
        return directory(path, &mut spent, wanted, visit);
    }
    let name = path.to_string_lossy().into_owned();
    let file = File::open(path).map_err(|e| unreadable(path, &e))?;
    let mut file = BufReader::with_capacity(64 * 1024, file);
    let mut magic = [0; 4];
    let is_zip = file.read_exact(&mut magic).is_ok() && magic.starts_with(b"PK");
    file.rewind().map_err(|e| unreadable(path, &e))?;
    if is_zip {
        return self::zip(file, metadata.len(), limits, wanted, visit);
    }
    spent.entry()?;
    let bytes = whole(&mut file, limits.record_bytes, metadata.len());
    visit(&name, bytes.as_deref().map_err(Clone::clone))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let kind = match error.kind() {
        std::io::ErrorKind::NotFound => ErrorKind::NotFound,
        _ => ErrorKind::InvalidArgument,
    };
    Error::new(kind, format!("{} cannot be read: {error}", path.display()))
}

/// Links are not followed: an export has none, and they lead anywhere.
fn directory(
    root: &Path,
    spent: &mut Spent<'_>,
    wanted: &dyn Fn(&str) -> bool,
    visit: &mut Visit<'_>,
) -> Result<()> {
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        let listed = std::fs::read_dir(&directory).map_err(|e| unreadable(&directory, &e))?;
        let mut entries: Vec<(PathBuf, bool)> = Vec::new();
        for entry in listed {
            let entry = entry.map_err(|e| unreadable(&directory, &e))?;
            let kind = entry
                .file_type()
                .map_err(|e| unreadable(&entry.path(), &e))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !hidden && (kind.is_dir() || kind.is_file()) {
                spent.entry()?;
                entries.push((entry.path(), kind.is_dir()));
            }
        }
        entries.sort();
        for (path, is_directory) in entries {
            if is_directory {
                open.push(path);
                continue;
            }
            let shown = path.strip_prefix(root).unwrap_or(&path);
            let shown = shown.to_string_lossy().into_owned();
            if !wanted(&shown) {
                continue;
            }
            let read = File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file)));
            let bytes = match read {
                Ok((length, mut file)) => whole(&mut file, spent.limits.record_bytes, length),
                Err(e) => Err(e.to_string()),
            };
            spent.bytes(bytes.as_ref().map_or(0, |b| b.len() as u64))?;
            visit(&shown, bytes.as_deref().map_err(Clone::clone))?;
        }
    }
    Ok(())
}

/// Gives each wanted entry of a zip of `length` bytes to `visit`.
///
/// # Errors
/// As [`path`].
pub(super) fn zip(
    mut file: impl Read + Seek,
    length: u64,
    limits: &ImportLimits,
    wanted: &dyn Fn(&str) -> bool,
    visit: &mut Visit<'_>,
) -> Result<()> {
    if length > limits.bytes {
        return Err(Error::limit(
            "bytes",
            format!(
                "the zip has {length} bytes, more than {}: raise the limit bytes if you trust it",
                limits.bytes
            ),
        ));
    }
    let mut spent = Spent::new(limits);
    spent.packed = Some(length);
    // The crate reads the whole central directory at once: count before it takes the memory.
    spent.foresee(central_headers(&mut file)?)?;
    let mut zip = ZipArchive::new(file).map_err(|e| malformed(&e))?;
    // Entries that share data are the classical zip bomb: quadratic in the archive's size.
    if zip.has_overlapping_entries().map_err(|e| malformed(&e))? {
        return Err(Error::archive(
            "the zip is refused: its entries overlap each other",
        ));
    }
    for index in 0..zip.len() {
        spent.entry()?;
        let (name, size, readable) = {
            let entry = zip.by_index_data(index).map_err(|e| malformed(&e))?;
            let plain = matches!(
                entry.compression(),
                CompressionMethod::Stored | CompressionMethod::Deflated
            );
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let skip = entry.is_dir() || !wanted(&name);
            if skip {
                continue;
            }
            (name, entry.size(), plain && !entry.encrypted())
        };
        if !readable {
            visit(
                &name,
                Err("it is encrypted or compressed in an unknown way".to_owned()),
            )?;
            continue;
        }
        let mut entry = zip.by_index(index).map_err(|e| malformed(&e))?;
        let bytes = whole(&mut entry, limits.record_bytes, size);
        drop(entry);
        spent.bytes(bytes.as_ref().map_or(0, |b| b.len() as u64))?;
        visit(&name, bytes.as_deref().map_err(Clone::clone))?;
    }
    Ok(())
}

/// All of a file, or why not: what is announced is not believed.
fn whole(file: &mut impl Read, most: u64, announced: u64) -> std::result::Result<Vec<u8>, String> {
    let too_long = || format!("it is longer than {most} bytes (limit record_bytes)");
    if announced > most {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    let mut limited = file.take(most.saturating_add(1));
    limited
        .read_to_end(&mut bytes)
        .map_err(|e| format!("it is damaged: {e}"))?;
    if bytes.len() as u64 > most {
        return Err(too_long());
    }
    Ok(bytes)
}

/// How often the signature of a central header stands in a file; entries are no more.
fn central_headers(file: &mut (impl Read + Seek)) -> Result<u64> {
    let failed = |e: std::io::Error| Error::archive(format!("the zip cannot be read: {e}"));
    file.rewind().map_err(failed)?;
    let finder = memmem::Finder::new(CENTRAL_HEADER);
    let mut buffer = vec![0; 256 * 1024];
    let (mut kept, mut count) = (0, 0);
    loop {
        let read = file
            .read(buffer.get_mut(kept..).unwrap_or_default())
            .map_err(failed)?;
        if read == 0 {
            break;
        }
        let filled = kept + read;
        let piece = buffer.get(..filled).unwrap_or_default();
        count += finder.find_iter(piece).count() as u64;
        // A signature may lie across two pieces; three bytes never hold a whole one.
        kept = filled.min(CENTRAL_HEADER.len() - 1);
        buffer.copy_within(filled - kept..filled, 0);
    }
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Ok(count)
}

fn malformed(error: &zip::result::ZipError) -> Error {
    Error::archive(format!("the export is no proper zip: {error}"))
}

/// What was used of the limits.
struct Spent<'a> {
    limits: &'a ImportLimits,
    packed: Option<u64>,
    entries: u64,
    unpacked: u64,
}

impl<'a> Spent<'a> {
    const fn new(limits: &'a ImportLimits) -> Self {
        Self {
            limits,
            packed: None,
            entries: 0,
            unpacked: 0,
        }
    }

    fn entry(&mut self) -> Result<()> {
        self.entries += 1;
        self.foresee(self.entries)
    }

    fn foresee(&self, entries: u64) -> Result<()> {
        if entries <= self.limits.entries {
            return Ok(());
        }
        Err(Error::limit(
            "entries",
            format!(
                "there are more than {} files: raise the limit entries if you trust them",
                self.limits.entries
            ),
        ))
    }

    fn bytes(&mut self, more: u64) -> Result<()> {
        self.unpacked += more;
        let exceeded = |name: &'static str, most: u64| {
            Err(Error::limit(
                name,
                format!(
                    "the records have more than {most} bytes: raise the limit {name} if you trust them"
                ),
            ))
        };
        if self.unpacked > self.limits.unpacked_bytes {
            return exceeded("unpacked_bytes", self.limits.unpacked_bytes);
        }
        let Some(packed) = self.packed else {
            return Ok(());
        };
        let most = packed
            .saturating_mul(self.limits.compression_ratio)
            .max(FREE_BYTES);
        if self.unpacked > most {
            return exceeded("compression_ratio", most);
        }
        Ok(())
    }
}
