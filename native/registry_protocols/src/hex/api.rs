//! The web API: what the signed registry leaves out. All of it is optional.

use std::collections::HashMap;

use bytes::Bytes;
use http::{Request, Response};
use registry_types::{
    Advisory, Cvss, Downloads, Ecosystem, Owner, Package, Result, Retirement, Timestamp,
};
use serde::Deserialize;
use url::Url;

use super::repository::Repository;
use crate::common::{json, lenient};
use crate::{Metadata, ReleaseMetadata, check_status, osv, repository_url};

/// The request for what the web API at `api` says about a package.
///
/// # Errors
/// `invalid_argument` when `name` is no Hex name.
pub fn api_request(api: &Url, repository: &Repository, name: &str) -> Result<Request<Bytes>> {
    repository.api_request(api, name, None)
}

/// The request for what the web API at `api` says about one release.
///
/// # Errors
/// `invalid_argument` when `name` is no Hex name.
pub fn release_api_request(
    api: &Url,
    repository: &Repository,
    name: &str,
    version: &str,
) -> Result<Request<Bytes>> {
    repository.api_request(api, name, Some(version))
}

/// Adds description, licences, links, downloads, owners, dates and retirements to what the signed
/// registry said, which always wins. Returns the advisories the API describes in more detail; they
/// carry no affected versions (the API's ranges are made to be looked at, they join all intervals
/// with `and`), so merge them into those of [`Metadata::advisories`].
///
/// # Errors
/// As [`check_status`], or `protocol` when the answer is no JSON object.
pub fn apply_api(metadata: &mut Metadata, response: &Response<Bytes>) -> Result<Vec<Advisory>> {
    let what = format!("the Hex API's page of {}", metadata.package.name);
    check_status(&what, response)?;
    let text = json::text(response.body());
    let answer: PackageAnswer = json::parse(&text, &what)?;
    let package = &mut metadata.package;
    fill_links(package, &answer.meta.links);
    fill(&mut package.description, answer.meta.description);
    fill(&mut package.documentation, answer.docs_html_url);
    fill(&mut package.license, license(&answer.meta.licenses));
    fill(&mut package.created_at, date(answer.inserted_at));
    fill(&mut package.updated_at, date(answer.updated_at));
    package.downloads = Downloads {
        total: answer.downloads.all.or(package.downloads.total),
        recent: answer.downloads.recent.or(package.downloads.recent),
    };
    if package.owners.is_empty() {
        package.owners = owners(answer.owners, &answer.meta.maintainers);
    }
    let mut dates: HashMap<String, Timestamp> = HashMap::new();
    for release in answer.releases {
        dates.extend(release.version.zip(date(release.inserted_at)));
    }
    let mut retirements: HashMap<String, RetirementAnswer> =
        answer.retirements.into_iter().collect();
    for entry in &mut package.versions {
        fill(&mut entry.published_at, dates.remove(&entry.version));
        let retired = retirements.remove(&entry.version);
        let retired = retired.and_then(RetirementAnswer::into_retirement);
        fill(&mut entry.retired, retired);
    }
    metadata.package.latest_stable_version =
        registry_types::version::latest_stable(Ecosystem::Hex, &metadata.package.versions)
            .map(|entry| entry.version.clone());
    Ok(answer
        .security_advisories
        .into_iter()
        .filter_map(AdvisoryAnswer::into_advisory)
        .collect())
}

/// Adds the Elixir requirement and the date the API knows of a release.
///
/// # Errors
/// As [`check_status`], or `protocol` when the answer is no JSON object.
pub fn apply_release_api(metadata: &mut ReleaseMetadata, response: &Response<Bytes>) -> Result<()> {
    let release = &mut metadata.release;
    let what = format!("the Hex API's page of {} {}", release.name, release.version);
    check_status(&what, response)?;
    let text = json::text(response.body());
    let answer: ReleaseAnswer = json::parse(&text, &what)?;
    if let Some(elixir) = answer.meta.elixir {
        release.runtime.entry("elixir".to_owned()).or_insert(elixir);
    }
    fill(&mut release.published_at, date(answer.inserted_at));
    fill(
        &mut release.retired,
        answer
            .retirement
            .and_then(RetirementAnswer::into_retirement),
    );
    Ok(())
}

