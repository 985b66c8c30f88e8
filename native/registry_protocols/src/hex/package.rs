//! The signed resource `packages/{name}`.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use prost::Message;
use registry_types::{
    Advisory, AffectedRange, Ecosystem, Error, ErrorKind, Package, Release, Result, Retirement,
    Severity, Timestamp, VersionEntry, version,
};

use super::config::dependency;
use super::repository::Repository;
use super::{proto, signed};
use crate::common::metadata::Detail;
use crate::{
    Algorithm, ArchiveFormat, ArchiveRoot, Artifact, Checksum, Metadata, ReleaseMetadata,
    check_status,
};

/// The request for the signed list of a package's releases.
///
/// # Errors
/// `invalid_argument` when `name` is no Hex name.
pub fn metadata_request(repository: &Repository, name: &str) -> Result<Request<Bytes>> {
    repository.package_request(name)
}

/// Reads the signed list of a package's releases.
///
/// # Errors
/// `not_found` (Hex answers 403 or 404 for a missing package), `integrity` when the signature, the
/// repository's name or the package's name does not match, `protocol` when it cannot be read.
pub fn parse_metadata(
    repository: &Repository,
    name: &str,
    response: &Response<Bytes>,
) -> Result<Metadata> {
    if response.status() == StatusCode::FORBIDDEN {
        return Err(Error::new(
            ErrorKind::NotFound,
            format!(
                "the Hex package {name} does not exist in the repository {}, or may not be read \
                 with the key given: check the spelling",
                repository.name
            ),
        )
        .with("status", 403));
    }
    check_status(&format!("the Hex package {name}"), response)?;
    let payload = signed::open(&repository.public_key, response.body())
        .map_err(|error| error.context(format_args!("Hex package {name}")))?;
    let package = proto::Package::decode(payload.as_slice())
        .map_err(|e| Error::protocol(format!("the Hex package {name} cannot be read: {e}")))?;
    // A validly signed answer about something else is how a mirror would swap packages.
    if package.repository != repository.name || package.name != name {
        return Err(Error::integrity(format!(
            "asked the repository {} for {name} and got a signed answer about {:?} of {:?}; \
             nothing was stored",
            repository.name, package.name, package.repository
        )));
    }
    Ok(describe(repository, package))
}

fn describe(repository: &Repository, source: proto::Package) -> Metadata {
    let mut package = Package::new(Ecosystem::Hex, source.name);
    let mut releases = BTreeMap::new();
    for release in source.releases {
        if release.version.is_empty() || releases.contains_key(&release.version) {
            continue;
        }
        package.versions.push(entry(&release));
        releases.insert(release.version.clone(), release);
    }
    let dates = || package.versions.iter().filter_map(|v| v.published_at);
    package.created_at = dates().min();
    package.updated_at = dates().max();
    let advisories = advisories(&source.advisories, releases.values());
    Metadata::new(
        package,
        Resource {
            repository: repository.clone(),
            releases,
            advisories,
        },
    )
}

fn entry(release: &proto::Release) -> VersionEntry {
    VersionEntry {
        version: release.version.clone(),
        published_at: release.published_at.as_ref().map(timestamp),
        yanked: false,
        deprecated: None,
        retired: release.retired.as_ref().map(retirement),
        prerelease: version::Version::parse(Ecosystem::Hex, &release.version)
            .is_ok_and(|v| v.is_prerelease()),
    }
}

fn timestamp(time: &proto::Time) -> Timestamp {
    let micros = time.seconds.saturating_mul(1_000_000);
    Timestamp::from_micros(micros.saturating_add(i64::from(time.nanos / 1000)))
}

fn retirement(retired: &proto::Retired) -> Retirement {
    let reason = match retired.reason {
        0 => "other".to_owned(),
        1 => "invalid".to_owned(),
        2 => "security".to_owned(),
        3 => "deprecated".to_owned(),
        4 => "renamed".to_owned(),
        unknown => unknown.to_string(),
    };
    let message = retired.message.as_deref().map(str::trim);
    Retirement {
        reason,
        message: message.filter(|m| !m.is_empty()).map(str::to_owned),
    }
}

/// Each advisory with the releases that point at it. An index out of bounds points at nothing.
fn advisories<'a>(
    sources: &[proto::SecurityAdvisory],
    releases: impl Iterator<Item = &'a proto::Release>,
) -> Vec<Advisory> {
    let mut affected = vec![Vec::new(); sources.len()];
    for release in releases {
        for index in &release.advisory_indexes {
            let place = usize::try_from(*index).ok();
            if let Some(versions) = place.and_then(|index| affected.get_mut(index)) {
                versions.push(release.version.clone());
            }
        }
    }
    sources
        .iter()
        .zip(affected)
        .filter(|(source, _)| !source.id.is_empty())
        .map(|(source, versions)| Advisory {
            aliases: source.aliases.clone(),
            summary: Some(source.summary.clone()).filter(|s| !s.is_empty()),
            severity: severity(source),
            affected: vec![AffectedRange::versions(versions)],
            references: [&source.html_url, &source.api_url]
                .into_iter()
                .filter(|url| !url.is_empty())
                .cloned()
                .collect(),
            sources: vec!["hex".to_owned()],
            ..Advisory::new(source.id.clone())
        })
        .collect()
}

fn severity(source: &proto::SecurityAdvisory) -> Severity {
    match (source.cvss_score, source.severity) {
        (Some(score), _) if (0.0..=10.0).contains(&score) => {
            crate::osv::severity_of_score(f64::from(score))
        }
        (_, Some(0)) => Severity::None,
        (_, Some(1)) => Severity::Low,
        (_, Some(2)) => Severity::Medium,
        (_, Some(3)) => Severity::High,
        (_, Some(4)) => Severity::Critical,
        _ => Severity::Unknown,
    }
}

#[derive(Debug)]
struct Resource {
    repository: Repository,
    releases: BTreeMap<String, proto::Release>,
    advisories: Vec<Advisory>,
}

impl Detail for Resource {
    fn release(&self, package: &Package, version: &str) -> Result<ReleaseMetadata> {
        let source = self
            .releases
            .get(version)
            .ok_or_else(|| Error::internal("a version without its release"))?;
        let mut release = Release::new(Ecosystem::Hex, &package.name, version);
        release.dependencies = source
            .dependencies
            .iter()
            .map(|d| {
                dependency(
                    d.package.clone(),
                    Some(d.requirement.clone()).filter(|r| !r.is_empty()),
                    d.optional,
                    d.app.clone(),
                )
            })
            .collect();
        let checksum = source
            .outer_checksum
            .as_ref()
            .filter(|digest| digest.len() == Algorithm::Sha256.digest_len())
            .map(|digest| Checksum {
                algorithm: Algorithm::Sha256,
                digest: digest.clone(),
            });
        release.checksum = checksum.as_ref().map(ToString::to_string);
        let (url, filename) = self.repository.tarball(&package.name, version);
        Ok(ReleaseMetadata {
            release,
            artifacts: vec![Artifact {
                url,
                filename,
                format: ArchiveFormat::HexTar,
                size: None,
                checksums: checksum.into_iter().collect(),
                root: ArchiveRoot::AsIs,
            }],
        })
    }

    fn advisories(&self, _package: &Package, version: &str) -> Vec<Advisory> {
        let names = |advisory: &&Advisory| {
            advisory
                .affected
                .iter()
                .any(|range| range.versions.iter().any(|v| v == version))
        };
        self.advisories.iter().filter(names).cloned().collect()
    }
}
