//! What a package's own manifest adds to the registry's metadata.
//!
//! Registries leave things out: the cargo index has no description, PyPI describes only the newest
//! release, a mirror drops what it likes. The manifest in the archive fills the gaps and never
//! overrules the registry.
//!
//! | ecosystem | file |
//! |---|---|
//! | npm | `package.json` |
//! | cargo | `Cargo.toml`, as cargo normalised it |
//! | Hex | `metadata.config`, from the outer tar |
//! | PyPI | `PKG-INFO` of an sdist and, where that names no requirements, its `*.egg-info/requires.txt`; `*.dist-info/METADATA` of a wheel |

mod cargo;
mod fill;
mod headers;
mod hex;
mod npm;
mod python;
mod requires;

use registry_types::{Ecosystem, Package, Release, Warning, WarningKind};

/// Fills what `package` and `release` lack from the manifest. `file` gives the bytes of a file by
/// its path in the package (for Hex also `metadata.config`, which lies beside it). A manifest that
/// cannot be read leaves a warning in the release.
///
/// ```
/// use registry_protocols::manifest;
/// use registry_types::{Ecosystem, Package, Release};
/// let mut package = Package::new(Ecosystem::Cargo, "demo");
/// let mut release = Release::new(Ecosystem::Cargo, "demo", "1.0.0");
/// let toml = b"[package]\nname = 'demo'\nversion = '1.0.0'\ndescription = 'A demo'\nrust-version = '1.70'";
/// manifest::apply(Ecosystem::Cargo, &mut package, &mut release, &|path| {
///     (path == "Cargo.toml").then_some(&toml[..])
/// });
/// assert_eq!(package.description.as_deref(), Some("A demo"));
/// assert_eq!(release.runtime["rust"], "1.70");
/// ```
pub fn apply<'a>(
    ecosystem: Ecosystem,
    package: &mut Package,
    release: &mut Release,
    file: &dyn Fn(&str) -> Option<&'a [u8]>,
) {
    let first = |paths: Vec<String>| {
        let found = |path: String| file(&path).map(|bytes| (path, bytes));
        paths.into_iter().find_map(found)
    };
    let Some((path, bytes)) = first(paths(ecosystem, release)) else {
        return;
    };
    let outcome = match ecosystem {
        Ecosystem::Cargo => cargo::apply(package, release, bytes),
        Ecosystem::Npm => npm::apply(package, release, bytes),
        Ecosystem::Hex => hex::apply(package, release, bytes),
        Ecosystem::Pypi => {
            python::apply(package, release, bytes);
            if release.dependencies.is_empty()
                && let Some((_, bytes)) = first(python::requires_paths(&release.name))
            {
                python::apply_requires(release, bytes);
            }
            Ok(())
        }
        Ecosystem::Github => Ok(()),
    };
    if let Err(error) = outcome {
        let message = format!("the manifest cannot be read: {}", error.message);
        let warning = Warning::file(WarningKind::Metadata, path, message);
        release.warnings.push(warning);
    }
}

/// Whether the file at `path` is a manifest that [`apply`] may ask for.
#[must_use]
pub fn is_wanted(ecosystem: Ecosystem, path: &str) -> bool {
    match ecosystem {
        Ecosystem::Cargo => path == "Cargo.toml",
        Ecosystem::Npm => path == "package.json",
        Ecosystem::Hex => path == "metadata.config",
        Ecosystem::Pypi => path == "PKG-INFO" || python::is_metadata(path),
        Ecosystem::Github => false,
    }
}

fn paths(ecosystem: Ecosystem, release: &Release) -> Vec<String> {
    match ecosystem {
        Ecosystem::Cargo => vec!["Cargo.toml".to_owned()],
        Ecosystem::Npm => vec!["package.json".to_owned()],
        Ecosystem::Hex => vec!["metadata.config".to_owned()],
        Ecosystem::Pypi => python::paths(&release.name, &release.version),
        Ecosystem::Github => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
