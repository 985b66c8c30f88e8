//! Compression with one context per thread: a fresh zstd context costs three times the work itself.

use std::cell::RefCell;

use zstd::zstd_safe::{CCtx, DCtx};

use crate::dictionary::Dictionary;

/// How hard to try: higher levels gain a few percent and take twice the time.
pub(crate) const LEVEL: i32 = 3;
/// Shorter texts do not gain what the frame costs, alone or with a dictionary.
const WORTHWHILE: usize = 128;
const WORTHWHILE_WITH: usize = 48;
/// No record is larger: the archive limits keep a document below it.
const MAX_PLAIN: usize = 1 << 30;

thread_local! {
    static COMPRESS: RefCell<CCtx<'static>> = RefCell::new(CCtx::create());
    static DECOMPRESS: RefCell<DCtx<'static>> = RefCell::new(DCtx::create());
}

/// The compressed form, led by the plain length, or `None` where it would not be shorter.
pub(crate) fn compress(plain: &[u8]) -> Option<Vec<u8>> {
    if plain.len() < WORTHWHILE || plain.len() > MAX_PLAIN {
        return None;
    }
    let length = u32::try_from(plain.len()).ok()?;
    let mut packed = Vec::with_capacity(4 + zstd::zstd_safe::compress_bound(plain.len()));
    packed.extend_from_slice(&length.to_le_bytes());
    let mut frame = Vec::with_capacity(packed.capacity());
    COMPRESS
        .with_borrow_mut(|context| context.compress(&mut frame, plain, LEVEL))
        .ok()?;
    packed.extend_from_slice(&frame);
    packed.shrink_to_fit();
    (packed.len() < plain.len()).then_some(packed)
}

/// As [`compress`], with a dictionary: its id stands behind the length.
pub(crate) fn compress_with(plain: &[u8], dictionary: &Dictionary) -> Option<Vec<u8>> {
    if plain.len() < WORTHWHILE_WITH || plain.len() > MAX_PLAIN {
        return None;
    }
    let length = u32::try_from(plain.len()).ok()?;
    let mut frame = Vec::with_capacity(zstd::zstd_safe::compress_bound(plain.len()));
    COMPRESS
        .with_borrow_mut(|context| {
            context.compress_using_cdict(&mut frame, plain, dictionary.encoder())
        })
        .ok()?;
    let mut packed = Vec::with_capacity(12 + frame.len());
    packed.extend_from_slice(&length.to_le_bytes());
    packed.extend_from_slice(&dictionary.id().to_le_bytes());
    packed.extend_from_slice(&frame);
    (packed.len() < plain.len()).then_some(packed)
}

/// Undoes [`compress_with`]; `None` where the bytes are not what it wrote, or the dictionary is lost.
pub(crate) fn decompress_with(packed: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = packed.split_first_chunk::<4>()?;
    let (id, frame) = rest.split_first_chunk::<8>()?;
    let dictionary = Dictionary::by_id(u64::from_le_bytes(*id))?;
    unpack(*length, |plain| {
        DECOMPRESS.with_borrow_mut(|context| {
            context.decompress_using_ddict(plain, frame, dictionary.decoder())
        })
    })
}

/// Decompresses into room for so many bytes.
fn unpack(
    length: [u8; 4],
    decompress: impl FnOnce(&mut Vec<u8>) -> zstd::zstd_safe::SafeResult,
) -> Option<Vec<u8>> {
    let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
    if length > MAX_PLAIN {
        return None;
    }
    let mut plain = Vec::with_capacity(length);
    decompress(&mut plain).ok()?;
    (plain.len() == length).then_some(plain)
}

/// Undoes [`compress`]; `None` where the bytes are not what it wrote.
pub(crate) fn decompress(packed: &[u8]) -> Option<Vec<u8>> {
    let (length, frame) = packed.split_first_chunk::<4>()?;
    unpack(*length, |plain| {
        DECOMPRESS.with_borrow_mut(|context| context.decompress(plain, frame))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_shrinks_and_comes_back() {
        let text = "an async runtime for the rest of us. ".repeat(50);
        let packed = compress(text.as_bytes()).unwrap();
        assert!(packed.len() * 4 < text.len());
        assert_eq!(decompress(&packed).unwrap(), text.as_bytes());
    }

    #[test]
    fn what_does_not_shrink_is_left() {
        assert_eq!(compress(b"short"), None);
    }

    #[test]
    fn foreign_bytes_are_refused() {
        assert_eq!(decompress(b""), None);
        assert_eq!(decompress(&[255; 64]), None);
        let mut packed = compress("word ".repeat(100).as_bytes()).unwrap();
        packed[0] ^= 1;
        assert_eq!(decompress(&packed), None);
    }
}
