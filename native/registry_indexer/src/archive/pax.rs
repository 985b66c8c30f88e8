use registry_types::{Error, Result};

/// What a pax extended header says about the entry that follows it. Times, owners and attributes
/// do not matter here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pax {
    pub(super) path: Option<Vec<u8>>,
    pub(super) link: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    pub(super) sparse: bool,
}

impl Pax {
    /// Reads `"<length> <key>=<value>\n"` records. The length decides where a record ends: values
    /// may hold newlines (file names, binary attributes).
    pub(super) fn parse(mut data: &[u8]) -> Result<Self> {
        let mut pax = Self::default();
        // Some writers pad the records with NULs.
        while !data.is_empty() && data.first() != Some(&0) {
            let (record, rest) = split_record(data).ok_or_else(malformed)?;
            data = rest;
            let equals = position(record, b'=').ok_or_else(malformed)?;
            let (key, value) = (
                record.get(..equals).unwrap_or_default(),
                record.get(equals + 1..).unwrap_or_default(),
            );
            match key {
                b"path" => pax.path = Some(value.to_vec()).filter(|v| !v.is_empty()),
                b"linkpath" => pax.link = Some(value.to_vec()).filter(|v| !v.is_empty()),
                b"size" => pax.size = Some(number(value).ok_or_else(malformed)?),
                _ if key.starts_with(b"GNU.sparse.") => pax.sparse = true,
                _ => {}
            }
        }
        Ok(pax)
    }
}

/// The record at the start of `data`, without its length and newline, and what follows it.
fn split_record(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let space = position(data, b' ')?;
    let length = usize::try_from(number(data.get(..space)?)?).ok()?;
    let (record, rest) = data.split_at_checked(length)?;
    let record = record.get(space + 1..)?.strip_suffix(b"\n")?;
    Some((record, rest))
}

/// Lengths and keys are short: looking no further keeps a hostile header from costing more than
/// its own size.
fn position(data: &[u8], wanted: u8) -> Option<usize> {
    data.iter().take(256).position(|byte| *byte == wanted)
}

fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    str::from_utf8(digits).ok()?.parse().ok()
}

fn malformed() -> Error {
    Error::archive("the archive has a malformed pax header")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_cut_by_their_length() {
        let pax = Pax::parse(b"16 path=a\nb c/d\n20 SCHILY.xattr.x=\n\n8 size=\n").err();
        assert!(pax.is_some(), "an empty size is no number");
        let pax = Pax::parse(b"16 path=a\nb c/d\n20 SCHILY.xattr.x=\n\n11 size=17\n").unwrap();
        assert_eq!(pax.path.as_deref(), Some(&b"a\nb c/d"[..]));
        assert_eq!(pax.size, Some(17));
        assert!(!pax.sparse);
    }

    #[test]
    fn the_last_record_wins_and_an_empty_one_resets() {
        let pax = Pax::parse(b"10 path=a\n10 path=b\n").unwrap();
        assert_eq!(pax.path.as_deref(), Some(&b"b"[..]));
        let pax = Pax::parse(b"10 path=a\n8 path=\n").unwrap();
        assert_eq!(pax.path, None);
    }

    #[test]
    fn sparse_files_are_recognised() {
        assert!(Pax::parse(b"22 GNU.sparse.major=1\n").unwrap().sparse);
    }

    #[test]
    fn malformed_records_are_errors() {
        for bad in [
            &b"9999999999 path=a\n"[..],
            b"99999999999999999999999999 path=a\n",
            b"0 path=a\n",
            b"2 path=a\n",
            b"-1 path=a\n",
            b"10 path=a",
            b"9 patha\n",
            b"12 size=-1\n",
            b"nonsense",
        ] {
            assert!(Pax::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(
            Pax::parse(b"10 path=a\n\0\0\0").unwrap().path.unwrap(),
            b"a"
        );
    }
}
