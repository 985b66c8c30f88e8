//! The public keys with which repositories sign.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use registry_types::{Error, Result};
use ring::signature::{RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey};

/// The public key of the `hexpm` repository, as every Hex client carries it.
const HEXPM: &str = "\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApqREcFDt5vV21JVe2QNB
Edvzk6w36aNFhVGWN5toNJRjRJ6m4hIuG4KaXtDWVLjnvct6MYMfqhC79HAGwyF+
IqR6Q6a5bbFSsImgBJwz1oadoVKD6ZNetAuCIK84cjMrEFRkELtEIPNHblCzUkkM
3rS9+DPlnfG8hBvGi6tvQIuZmXGCxF/73hU0/MyGhbmEjIKRtG6b0sJYKelRLTPW
XgK7s5pESgiwf2YC/2MGDXjAJfpfCd0RpLdvd4eRiXtVlE9qO9bND94E7PgQ/xqZ
J1i2xWFndWa6nfFnRxZmCStCOZWYYPlaxr+FZceFbpMwzTNs4g3d4tLNUcbKAIH4
0wIDAQAB
-----END PUBLIC KEY-----
";

/// `rsaEncryption` with its NULL parameter, in DER.
const RSA_ENCRYPTION: [u8; 15] = [
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/// An RSA public key.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// `RSAPublicKey` of PKCS #1 in DER.
    der: Vec<u8>,
}

impl PublicKey {
    /// The key of the public Hex repository.
    ///
    /// # Errors
    /// None in practice: the key is a constant.
    pub fn hexpm() -> Result<Self> {
        Self::from_pem(HEXPM)
    }

    /// Reads `-----BEGIN PUBLIC KEY-----` (or `RSA PUBLIC KEY`), as a repository serves it under
    /// `/public_key`.
    ///
    /// # Errors
    /// `invalid_argument` when it is no RSA public key in PEM.
    pub fn from_pem(pem: &str) -> Result<Self> {
        let bad = || {
            Error::invalid_argument(
                "the repository's public key is no RSA key in PEM (BEGIN PUBLIC KEY)",
            )
        };
        let (label, rest) = pem
            .split_once("-----BEGIN ")
            .and_then(|(_, rest)| rest.split_once("-----"))
            .ok_or_else(bad)?;
        let (body, _) = rest.split_once("-----END ").ok_or_else(bad)?;
        let base64: String = body.split_ascii_whitespace().collect();
        let der = STANDARD.decode(base64).map_err(|_| bad())?;
        let der = match label {
            "RSA PUBLIC KEY" => der,
            "PUBLIC KEY" => rsa_public_key(&der).ok_or_else(bad)?.to_vec(),
            _ => return Err(bad()),
        };
        Ok(Self { der })
    }

    /// Whether `signature` is this key's RSA PKCS #1 v1.5 signature over `message` with SHA-512.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA512, &self.der)
            .verify(message, signature)
            .is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({} bytes)", self.der.len())
    }
}

/// The PKCS #1 key inside a `SubjectPublicKeyInfo`.
fn rsa_public_key(der: &[u8]) -> Option<&[u8]> {
    let (info, rest) = element(der, 0x30)?;
    let bits = info.strip_prefix(&RSA_ENCRYPTION)?;
    let (bits, after) = element(bits, 0x03)?;
    let key = bits.strip_prefix(&[0])?;
    (rest.is_empty() && after.is_empty()).then_some(key)
}

/// The contents of the DER element with `tag` at the front of `der`, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.strip_prefix(&[tag])?.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81 => {
            let (&a, rest) = rest.split_first()?;
            (usize::from(a), rest)
        }
        0x82 => {
            let (&[a, b], rest) = rest.split_first_chunk()?;
            (usize::from(u16::from_be_bytes([a, b])), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::ErrorKind;

    #[test]
    fn the_embedded_key_is_read() {
        let key = PublicKey::hexpm().unwrap();
        assert_eq!(key.der.len(), 270);
        assert!(!key.verifies(b"message", &[0; 256]));
        assert_eq!(format!("{key:?}"), "PublicKey(270 bytes)");
        let windows = HEXPM.replace('\n', "\r\n");
        assert_eq!(PublicKey::from_pem(&windows).unwrap(), key);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let cut = HEXPM.replace("0wIDAQAB\n", "");
        let private = HEXPM.replace("PUBLIC", "PRIVATE");
        for pem in [
            "",
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
            &cut,
            &private,
        ] {
            let error = PublicKey::from_pem(pem).unwrap_err();
            assert_eq!(error.kind, ErrorKind::InvalidArgument, "{pem}");
        }
    }

    #[test]
    fn der_lengths() {
        assert_eq!(element(&[4, 1, 7, 9], 4), Some((&[7][..], &[9][..])));
        assert_eq!(element(&[4, 0x81, 1, 7], 4), Some((&[7][..], &[][..])));
        assert_eq!(element(&[4, 0x82, 0, 1, 7], 4), Some((&[7][..], &[][..])));
        for der in [
            &[][..],
            &[4],
            &[4, 2, 7],
            &[4, 0x82, 1],
            &[4, 0x84, 0, 0, 0, 1, 7],
            &[5, 1, 7],
        ] {
            assert_eq!(element(der, 4), None);
        }
    }
}
