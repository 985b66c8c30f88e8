//! The JSON API: a project with all its files, or one of its releases.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, Response};
use registry_types::{
    Advisory, AffectedRange, Ecosystem, Error, Owner, Package, Release, Result, Timestamp,
    VersionEntry, Warning, WarningKind, check_name, normalize_name, version,
};
use url::Url;

use super::answer::{Answer, Info, Vulnerability};
use super::core::{describe, describe_release};
use super::file::{File, artifacts, withdrawn, yank_reason};
use crate::common::json;
use crate::common::metadata::Detail;
use crate::common::request::{endpoint, get, segment};
use crate::{Metadata, ReleaseMetadata, check_status};

/// The request for a project.
///
/// # Errors
/// `invalid_argument` when `name` is no project's name.
pub fn metadata_request(base: &Url, name: &str) -> Result<Request<Bytes>> {
    check_name(Ecosystem::Pypi, name)?;
    let name = normalize_name(Ecosystem::Pypi, name);
    get(
        &endpoint(base, &format!("pypi/{}/json", segment(&name))),
        "application/json",
    )
}

/// The request for one release: its own description and vulnerabilities. Mirrors may answer 404
/// although the release exists.
///
/// # Errors
/// `invalid_argument` when `name` is no project's name.
pub fn release_request(base: &Url, name: &str, version: &str) -> Result<Request<Bytes>> {
    check_name(Ecosystem::Pypi, name)?;
    let name = normalize_name(Ecosystem::Pypi, name);
    let path = format!("pypi/{}/{}/json", segment(&name), segment(version));
    get(&endpoint(base, &path), "application/json")
}

/// Reads a project.
///
/// # Errors
/// As [`check_status`], or `protocol` when the answer is no JSON object about `name`.
pub fn parse_metadata(name: &str, response: &Response<Bytes>) -> Result<Metadata> {
    let what = format!("the Python project {name}");
    let answer = parse(name, &what, response)?;
    let mut releases: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for (version, files) in answer.releases {
        let files = files.into_iter().filter_map(|file| file.into_file());
        releases.entry(version).or_default().extend(files);
    }
    if let Some(version) = &answer.info.version {
        // `releases` is missing from some mirrors; the newest release's files are always given.
        let own = releases.entry(version.clone()).or_default();
        if own.is_empty() {
            own.extend(answer.urls.into_iter().filter_map(|file| file.into_file()));
        }
    }
    let mut package = project(&answer.info, name);
    let roles = answer
        .ownership
        .roles
        .into_iter()
        .filter_map(|role| role.user);
    let owners: Vec<Owner> = roles.map(|name| Owner { name, email: None }).collect();
    if !owners.is_empty() {
        package.owners = owners;
    }
    Ok(assemble(
        package,
        releases,
        Some(answer.info),
        answer.vulnerabilities,
    ))
}

/// One release as its own page tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleaseAnswer {
    /// The release and its files.
    pub metadata: ReleaseMetadata,
    /// The vulnerabilities of this very version.
    pub advisories: Vec<Advisory>,
}

/// Reads one release's page.
///
/// # Errors
/// As [`check_status`], or `protocol` when the answer is no JSON object about `name` and `version`.
pub fn parse_release(
    name: &str,
    version: &str,
    response: &Response<Bytes>,
) -> Result<ReleaseAnswer> {
    let what = format!("the Python release {name} {version}");
    let answer = parse(name, &what, response)?;
    let read = |text: &str| version::Version::parse(Ecosystem::Pypi, text).ok();
    let same =
        |given: &str| given == version || read(given).is_some_and(|g| read(version) == Some(g));
    if !answer.info.version.as_deref().is_some_and(same) {
        return Err(Error::protocol(format!(
            "asked for {what} and got an answer about version {:?}",
            answer.info.version
        )));
    }
    let files: Vec<File> = answer
        .urls
        .into_iter()
        .filter_map(|f| f.into_file())
        .collect();
    let package = project(&answer.info, name);
    let mut metadata = release_of(&package, version, &files, Some(&answer.info));
    metadata.release.yanked = answer.info.yanked || withdrawn(&files);
    metadata.release.deprecated = answer.info.yanked_reason.or_else(|| yank_reason(&files));
    metadata.release.published_at = files.iter().filter_map(|f| f.uploaded).min();
    Ok(ReleaseAnswer {
        metadata,
        advisories: advisories(&answer.vulnerabilities, version),
    })
}

