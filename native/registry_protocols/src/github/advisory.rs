//! GitHub's reviewed advisories.

use bytes::Bytes;
use http::header::LINK;
use http::{Request, Response};
use registry_types::{
    Advisory, AffectedRange, Cvss, Ecosystem, Error, RangeEvent, Result, Severity, Timestamp,
    check_name, normalize_name, version,
};
use serde::Deserialize;
use url::Url;

use super::limit::check;
use super::request::get_as;
use crate::common::request::endpoint;
use crate::common::{json, lenient};
use crate::osv::{score, severity_of_score, severity_of_word};

/// A page of advisories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AdvisoryPage {
    /// Those about the package asked for.
    pub advisories: Vec<Advisory>,
    /// The address of the next page; ask for it only if it is still GitHub's.
    pub next: Option<Url>,
}

/// GitHub's name of an ecosystem.
fn github_ecosystem(ecosystem: Ecosystem) -> Option<&'static str> {
    match ecosystem {
        Ecosystem::Npm => Some("npm"),
        Ecosystem::Cargo => Some("rust"),
        Ecosystem::Hex => Some("erlang"),
        Ecosystem::Pypi => Some("pip"),
        Ecosystem::Github => None,
    }
}

/// The request for the advisories about a package, or those which affect one version. The list
/// leaves out malware unless `malware` asks for nothing else.
///
/// # Errors
/// `invalid_argument` when it is no package's name, or of no ecosystem GitHub reviews.
pub fn advisories_request(
    base: &Url,
    ecosystem: Ecosystem,
    name: &str,
    version: Option<&str>,
    malware: bool,
    token: Option<&str>,
) -> Result<Request<Bytes>> {
    check_name(ecosystem, name)?;
    let system = github_ecosystem(ecosystem).ok_or_else(|| {
        Error::invalid_argument(format!("GitHub reviews no advisories about {ecosystem}"))
    })?;
    let affects = match version {
        Some(version) => format!("{name}@{version}"),
        None => name.to_owned(),
    };
    let mut url = endpoint(base, "advisories");
    url.query_pairs_mut()
        .append_pair("ecosystem", system)
        .append_pair("affects", &affects)
        .append_pair("per_page", "100");
    if malware {
        url.query_pairs_mut().append_pair("type", "malware");
    }
    get_as(&url, "application/vnd.github+json", token)
}

/// Reads a page of advisories about `name`.
///
/// # Errors
/// As [`super::check`], or `protocol` when the answer is no list.
pub fn parse_advisories(
    ecosystem: Ecosystem,
    name: &str,
    response: &Response<Bytes>,
) -> Result<AdvisoryPage> {
    let what = format!("GitHub's advisories about {name}");
    check(&what, response)?;
    let text = json::text(response.body());
    let answers: lenient::List<Answer> = json::parse(&text, &what)?;
    let advisories = answers
        .0
        .into_iter()
        .filter_map(|answer| answer.into_advisory(ecosystem, name));
    Ok(AdvisoryPage {
        advisories: advisories.collect(),
        next: next_page(response),
    })
}

