use std::collections::BTreeMap;

use bytes::Bytes;
use registry_protocols::ArchiveRoot;
use registry_types::{Error, Result, Warning, WarningKind};

use super::path::{self, Fault};
use super::skip::{complaint, is_limit};
use super::{Archive, File, SkipReason, Want};

/// What one archive may occupy in memory, however many of its files are wanted. A constant, not a
/// limit: it bounds this process (several collects run at once), not the archive.
const KEPT_BYTES: u64 = 128 * 1024 * 1024;

/// How many bytes to keep of a wanted file.
pub(super) struct Keep {
    pub(super) path: String,
    pub(super) bytes: u64,
}

/// Gathers the wanted files of an archive and counts the others.
pub(super) struct Sink<'w> {
    root: ArchiveRoot,
    wanted: &'w dyn Fn(&str) -> Want,
    files: BTreeMap<String, File>,
    kept: u64,
    skipped: BTreeMap<SkipReason, (u64, String)>,
}

impl<'w> Sink<'w> {
    pub(super) fn new(root: ArchiveRoot, wanted: &'w dyn Fn(&str) -> Want) -> Self {
        Self {
            root,
            wanted,
            files: BTreeMap::new(),
            kept: 0,
            skipped: BTreeMap::new(),
        }
    }

    /// Checks a directory's name: an escaping one condemns the archive like an escaping file.
    pub(super) fn directory(&self, raw: &[u8]) -> Result<()> {
        match path::resolve(raw, self.root) {
            Err(Fault::Escapes(why)) => Err(escapes(raw, why)),
            _ => Ok(()),
        }
    }

    /// Counts an entry that is no plain file.
    pub(super) fn special(&mut self, raw: &[u8], reason: SkipReason) -> Result<()> {
        self.directory(raw)?;
        self.skip(reason, &String::from_utf8_lossy(raw));
        Ok(())
    }

    /// Counts a link; one that leaves the archive's root condemns the archive: it is made to
    /// harm those who unpack it, and cargo, Hex and pip refuse it too.
    pub(super) fn link(&mut self, raw: &[u8], target: &[u8], symbolic: bool) -> Result<()> {
        if path::link_escapes(raw, target, symbolic) {
            return Err(Error::archive(format!(
                "the archive is refused: its link {} leads outside to {}",
                show(raw),
                show(target)
            )));
        }
        self.special(raw, SkipReason::Link)
    }

    /// Decides whether a file of `size` bytes is read.
    pub(super) fn file(&mut self, raw: &[u8], size: u64) -> Result<Option<Keep>> {
        let path = match path::resolve(raw, self.root) {
            Ok(path) => path,
            Err(fault) => {
                let reason = match fault {
                    Fault::Escapes(why) => return Err(escapes(raw, why)),
                    Fault::NotUtf8 => SkipReason::NameNotUtf8,
                    Fault::TooLong => SkipReason::NameTooLong,
                    Fault::OutsideRoot => SkipReason::OutsideRoot,
                };
                self.skip(reason, &String::from_utf8_lossy(raw));
                return Ok(None);
            }
        };
        // Whatever becomes of this entry, an unpacker would overwrite the earlier one with it.
        if let Some(earlier) = self.files.remove(&path) {
            self.kept -= earlier.bytes.len() as u64;
            self.skip(SkipReason::Duplicate, &path);
        }
        let bytes = match (self.wanted)(&path) {
            Want::Skip(reason) => {
                self.skip(reason, &path);
                return Ok(None);
            }
            Want::Whole(limit) if size > limit => {
                self.skip(SkipReason::TooLarge, &path);
                return Ok(None);
            }
            Want::Whole(_) => size,
            Want::Prefix(limit) => size.min(limit),
        };
        if self.kept.saturating_add(bytes) > KEPT_BYTES {
            self.skip(SkipReason::TooMuch, &path);
            return Ok(None);
        }
        Ok(Some(Keep { path, bytes }))
    }

    /// Keeps a file's first bytes; `size` is its whole length.
    pub(super) fn keep(&mut self, path: String, bytes: Vec<u8>, size: u64) {
        self.kept += bytes.len() as u64;
        let bytes = Bytes::from(bytes);
        self.files.insert(path, File { bytes, size });
    }

    pub(super) fn skip(&mut self, reason: SkipReason, path: &str) {
        self.skipped
            .entry(reason)
            .or_insert_with(|| (0, path.to_owned()))
            .0 += 1;
    }

    pub(super) fn finish(self, entries: u64, unpacked: u64) -> Archive {
        // One warning per reason: a hostile archive could cause 50 000.
        let warnings = self.skipped.iter().filter_map(|(reason, (count, first))| {
            let kind = if is_limit(*reason) {
                WarningKind::Truncated
            } else {
                WarningKind::Archive
            };
            let entries = if *count == 1 { "entry" } else { "entries" };
            let complaint = complaint(*reason)?;
            let message = format!("{count} {entries} skipped: {complaint}");
            Some(Warning::file(kind, first.clone(), message))
        });
        Archive {
            warnings: warnings.collect(),
            skipped: self
                .skipped
                .iter()
                .map(|(reason, (count, _))| (*reason, *count))
                .collect(),
            files: self.files,
            entries,
            unpacked_bytes: unpacked,
            hex: None,
        }
    }
}

fn escapes(raw: &[u8], why: &str) -> Error {
    Error::archive(format!(
        "the archive is refused: the name {} would leave its directory ({why})",
        show(raw)
    ))
    .with("entry", String::from_utf8_lossy(raw))
}

/// A foreign name, quoted, escaped and cut for a message.
fn show(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let cut: String = text.chars().take(120).collect();
    format!("{cut:?}")
}
