use std::collections::BTreeMap;

use registry_types::{Dependency, DependencyKind};
use serde::Deserialize;

use crate::common::lenient;

/// The newest form of index rows that is understood; cargo passes over newer ones too.
const NEWEST_FORM: u64 = 2;

/// What the list of versions needs of an index row.
#[derive(Deserialize)]
pub(super) struct Head {
    pub(super) name: String,
    pub(super) vers: String,
    #[serde(default, deserialize_with = "lenient::flag")]
    pub(super) yanked: bool,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) pubtime: Option<String>,
    #[serde(default)]
    v: Option<u64>,
}

impl Head {
    pub(super) fn is_understood(&self) -> bool {
        self.v.is_none_or(|form| form <= NEWEST_FORM)
    }
}

/// The rest of a row.
#[derive(Deserialize)]
pub(super) struct Row {
    pub(super) cksum: String,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) deps: Vec<Requirement>,
    #[serde(default, deserialize_with = "lenient::entries")]
    features: Vec<(String, Vec<String>)>,
    #[serde(default, deserialize_with = "lenient::entries")]
    features2: Vec<(String, Vec<String>)>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) rust_version: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Requirement {
    name: String,
    req: String,
    #[serde(default, deserialize_with = "lenient::flag")]
    optional: bool,
    #[serde(default, deserialize_with = "lenient::text")]
    target: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    kind: Option<String>,
    /// The crate's own name, where `name` is what the manifest calls it.
    #[serde(default, deserialize_with = "lenient::text")]
    package: Option<String>,
}

impl Row {
    /// `features2` holds those which old cargos could not read; there is no other difference.
    pub(super) fn features(&mut self) -> BTreeMap<String, Vec<String>> {
        let mut all = BTreeMap::new();
        let first = std::mem::take(&mut self.features);
        let second = std::mem::take(&mut self.features2);
        for (name, enables) in first.into_iter().chain(second) {
            all.entry(name).or_insert_with(Vec::new).extend(enables);
        }
        all
    }
}

impl From<Requirement> for Dependency {
    fn from(row: Requirement) -> Self {
        let (name, rename) = match row.package {
            Some(package) if package != row.name => (package, Some(row.name)),
            _ => (row.name, None),
        };
        Self {
            name,
            requirement: row.req,
            kind: match row.kind.as_deref() {
                Some("dev") => DependencyKind::Dev,
                Some("build") => DependencyKind::Build,
                _ => DependencyKind::Runtime,
            },
            optional: row.optional,
            target: row.target,
            rename,
        }
    }
}