/// The repository, home page and documentation out of links which authors name as they like.
pub(crate) fn fill_links(package: &mut Package, links: &[(String, String)]) {
    let named = |names: &[&str]| {
        let names = names.to_vec();
        links.iter().find(move |(name, _)| {
            let name = name.trim().to_ascii_lowercase();
            names.iter().any(|n| name == *n)
        })
    };
    const SOURCES: [&str; 9] = [
        "github",
        "gitlab",
        "codeberg",
        "sourcehut",
        "bitbucket",
        "repository",
        "source",
        "source code",
        "git",
    ];
    let source = named(&SOURCES).map(|(_, url)| url).or_else(|| {
        links
            .iter()
            .map(|(_, url)| url)
            .find(|url| crate::github_repository(url).is_some())
    });
    fill(
        &mut package.repository,
        source.and_then(|url| repository_url(url)),
    );
    let web = |(_, url): &(String, String)| {
        (url.starts_with("https://") || url.starts_with("http://")).then(|| url.clone())
    };
    let home = named(&["website", "homepage", "home page", "home", "site"]);
    fill(&mut package.homepage, home.and_then(web));
    let docs = named(&["documentation", "docs", "hexdocs", "docs (hexdocs)"]);
    fill(&mut package.documentation, docs.and_then(web));
}

/// Hex lists licences without saying how they combine, so they stay a list.
pub(crate) fn license(licenses: &[String]) -> Option<String> {
    (!licenses.is_empty()).then(|| licenses.join(", "))
}

fn fill<T>(field: &mut Option<T>, value: Option<T>) {
    if field.is_none() {
        *field = value;
    }
}

fn date(text: Option<String>) -> Option<Timestamp> {
    Timestamp::parse(&text?)
}

fn owners(owners: Vec<OwnerAnswer>, maintainers: &[String]) -> Vec<Owner> {
    let owners: Vec<Owner> = owners
        .into_iter()
        .filter_map(|owner| {
            Some(Owner {
                name: owner.username?,
                email: owner.email,
            })
        })
        .collect();
    if !owners.is_empty() {
        return owners;
    }
    let plain = |name: &String| Owner {
        name: name.clone(),
        email: None,
    };
    maintainers.iter().map(plain).collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PackageAnswer {
    #[serde(deserialize_with = "lenient::text")]
    inserted_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    updated_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    docs_html_url: Option<String>,
    #[serde(deserialize_with = "lenient::or_default")]
    meta: Meta,
    #[serde(deserialize_with = "lenient::list")]
    releases: Vec<ReleaseAnswer>,
    #[serde(deserialize_with = "lenient::entries")]
    retirements: Vec<(String, RetirementAnswer)>,
    #[serde(deserialize_with = "lenient::or_default")]
    downloads: DownloadsAnswer,
    #[serde(deserialize_with = "lenient::list")]
    owners: Vec<OwnerAnswer>,
    #[serde(deserialize_with = "lenient::list")]
    security_advisories: Vec<AdvisoryAnswer>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    #[serde(deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    licenses: Vec<String>,
    #[serde(deserialize_with = "lenient::entries")]
    links: Vec<(String, String)>,
    #[serde(deserialize_with = "lenient::texts")]
    maintainers: Vec<String>,
    #[serde(deserialize_with = "lenient::text")]
    elixir: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ReleaseAnswer {
    #[serde(deserialize_with = "lenient::text")]
    version: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    inserted_at: Option<String>,
    #[serde(deserialize_with = "lenient::or_default")]
    meta: Meta,
    #[serde(deserialize_with = "lenient::maybe")]
    retirement: Option<RetirementAnswer>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RetirementAnswer {
    #[serde(deserialize_with = "lenient::text")]
    reason: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    message: Option<String>,
}

impl RetirementAnswer {
    fn into_retirement(self) -> Option<Retirement> {
        Some(Retirement {
            reason: self.reason?,
            message: self.message,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DownloadsAnswer {
    #[serde(deserialize_with = "lenient::count")]
    all: Option<u64>,
    #[serde(deserialize_with = "lenient::count")]
    recent: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OwnerAnswer {
    #[serde(deserialize_with = "lenient::text")]
    username: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    email: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AdvisoryAnswer {
    #[serde(deserialize_with = "lenient::text")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    summary: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    aliases: Vec<String>,
    #[serde(deserialize_with = "lenient::text")]
    published_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    modified_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    withdrawn_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    cvss_vector: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    cvss_rating: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    references: Vec<ReferenceAnswer>,
    #[serde(deserialize_with = "lenient::text")]
    html_url: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ReferenceAnswer {
    #[serde(deserialize_with = "lenient::text")]
    url: Option<String>,
}

impl AdvisoryAnswer {
    fn into_advisory(self) -> Option<Advisory> {
        let cvss: Option<Cvss> = self.cvss_vector.as_deref().and_then(osv::score);
        let severity = match &cvss {
            Some(cvss) => osv::severity_of_score(cvss.score),
            None => osv::severity_of_word(self.cvss_rating.as_deref().unwrap_or_default()),
        };
        let urls = self.references.into_iter().filter_map(|r| r.url);
        Some(Advisory {
            aliases: self.aliases,
            summary: self.summary,
            severity,
            cvss,
            references: urls.chain(self.html_url).collect(),
            published_at: date(self.published_at),
            modified_at: date(self.modified_at),
            withdrawn_at: date(self.withdrawn_at),
            sources: vec!["hex".to_owned()],
            ..Advisory::new(self.id?)
        })
    }
}
