//! Opening a signed resource.

use std::io::Read;

use flate2::read::GzDecoder;
use prost::Message;
use registry_types::{Error, Limits, Result};

use super::key::PublicKey;
use super::proto::Signed;

/// Unpacks a resource and returns its payload, once the signature holds. Nothing of the payload is
/// looked at before.
pub(super) fn open(key: &PublicKey, body: &[u8]) -> Result<Vec<u8>> {
    let signed = Signed::decode(gunzip(body)?.as_slice())
        .map_err(|e| Error::protocol(format!("the registry resource is no signed message: {e}")))?;
    if !key.verifies(&signed.payload, &signed.signature) {
        return Err(Error::integrity(
            "the registry resource is not signed by the repository's key; nothing was stored, \
             check the public key configured for this repository",
        ));
    }
    Ok(signed.payload)
}

/// The body unpacked, or as it is where the transport has unpacked it already.
fn gunzip(body: &[u8]) -> Result<Vec<u8>> {
    if !body.starts_with(&[0x1f, 0x8b]) {
        return Ok(body.to_vec());
    }
    let limit = Limits::default().metadata_bytes;
    let mut bytes = Vec::new();
    // One byte over the limit tells a bomb from a body of exactly that size.
    let read = GzDecoder::new(body)
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| Error::protocol(format!("the registry resource is no whole gzip: {e}")))?;
    if u64::try_from(read).unwrap_or(u64::MAX) > limit {
        return Err(Error::limit(
            "metadata_bytes",
            format!("the registry resource unpacks to more than {limit} bytes"),
        ));
    }
    Ok(bytes)
}
