use registry_types::{Error, Result};
use tar::{EntryType, Header};

use super::SkipReason;
use super::pax::Pax;
use super::sink::Sink;
use super::stream::Stream;

const BLOCK: usize = 512;
/// A name or a set of attributes longer than this has no honest use; it would be held in memory.
const MAX_EXTENSION: u64 = 1024 * 1024;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Directory,
    Symlink,
    HardLink,
    Other,
}

/// An entry with its extended headers applied.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: Vec<u8>,
    pub(super) link: Vec<u8>,
    pub(super) kind: Kind,
    pub(super) size: u64,
}

/// The data of the entry at hand.
pub(super) struct Data<'s, 'a, 'b> {
    stream: &'s mut Stream<'a, 'b>,
    left: u64,
}

impl Data<'_, '_, '_> {
    /// Up to `wanted` bytes, fewer only where the entry has fewer.
    pub(super) fn read(&mut self, wanted: u64) -> Result<Vec<u8>> {
        let take = wanted.min(self.left);
        let bytes = read_exactly(self.stream, take)?;
        self.left -= take;
        Ok(bytes)
    }
}

/// Keeps the wanted files of a tar and verifies the stream to its end.
pub(super) fn read(stream: &mut Stream<'_, '_>, sink: &mut Sink<'_>) -> Result<()> {
    walk(stream, &mut |entry, data| match entry.kind {
        Kind::Directory => sink.directory(&entry.path),
        Kind::Symlink => sink.link(&entry.path, &entry.link, true),
        Kind::HardLink => sink.link(&entry.path, &entry.link, false),
        Kind::Other => sink.special(&entry.path, SkipReason::Special),
        Kind::File => {
            if let Some(keep) = sink.file(&entry.path, entry.size)? {
                let bytes = data.read(keep.bytes)?;
                sink.keep(keep.path, bytes, entry.size);
            }
            Ok(())
        }
    })
}

