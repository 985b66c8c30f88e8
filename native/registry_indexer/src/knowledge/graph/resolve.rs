//! Which stored release a requirement leads to.

use std::collections::HashMap;

use registry_store::{StoredPackage, View};
use registry_types::version::{VersionSpec, resolve};
use registry_types::{Ecosystem, Missing, Result, VersionEntry, normalize_name};

/// A package as the walk knows it.
pub(super) struct Known {
    pub(super) stored: StoredPackage,
    /// Its stored versions with the flags of the package's list.
    entries: Vec<VersionEntry>,
}

/// Remembers packages and requirements for the length of one answer: most are asked for often.
pub(super) struct Resolver<'v> {
    view: &'v View<'v>,
    ecosystem: Ecosystem,
    packages: HashMap<String, Option<Known>>,
    answers: HashMap<(String, String), std::result::Result<String, Missing>>,
}

impl<'v> Resolver<'v> {
    pub(super) fn new(view: &'v View<'v>, ecosystem: Ecosystem) -> Self {
        Self {
            view,
            ecosystem,
            packages: HashMap::new(),
            answers: HashMap::new(),
        }
    }

    /// The package, read once.
    pub(super) fn package(&mut self, name: &str) -> Result<Option<&Known>> {
        let key = normalize_name(self.ecosystem, name);
        if !self.packages.contains_key(&key) {
            let stored = self.view.package(self.ecosystem, name)?;
            self.packages.insert(key.clone(), stored.map(Known::new));
        }
        Ok(self.packages.get(&key).and_then(Option::as_ref))
    }

    /// The stored version that satisfies the requirement, or why there is none.
    pub(super) fn resolve(
        &mut self,
        name: &str,
        requirement: &str,
    ) -> Result<std::result::Result<String, Missing>> {
        let key = (normalize_name(self.ecosystem, name), requirement.to_owned());
        if let Some(answer) = self.answers.get(&key) {
            return Ok(answer.clone());
        }
        let ecosystem = self.ecosystem;
        let answer = match self.package(name)? {
            None => Err(Missing::Package),
            Some(known) => known.resolve(ecosystem, requirement),
        };
        self.answers.insert(key, answer.clone());
        Ok(answer)
    }
}

impl Known {
    fn new(stored: StoredPackage) -> Self {
        let package = &stored.package;
        let flags: HashMap<&str, &VersionEntry> = package
            .versions
            .iter()
            .map(|entry| (entry.version.as_str(), entry))
            .collect();
        let entries = stored
            .versions()
            .map(|version| match flags.get(version) {
                Some(entry) => (*entry).clone(),
                None => VersionEntry::unlisted(package.ecosystem, version),
            })
            .collect();
        Self { stored, entries }
    }

    /// The flags of a stored version.
    pub(super) fn entry(&self, version: &str) -> Option<&VersionEntry> {
        self.entries.iter().find(|entry| entry.version == version)
    }

    fn resolve(
        &self,
        ecosystem: Ecosystem,
        requirement: &str,
    ) -> std::result::Result<String, Missing> {
        let any = matches!(requirement.trim(), "" | "*");
        let spec = if any {
            VersionSpec::Latest
        } else {
            VersionSpec::Requirement(requirement.to_owned())
        };
        match resolve(ecosystem, &spec, &self.entries) {
            Ok(entry) => Ok(entry.version.clone()),
            Err(e) if e.kind == registry_types::ErrorKind::VersionNotFound => Err(Missing::Release),
            // `latest` and other tags of npm name a version that only its registry knows.
            Err(_) => Err(Missing::Requirement),
        }
    }
}
