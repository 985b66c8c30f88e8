//! What a distribution's filename says.

use registry_types::version::Version;
use registry_types::{Ecosystem, normalize_name};

use crate::ArchiveFormat;

/// What kind of distribution a file is. The order is that in which we like to read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Sources in a gzip-compressed tar.
    SdistTarGz,
    /// Sources in a zip.
    SdistZip,
    /// A wheel for any Python 3 on any platform.
    UniversalWheel,
    /// A wheel for any platform.
    PureWheel,
    /// A wheel for one platform.
    PlatformWheel,
}

impl Kind {
    pub(super) const fn format(self) -> ArchiveFormat {
        match self {
            Self::SdistTarGz => ArchiveFormat::TarGz,
            _ => ArchiveFormat::Zip,
        }
    }

    pub(super) const fn is_wheel(self) -> bool {
        !matches!(self, Self::SdistTarGz | Self::SdistZip)
    }
}

/// A filename taken apart. `kind` is `None` for what we do not read: eggs, installers, sources in
/// other archives, dumb binaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) version: String,
    pub(super) kind: Option<Kind>,
}

/// Reads the name of a file of `project`; `None` if it names no version of it.
pub(super) fn parts(project: &str, filename: &str) -> Option<Parts> {
    if let Some(stem) = filename.strip_suffix(".whl") {
        return wheel(project, stem);
    }
    if let Some(stem) = filename.strip_suffix(".egg") {
        let stem = stem.split("-py").next().unwrap_or(stem);
        return Some(Parts {
            version: version_after(project, stem)?,
            kind: None,
        });
    }
    const ENDINGS: [(&str, Option<Kind>); 7] = [
        (".tar.gz", Some(Kind::SdistTarGz)),
        (".tgz", Some(Kind::SdistTarGz)),
        (".zip", Some(Kind::SdistZip)),
        (".tar.bz2", None),
        (".tar.xz", None),
        (".tar.Z", None),
        (".tar", None),
    ];
    let (stem, kind) = ENDINGS
        .iter()
        .find_map(|(ending, kind)| Some((filename.strip_suffix(ending)?, *kind)))?;
    let version = version_after(project, stem)?;
    // A dumb binary is called `name-1.0.linux-x86_64.tar.gz`: no version, so no sources.
    let readable = Version::parse(Ecosystem::Pypi, &version).is_ok();
    readable.then_some(Parts { version, kind })
}

fn wheel(project: &str, stem: &str) -> Option<Parts> {
    let fields: Vec<&str> = stem.split('-').collect();
    let (name, version, python, abi, platform) = match fields.as_slice() {
        [name, version, python, abi, platform] => (name, version, python, abi, platform),
        [name, version, _build, python, abi, platform] => (name, version, python, abi, platform),
        _ => return None,
    };
    let kind = match (*abi, *platform) {
        ("none", "any") if python.split('.').any(|tag| tag == "py3") => Kind::UniversalWheel,
        ("none", "any") => Kind::PureWheel,
        _ => Kind::PlatformWheel,
    };
    (normalize_name(Ecosystem::Pypi, name) == project).then(|| Parts {
        version: (*version).to_owned(),
        kind: Some(kind),
    })
}

/// What follows the project's name, however it is spelled, and a dash. Both may hold dashes.
fn version_after(project: &str, stem: &str) -> Option<String> {
    let dashes = stem.char_indices().rev().filter(|(_, c)| *c == '-');
    dashes
        .filter_map(|(at, _)| Some((stem.get(..at)?, stem.get(at + 1..)?)))
        .filter(|(name, version)| !version.is_empty() && name.len() <= 2 * project.len() + 16)
        .find(|(name, _)| normalize_name(Ecosystem::Pypi, name) == project)
        .map(|(_, version)| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_in_any_spelling_of_the_name() {
        let cases = [
            (
                "jaraco-context",
                "jaraco.context-4.1.1.tar.gz",
                "4.1.1",
                Some(Kind::SdistTarGz),
            ),
            (
                "jaraco-context",
                "jaraco_context-6.0.1.tar.gz",
                "6.0.1",
                Some(Kind::SdistTarGz),
            ),
            (
                "jaraco-context",
                "jaraco-context-6.0.1.zip",
                "6.0.1",
                Some(Kind::SdistZip),
            ),
            (
                "foo-2",
                "Foo-2-1.0-beta.tgz",
                "1.0-beta",
                Some(Kind::SdistTarGz),
            ),
            ("foo", "foo-1.0.tar.bz2", "1.0", None),
            (
                "foo",
                "foo-0.12.01.tar.gz",
                "0.12.01",
                Some(Kind::SdistTarGz),
            ),
            ("foo", "foo-1.0-py2.7.egg", "1.0", None),
        ];
        for (project, filename, version, kind) in cases {
            let expected = Parts {
                version: version.to_owned(),
                kind,
            };
            assert_eq!(parts(project, filename), Some(expected), "{filename}");
        }
    }

    #[test]
    fn wheels_by_how_widely_they_fit() {
        let kind = |name: &str| parts("foo-bar", name).and_then(|p| p.kind);
        assert_eq!(
            kind("foo_bar-1.0-py3-none-any.whl"),
            Some(Kind::UniversalWheel)
        );
        assert_eq!(
            kind("Foo.Bar-1.0-py2.py3-none-any.whl"),
            Some(Kind::UniversalWheel)
        );
        assert_eq!(kind("foo_bar-1.0-py2-none-any.whl"), Some(Kind::PureWheel));
        assert_eq!(
            kind("foo_bar-1.0-1-cp311-abi3-win_amd64.whl"),
            Some(Kind::PlatformWheel)
        );
        assert_eq!(kind("foo_bar-1.0-any.whl"), None);
    }

    #[test]
    fn other_files_name_no_version() {
        for filename in [
            "other-1.0.tar.gz",
            "foo.tar.gz",
            "foo-1.0.linux-x86_64.tar.gz",
            "foo-1.0.win32.zip",
            "foo-1.0.win32.exe",
            "foo-1.0.rpm",
            "other-1.0-py3-none-any.whl",
            "foo-.tar.gz",
            "",
        ] {
            assert_eq!(parts("foo", filename), None, "{filename}");
        }
    }
}
