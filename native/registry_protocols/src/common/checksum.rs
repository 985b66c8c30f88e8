use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use registry_types::{Error, Result};
use sha2::Digest;

/// A digest algorithm, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// MD5: only where a registry gives nothing else.
    Md5,
    /// SHA-1: old npm packages have nothing else.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// The name as SRI and the `Release` contract write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// Bytes of a digest.
    #[must_use]
    pub const fn digest_len(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The digest of `bytes`.
    #[must_use]
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => md5::Md5::digest(bytes).to_vec(),
            Self::Sha1 => sha1::Sha1::digest(bytes).to_vec(),
            Self::Sha256 => sha2::Sha256::digest(bytes).to_vec(),
            Self::Sha384 => sha2::Sha384::digest(bytes).to_vec(),
            Self::Sha512 => sha2::Sha512::digest(bytes).to_vec(),
        }
    }
}

/// A digest a registry promised. Displays as `"sha256:…"` in lower hex.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Checksum {
    /// How it was made.
    pub algorithm: Algorithm,
    /// The digest's bytes.
    pub digest: Vec<u8>,
}

impl Checksum {
    /// From hexadecimal text in either case; `None` if it is no digest of that algorithm.
    #[must_use]
    pub fn from_hex(algorithm: Algorithm, text: &str) -> Option<Self> {
        let text = text.trim().as_bytes();
        if text.len() != algorithm.digest_len() * 2 {
            return None;
        }
        let digest = text
            .chunks_exact(2)
            .map(|pair| match pair {
                [high, low] => {
                    let high = char::from(*high).to_digit(16)?;
                    let low = char::from(*low).to_digit(16)?;
                    u8::try_from(high * 16 + low).ok()
                }
                _ => None,
            })
            .collect::<Option<Vec<u8>>>()?;
        Some(Self { algorithm, digest })
    }

    /// The checksum of `bytes`.
    #[must_use]
    pub fn of(algorithm: Algorithm, bytes: &[u8]) -> Self {
        Self {
            algorithm,
            digest: algorithm.digest(bytes),
        }
    }

    /// Reads Subresource Integrity text: the hashes of the strongest known algorithm, of which any
    /// one may match. Options (`?…`), unknown algorithms and malformed hashes are ignored, as the
    /// SRI standard asks; an empty list means that nothing usable was there.
    ///
    /// ```
    /// use registry_protocols::{Algorithm, Checksum};
    /// let sri = "md9-xyz sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk= sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    /// assert_eq!(Checksum::from_sri(sri), [Checksum::of(Algorithm::Sha256, b"")]);
    /// ```
    #[must_use]
    pub fn from_sri(text: &str) -> Vec<Self> {
        let all: Vec<Self> = text.split_ascii_whitespace().filter_map(sri_hash).collect();
        let Some(strongest) = all.iter().map(|c| c.algorithm).max() else {
            return Vec::new();
        };
        all.into_iter()
            .filter(|c| c.algorithm == strongest)
            .collect()
    }

    /// Lower hexadecimal.
    #[must_use]
    pub fn hex(&self) -> String {
        self.digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm.as_str(), self.hex())
    }
}

fn sri_hash(text: &str) -> Option<Checksum> {
    let (name, rest) = text.split_once('-')?;
    let algorithm = match name {
        "sha512" => Algorithm::Sha512,
        "sha384" => Algorithm::Sha384,
        "sha256" => Algorithm::Sha256,
        "sha1" => Algorithm::Sha1,
        "md5" => Algorithm::Md5,
        _ => return None,
    };
    let encoded = rest.split('?').next()?;
    let digest = STANDARD.decode(encoded).ok()?;
    (digest.len() == algorithm.digest_len()).then_some(Checksum { algorithm, digest })
}

/// Checks `bytes` against the strongest algorithm of `promised`; among several digests of that
/// algorithm any one may match. A weaker algorithm is never tried when a stronger one fails.
///
/// # Errors
/// [`registry_types::ErrorKind::Integrity`] when none matches, or when nothing was promised.
pub fn verify(promised: &[Checksum], bytes: &[u8]) -> Result<()> {
    let Some(strongest) = promised.iter().map(|c| c.algorithm).max() else {
        return Err(Error::integrity(
            "the registry gives no checksum for it: it cannot be verified",
        ));
    };
    let actual = Checksum::of(strongest, bytes);
    if promised.contains(&actual) {
        return Ok(());
    }
    let expected = promised
        .iter()
        .find(|c| c.algorithm == strongest)
        .map(ToString::to_string)
        .unwrap_or_default();
    Err(Error::integrity(format!(
        "the checksum does not match: the registry promises {expected}, the file has {actual}; \
         nothing was stored, try again or ask the registry's operator"
    ))
    .with("expected", expected)
    .with("actual", actual))
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::ErrorKind;

    fn sri(algorithm: Algorithm, bytes: &[u8]) -> String {
        format!(
            "{}-{}",
            algorithm.as_str(),
            STANDARD.encode(algorithm.digest(bytes))
        )
    }

    #[test]
    fn known_digests() {
        let cases = [
            (Algorithm::Md5, "900150983cd24fb0d6963f7d28e17f72"),
            (Algorithm::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                Algorithm::Sha256,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
        ];
        for (algorithm, hex) in cases {
            assert_eq!(Checksum::of(algorithm, b"abc").hex(), hex);
            assert_eq!(
                Checksum::from_hex(algorithm, &hex.to_uppercase()),
                Some(Checksum::of(algorithm, b"abc"))
            );
        }
        assert_eq!(Checksum::from_hex(Algorithm::Sha1, "zz"), None);
        assert_eq!(Checksum::from_hex(Algorithm::Sha1, &"g".repeat(40)), None);
        assert_eq!(Checksum::from_hex(Algorithm::Sha1, &"é".repeat(20)), None);
    }

    #[test]
    fn strongest_wins_and_weaker_is_never_a_fallback() {
        let text = format!(
            "{} {}",
            sri(Algorithm::Sha1, b"right"),
            sri(Algorithm::Sha512, b"wrong")
        );
        let sums = Checksum::from_sri(&text);
        assert_eq!(sums.len(), 1);
        assert_eq!(
            verify(&sums, b"right").unwrap_err().kind,
            ErrorKind::Integrity
        );
        let both = [
            Checksum::of(Algorithm::Sha1, b"right"),
            Checksum::of(Algorithm::Sha256, b"wrong"),
        ];
        assert!(verify(&both, b"right").is_err());
    }

    #[test]
    fn any_of_the_same_algorithm_may_match() {
        let text = format!(
            "{}?opt {}",
            sri(Algorithm::Sha512, b"one"),
            sri(Algorithm::Sha512, b"two")
        );
        let sums = Checksum::from_sri(&text);
        assert!(verify(&sums, b"one").is_ok());
        assert!(verify(&sums, b"two").is_ok());
        assert!(verify(&sums, b"three").is_err());
    }

    #[test]
    fn unusable_integrity_is_no_checksum() {
        for text in ["", "sha512", "sha512-", "sha512-AAAA", "sha999-AAAA", "-"] {
            assert_eq!(Checksum::from_sri(text), [], "{text}");
        }
        assert_eq!(verify(&[], b"").unwrap_err().kind, ErrorKind::Integrity);
    }
}
