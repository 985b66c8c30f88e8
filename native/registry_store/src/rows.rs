//! What the records hold.

use std::sync::Arc;

use registry_types::{Package, Release};
use serde::{Deserialize, Serialize};

/// A package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PackageRow {
    /// Whole.
    pub(crate) package: Package,
    /// The release whose texts and symbols stand for the package in the index: its newest.
    pub(crate) face: Option<u32>,
    /// Which of that release's documents is the README.
    pub(crate) readme: Option<u32>,
    /// The stored releases: versions, in the order of their text, and ids.
    pub(crate) releases: Vec<(String, u32)>,
}

/// What results of a search show of a package.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) package: Arc<Package>,
    pub(crate) face: Option<u32>,
    pub(crate) readme: Option<u32>,
}

impl From<PackageRow> for Shown {
    fn from(row: PackageRow) -> Self {
        Self {
            package: Arc::new(row.package),
            face: row.face,
            readme: row.readme,
        }
    }
}

/// Where a release's README is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Readme {
    /// It has none.
    None,
    /// It is the text of this document.
    Document(u32),
    /// It is this document, which is no document of the release's list.
    Hidden(u32),
}

/// A release. Its README is stored once, among the documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReleaseRow {
    /// With `readme` empty.
    pub(crate) release: Release,
    /// Where the README is.
    pub(crate) readme: Readme,
    /// How many documents it has, a hidden README not counted.
    pub(crate) documents: u32,
}

/// What the package index needs of a release's snippets, so that a change of metadata need not read
/// them all again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Digest {
    /// Names of public items, most visible first.
    pub(crate) symbols: Vec<String>,
    /// Documentation of its modules.
    pub(crate) docs: String,
    /// Normalised names of the packages that its README and features mention.
    pub(crate) mentions: Vec<String>,
}

/// What is known of a record of a loaded feed, beside what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FeedRow {
    /// Of its text.
    pub(crate) checksum: u64,
    /// Keys of the packages it speaks of.
    pub(crate) packages: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::*;
    use xxhash_rust::xxh3::xxh3_64;

    fn text(n: u8) -> String {
        format!("text {n}")
    }

    fn package() -> Package {
        let time = Some(Timestamp::from_seconds(1_700_000_000));
        let mut package = Package::new(Ecosystem::Hex, text(0));
        package.description = Some(text(1));
        package.license = Some(text(2));
        package.keywords = vec![text(3)];
        package.owners = vec![Owner {
            name: text(4),
            email: None,
        }];
        package.versions = vec![VersionEntry {
            version: text(5),
            published_at: time,
            yanked: true,
            deprecated: None,
            retired: Some(Retirement {
                reason: text(6),
                message: None,
            }),
            prerelease: false,
        }];
        package.downloads.recent = Some(7);
        package.updated_at = time;
        package.quality = Some(0.5);
        package
    }

    fn release() -> Release {
        let mut release = Release::new(Ecosystem::Pypi, text(0), text(1));
        release.dependencies = vec![Dependency {
            name: text(2),
            requirement: text(3),
            kind: DependencyKind::Peer,
            optional: true,
            target: None,
            rename: Some(text(4)),
        }];
        release.features.insert(text(5), vec![text(6)]);
        release.runtime.insert(text(7), text(8));
        release.skipped.insert(SkipReason::Vendored, 3);
        release.warnings = vec![Warning::new(WarningKind::Truncated, text(9))];
        release
    }

    fn sum(value: &impl Serialize) -> u64 {
        xxh3_64(&postcard::to_stdvec(value).unwrap())
    }

    /// When this fails, a type that is stored has another form than the files that exist: raise
    /// `SCHEMA` in `db.rs` (or read the old form too), and only then change the numbers here.
    #[test]
    fn the_form_of_what_is_stored_has_not_changed() {
        let row = PackageRow {
            package: package(),
            face: Some(1),
            readme: None,
            releases: vec![(text(1), 2)],
        };
        let release = ReleaseRow {
            release: release(),
            readme: Readme::Hidden(3),
            documents: 4,
        };
        let mut snippet = crate::blocks::tests::snippet("f", text(1));
        snippet.aliases = vec![text(2)];
        snippet.condition = Some(text(3));
        snippet.deprecated = true;
        snippet.open = true;
        let document = Document {
            kind: DocumentKind::Guide,
            format: DocumentFormat::Html,
            path: text(1),
            title: Some(text(2)),
            text: text(3),
        };
        let mut advisory = Advisory::new(text(1));
        advisory.severity = Severity::Critical;
        advisory.informational = Some(Informational::Notice);
        advisory.affected = vec![
            AffectedRange::events(vec![RangeEvent::LastAffected(text(2))]),
            AffectedRange::requirement(text(3)),
        ];
        let digest = Digest {
            symbols: vec![text(1)],
            docs: text(2),
            mentions: vec![text(3)],
        };
        let sums = [
            sum(&row),
            sum(&release),
            sum(&snippet),
            sum(&document),
            sum(&advisory),
            sum(&digest),
        ];
        assert_eq!(
            sums,
            [
                3_143_015_138_438_554_864,
                9_157_778_421_859_078_532,
                313_001_978_548_796_686,
                1_518_725_128_169_098_404,
                9_105_667_476_089_268_570,
                16_767_401_809_186_544_617
            ]
        );
    }
}
