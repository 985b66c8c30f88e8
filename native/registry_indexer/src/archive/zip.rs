use std::io::{Cursor, Read};

use memchr::memmem;
use registry_types::{Error, Result};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive, ZipReadOptions};

use super::SkipReason;
use super::budget::Budget;
use super::sink::{Keep, Sink};

const CENTRAL_HEADER: &[u8; 4] = b"PK\x01\x02";
const TYPE_BITS: u32 = 0o170_000;
const SYMLINK: u32 = 0o120_000;
/// No system takes a longer link target.
const MAX_LINK: u64 = 4096;

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Keeps the wanted files of a zip. Files that nobody wants are not even decompressed.
pub(super) fn read(bytes: &[u8], budget: &mut Budget, sink: &mut Sink<'_>) -> Result<()> {
    // The crate reads the whole central directory at once: count before it takes the memory.
    let headers = memmem::find_iter(bytes, CENTRAL_HEADER).count();
    budget.foresee_entries(headers as u64)?;
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| malformed(&e))?;
    // Entries that share data are the classical zip bomb: quadratic in the archive's size.
    if zip.has_overlapping_entries().map_err(|e| malformed(&e))? {
        return Err(Error::archive(
            "the archive is refused: its entries overlap each other",
        ));
    }
    if zip.has_duplicate_names() {
        sink.skip(SkipReason::Duplicate, "(several names)");
    }
    for index in 0..zip.len() {
        budget.entry()?;
        entry(&mut zip, index, budget, sink)?;
    }
    Ok(())
}

fn entry(zip: &mut Zip<'_>, index: usize, budget: &mut Budget, sink: &mut Sink<'_>) -> Result<()> {
    // Local headers that contradict the central directory show other files to other readers.
    // Duplicate names, which old wheels have, would fail that check for every entry.
    let strict = !zip.has_duplicate_names();
    let (name, size, mode, is_dir, readable) = {
        let entry = zip.by_index_data(index).map_err(|e| malformed(&e))?;
        let method = entry.compression();
        let readable = !entry.encrypted()
            && matches!(
                method,
                CompressionMethod::Stored | CompressionMethod::Deflated
            );
        let mode = entry.unix_mode().unwrap_or(0);
        (
            entry.name_raw().to_vec(),
            entry.size(),
            mode,
            entry.is_dir(),
            readable,
        )
    };
    if is_dir {
        return sink.directory(&name);
    }
    budget.foresee(size)?;
    if !readable {
        return sink.special(&name, SkipReason::Unreadable);
    }
    match mode & TYPE_BITS {
        SYMLINK => {
            let target = content(zip, index, size.min(MAX_LINK), strict, budget)?;
            sink.link(&name, &target, true)
        }
        0 | 0o100_000 => {
            if let Some(Keep { path, bytes }) = sink.file(&name, size)? {
                let content = content(zip, index, bytes, strict, budget)?;
                sink.keep(path, content, size);
            }
            Ok(())
        }
        _ => sink.special(&name, SkipReason::Special),
    }
}

/// The first `wanted` bytes of an entry. Where that is all of it, its size and its checksum are
/// verified.
fn content(
    zip: &mut Zip<'_>,
    index: usize,
    wanted: u64,
    strict: bool,
    budget: &mut Budget,
) -> Result<Vec<u8>> {
    let options = ZipReadOptions::new().enforce_header_consistency(strict);
    let mut file = zip
        .by_index_with_options(index, options)
        .map_err(|e| malformed(&e))?;
    let name = String::from_utf8_lossy(file.name_raw()).into_owned();
    let whole = wanted == file.size();
    let damaged = |why: &dyn std::fmt::Display| {
        Error::archive(format!("the archive's entry {name:?} is damaged: {why}"))
    };
    let mut bytes = Vec::new();
    file.by_ref()
        .take(wanted)
        .read_to_end(&mut bytes)
        .map_err(|e| damaged(&e))?;
    budget.charge(bytes.len())?;
    if (bytes.len() as u64) < wanted {
        return Err(damaged(&"it is shorter than its header says"));
    }
    if whole {
        // Reading past the end makes the crate compare the checksum and refuse surplus data.
        let surplus = file.read(&mut [0]).map_err(|e| damaged(&e))?;
        if surplus > 0 {
            return Err(damaged(&"it is longer than its header says"));
        }
    }
    Ok(bytes)
}

fn malformed(error: &ZipError) -> Error {
    Error::archive(format!("the archive is no proper zip: {error}"))
}
