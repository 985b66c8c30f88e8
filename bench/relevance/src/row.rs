//! One package as a line of JSON: what all rankers are given.

use std::collections::BTreeMap;

use registry_store::Bundle;
use registry_types::{
    Advisory, AffectedRange, Dependency, DependencyKind, Document, DocumentFormat, DocumentKind,
    Ecosystem, FeedAnswer, Informational, Package, RangeEvent, Release, Retirement, Timestamp,
    VersionEntry,
};
use serde::{Deserialize, Serialize};

/// A package and its newest release. What is not known is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub ecosystem: Ecosystem,
    pub name: String,
    pub version: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub keywords: Vec<String>,
    #[serde(default)]
    pub categories: Vec<String>,
    #[serde(default)]
    pub readme: Option<String>,
    /// Names of the packages it needs at run time.
    #[serde(default)]
    pub dependencies: Vec<String>,
    #[serde(default)]
    pub features: BTreeMap<String, Vec<String>>,
    /// Recent downloads.
    #[serde(default)]
    pub downloads: Option<u64>,
    #[serde(default)]
    pub dependents: Option<u64>,
    /// When the newest version was published.
    #[serde(default)]
    pub published_at: Option<Timestamp>,
    #[serde(default)]
    pub deprecated: Option<String>,
    #[serde(default)]
    pub yanked: bool,
    /// Why its releases were retired, on Hex.
    #[serde(default)]
    pub retired: Option<String>,
    /// Why nobody maintains it any more, in an advisory's words.
    #[serde(default)]
    pub unmaintained: Option<String>,
}

impl Row {
    /// What a collect of the package would have put into the store.
    pub fn into_bundle(self) -> Bundle {
        let mut package = Package::new(self.ecosystem, self.name.clone());
        let mut release = Release::new(self.ecosystem, self.name, self.version.clone());
        package.description.clone_from(&self.description);
        package.keywords = self.keywords;
        package.categories = self.categories;
        package.downloads.recent = self.downloads;
        package.dependents_count = self.dependents;
        package.updated_at = self.published_at;
        package.deprecated.clone_from(&self.deprecated);
        package.latest_version = Some(self.version.clone());
        package.latest_stable_version = Some(self.version.clone());
        package.versions = vec![VersionEntry {
            version: self.version,
            published_at: self.published_at,
            yanked: self.yanked,
            deprecated: self.deprecated.clone(),
            retired: self.retired.clone().map(retirement),
            prerelease: false,
        }];
        release.description = self.description;
        release.published_at = self.published_at;
        release.deprecated = self.deprecated;
        release.yanked = self.yanked;
        release.retired = self.retired.map(retirement);
        release.features = self.features;
        release.dependencies = self.dependencies.into_iter().map(dependency).collect();
        release.readme.clone_from(&self.readme);
        let id = format!("UNMAINTAINED-{}", package.name);
        let mut bundle = Bundle::new(package, release);
        bundle.documents.extend(self.readme.map(readme));
        bundle.advisories.extend(self.unmaintained.map(|summary| {
            let mut advisory = Advisory::new(id);
            let all = vec![RangeEvent::Introduced("0".to_owned())];
            advisory.affected = vec![AffectedRange::events(all)];
            advisory.informational = Some(Informational::Unmaintained);
            advisory.summary = Some(summary);
            FeedAnswer::new("rustsec", vec![advisory])
        }));
        bundle
    }
}

fn dependency(name: String) -> Dependency {
    Dependency {
        name,
        requirement: "*".to_owned(),
        kind: DependencyKind::Runtime,
        optional: false,
        target: None,
        rename: None,
    }
}

fn retirement(message: String) -> Retirement {
    Retirement {
        reason: "deprecated".to_owned(),
        message: Some(message),
    }
}

fn readme(text: String) -> Document {
    Document {
        kind: DocumentKind::Readme,
        format: DocumentFormat::Markdown,
        path: "README.md".to_owned(),
        title: None,
        text,
    }
}
