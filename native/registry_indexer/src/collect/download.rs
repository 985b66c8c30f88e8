//! Fetches a release's archive and checks it against what the registry promised.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use registry_protocols::{Algorithm, Artifact, Checksum, check_status, verify};
use registry_types::{Ecosystem, Error, ErrorKind, Result, Warning, WarningKind};
use tokio::time::Instant;

use super::registry;
use super::reporter::Reporter;
use super::shared::Shared;
use crate::endpoints::Endpoint;
use crate::request::Stage;
use crate::transport::{Call, Cap};

/// A verified archive.
pub struct Download {
    /// Its bytes.
    pub bytes: Bytes,
    /// Which file it is.
    pub artifact: Artifact,
    /// What a user should know.
    pub warnings: Vec<Warning>,
}

/// The strongest digest promised for an artifact: what [`registry_types::Source`] remembers.
pub fn promise(artifact: &Artifact) -> Option<String> {
    let strongest = artifact.checksums.iter().max_by_key(|c| c.algorithm)?;
    Some(strongest.to_string())
}

/// Downloads the best of `artifacts` that is there.
///
/// # Errors
/// `not_found` when none is, `integrity` when the bytes are not those promised, `limit_exceeded`,
/// and those of the transport.
pub async fn fetch(
    shared: &Arc<Shared>,
    (ecosystem, name): (Ecosystem, &str),
    registry: &Endpoint,
    artifacts: Vec<Artifact>,
    reporter: &Reporter,
    deadline: Instant,
) -> Result<Option<Download>> {
    let mut missing = None;
    for artifact in artifacts {
        let at = registry::archive(shared, ecosystem, name, registry, artifact.url.clone()).await?;
        match one(shared, registry, &at, artifact, reporter, deadline).await {
            Ok(download) => return Ok(Some(download)),
            Err(e) if e.kind == ErrorKind::NotFound => missing = Some(missing.unwrap_or(e)),
            Err(e) => return Err(e),
        }
    }
    missing.map_or(Ok(None), Err)
}

async fn one(
    shared: &Arc<Shared>,
    registry: &Endpoint,
    at: &Endpoint,
    artifact: Artifact,
    reporter: &Reporter,
    deadline: Instant,
) -> Result<Download> {
    let cap = Cap {
        name: "archive_bytes",
        bytes: shared.limits.archive_bytes,
    };
    if let Some(size) = artifact.size.filter(|size| *size > cap.bytes) {
        let message = format!(
            "{} has {size} bytes; raise archive_bytes (now {}) to collect it",
            artifact.filename, cap.bytes
        );
        return Err(Error::limit(cap.name, message));
    }
    let mut request = Request::get(at.url.as_str())
        .body(Bytes::new())
        .map_err(|e| Error::protocol(format!("{}: its address is none: {e}", artifact.filename)))?;
    at.authorize(&mut request);
    let progress = |done: u64, total: Option<u64>| {
        reporter.tell(Stage::Download, done, artifact.size.or(total));
    };
    let call = Call {
        raw: true,
        deadline: Some(deadline),
        progress: Some(&progress),
        ..Call::new(&request, &registry.url, cap)
    };
    let response = shared.transport.send(call).await?;
    check_status(&format!("the archive {}", artifact.filename), &response)?;
    let packed = response
        .headers()
        .get(http::header::CONTENT_ENCODING)
        .cloned();
    let bytes = response.into_body();
    shared
        .compute(move || check(bytes, artifact, packed.is_some()))
        .await
}

/// Nothing reads the archive before this has found it to be the one that was promised.
fn check(bytes: Bytes, artifact: Artifact, encoded: bool) -> Result<Download> {
    let mut warnings = Vec::new();
    let context = |e: Error| e.context(&artifact.filename);
    if artifact.checksums.is_empty() {
        let message = format!("the registry gives no checksum for {}", artifact.filename);
        warnings.push(Warning::new(WarningKind::Metadata, message));
    } else if let Err(e) = verify(&artifact.checksums, &bytes) {
        // Some servers compress on the wire although they were asked not to: then the promise is
        // about what comes out.
        let Some(plain) = encoded.then(|| unpack(&bytes, artifact.size)).flatten() else {
            return Err(context(e));
        };
        verify(&artifact.checksums, &plain).map_err(context)?;
        return Ok(Download {
            bytes: plain,
            artifact,
            warnings,
        });
    }
    if let Some(size) = artifact.size.filter(|size| *size != bytes.len() as u64) {
        let message = format!(
            "{} has {} bytes where the registry says {size}",
            artifact.filename,
            bytes.len()
        );
        return Err(Error::integrity(message));
    }
    Ok(Download {
        bytes,
        artifact,
        warnings,
    })
}

fn unpack(bytes: &[u8], size: Option<u64>) -> Option<Bytes> {
    use std::io::Read;
    let limit = size.unwrap_or(bytes.len() as u64 * 8);
    let mut plain = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes).take(limit);
    decoder.read_to_end(&mut plain).ok()?;
    Some(plain.into())
}

/// `"sha256:…"` of bytes.
pub fn sha256(bytes: &[u8]) -> String {
    Checksum::of(Algorithm::Sha256, bytes).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_protocols::{ArchiveFormat, ArchiveRoot};
    use std::io::Write;

    fn artifact(checksums: Vec<Checksum>, size: Option<u64>) -> Artifact {
        Artifact {
            url: "http://h.test/a.tgz".parse().unwrap(),
            filename: "a.tgz".into(),
            format: ArchiveFormat::TarGz,
            size,
            checksums,
            root: ArchiveRoot::StripFirst,
        }
    }

    fn sum(bytes: &[u8]) -> Vec<Checksum> {
        vec![Checksum::of(Algorithm::Sha256, bytes)]
    }

    #[test]
    fn what_was_not_promised_is_refused() {
        let good = Bytes::from_static(b"good");
        assert!(check(good.clone(), artifact(sum(b"good"), Some(4)), false).is_ok());
        for bad in [
            artifact(sum(b"evil"), None),
            artifact(sum(b"good"), Some(5)),
        ] {
            let e = check(good.clone(), bad, false).err().unwrap();
            assert_eq!(e.kind, ErrorKind::Integrity);
            assert!(e.message.contains("a.tgz"), "{}", e.message);
        }
        let unpromised = check(good, artifact(vec![], None), false).unwrap();
        assert_eq!(unpromised.warnings.len(), 1);
    }

    #[test]
    fn a_server_that_packs_on_the_wire_is_understood() {
        let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
        encoder.write_all(b"good").unwrap();
        let packed = Bytes::from(encoder.finish().unwrap());
        let read = check(packed.clone(), artifact(sum(b"good"), Some(4)), true).unwrap();
        assert_eq!(&read.bytes[..], b"good");
        assert!(check(packed, artifact(sum(b"good"), None), false).is_err());
    }
}
