//! Core metadata, from whichever of its forms: the JSON API's `info`, or a `METADATA` file.

use registry_types::{Owner, Package, Release, Warning, WarningKind};

use super::answer::Info;
use super::requirement::dependencies;
use crate::{github_repository, repository_url};

/// The longest text that is taken for a licence's name rather than its wording.
const LONGEST_LICENSE: usize = 100;

/// What describes the project as a whole.
pub(super) fn describe(package: &mut Package, info: &Info) {
    package.description.clone_from(&info.summary);
    package.license = license(info);
    package.keywords.clone_from(&info.keywords);
    package.categories.clone_from(&info.classifiers);
    package.owners = people(info);
    let links: Vec<(&str, &str)> = info
        .project_urls
        .iter()
        .filter_map(|(name, url)| Some((name.as_str(), url.as_deref()?)))
        .filter(|(_, url)| url.starts_with("https://") || url.starts_with("http://"))
        .collect();
    fill_links(
        package,
        &links,
        info.home_page.as_deref(),
        info.docs_url.as_deref(),
    );
}

/// Home page, documentation and repository out of links which authors name as they like.
pub(crate) fn fill_links(
    package: &mut Package,
    links: &[(&str, &str)],
    home_page: Option<&str>,
    docs_url: Option<&str>,
) {
    let named = |names: &[&str]| {
        links.iter().find_map(|(name, url)| {
            let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            names
                .contains(&plain.to_ascii_lowercase().as_str())
                .then_some(*url)
        })
    };
    let source = named(&[
        "source",
        "sourcecode",
        "repository",
        "code",
        "github",
        "gitlab",
        "git",
        "repo",
    ])
    .and_then(repository_url)
    .or_else(|| {
        let all = links.iter().map(|(_, url)| *url).chain(home_page);
        all.filter(|url| github_repository(url).is_some())
            .find_map(repository_url)
    });
    let documentation =
        named(&["documentation", "docs", "doc", "apidocs", "readthedocs"]).or(docs_url);
    let homepage = home_page.or_else(|| named(&["homepage", "home", "website"]));
    package.repository = package.repository.take().or(source);
    package.documentation = package
        .documentation
        .take()
        .or(documentation.map(str::to_owned));
    package.homepage = package.homepage.take().or(homepage.map(str::to_owned));
}

/// The licence's name: an SPDX expression, a short text, a classifier, or the first line of the
/// wording which many projects put into the field.
fn license(info: &Info) -> Option<String> {
    license_name(
        info.license_expression.as_deref(),
        info.license.as_deref(),
        &info.classifiers,
    )
}

pub(crate) fn license_name(
    expression: Option<&str>,
    text: Option<&str>,
    classifiers: &[String],
) -> Option<String> {
    if let Some(expression) = expression {
        return Some(expression.to_owned());
    }
    let short = |text: &&str| text.len() <= LONGEST_LICENSE && !text.contains('\n');
    if let Some(text) = text.filter(short) {
        return Some(text.to_owned());
    }
    let classified = classifiers
        .iter()
        .filter_map(|c| c.strip_prefix("License :: "))
        .filter_map(|c| c.rsplit(" :: ").next())
        .find(|name| *name != "OSI Approved")
        .map(str::to_owned);
    classified.or_else(|| {
        let line = text?.lines().map(str::trim).find(|line| !line.is_empty())?;
        let cut: String = line.chars().take(LONGEST_LICENSE).collect();
        Some(cut)
    })
}

/// Maintainers, else authors: `Name`, or `Name <address>, …` where only the address field is set.
fn people(info: &Info) -> Vec<Owner> {
    let maintainers = owners(info.maintainer.as_deref(), info.maintainer_email.as_deref());
    if maintainers.is_empty() {
        owners(info.author.as_deref(), info.author_email.as_deref())
    } else {
        maintainers
    }
}

pub(crate) fn owners(name: Option<&str>, addresses: Option<&str>) -> Vec<Owner> {
    if let Some(name) = name {
        return vec![Owner {
            name: name.to_owned(),
            email: addresses
                .filter(|a| !a.contains(['<', ',']))
                .map(str::to_owned),
        }];
    }
    let person = |text: &str| {
        let text = text.trim();
        let (name, email) = match text.split_once('<') {
            Some((name, rest)) => (
                name.trim().trim_matches('"'),
                rest.trim_end_matches('>').trim(),
            ),
            None => ("", text),
        };
        (!text.is_empty()).then(|| Owner {
            name: if name.is_empty() { email } else { name }.to_owned(),
            email: Some(email.to_owned()).filter(|e| e.contains('@')),
        })
    };
    addresses
        .unwrap_or_default()
        .split(',')
        .filter_map(person)
        .collect()
}

/// What describes one release.
pub(super) fn describe_release(release: &mut Release, info: &Info) {
    release.description.clone_from(&info.summary);
    release.license = license(info);
    release.readme.clone_from(&info.description);
    if let Some(python) = &info.requires_python {
        release.runtime.insert("python".to_owned(), python.clone());
    }
    fill_dependencies(release, &info.requires_dist, &info.provides_extra);
}

/// Dependencies and extras; a line that cannot be read becomes a warning.
pub(crate) fn fill_dependencies(release: &mut Release, requires: &[String], extras: &[String]) {
    let (dependencies, features, unread) = dependencies(
        requires.iter().map(String::as_str),
        extras.iter().map(String::as_str),
    );
    release.dependencies = dependencies;
    release.features = features;
    release.warnings.extend(unread.iter().take(20).map(|line| {
        let line: String = line.chars().take(200).collect();
        Warning::new(
            WarningKind::Metadata,
            format!("the requirement {line:?} cannot be read and is left out"),
        )
    }));
}
