/// What the bytes 0x80 to 0x9F mean on Windows; the rest of the upper half is Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a document: UTF-8, UTF-16 with a byte order mark, or Windows-1252 (which contains
/// Latin-1) for whatever is not UTF-8. `None` for binary data.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    };
    (!text.contains('\0')).then_some(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn utf8(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Cut in the middle of a character: what comes before it is fine.
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default())
                .into_owned()
        }
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

fn windows_1252(byte: u8) -> char {
    byte.checked_sub(0x80)
        .and_then(|index| WINDOWS_1252.get(usize::from(index)).copied())
        .unwrap_or(char::from(byte))
}

/// Cuts `text` to at most `limit` bytes, at a character's boundary. Says whether it was longer.
pub(super) fn cut(text: &mut String, limit: u64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if text.len() <= limit {
        return false;
    }
    text.truncate(text.floor_char_boundary(limit));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(text("naïve".as_bytes()).unwrap(), "naïve");
        assert_eq!(text(b"\xef\xbb\xbfwith a mark").unwrap(), "with a mark");
        assert_eq!(text(b"caf\xe9 \x93quoted\x94").unwrap(), "café “quoted”");
        let utf16: Vec<u8> = "\u{feff}Grüße 🦀"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&utf16).unwrap(), "Grüße 🦀");
        let utf16: Vec<u8> = "\u{feff}Grüße"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(text(&utf16).unwrap(), "Grüße");
        assert_eq!(text(&[0xff, 0xfe, 0x00, 0xd8]).unwrap(), "\u{fffd}");
        assert_eq!(text(b"").unwrap(), "");
    }

    #[test]
    fn a_character_cut_at_the_end_is_dropped() {
        let bytes = "größer 🦀".as_bytes();
        for cut in 1..4 {
            assert_eq!(text(&bytes[..bytes.len() - cut]).unwrap(), "größer ");
        }
    }

    #[test]
    fn binary_data_is_no_text() {
        assert_eq!(text(b"\x7fELF\0\0\0"), None);
        assert_eq!(text(b"\x89PNG\r\n\x1a\n\0\0"), None);
    }

    #[test]
    fn texts_are_cut_between_characters() {
        let mut text = "aé🦀".to_owned();
        assert!(!cut(&mut text, 7));
        assert!(cut(&mut text, 6));
        assert_eq!(text, "aé");
        assert!(cut(&mut text, 2));
        assert_eq!(text, "a");
    }
}
