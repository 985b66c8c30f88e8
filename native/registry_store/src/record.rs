//! The frame around every stored value: `[version u8][codec u8][xxh3 u64][payload]`.
//!
//! redb serves a flipped bit without an error, so each record carries its own checksum. The table
//! and the key are part of it: a value that stands under another record's key is refused as well.

use redb::{Key, ReadableTable, TableDefinition};
use registry_types::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use crate::codec;
use crate::dictionary::Dictionary;
use crate::fault::{corrupt, redb_error};

/// The form of all records written now.
const VERSION: u8 = 1;
const HEADER: usize = 10;
/// From this length on decompressing costs less than reading what it saves: alone, and with a
/// dictionary.
const LONG: usize = 2048;
const LONG_WITH: usize = 640;
const PLAIN: u8 = 0;
const ZSTD: u8 = 1;
/// With a dictionary.
const SHARED: u8 = 2;

/// A table of records.
#[derive(Clone, Copy)]
pub(crate) struct Records<K: Key + 'static> {
    pub(crate) table: TableDefinition<'static, K, &'static [u8]>,
    pub(crate) name: &'static str,
}

impl<K: Key + 'static> Records<K> {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            table: TableDefinition::new(name),
            name,
        }
    }

    fn seed(&self, key: &[u8]) -> u64 {
        let mut hasher = Xxh3::new();
        hasher.update(self.name.as_bytes());
        hasher.update(&[0]);
        hasher.update(key);
        hasher.digest()
    }

    /// The stored form of `payload` under `key`.
    pub(crate) fn frame(&self, key: K::SelfType<'_>, payload: &Payload) -> Vec<u8> {
        let seed = self.seed(K::as_bytes(&key).as_ref());
        let (codec, bytes) = match payload {
            Payload::Plain(bytes) => (PLAIN, bytes),
            Payload::Packed(bytes) => (ZSTD, bytes),
            Payload::Shared(bytes) => (SHARED, bytes),
        };
        let mut record = Vec::with_capacity(HEADER + bytes.len());
        record.push(VERSION);
        record.push(codec);
        let sum = xxh3_64_with_seed(bytes, seed ^ u64::from(codec));
        record.extend_from_slice(&sum.to_le_bytes());
        record.extend_from_slice(bytes);
        record
    }

    /// The checksum that a stored record carries; not checked.
    pub(crate) fn sum(record: &[u8]) -> Option<u64> {
        let (header, _) = record.split_first_chunk::<HEADER>()?;
        let [_, _, sum @ ..] = *header;
        Some(u64::from_le_bytes(sum))
    }

    /// The payload of a stored record, checked.
    pub(crate) fn open(&self, key: K::SelfType<'_>, record: &[u8]) -> Result<Opened> {
        let damaged = |why: &str| corrupt(format_args!("{} record", self.name), why);
        let Some((header, bytes)) = record.split_first_chunk::<HEADER>() else {
            return Err(damaged("too short"));
        };
        let [version, codec, sum @ ..] = *header;
        if version != VERSION {
            return Err(damaged("unknown record version"));
        }
        let seed = self.seed(K::as_bytes(&key).as_ref());
        if xxh3_64_with_seed(bytes, seed ^ u64::from(codec)) != u64::from_le_bytes(sum) {
            return Err(damaged("checksum does not match"));
        }
        match codec {
            PLAIN => Ok(Opened::Borrowed),
            ZSTD => codec::decompress(bytes)
                .map(Opened::Unpacked)
                .ok_or_else(|| damaged("cannot be decompressed")),
            SHARED => codec::decompress_with(bytes)
                .map(Opened::Unpacked)
                .ok_or_else(|| damaged("cannot be decompressed, or its dictionary is lost")),
            _ => Err(damaged("unknown codec")),
        }
    }

    /// Reads the record under `key`.
    pub(crate) fn get<'k, T: DeserializeOwned>(
        &self,
        table: &impl ReadableTable<K, &'static [u8]>,
        key: K::SelfType<'k>,
    ) -> Result<Option<T>>
    where
        K::SelfType<'k>: Copy,
    {
        match table.get(key).map_err(redb_error)? {
            Some(guard) => self.decode(key, guard.value()).map(Some),
            None => Ok(None),
        }
    }

    /// The value of a stored record.
    pub(crate) fn decode<T: DeserializeOwned>(
        &self,
        key: K::SelfType<'_>,
        record: &[u8],
    ) -> Result<T> {
        let opened = self.open(key, record)?;
        postcard::from_bytes(opened.bytes(record))
            .map_err(|e| corrupt(format_args!("{} record", self.name), e))
    }
}