/// Calls `visit` for each entry; data that it does not read is passed over.
///
/// Readers of tar disagree where headers contradict each other, and hide files from one another
/// that way. Such archives are refused rather than interpreted.
pub(super) fn walk(
    stream: &mut Stream<'_, '_>,
    visit: &mut dyn FnMut(&Entry, &mut Data<'_, '_, '_>) -> Result<()>,
) -> Result<()> {
    let mut pending = Pending::default();
    while let Some(header) = next_header(stream)? {
        stream.budget().entry()?;
        let size = data_size(&header)?;
        stream.budget().foresee(size)?;
        let kind = match header.entry_type() {
            EntryType::XHeader => {
                pending.pax = Some(Pax::parse(&extension(stream, size)?)?);
                continue;
            }
            EntryType::XGlobalHeader => {
                refuse_global(&Pax::parse(&extension(stream, size)?)?)?;
                continue;
            }
            EntryType::GNULongName => {
                pending.name = Some(until_nul(extension(stream, size)?));
                continue;
            }
            EntryType::GNULongLink => {
                pending.link = Some(until_nul(extension(stream, size)?));
                continue;
            }
            other => kind_of(other),
        };
        let entry = pending.apply(&header, kind, size)?;
        if size > 0 && !matches!(entry.kind, Kind::File | Kind::Other) {
            return Err(contradiction(
                &entry.path,
                "it has data though it is no file",
            ));
        }
        let mut data = Data { stream, left: size };
        visit(&entry, &mut data)?;
        let left = data.left;
        pass_over(stream, left)?;
        pass_over_padding(stream, size)?;
    }
    if pending.is_some() {
        return Err(truncated());
    }
    stream.drain()
}

/// Extended headers seen since the last entry.
#[derive(Default)]
struct Pending {
    pax: Option<Pax>,
    name: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
}

impl Pending {
    const fn is_some(&self) -> bool {
        self.pax.is_some() || self.name.is_some() || self.link.is_some()
    }

    fn apply(&mut self, header: &Header, kind: Kind, size: u64) -> Result<Entry> {
        let Self { pax, name, link } = std::mem::take(self);
        let pax = pax.unwrap_or_default();
        let path = pax
            .path
            .or(name)
            .unwrap_or_else(|| header.path_bytes().into_owned());
        if pax.size.is_some_and(|claimed| claimed != size) {
            return Err(contradiction(&path, "its two headers give different sizes"));
        }
        let link = pax.link.or(link).unwrap_or_else(|| {
            header
                .link_name_bytes()
                .map_or_else(Vec::new, std::borrow::Cow::into_owned)
        });
        let kind = match kind {
            Kind::File if pax.sparse => Kind::Other,
            // Before POSIX a directory was a file whose name ends in a slash.
            Kind::File if path.ends_with(b"/") => Kind::Directory,
            kind => kind,
        };
        Ok(Entry {
            path,
            link,
            kind,
            size,
        })
    }
}

const fn kind_of(entry_type: EntryType) -> Kind {
    match entry_type {
        EntryType::Regular | EntryType::Continuous => Kind::File,
        EntryType::Directory => Kind::Directory,
        EntryType::Symlink => Kind::Symlink,
        EntryType::Link => Kind::HardLink,
        _ => Kind::Other,
    }
}

/// A global header speaks of every entry that follows. `git archive` puts a comment there; a path
/// or a size for all entries is a trick.
fn refuse_global(pax: &Pax) -> Result<()> {
    if pax == &Pax::default() {
        return Ok(());
    }
    Err(Error::archive(
        "the archive is refused: a global pax header renames or resizes all of its entries",
    ))
}

/// The next header, or `None` at the end: two blocks of zeros, or simply no more data, which some
/// tools write.
fn next_header(stream: &mut Stream<'_, '_>) -> Result<Option<Header>> {
    let mut zeros = 0;
    loop {
        let mut header = Header::new_old();
        match stream.fill(header.as_mut_bytes())? {
            0 => return Ok(None),
            BLOCK => {}
            _ => return Err(truncated()),
        }
        if header.as_bytes().iter().any(|byte| *byte != 0) {
            verify_checksum(&header)?;
            return Ok(Some(header));
        }
        zeros += 1;
        if zeros == 2 {
            return Ok(None);
        }
    }
}

fn verify_checksum(header: &Header) -> Result<()> {
    let field = 148..156;
    let (mut unsigned, mut signed) = (0u32, 0i32);
    for (at, byte) in header.as_bytes().iter().enumerate() {
        let byte = if field.contains(&at) { b' ' } else { *byte };
        unsigned += u32::from(byte);
        signed += i32::from(byte.cast_signed());
    }
    let stored = header.cksum().ok();
    // Old tars summed signed bytes.
    if stored == Some(unsigned) || stored.map(u32::cast_signed) == Some(signed) {
        return Ok(());
    }
    Err(Error::archive(
        "the archive is no tar, or damaged: a header's checksum does not match",
    ))
}

fn data_size(header: &Header) -> Result<u64> {
    // A base-256 size has 95 bits; the crate reads the lowest 64 of them.
    let [first, high @ .., _, _, _, _, _, _, _, _] = &header.as_old().size;
    if *first >= 0x80 && (*first != 0x80 || *high != [0; 3]) {
        return Err(contradiction(&header.path_bytes(), "its size is absurd"));
    }
    // A sparse file may have further header blocks: without reading them nobody knows where its
    // data begins.
    if header.entry_type() == EntryType::GNUSparse
        && header.as_gnu().is_none_or(tar::GnuHeader::is_extended)
    {
        return Err(contradiction(&header.path_bytes(), "it is sparse"));
    }
    header
        .entry_size()
        .map_err(|_| contradiction(&header.path_bytes(), "its size is no number"))
}

fn extension(stream: &mut Stream<'_, '_>, size: u64) -> Result<Vec<u8>> {
    if size > MAX_EXTENSION {
        return Err(Error::archive(format!(
            "the archive has an extended header of {size} bytes"
        )));
    }
    let bytes = read_exactly(stream, size)?;
    pass_over_padding(stream, size)?;
    Ok(bytes)
}

fn until_nul(mut name: Vec<u8>) -> Vec<u8> {
    if let Some(end) = name.iter().position(|byte| *byte == 0) {
        name.truncate(end);
    }
    name
}

/// The caller has compared `size` with the budget or a limit: the memory is taken at once.
fn read_exactly(stream: &mut Stream<'_, '_>, size: u64) -> Result<Vec<u8>> {
    let size = usize::try_from(size).map_err(|_| truncated())?;
    let mut bytes = Vec::new();
    let mut filled = 0;
    while filled < size {
        // A size that lies costs no more than the data that is there.
        let next = (filled + (64 << 10).max(filled)).min(size);
        bytes.resize(next, 0);
        let read = stream.fill(bytes.get_mut(filled..).unwrap_or_default())?;
        if filled + read < next {
            return Err(truncated());
        }
        filled = next;
    }
    Ok(bytes)
}

fn pass_over(stream: &mut Stream<'_, '_>, mut size: u64) -> Result<()> {
    let mut scratch = [0; 16 * 1024];
    while size > 0 {
        let take = usize::try_from(size)
            .unwrap_or(usize::MAX)
            .min(scratch.len());
        let read = stream.fill(scratch.get_mut(..take).unwrap_or_default())?;
        if read < take {
            return Err(truncated());
        }
        size -= take as u64;
    }
    Ok(())
}

fn pass_over_padding(stream: &mut Stream<'_, '_>, size: u64) -> Result<()> {
    let block = BLOCK as u64;
    let padding = (block - size % block) % block;
    let mut scratch = [0; BLOCK];
    let take = usize::try_from(padding).unwrap_or_default();
    // The last file's padding may be missing: all of its data is there.
    stream.fill(scratch.get_mut(..take).unwrap_or_default())?;
    Ok(())
}

fn truncated() -> Error {
    Error::archive("the archive ends in the middle of an entry: it was truncated")
}

fn contradiction(path: &[u8], what: &str) -> Error {
    let path: String = String::from_utf8_lossy(path).chars().take(120).collect();
    Error::archive(format!(
        "the archive is refused: something is wrong with its entry {path:?}: {what}"
    ))
    .with("entry", path)
}
