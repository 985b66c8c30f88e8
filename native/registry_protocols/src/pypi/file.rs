//! Files of a project, and which of them to read a release from.

use registry_types::Timestamp;
use url::Url;

use super::filename::{Kind, parts};
use crate::{Algorithm, ArchiveRoot, Artifact, Checksum};

/// A file as any of PyPI's answers describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct File {
    pub(super) filename: String,
    pub(super) url: Option<Url>,
    /// `sdist`, `bdist_wheel`, …; the simple index does not say.
    pub(super) package_type: Option<String>,
    pub(super) size: Option<u64>,
    pub(super) checksums: Vec<Checksum>,
    pub(super) requires_python: Option<String>,
    pub(super) uploaded: Option<Timestamp>,
    pub(super) yanked: bool,
    pub(super) yanked_reason: Option<String>,
}

impl File {
    fn kind(&self, project: &str) -> Option<Kind> {
        let kind = parts(project, &self.filename)?.kind?;
        match self.package_type.as_deref() {
            None => Some(kind),
            Some("sdist") => (!kind.is_wheel()).then_some(kind),
            Some("bdist_wheel") => kind.is_wheel().then_some(kind),
            Some(_) => None,
        }
    }

    fn artifact(&self, kind: Kind) -> Option<Artifact> {
        Some(Artifact {
            url: self.url.clone()?,
            filename: self.filename.clone(),
            format: kind.format(),
            size: self.size,
            checksums: self.checksums.clone(),
            root: if kind.is_wheel() {
                ArchiveRoot::AsIs
            } else {
                ArchiveRoot::StripFirst
            },
        })
    }
}

/// Digests under the names of `hashlib`; names we do not compute are left out.
pub(super) fn checksums<'a>(digests: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Checksum> {
    digests
        .filter_map(|(name, digest)| {
            let algorithm = match name {
                "md5" => Algorithm::Md5,
                "sha1" => Algorithm::Sha1,
                "sha256" => Algorithm::Sha256,
                "sha384" => Algorithm::Sha384,
                "sha512" => Algorithm::Sha512,
                _ => return None,
            };
            Checksum::from_hex(algorithm, digest)
        })
        .collect()
}

/// The files a release can be read from, best first: sources, then the most universal and smallest
/// wheel; yanked ones last.
pub(super) fn artifacts(project: &str, files: &[File]) -> Vec<Artifact> {
    let mut ranked: Vec<(&File, Kind)> = files
        .iter()
        .filter_map(|file| Some((file, file.kind(project)?)))
        .collect();
    ranked.sort_by_key(|(file, kind)| {
        (
            file.yanked,
            *kind,
            file.size.unwrap_or(u64::MAX),
            file.filename.clone(),
        )
    });
    ranked
        .into_iter()
        .filter_map(|(file, kind)| file.artifact(kind))
        .collect()
}

/// Whether resolvers pass over a release: all its files are yanked, or it has none (any more).
pub(super) fn withdrawn(files: &[File]) -> bool {
    files.iter().all(|file| file.yanked)
}

/// Why the files were yanked, if anybody said.
pub(super) fn yank_reason(files: &[File]) -> Option<String> {
    files
        .iter()
        .filter(|file| file.yanked)
        .find_map(|file| file.yanked_reason.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(filename: &str, package_type: &str, size: u64) -> File {
        File {
            filename: filename.to_owned(),
            url: Url::parse(&format!("http://127.0.0.1/{filename}")).ok(),
            package_type: Some(package_type.to_owned()).filter(|t| !t.is_empty()),
            size: Some(size),
            ..File::default()
        }
    }

    fn chosen(files: &[File]) -> Vec<String> {
        artifacts("foo", files)
            .into_iter()
            .map(|a| a.filename)
            .collect()
    }

    #[test]
    fn sources_before_wheels_and_universal_before_small() {
        let files = [
            file("foo-1.0-cp311-cp311-win_amd64.whl", "bdist_wheel", 5),
            file("foo-1.0-py3-none-any.whl", "bdist_wheel", 90),
            file("foo-1.0-py2-none-any.whl", "bdist_wheel", 1),
            file("foo-1.0.zip", "sdist", 1),
            file("foo-1.0.tar.gz", "sdist", 100),
            file("foo-1.0-cp311-cp311-linux_x86_64.whl", "bdist_wheel", 4),
        ];
        assert_eq!(
            chosen(&files),
            [
                "foo-1.0.tar.gz",
                "foo-1.0.zip",
                "foo-1.0-py3-none-any.whl",
                "foo-1.0-py2-none-any.whl",
                "foo-1.0-cp311-cp311-linux_x86_64.whl",
                "foo-1.0-cp311-cp311-win_amd64.whl",
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_never_chosen() {
        let files = [
            file("foo-1.0.tar.bz2", "sdist", 1),
            file("foo-1.0-py2.7.egg", "bdist_egg", 1),
            file("foo-1.0.win32.exe", "bdist_wininst", 1),
            file("foo-1.0.tar.gz", "bdist_dumb", 1),
            File {
                url: None,
                ..file("foo-1.0.zip", "sdist", 1)
            },
        ];
        assert_eq!(chosen(&files), [""; 0]);
        let mut files = files.to_vec();
        files.push(file("foo-1.0-py3-none-any.whl", "", 1));
        assert_eq!(chosen(&files), ["foo-1.0-py3-none-any.whl"]);
    }

    #[test]
    fn a_release_is_yanked_when_all_of_its_files_are() {
        let yanked = File {
            yanked: true,
            yanked_reason: Some("bad".into()),
            ..file("foo-1.0.tar.gz", "sdist", 1)
        };
        let kept = file("foo-1.0-py3-none-any.whl", "bdist_wheel", 1);
        assert!(withdrawn(std::slice::from_ref(&yanked)));
        assert!(!withdrawn(&[yanked.clone(), kept.clone()]));
        assert_eq!(
            yank_reason(std::slice::from_ref(&yanked)).as_deref(),
            Some("bad")
        );
        assert_eq!(chosen(&[yanked, kept])[0], "foo-1.0-py3-none-any.whl");
        assert!(withdrawn(&[]));
    }
}
