//! What the machine says about registries: variables, configuration files, the installed pip.

use std::path::{Path, PathBuf};

/// The surroundings in which the clients' own configuration is found. Tests hand in their own.
pub trait Environment: Send + Sync {
    /// A variable, if set and not empty.
    fn var(&self, name: &str) -> Option<String>;
    /// A file's text.
    fn read(&self, path: &Path) -> Option<String>;
    /// The user's home directory.
    fn home(&self) -> Option<PathBuf>;
    /// The directory the program runs in.
    fn directory(&self) -> Option<PathBuf>;
    /// The index that the installed pip uses when nothing is configured.
    fn pip_default(&self) -> Option<String>;

    /// The first of `names` that is set, and its name.
    fn first_var(&self, names: &[&'static str]) -> Option<(&'static str, String)> {
        names.iter().find_map(|name| Some((*name, self.var(name)?)))
    }
}

/// The real machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Environment for System {
    fn var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|v| !v.trim().is_empty())
    }

    fn read(&self, path: &Path) -> Option<String> {
        std::fs::read_to_string(path).ok()
    }

    fn home(&self) -> Option<PathBuf> {
        std::env::home_dir()
    }

    fn directory(&self) -> Option<PathBuf> {
        std::env::current_dir().ok()
    }

    fn pip_default(&self) -> Option<String> {
        super::pip::ask()
    }
}

/// An environment made up for a test.
#[cfg(test)]
#[derive(Default)]
pub struct Fake {
    /// Variables.
    pub vars: Vec<(&'static str, String)>,
    /// Files by path; the home directory is `/home/me`, the working directory `/work/app`.
    pub files: Vec<(&'static str, &'static str)>,
    /// What pip answers.
    pub pip: Option<&'static str>,
}

#[cfg(test)]
impl Environment for Fake {
    fn var(&self, name: &str) -> Option<String> {
        self.vars
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.clone())
    }

    fn read(&self, path: &Path) -> Option<String> {
        let found = self.files.iter().find(|(p, _)| Path::new(p) == path);
        found.map(|(_, text)| (*text).to_owned())
    }

    fn home(&self) -> Option<PathBuf> {
        Some("/home/me".into())
    }

    fn directory(&self) -> Option<PathBuf> {
        Some("/work/app".into())
    }

    fn pip_default(&self) -> Option<String> {
        self.pip.map(str::to_owned)
    }
}
