//! What is known to be wrong with a package: the registry's own word, and OSV's.

use std::sync::Arc;

use registry_protocols::{Metadata, npm, osv, pypi};
use registry_types::{Advisory, Ecosystem, Error, Release, Result, Warning};
use tokio::time::{Instant, timeout_at};

use super::ask::ask;
use super::shared::Shared;
use super::stored::Part;
use crate::endpoints::Endpoint;

/// OSV pages hold a thousand advisories each.
const PAGES: usize = 20;

/// The answers of all sources.
#[derive(Default)]
pub struct Advised {
    /// As they came, not merged.
    pub advisories: Vec<Advisory>,
    /// Whether OSV told everything there is about the package, all versions included.
    pub complete: bool,
    /// Sources that could not be asked.
    pub warnings: Vec<Warning>,
}

impl Advised {
    fn add(&mut self, source: &str, answer: Result<Vec<Advisory>>) {
        match answer {
            Ok(advisories) => self.advisories.extend(advisories),
            Err(e) => self
                .warnings
                .push(Part::Advisories.missing(format!("{source}: {e}"))),
        }
    }
}

/// What is asked about.
pub struct Subject {
    ecosystem: Ecosystem,
    name: String,
    version: String,
    native: Vec<Advisory>,
}

impl Subject {
    /// One version of a package, and what its metadata already says.
    pub fn new(metadata: &Metadata, version: &str) -> Self {
        Self {
            ecosystem: metadata.package.ecosystem,
            name: metadata.package.name.clone(),
            version: version.to_owned(),
            native: metadata.advisories(version),
        }
    }
}

impl Subject {
    /// A release in the store, whose registry said that nothing changed.
    pub fn known(release: &Release) -> Self {
        Self {
            ecosystem: release.ecosystem,
            name: release.name.clone(),
            version: release.version.clone(),
            native: Vec::new(),
        }
    }
}

/// Asks all sources at once.
pub async fn ask_all(
    shared: &Arc<Shared>,
    subject: Subject,
    registry: &Endpoint,
    deadline: Instant,
) -> Advised {
    let mut advised = Advised {
        advisories: subject.native.clone(),
        ..Advised::default()
    };
    let osv = in_time(deadline, of_osv(shared, &subject, deadline));
    let native = in_time(deadline, of_registry(shared, &subject, registry, deadline));
    let (osv, native) = tokio::join!(osv, native);
    advised.complete = matches!(osv, Ok(Some(_)));
    advised.add("OSV", osv.map(Option::unwrap_or_default));
    advised.add("the registry", native);
    advised
}

async fn in_time<T>(deadline: Instant, asked: impl Future<Output = Result<T>>) -> Result<T> {
    let late = |_| Error::new(registry_types::ErrorKind::Timeout, "no answer in time");
    timeout_at(deadline, asked).await.map_err(late)?
}

/// All advisories about the package; `None` when OSV is switched off.
async fn of_osv(
    shared: &Arc<Shared>,
    subject: &Subject,
    deadline: Instant,
) -> Result<Option<Vec<Advisory>>> {
    let Some(endpoint) = shared.registries.osv()? else {
        return Ok(None);
    };
    let mut all = Vec::new();
    let mut token = None;
    for _ in 0..PAGES {
        let (ecosystem, name) = (subject.ecosystem, subject.name.as_str());
        let request = osv::query_request(&endpoint.url, ecosystem, name, None, token.as_deref())?;
        let response = ask(shared, &endpoint, request, None, deadline).await?;
        let page = osv::parse_query(ecosystem, name, &response)?;
        all.extend(page.advisories);
        token = page.next_page_token;
        if token.is_none() {
            return Ok(Some(all));
        }
    }
    Err(Error::protocol(format!(
        "the list of advisories does not end after {PAGES} pages"
    )))
}

/// What costs the registry another request: npm's audit, PyPI's page of an older release.
async fn of_registry(
    shared: &Arc<Shared>,
    subject: &Subject,
    registry: &Endpoint,
    deadline: Instant,
) -> Result<Vec<Advisory>> {
    let (name, version) = (subject.name.as_str(), subject.version.as_str());
    match subject.ecosystem {
        Ecosystem::Npm => {
            let request = npm::audit_request(&registry.url, &[(name, version)])?;
            let response = ask(shared, registry, request, None, deadline).await?;
            // A mirror without the audit service is no failure: OSV has the same advisories.
            if !response.status().is_success() {
                return Ok(Vec::new());
            }
            Ok(npm::parse_audit(&response)?
                .remove(name)
                .unwrap_or_default())
        }
        Ecosystem::Pypi => {
            let index = shared.glance(|s| s.registries.pypi().cloned()).await?;
            let Some(json) = index.json else {
                return Ok(Vec::new());
            };
            let request = pypi::release_request(&json.url, name, version)?;
            let response = ask(shared, &json, request, None, deadline).await?;
            if !response.status().is_success() {
                return Ok(Vec::new());
            }
            Ok(pypi::parse_release(name, version, &response)?.advisories)
        }
        Ecosystem::Cargo | Ecosystem::Hex | Ecosystem::Github => Ok(Vec::new()),
    }
}
