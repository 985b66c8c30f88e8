//! What is known to be wrong with a package: the registry's own word, and OSV's.

use std::collections::HashSet;
use std::sync::Arc;

use registry_protocols::{Metadata, npm, osv, pypi};
use registry_types::{
    Advisory, Ecosystem, Error, FeedAnswer, Release, Result, Warning, merge_advisories,
};
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
    /// What each feed told that could be asked.
    pub answers: Vec<FeedAnswer>,
    /// Sources that could not be asked.
    pub warnings: Vec<Warning>,
}

impl Advised {
    /// Takes an answer; `None` where the feed is switched off, or does not exist.
    fn add(&mut self, what: &str, answer: Result<Option<FeedAnswer>>) {
        match answer {
            Ok(answer) => self.answers.extend(answer),
            Err(e) => self
                .warnings
                .push(Part::Advisories.missing(format!("{what}: {e}"))),
        }
    }

    /// Adds what the registry's web API says in more detail about advisories it already named.
    pub fn detail(&mut self, ecosystem: Ecosystem, details: Vec<Advisory>) {
        let native = self.answers.iter_mut().find(|a| a.version.is_some());
        let Some(native) = native else { return };
        let named: HashSet<String> = native.advisories.iter().map(|a| a.id.clone()).collect();
        let mut all = std::mem::take(&mut native.advisories);
        all.extend(details.into_iter().filter(|d| named.contains(&d.id)));
        native.advisories = merge_advisories(ecosystem, all);
    }
}

/// What is asked about.
pub struct Subject {
    ecosystem: Ecosystem,
    name: String,
    version: String,
    /// What the metadata says already, where that is worth something without another request.
    native: Option<Vec<Advisory>>,
}

impl Subject {
    /// One version of a package, and what its metadata already says.
    pub fn new(metadata: &Metadata, version: &str) -> Self {
        let native = metadata.advisories(version);
        // Hex's list is complete; an empty one of a Python index may be that of a mirror without any.
        let counts = metadata.package.ecosystem == Ecosystem::Hex || !native.is_empty();
        Self {
            ecosystem: metadata.package.ecosystem,
            name: metadata.package.name.clone(),
            version: version.to_owned(),
            native: counts.then_some(native),
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
            native: None,
        }
    }

    /// What the registry told about the version, in its metadata and when it was asked; `None` when
    /// neither says anything of advisories.
    fn native_answer(&self, told: Option<Vec<Advisory>>) -> Option<FeedAnswer> {
        let source = match self.ecosystem {
            Ecosystem::Npm => "npm",
            Ecosystem::Hex => "hex",
            Ecosystem::Pypi => "pypi",
            Ecosystem::Cargo | Ecosystem::Github => return None,
        };
        // The same records twice: the answer about the version is the fuller one.
        let advisories = told.or_else(|| self.native.clone())?;
        Some(FeedAnswer {
            version: Some(self.version.clone()),
            ..FeedAnswer::new(source, advisories)
        })
    }
}

/// Asks all sources at once.
pub async fn ask_all(
    shared: &Arc<Shared>,
    subject: Subject,
    registry: &Endpoint,
    deadline: Instant,
) -> Advised {
    let mut advised = Advised::default();
    let osv = in_time(deadline, of_osv(shared, &subject, deadline));
    let native = in_time(deadline, of_registry(shared, &subject, registry, deadline));
    let (osv, native) = tokio::join!(osv, native);
    advised.add("OSV", osv.map(|told| Some(FeedAnswer::new("osv", told?))));
    advised.add(
        "the registry",
        native.map(|told| subject.native_answer(told)),
    );
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

/// What costs the registry another request: npm's audit, PyPI's page of an older release. `None` where
/// there is nobody to ask: OSV has the same advisories.
async fn of_registry(
    shared: &Arc<Shared>,
    subject: &Subject,
    registry: &Endpoint,
    deadline: Instant,
) -> Result<Option<Vec<Advisory>>> {
    let (name, version) = (subject.name.as_str(), subject.version.as_str());
    match subject.ecosystem {
        Ecosystem::Npm => {
            let request = npm::audit_request(&registry.url, &[(name, version)])?;
            let response = ask(shared, registry, request, None, deadline).await?;
            // A mirror without the audit service is no failure.
            if !response.status().is_success() {
                return Ok(None);
            }
            let mut told = npm::parse_audit(&response)?;
            Ok(Some(told.remove(name).unwrap_or_default()))
        }
        Ecosystem::Pypi => {
            let index = shared.glance(|s| s.registries.pypi().cloned()).await?;
            let Some(json) = index.json else {
                return Ok(None);
            };
            let request = pypi::release_request(&json.url, name, version)?;
            let response = ask(shared, &json, request, None, deadline).await?;
            if !response.status().is_success() {
                return Ok(None);
            }
            let answer = pypi::parse_release(name, version, &response)?;
            Ok(Some(answer.advisories))
        }
        Ecosystem::Cargo | Ecosystem::Hex | Ecosystem::Github => Ok(None),
    }
}
