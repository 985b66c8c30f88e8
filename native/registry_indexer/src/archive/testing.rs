//! Builders of archives, honest and hostile, for tests.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tar::{EntryType, Header};

/// A tar, block by block: nothing is checked, so that every lie can be written.
#[derive(Clone, Default)]
pub(crate) struct Tarball {
    bytes: Vec<u8>,
}

impl Tarball {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A tarball of plain files.
    pub(crate) fn of(files: &[(&str, &[u8])]) -> Self {
        files
            .iter()
            .fold(Self::new(), |tar, (path, data)| tar.file(path, data))
    }

    pub(crate) fn file(self, path: impl AsRef<[u8]>, data: &[u8]) -> Self {
        self.entry(EntryType::Regular, path, b"", data)
    }

    pub(crate) fn link(self, kind: EntryType, path: &str, target: &str) -> Self {
        self.entry(kind, path, target.as_bytes(), b"")
    }

    pub(crate) fn entry(
        self,
        kind: EntryType,
        path: impl AsRef<[u8]>,
        link: &[u8],
        data: &[u8],
    ) -> Self {
        let mut header = header(kind, path.as_ref(), data.len() as u64);
        header.as_old_mut().linkname[..link.len()].copy_from_slice(link);
        self.raw(header, data)
    }

    /// An entry whose header claims another size than its data has.
    pub(crate) fn lying(self, path: &str, claimed: u64, data: &[u8]) -> Self {
        self.raw(header(EntryType::Regular, path.as_bytes(), claimed), data)
    }

    /// A pax extended header (`x`), or a global one (`g`).
    pub(crate) fn pax(self, kind: EntryType, records: &[(&str, &[u8])]) -> Self {
        let mut data = Vec::new();
        for (key, value) in records {
            let body = key.len() + value.len() + 3;
            let mut length = body + body.to_string().len();
            if length.to_string().len() != body.to_string().len() {
                length += 1;
            }
            write!(data, "{length} {key}=").unwrap();
            data.extend_from_slice(value);
            data.push(b'\n');
        }
        self.entry(kind, "pax", b"", &data)
    }

    pub(crate) fn raw(mut self, mut header: Header, data: &[u8]) -> Self {
        header.set_cksum();
        self.bytes.extend_from_slice(header.as_bytes());
        self.bytes.extend_from_slice(data);
        let padding = self.bytes.len().next_multiple_of(512) - self.bytes.len();
        self.bytes.extend(std::iter::repeat_n(0, padding));
        self
    }

    /// Without the two blocks of zeros at the end.
    pub(crate) fn unfinished(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn tar(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(&[0; 1024]);
        self.bytes
    }

    pub(crate) fn gz(self) -> Vec<u8> {
        gzip(&self.tar())
    }

    /// A Hex tarball with these contents.
    pub(crate) fn hex(self, metadata: &str) -> HexTarball {
        HexTarball::new(metadata, self.gz())
    }
}

/// The members of a Hex tarball, each of which can be changed before it is written.
pub(crate) struct HexTarball {
    pub(crate) members: Vec<(String, Vec<u8>)>,
}

impl HexTarball {
    fn new(metadata: &str, contents: Vec<u8>) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"3");
        hasher.update(metadata);
        hasher.update(&contents);
        let digest: [u8; 32] = hasher.finalize().into();
        let checksum: String = digest.iter().map(|byte| format!("{byte:02X}")).collect();
        Self {
            members: vec![
                ("VERSION".into(), b"3".to_vec()),
                ("CHECKSUM".into(), checksum.into_bytes()),
                ("metadata.config".into(), metadata.as_bytes().to_vec()),
                ("contents.tar.gz".into(), contents),
            ],
        }
    }

    pub(crate) fn with(mut self, name: &str, bytes: &[u8]) -> Self {
        self.members.retain(|(member, _)| member != name);
        self.members.push((name.into(), bytes.to_vec()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.members.retain(|(member, _)| member != name);
        self
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        let files: Vec<(&str, &[u8])> = self
            .members
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        Tarball::of(&files).tar()
    }
}

pub(crate) fn header(kind: EntryType, path: &[u8], size: u64) -> Header {
    let mut header = Header::new_ustar();
    header.set_entry_type(kind);
    header.as_old_mut().name[..path.len()].copy_from_slice(path);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_size(size);
    header
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A zip, written by hand: local header, data and central header of each entry may disagree.
#[derive(Clone, Default)]
pub(crate) struct Zip {
    bytes: Vec<u8>,
    central: Vec<u8>,
    count: u16,
}

/// One entry of a [`Zip`]; the fields are what the headers claim.
#[derive(Clone)]
pub(crate) struct ZipEntry {
    pub(crate) name: Vec<u8>,
    pub(crate) central_name: Vec<u8>,
    pub(crate) data: Vec<u8>,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) crc: u32,
    pub(crate) size: u32,
    pub(crate) compressed: u32,
    pub(crate) mode: u32,
    /// Where the central directory says the entry begins; `None` for the truth.
    pub(crate) at: Option<u32>,
    /// Sizes and checksum follow the data instead of preceding it.
    pub(crate) descriptor: bool,
}

impl ZipEntry {
    pub(crate) fn stored(name: impl AsRef<[u8]>, data: &[u8]) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        Self {
            name: name.as_ref().to_vec(),
            central_name: name.as_ref().to_vec(),
            data: data.to_vec(),
            method: 0,
            flags: 0,
            crc: crc.sum(),
            size: data.len().try_into().unwrap(),
            compressed: data.len().try_into().unwrap(),
            mode: 0o100_644,
            at: None,
            descriptor: false,
        }
    }

    pub(crate) fn deflated(name: impl AsRef<[u8]>, data: &[u8]) -> Self {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        let packed = encoder.finish().unwrap();
        Self {
            compressed: packed.len().try_into().unwrap(),
            data: packed,
            method: 8,
            ..Self::stored(name, data)
        }
    }
}

