//! The checksum inside a Hex tarball.

use registry_types::{Error, Result};
use sha2::{Digest, Sha256};

use crate::{Algorithm, Checksum};

/// Checks the `CHECKSUM` member of a Hex tarball: SHA-256, in hexadecimal of either case, of the
/// members `VERSION`, `metadata.config` and `contents.tar.gz` one after the other.
///
/// # Errors
/// `integrity` when it does not match, `archive` when it is no SHA-256 at all.
///
/// ```
/// use registry_protocols::hex;
/// let checksum = "A3F30CC8BE60B76E27D1F1157C83BDABAE85BB9C3F7DA27B7D62D1C1D18E2B4F";
/// assert!(hex::verify_inner_checksum(b"3", b"{}.", b"gz", checksum).is_err());
/// ```
pub fn verify_inner_checksum(
    version: &[u8],
    metadata_config: &[u8],
    contents: &[u8],
    checksum: &str,
) -> Result<()> {
    let promised = Checksum::from_hex(Algorithm::Sha256, checksum).ok_or_else(|| {
        Error::archive("the CHECKSUM of the Hex tarball is no SHA-256 in hexadecimal")
    })?;
    let digest = Sha256::new()
        .chain_update(version)
        .chain_update(metadata_config)
        .chain_update(contents)
        .finalize();
    let actual = Checksum {
        algorithm: Algorithm::Sha256,
        digest: digest.to_vec(),
    };
    if promised == actual {
        return Ok(());
    }
    Err(Error::integrity(format!(
        "the Hex tarball promises {promised} for its contents, they have {actual}; nothing was stored"
    ))
    .with("expected", &promised)
    .with("actual", &actual))
}
