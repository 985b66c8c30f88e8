use registry_types::{Downloads, Owner, Package, Retirement};
use rustler::{NifMap, NifStruct};

use super::scalar::{Moment, Name, Real};
use super::versions::VersionsTerm;

/// `%PackageRegistry.Package{}`, for its `from_native/1`: times and versions are tuples. Its fields, as
/// those of what else a search returns by the dozen, are in the order in which the VM keeps the keys of
/// a map, and need not be sorted.
#[derive(NifStruct)]
#[module = "PackageRegistry.Package"]
#[rustler(encode)]
pub(crate) struct PackageTerm<'p> {
    categories: &'p [String],
    collected_at: Moment,
    created_at: Moment,
    dependents_count: Option<u64>,
    deprecated: Option<&'p str>,
    description: Option<&'p str>,
    documentation: Option<&'p str>,
    downloads: DownloadsTerm,
    ecosystem: Name,
    frameworks: &'p [String],
    homepage: Option<&'p str>,
    keywords: &'p [String],
    latest_stable_version: Option<&'p str>,
    latest_version: Option<&'p str>,
    license: Option<&'p str>,
    name: &'p str,
    owners: Vec<OwnerTerm<'p>>,
    purl: String,
    quality: Option<Real>,
    repository: Option<&'p str>,
    stars: Option<u64>,
    updated_at: Moment,
    versions: VersionsTerm<'p>,
}

impl<'p> From<&'p Package> for PackageTerm<'p> {
    fn from(package: &'p Package) -> Self {
        Self {
            ecosystem: Name(package.ecosystem.as_str()),
            name: &package.name,
            purl: package.purl(),
            description: package.description.as_deref(),
            homepage: package.homepage.as_deref(),
            repository: package.repository.as_deref(),
            documentation: package.documentation.as_deref(),
            license: package.license.as_deref(),
            keywords: &package.keywords,
            categories: &package.categories,
            owners: package.owners.iter().map(OwnerTerm::from).collect(),
            latest_version: package.latest_version.as_deref(),
            latest_stable_version: package.latest_stable_version.as_deref(),
            versions: VersionsTerm(&package.versions),
            downloads: package.downloads.into(),
            stars: package.stars,
            dependents_count: package.dependents_count,
            created_at: Moment(package.created_at),
            updated_at: Moment(package.updated_at),
            collected_at: Moment(package.collected_at),
            deprecated: package.deprecated.as_deref(),
            quality: package.quality.map(Real),
            frameworks: &package.frameworks,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct OwnerTerm<'p> {
    email: Option<&'p str>,
    name: &'p str,
}

impl<'p> From<&'p Owner> for OwnerTerm<'p> {
    fn from(owner: &'p Owner) -> Self {
        Self {
            name: &owner.name,
            email: owner.email.as_deref(),
        }
    }
}

/// Why a Hex release was retired. The reason is the registry's word: text.
#[derive(NifMap)]
#[rustler(encode)]
pub(super) struct RetirementTerm<'p> {
    message: Option<&'p str>,
    reason: &'p str,
}

impl<'p> From<&'p Retirement> for RetirementTerm<'p> {
    fn from(retirement: &'p Retirement) -> Self {
        Self {
            reason: &retirement.reason,
            message: retirement.message.as_deref(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct DownloadsTerm {
    recent: Option<u64>,
    total: Option<u64>,
}

impl From<Downloads> for DownloadsTerm {
    fn from(downloads: Downloads) -> Self {
        Self {
            total: downloads.total,
            recent: downloads.recent,
        }
    }
}