fn parse(name: &str, what: &str, response: &Response<Bytes>) -> Result<Answer> {
    check_status(what, response)?;
    let text = json::text(response.body());
    let answer: Answer = json::parse(&text, what)?;
    let same = |given: &String| {
        normalize_name(Ecosystem::Pypi, given) == normalize_name(Ecosystem::Pypi, name)
    };
    if !answer.info.name.as_ref().is_some_and(same) {
        return Err(Error::protocol(format!(
            "asked for {what} and got an answer about {:?}: is the configured address a Python index?",
            answer.info.name
        )));
    }
    Ok(answer)
}

fn project(info: &Info, name: &str) -> Package {
    let mut package = Package::new(Ecosystem::Pypi, info.name.as_deref().unwrap_or(name));
    describe(&mut package, info);
    package
}

/// A package out of its files; `info` describes the release it names.
pub(super) fn assemble(
    mut package: Package,
    releases: BTreeMap<String, Vec<File>>,
    info: Option<Info>,
    vulnerabilities: Vec<Vulnerability>,
) -> Metadata {
    package.versions = releases
        .iter()
        .map(|(version, files)| entry(version, files))
        .collect();
    let uploads = || releases.values().flatten().filter_map(|file| file.uploaded);
    package.created_at = uploads().min();
    package.updated_at = uploads().max();
    Metadata::new(
        package,
        Project {
            releases,
            info,
            vulnerabilities,
        },
    )
}

fn entry(version: &str, files: &[File]) -> VersionEntry {
    let yanked = withdrawn(files);
    VersionEntry {
        version: version.to_owned(),
        published_at: published(files),
        yanked,
        deprecated: yanked.then(|| yank_reason(files)).flatten(),
        retired: None,
        prerelease: version::Version::parse(Ecosystem::Pypi, version)
            .is_ok_and(|v| v.is_prerelease()),
    }
}

fn published(files: &[File]) -> Option<Timestamp> {
    files.iter().filter_map(|file| file.uploaded).min()
}

fn release_of(
    package: &Package,
    version: &str,
    files: &[File],
    info: Option<&Info>,
) -> ReleaseMetadata {
    let mut release = Release::new(Ecosystem::Pypi, &package.name, version);
    if let Some(info) = info {
        describe_release(&mut release, info);
    }
    let project = normalize_name(Ecosystem::Pypi, &package.name);
    let artifacts = artifacts(&project, files);
    if let Some(python) = files.iter().find_map(|file| file.requires_python.clone()) {
        release.runtime.entry("python".to_owned()).or_insert(python);
    }
    match artifacts.first() {
        Some(best) => {
            release.size = best.size;
            release.checksum = best
                .checksums
                .iter()
                .max_by_key(|checksum| checksum.algorithm)
                .map(ToString::to_string);
        }
        None if files.is_empty() => release.warnings.push(Warning::new(
            WarningKind::Unavailable,
            "the release has no files: they were deleted, or never uploaded",
        )),
        None => release.warnings.push(Warning::new(
            WarningKind::Unavailable,
            format!(
                "none of the release's {} files is a source distribution or a wheel that can be read",
                files.len()
            ),
        )),
    }
    ReleaseMetadata { release, artifacts }
}

/// The vulnerabilities PyPI names for `version`; it lists withdrawn ones too.
fn advisories(vulnerabilities: &[Vulnerability], version: &str) -> Vec<Advisory> {
    vulnerabilities
        .iter()
        .filter(|v| v.withdrawn.is_none())
        .filter_map(|v| {
            let mut fixed = v.fixed_in.clone();
            fixed.sort_by(|a, b| version::compare(Ecosystem::Pypi, a, b));
            Some(Advisory {
                aliases: v.aliases.clone(),
                summary: v.summary.clone(),
                details: v.details.clone(),
                affected: vec![AffectedRange::versions(vec![version.to_owned()])],
                fixed_versions: fixed,
                references: v.link.iter().cloned().collect(),
                sources: vec!["pypi".to_owned()],
                ..Advisory::new(v.id.clone()?)
            })
        })
        .collect()
}

#[derive(Debug)]
struct Project {
    releases: BTreeMap<String, Vec<File>>,
    info: Option<Info>,
    vulnerabilities: Vec<Vulnerability>,
}

impl Project {
    /// The description, if it is that of `version`.
    fn info(&self, version: &str) -> Option<&Info> {
        self.info
            .as_ref()
            .filter(|info| info.version.as_deref() == Some(version))
    }
}

impl Detail for Project {
    fn release(&self, package: &Package, version: &str) -> Result<ReleaseMetadata> {
        let files = self
            .releases
            .get(version)
            .ok_or_else(|| Error::internal("a version without its files"))?;
        Ok(release_of(package, version, files, self.info(version)))
    }

    fn advisories(&self, _package: &Package, version: &str) -> Vec<Advisory> {
        match self.info(version) {
            Some(_) => advisories(&self.vulnerabilities, version),
            None => Vec::new(),
        }
    }
}
