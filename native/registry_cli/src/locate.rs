//! Where the store and the parser's worker program are.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use registry_store::{Store, StoreOptions};
use registry_types::{Error, ErrorKind, Limits, Result};

use crate::failure::warn;

const FILE: &str = "package_cache.redb";
const WORKER: &str = if cfg!(windows) {
    "universal-parser.exe"
} else {
    "universal-parser"
};

/// Opens the store to be written, made if it is not there.
pub(crate) fn create(path: Option<PathBuf>, limits: &Limits) -> Result<Store> {
    open(&store_path(path, &|name| env::var_os(name))?, limits)
}

/// Opens the store to be read. A question to a store that is not there is a mistake, and not
/// answered by an empty file.
pub(crate) fn existing(path: Option<PathBuf>, limits: &Limits) -> Result<Store> {
    let path = store_path(path, &|name| env::var_os(name))?;
    if !path.exists() {
        return Err(Error::not_found(format!(
            "no store at {}: collect a package first, or name the file with --store",
            path.display()
        )));
    }
    open(&path, limits)
}

fn open(path: &Path, limits: &Limits) -> Result<Store> {
    let options = StoreOptions {
        limits: limits.clone(),
        ..StoreOptions::default()
    };
    let opened = Store::open(path, &options)?;
    if let Some(recovered) = opened.recovered {
        warn(&format!(
            "{} could not be read ({}); it is kept as {}, and a new store was begun",
            path.display(),
            recovered.reason,
            recovered.kept_as.display()
        ));
    }
    Ok(opened.store)
}

/// `--store`, `$PACKAGE_REGISTRY_STORE`, the Elixir application's own file in the current directory,
/// the user's data directory.
fn store_path(
    option: Option<PathBuf>,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> Result<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(path) = option {
        if path.as_os_str().is_empty() {
            return Err(Error::invalid_argument("--store: the path is empty"));
        }
        return Ok(path);
    }
    if let Some(path) = set("PACKAGE_REGISTRY_STORE") {
        return Ok(path.into());
    }
    let local = Path::new("priv").join(FILE);
    if local.exists() {
        return Ok(local);
    }
    let data = set("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| set("LOCALAPPDATA").map(PathBuf::from))
        .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".local/share")));
    data.map(|data| data.join("package-registry-indexer").join(FILE))
        .ok_or_else(|| {
            Error::new(
                ErrorKind::Unconfigured,
                "no place for the store: neither HOME nor PACKAGE_REGISTRY_STORE is set; name a file with --store",
            )
        })
}

/// The worker program: beside this one, `$UNIVERSAL_PARSER`, or on `PATH`.
pub(crate) fn parser_program() -> Option<PathBuf> {
    let own = env::current_exe().ok();
    find_parser(own.as_deref(), &|name| env::var_os(name))
}

fn find_parser(own: Option<&Path>, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let beside = own.and_then(Path::parent).map(|dir| dir.join(WORKER));
    let named = variable("UNIVERSAL_PARSER").map(PathBuf::from);
    let path = variable("PATH").unwrap_or_default();
    beside
        .into_iter()
        .chain(named)
        .chain(env::split_paths(&path).map(|dir| dir.join(WORKER)))
        .find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
        move |name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.into())
        }
    }

    #[test]
    fn the_store_is_looked_for_in_order() {
        let all = variables(&[
            ("PACKAGE_REGISTRY_STORE", "/env.redb"),
            ("XDG_DATA_HOME", "/data"),
            ("HOME", "/home/x"),
        ]);
        let option = Some(PathBuf::from("/option.redb"));
        assert_eq!(store_path(option, &all).unwrap(), Path::new("/option.redb"));
        assert_eq!(store_path(None, &all).unwrap(), Path::new("/env.redb"));
        let data = variables(&[("XDG_DATA_HOME", "/data"), ("PACKAGE_REGISTRY_STORE", "")]);
        assert_eq!(
            store_path(None, &data).unwrap(),
            Path::new("/data/package-registry-indexer/package_cache.redb")
        );
        let home = variables(&[("XDG_DATA_HOME", "relative"), ("HOME", "/home/x")]);
        assert_eq!(
            store_path(None, &home).unwrap(),
            Path::new("/home/x/.local/share/package-registry-indexer/package_cache.redb")
        );
        let error = store_path(None, &variables(&[])).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unconfigured);
    }

    #[test]
    fn the_worker_is_looked_for_in_order() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        for name in ["beside", "path"] {
            std::fs::create_dir(at(name)).unwrap();
            std::fs::write(at(name).join(WORKER), "").unwrap();
        }
        std::fs::write(at("named"), "").unwrap();
        let (named, path) = (at("named"), at("path"));
        let variables = |name: &str| match name {
            "UNIVERSAL_PARSER" => Some(named.clone().into_os_string()),
            "PATH" => Some(path.clone().into_os_string()),
            _ => None,
        };
        let own = at("beside").join("package-registry-indexer");
        assert_eq!(
            find_parser(Some(&own), &variables),
            Some(at("beside").join(WORKER))
        );
        assert_eq!(find_parser(Some(&at("x/y")), &variables), Some(at("named")));
        std::fs::remove_file(at("named")).unwrap();
        assert_eq!(find_parser(None, &variables), Some(at("path").join(WORKER)));
        assert_eq!(find_parser(None, &|_| None), None);
    }
}