/// Where the payload of a record is found after [`Records::open`].
pub(crate) enum Opened {
    /// In the record itself, after its header.
    Borrowed,
    /// Decompressed.
    Unpacked(Vec<u8>),
}

impl Opened {
    /// The payload; `record` is what was opened.
    pub(crate) fn bytes<'a>(&'a self, record: &'a [u8]) -> &'a [u8] {
        match self {
            Self::Borrowed => record.get(HEADER..).unwrap_or_default(),
            Self::Unpacked(bytes) => bytes,
        }
    }
}

/// A value ready to be framed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// postcard.
    Plain(Vec<u8>),
    /// postcard, compressed.
    Packed(Vec<u8>),
    /// postcard, compressed with a dictionary.
    Shared(Vec<u8>),
}

impl Payload {
    /// Uncompressed: for what is read on every query.
    pub(crate) fn plain(value: &impl Serialize) -> Result<Self> {
        postcard::to_stdvec(value)
            .map(Self::Plain)
            .map_err(|e| Error::internal(format!("a record cannot be encoded: {e}")))
    }

    /// Compressed where that makes it shorter.
    pub(crate) fn packed(value: &impl Serialize) -> Result<Self> {
        postcard::to_stdvec(value)
            .map(Self::pack_bytes)
            .map_err(|e| Error::internal(format!("a record cannot be encoded: {e}")))
    }

    /// As [`Self::packed`], with the dictionary of its kind, where there is one.
    pub(crate) fn shared(value: &impl Serialize, dictionary: Option<&Dictionary>) -> Result<Self> {
        postcard::to_stdvec(value)
            .map(|bytes| Self::share_bytes(bytes, dictionary))
            .map_err(|e| Error::internal(format!("a record cannot be encoded: {e}")))
    }

    /// Compressed only where it is long: for what is read on every query.
    pub(crate) fn shared_if_long(
        value: &impl Serialize,
        dictionary: Option<&Dictionary>,
    ) -> Result<Self> {
        let long = if dictionary.is_some() {
            LONG_WITH
        } else {
            LONG
        };
        match Self::plain(value)? {
            Self::Plain(bytes) if bytes.len() >= long => Ok(Self::share_bytes(bytes, dictionary)),
            short => Ok(short),
        }
    }

    /// As [`Self::pack_bytes`], with the dictionary of their kind, where there is one.
    pub(crate) fn share_bytes(bytes: Vec<u8>, dictionary: Option<&Dictionary>) -> Self {
        match dictionary.map(|dictionary| codec::compress_with(&bytes, dictionary)) {
            Some(Some(packed)) => Self::Shared(packed),
            Some(None) => Self::Plain(bytes),
            None => Self::pack_bytes(bytes),
        }
    }

    /// Bytes, compressed where that makes them shorter.
    pub(crate) fn pack_bytes(bytes: Vec<u8>) -> Self {
        match codec::compress(&bytes) {
            Some(packed) => Self::Packed(packed),
            None => Self::Plain(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::ErrorKind;

    const ONE: Records<u32> = Records::new("one");
    const TWO: Records<u32> = Records::new("two");

    fn read(table: Records<u32>, key: u32, record: &[u8]) -> Result<String> {
        table.decode(key, record)
    }

    #[test]
    fn a_record_opens_under_its_own_key_and_table_only() {
        let payload = Payload::plain(&"text").unwrap();
        let record = ONE.frame(7, &payload);
        assert_eq!(read(ONE, 7, &record).unwrap(), "text");
        for error in [
            read(ONE, 8, &record).unwrap_err(),
            read(TWO, 7, &record).unwrap_err(),
        ] {
            assert_eq!(error.kind, ErrorKind::StoreCorrupt);
        }
    }

    #[test]
    fn every_flipped_bit_is_seen() {
        let long = "words that repeat, words that repeat. ".repeat(20);
        for payload in [
            Payload::plain(&"text").unwrap(),
            Payload::packed(&long).unwrap(),
        ] {
            let record = ONE.frame(7, &payload);
            for bit in 0..record.len() * 8 {
                let mut bad = record.clone();
                bad[bit / 8] ^= 1 << (bit % 8);
                assert!(read(ONE, 7, &bad).is_err(), "bit {bit}");
            }
            for cut in 0..record.len() {
                assert!(read(ONE, 7, &record[..cut]).is_err(), "cut {cut}");
            }
        }
    }
}
