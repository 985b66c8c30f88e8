//! Hex tarballs (version 3) and signed registry resources.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA512, RsaKeyPair};

use super::protobuf::Message;
use super::{File, gzip, hex, tar, tar_gz};
use sha2::Digest;

/// The public half of the key that signs the fixture's repository.
pub const PUBLIC_KEY: &str = include_str!("../../keys/test-hex-public.pem");
/// Made for these tests alone: it protects nothing.
const PRIVATE_KEY: &str = include_str!("../../keys/test-hex-private.pem");

/// A tarball and its two checksums (bytes of SHA-256).
pub struct Tarball {
    /// The file.
    pub bytes: Vec<u8>,
    /// Over version, metadata and contents.
    pub inner: Vec<u8>,
    /// Over the whole file.
    pub outer: Vec<u8>,
}

/// Packs `files` with `metadata` (Erlang terms).
#[must_use]
pub fn tarball(metadata: &str, files: &[File]) -> Tarball {
    let contents = tar_gz("", files);
    let mut hasher = sha2::Sha256::new();
    hasher.update(b"3");
    hasher.update(metadata.as_bytes());
    hasher.update(&contents);
    let inner = hasher.finalize().to_vec();
    let entries = [
        ("VERSION".to_owned(), b"3".to_vec()),
        (
            "CHECKSUM".to_owned(),
            hex(&inner).to_uppercase().into_bytes(),
        ),
        ("metadata.config".to_owned(), metadata.as_bytes().to_vec()),
        ("contents.tar.gz".to_owned(), contents),
    ];
    let bytes = tar("", &entries);
    let outer = sha2::Sha256::digest(&bytes).to_vec();
    Tarball {
        bytes,
        inner,
        outer,
    }
}

/// A registry resource: `payload`, signed and gzipped.
#[must_use]
pub fn signed(payload: &[u8]) -> Vec<u8> {
    let message = Message::new().bytes(1, payload).bytes(2, sign(payload));
    gzip(&message.finish())
}

fn sign(payload: &[u8]) -> Vec<u8> {
    let body: String = PRIVATE_KEY
        .lines()
        .filter(|l| !l.starts_with('-'))
        .collect();
    let der = STANDARD.decode(body).unwrap_or_default();
    let Ok(key) = RsaKeyPair::from_pkcs8(&der) else {
        return Vec::new();
    };
    let mut signature = vec![0; key.public().modulus_len()];
    let signed = key.sign(
        &RSA_PKCS1_SHA512,
        &SystemRandom::new(),
        payload,
        &mut signature,
    );
    signed.map(|()| signature).unwrap_or_default()
}