impl Zip {
    pub(crate) fn of(files: &[(&str, &[u8])]) -> Self {
        files.iter().fold(Self::default(), |zip, (path, data)| {
            zip.entry(&ZipEntry::deflated(path, data))
        })
    }

    pub(crate) fn entry(mut self, entry: &ZipEntry) -> Self {
        let at = u32::try_from(self.bytes.len()).unwrap();
        let flags = entry.flags | if entry.descriptor { 8 } else { 0 };
        let sizes: Vec<u8> = [entry.crc, entry.compressed, entry.size]
            .iter()
            .flat_map(|n| n.to_le_bytes())
            .collect();
        let mut local = Vec::new();
        local.extend_from_slice(b"PK\x03\x04");
        push16(&mut local, &[20, flags, entry.method, 0, 0x21]);
        local.extend_from_slice(if entry.descriptor { &[0; 12] } else { &sizes });
        push16(&mut local, &[len16(&entry.name), 0]);
        local.extend_from_slice(&entry.name);
        local.extend_from_slice(&entry.data);
        if entry.descriptor {
            local.extend_from_slice(b"PK\x07\x08");
            local.extend_from_slice(&sizes);
        }
        self.bytes.extend_from_slice(&local);

        self.central.extend_from_slice(b"PK\x01\x02");
        push16(
            &mut self.central,
            &[0x0314, 20, flags, entry.method, 0, 0x21],
        );
        self.central.extend_from_slice(&sizes);
        push16(&mut self.central, &[len16(&entry.central_name), 0, 0, 0, 0]);
        self.central
            .extend_from_slice(&(entry.mode << 16).to_le_bytes());
        self.central
            .extend_from_slice(&entry.at.unwrap_or(at).to_le_bytes());
        self.central.extend_from_slice(&entry.central_name);
        self.count += 1;
        self
    }

    pub(crate) fn build(mut self) -> Vec<u8> {
        let start = u32::try_from(self.bytes.len()).unwrap();
        let size = u32::try_from(self.central.len()).unwrap();
        self.bytes.append(&mut self.central);
        self.bytes.extend_from_slice(b"PK\x05\x06");
        push16(&mut self.bytes, &[0, 0, self.count, self.count]);
        self.bytes.extend_from_slice(&size.to_le_bytes());
        self.bytes.extend_from_slice(&start.to_le_bytes());
        push16(&mut self.bytes, &[0]);
        self.bytes
    }
}

fn push16(out: &mut Vec<u8>, numbers: &[u16]) {
    out.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
}

fn len16(bytes: &[u8]) -> u16 {
    bytes.len().try_into().unwrap()
}
