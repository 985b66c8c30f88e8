use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use http::{Method, Request, Response};
use registry_types::{
    Ecosystem, Error, Package, Release, Result, Timestamp, VersionEntry, normalize_name,
    version::Version,
};
use url::Url;

use super::config::{Config, web};
use super::location::index_path;
use super::row::{Head, Row};
use crate::common::json;
use crate::common::metadata::Detail;
use crate::common::request::{build, endpoint};
use crate::{
    Algorithm, ArchiveFormat, ArchiveRoot, Artifact, Checksum, Metadata, ReleaseMetadata,
    check_status,
};

/// The request for a crate's rows. A 404 may be a matter of spelling: see
/// [`spellings`](super::spellings).
///
/// # Errors
/// `invalid_argument` when `name` is no crate name or `index` no web address.
pub fn metadata_request(index: &Url, name: &str) -> Result<Request<Bytes>> {
    let url = endpoint(&web(index)?, &index_path(name)?);
    let headers = [("cargo-protocol", "version=1")];
    build(Method::GET, &url, "text/plain", &headers, Bytes::new())
}

/// Reads a crate's rows: one JSON object per line. Rows of a newer form and unreadable rows are
/// passed over, as cargo does; of a version's rows the last counts.
///
/// # Errors
/// By status (404, 410 and 451 are all `not_found`); `protocol` when no row can be read or they are
/// about another crate.
pub fn parse_metadata(config: &Config, name: &str, response: &Response<Bytes>) -> Result<Metadata> {
    check_status(&format!("crate {name}"), response)?;
    let text = json::Text::new(response.body());
    let mut package = Package::new(Ecosystem::Cargo, name);
    let mut places = HashMap::new();
    let mut trouble = None;
    let wanted = normalize_name(Ecosystem::Cargo, name);
    for (at, line) in lines(text.as_str()) {
        let head: Head = match serde_json::from_str(line) {
            Ok(head) => head,
            Err(error) => {
                trouble = Some(error.to_string());
                continue;
            }
        };
        if normalize_name(Ecosystem::Cargo, &head.name) != wanted {
            return Err(Error::protocol(format!(
                "asked for crate {name}, the index answers about {:?}",
                head.name
            )));
        }
        let Ok(version) = Version::parse(Ecosystem::Cargo, &head.vers) else {
            continue;
        };
        if !head.is_understood() {
            trouble = Some("it is of a form newer than 2".to_owned());
            continue;
        }
        package.name = head.name;
        let entry = VersionEntry {
            published_at: head.pubtime.as_deref().and_then(Timestamp::parse),
            yanked: head.yanked,
            deprecated: None,
            retired: None,
            prerelease: version.is_prerelease(),
            version: head.vers.clone(),
        };
        let next = (package.versions.len(), at.clone());
        let (place, row) = places.entry(head.vers).or_insert(next);
        *row = at;
        match package.versions.get_mut(*place) {
            Some(slot) => *slot = entry,
            None => package.versions.push(entry),
        }
    }
    if package.versions.is_empty() {
        return Err(match trouble {
            Some(why) => Error::protocol(format!("no row of crate {name} can be read: {why}")),
            None => Error::not_found(format!("crate {name} has no versions")),
        });
    }
    let dates = || {
        package
            .versions
            .iter()
            .filter_map(|entry| entry.published_at)
    };
    package.created_at = dates().min();
    package.updated_at = dates().max();
    let config = config.clone();
    let rows = places
        .into_iter()
        .map(|(version, (_, row))| (version, row))
        .collect();
    Ok(Metadata::new(package, Rows { config, text, rows }))
}

/// Lines that say something, with their place in the text.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut end = 0;
    text.split('\n')
        .map(move |line| {
            let start = end;
            end = start + line.len() + 1;
            (start..start + line.len(), line)
        })
        .filter(|(_, line)| !line.trim().is_empty())
}

/// The rows as they came; one is read when its release is asked for.
struct Rows {
    config: Config,
    text: json::Text,
    rows: HashMap<String, Range<usize>>,
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("config", &self.config)
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Detail for Rows {
    fn release(&self, package: &Package, version: &str) -> Result<ReleaseMetadata> {
        let place = self.rows.get(version).cloned().unwrap_or_default();
        let line = self.text.part(place);
        let mut row: Row = json::parse(line, "its index row")?;
        let checksum = Checksum::from_hex(Algorithm::Sha256, &row.cksum)
            .ok_or_else(|| Error::protocol("its index row has no readable checksum"))?;
        let mut release = Release::new(Ecosystem::Cargo, &package.name, version);
        release.checksum = Some(checksum.to_string());
        release.features = row.features();
        release.dependencies = row.deps.into_iter().map(Into::into).collect();
        release
            .runtime
            .extend(row.rust_version.map(|rust| ("rust".to_owned(), rust)));
        let artifact = Artifact {
            url: self
                .config
                .download_url(&package.name, version, &checksum)?,
            filename: format!("{}-{version}.crate", package.name),
            format: ArchiveFormat::TarGz,
            size: None,
            checksums: vec![checksum],
            root: ArchiveRoot::StripFirst,
        };
        Ok(ReleaseMetadata {
            release,
            artifacts: vec![artifact],
        })
    }
}