fn next_page(response: &Response<Bytes>) -> Option<Url> {
    let header = response.headers().get(LINK)?.to_str().ok()?;
    header.split(',').find_map(|link| {
        let (address, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        let next = parameters.split(';').any(|p| p.trim() == "rel=\"next\"");
        next.then(|| Url::parse(address).ok()).flatten()
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    #[serde(deserialize_with = "lenient::text")]
    ghsa_id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    cve_id: Option<String>,
    #[serde(rename = "type", deserialize_with = "lenient::text")]
    kind: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    summary: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    severity: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    identifiers: Vec<Identifier>,
    #[serde(deserialize_with = "lenient::texts")]
    references: Vec<String>,
    #[serde(deserialize_with = "lenient::text")]
    html_url: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    published_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    updated_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    withdrawn_at: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    vulnerabilities: Vec<Vulnerability>,
    #[serde(deserialize_with = "lenient::or_default")]
    cvss: Rating,
    #[serde(deserialize_with = "lenient::or_default")]
    cvss_severities: Ratings,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Identifier {
    #[serde(deserialize_with = "lenient::text")]
    value: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ratings {
    #[serde(deserialize_with = "lenient::or_default")]
    cvss_v3: Rating,
    #[serde(deserialize_with = "lenient::or_default")]
    cvss_v4: Rating,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Rating {
    #[serde(deserialize_with = "lenient::text")]
    vector_string: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Vulnerability {
    #[serde(deserialize_with = "lenient::or_default")]
    package: PackageName,
    #[serde(deserialize_with = "lenient::text")]
    vulnerable_version_range: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    first_patched_version: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PackageName {
    #[serde(deserialize_with = "lenient::text")]
    ecosystem: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    name: Option<String>,
}

impl Vulnerability {
    fn is_about(&self, ecosystem: Ecosystem, name: &str) -> bool {
        let given = self.package.name.as_deref().unwrap_or_default();
        self.package.ecosystem.as_deref() == github_ecosystem(ecosystem)
            && normalize_name(ecosystem, given) == normalize_name(ecosystem, name)
    }
}

impl Answer {
    fn into_advisory(self, ecosystem: Ecosystem, name: &str) -> Option<Advisory> {
        let mine: Vec<&Vulnerability> = self
            .vulnerabilities
            .iter()
            .filter(|v| v.is_about(ecosystem, name))
            .collect();
        if mine.is_empty() {
            return None;
        }
        let ratings = [
            &self.cvss_severities.cvss_v4,
            &self.cvss_severities.cvss_v3,
            &self.cvss,
        ];
        let cvss: Option<Cvss> = ratings
            .into_iter()
            .find_map(|rating| score(rating.vector_string.as_deref()?));
        let word = self.severity.as_deref().unwrap_or_default();
        let severity = match (severity_of_word(word), &cvss) {
            (Severity::Unknown, Some(cvss)) => severity_of_score(cvss.score),
            (severity, _) => severity,
        };
        let mut fixed: Vec<String> = mine
            .iter()
            .filter_map(|v| v.first_patched_version.clone())
            .collect();
        fixed.sort_by(|a, b| version::compare(ecosystem, a, b));
        fixed.dedup();
        let date = |text: Option<String>| Timestamp::parse(&text?);
        let id = self.ghsa_id?;
        let others = self
            .identifiers
            .into_iter()
            .filter_map(|i| i.value)
            .chain(self.cve_id);
        let mut aliases: Vec<String> = others.filter(|other| *other != id).collect();
        aliases.sort();
        aliases.dedup();
        Some(Advisory {
            aliases,
            summary: self.summary,
            details: self.description,
            severity,
            cvss,
            affected: mine
                .iter()
                .filter_map(|v| affected(ecosystem, v.vulnerable_version_range.as_deref()?))
                .collect(),
            fixed_versions: fixed,
            malicious: self.kind.as_deref() == Some("malware"),
            references: self.references.into_iter().chain(self.html_url).collect(),
            published_at: date(self.published_at),
            modified_at: date(self.updated_at),
            withdrawn_at: date(self.withdrawn_at),
            sources: vec!["github".to_owned()],
            ..Advisory::new(id)
        })
    }
}

/// `>= 1.0, < 1.2` as events; what events cannot say (`> 1.0`) as a requirement of the ecosystem.
/// `None` where it cannot be read: no versions are better than wrong ones.
fn affected(ecosystem: Ecosystem, range: &str) -> Option<AffectedRange> {
    let mut events = Vec::new();
    let mut versions = Vec::new();
    let mut above = false;
    let mut bounds = Vec::new();
    for part in range
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let end = part.find(|c| !matches!(c, '<' | '>' | '='))?;
        let (operator, version) = part.split_at(end);
        let version = version.trim();
        bounds.push(format!("{operator}{version}"));
        let version = version.to_owned();
        match operator {
            ">=" => events.push(RangeEvent::Introduced(version)),
            "<" => events.push(RangeEvent::Fixed(version)),
            "<=" => events.push(RangeEvent::LastAffected(version)),
            "=" => versions.push(version),
            ">" => above = true,
            _ => return None,
        }
    }
    if above {
        let separator = match ecosystem {
            Ecosystem::Npm | Ecosystem::Github => " ",
            Ecosystem::Cargo | Ecosystem::Pypi => ",",
            Ecosystem::Hex => " and ",
        };
        return Some(AffectedRange::requirement(bounds.join(separator)));
    }
    if !versions.is_empty() {
        return Some(AffectedRange::versions(versions));
    }
    if !events
        .iter()
        .any(|event| matches!(event, RangeEvent::Introduced(_)))
    {
        events.insert(0, RangeEvent::Introduced("0".to_owned()));
    }
    Some(AffectedRange::events(events))
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::is_affected;

    fn hits(ecosystem: Ecosystem, range: &str, versions: &[&str]) -> Vec<bool> {
        let advisory = Advisory {
            affected: affected(ecosystem, range).into_iter().collect(),
            ..Advisory::new("GHSA-x")
        };
        versions
            .iter()
            .map(|v| is_affected(ecosystem, &advisory, v))
            .collect()
    }

    #[test]
    fn githubs_ranges() {
        let versions = ["0.9.0", "1.0.0", "1.1.0", "1.2.0-rc.1", "1.2.0"];
        let cases = [
            (">= 1.0.0, < 1.2.0", [false, true, true, true, false]),
            ("< 1.0.0", [true, false, false, false, false]),
            ("<= 1.1.0", [true, true, true, false, false]),
            ("= 1.1.0", [false, false, true, false, false]),
            (">= 0", [true; 5]),
            ("> 1.0.0, < 1.2.0", [false, false, true, true, false]),
            ("sometimes", [false; 5]),
        ];
        for ecosystem in [
            Ecosystem::Npm,
            Ecosystem::Cargo,
            Ecosystem::Hex,
            Ecosystem::Pypi,
        ] {
            for (range, expected) in cases {
                if ecosystem == Ecosystem::Pypi && range.contains('>') && range.contains("1.2.0") {
                    continue;
                }
                assert_eq!(
                    hits(ecosystem, range, &versions),
                    expected,
                    "{ecosystem} {range}"
                );
            }
        }
        assert_eq!(
            hits(Ecosystem::Pypi, "> 1.0, < 1.2", &["1.0", "1.1", "1.2"]),
            [false, true, false]
        );
    }

    #[test]
    fn advisories_about_one_package_of_several() {
        let body = r#"[{"ghsa_id":"GHSA-a","cve_id":"CVE-1","summary":"s","severity":"high","type":"reviewed",
            "identifiers":[{"type":"GHSA","value":"GHSA-a"},{"type":"CVE","value":"CVE-1"}],
            "references":["https://r.example"],"published_at":"2024-01-01T00:00:00Z","withdrawn_at":null,
            "cvss_severities":{"cvss_v3":{"vector_string":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","score":9.8},"cvss_v4":null},
            "vulnerabilities":[
              {"package":{"ecosystem":"npm","name":"other"},"vulnerable_version_range":"< 9.0.0"},
              {"package":{"ecosystem":"npm","name":"mine"},"vulnerable_version_range":"< 1.2.0","first_patched_version":"1.2.0"},
              {"package":{"ecosystem":"npm","name":"mine"},"vulnerable_version_range":">= 2.0.0, < 2.1.0","first_patched_version":"2.1.0"}]},
            {"ghsa_id":"GHSA-b","vulnerabilities":[{"package":{"ecosystem":"pip","name":"mine"}}]}]"#;
        let response = Response::builder()
            .header("link", "<http://127.0.0.1/advisories?after=x>; rel=\"next\", <http://127.0.0.1/>; rel=\"first\"")
            .body(Bytes::from_static(body.as_bytes()))
            .unwrap();
        let page = parse_advisories(Ecosystem::Npm, "mine", &response).unwrap();
        assert_eq!(
            page.next.unwrap().as_str(),
            "http://127.0.0.1/advisories?after=x"
        );
        assert_eq!(page.advisories.len(), 1);
        let advisory = &page.advisories[0];
        assert_eq!(
            (advisory.id.as_str(), advisory.severity),
            ("GHSA-a", Severity::High)
        );
        assert_eq!(advisory.aliases, ["CVE-1"]);
        assert_eq!(advisory.fixed_versions, ["1.2.0", "2.1.0"]);
        assert_eq!(advisory.cvss.as_ref().unwrap().score, 9.8);
        assert!(is_affected(Ecosystem::Npm, advisory, "2.0.5"));
        assert!(!is_affected(Ecosystem::Npm, advisory, "1.5.0"));
        assert!(!is_affected(Ecosystem::Npm, advisory, "8.0.0"));
    }

    #[test]
    fn malware_has_its_own_list() {
        let base = Url::parse("http://127.0.0.1:1").unwrap();
        let request =
            advisories_request(&base, Ecosystem::Npm, "@a/b", Some("1.0.0"), true, None).unwrap();
        assert_eq!(
            request.uri().query(),
            Some("ecosystem=npm&affects=%40a%2Fb%401.0.0&per_page=100&type=malware")
        );
        assert!(advisories_request(&base, Ecosystem::Github, "a/b", None, false, None).is_err());
    }
}
