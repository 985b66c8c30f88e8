use registry_types::{Ecosystem, Error, Release, Result};
use url::Url;

use super::dependencies::dependencies;
use super::fields;
use super::object::Object;
use crate::{Algorithm, ArchiveFormat, ArchiveRoot, Artifact, Checksum, ReleaseMetadata};

/// Reads one version's object.
pub(super) fn release(name: &str, version: &str, object: &Object<'_>) -> Result<ReleaseMetadata> {
    let mut release = Release::new(Ecosystem::Npm, name, version);
    release.description = object.text("description");
    release.license = fields::license(object);
    release.deprecated = fields::deprecation(object);
    release.dependencies = dependencies(object);
    release.runtime = fields::engines(object).into_iter().collect();
    release.readme = fields::readme(object);
    Ok(ReleaseMetadata {
        release,
        artifacts: vec![artifact(&object.object("dist"))?],
    })
}

fn artifact(dist: &Object<'_>) -> Result<Artifact> {
    let tarball = dist.text("tarball").unwrap_or_default();
    let url: Url = tarball
        .parse()
        .ok()
        .filter(|url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| {
            Error::protocol(format!("its dist.tarball is no web address: {tarball:?}"))
        })?;
    let mut checksums = Checksum::from_sri(&dist.text("integrity").unwrap_or_default());
    if checksums.is_empty() {
        let shasum = dist.text("shasum");
        checksums.extend(shasum.and_then(|hex| Checksum::from_hex(Algorithm::Sha1, &hex)));
    }
    let filename = url
        .path_segments()
        .and_then(Iterator::last)
        .unwrap_or_default();
    Ok(Artifact {
        filename: filename.to_owned(),
        url,
        format: ArchiveFormat::TarGz,
        size: None,
        checksums,
        root: ArchiveRoot::StripFirst,
    })
}
