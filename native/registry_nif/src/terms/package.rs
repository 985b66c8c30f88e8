use registry_types::{Downloads, Owner, Package, Retirement};
use rustler::{NifMap, NifStruct};

use super::scalar::{DateTimeTerm, Name, Real, time};
use super::versions::VersionsTerm;

/// `%PackageRegistry.Package{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Package"]
#[rustler(encode)]
pub(crate) struct PackageTerm<'p> {
    ecosystem: Name,
    name: &'p str,
    purl: String,
    description: Option<&'p str>,
    homepage: Option<&'p str>,
    repository: Option<&'p str>,
    documentation: Option<&'p str>,
    license: Option<&'p str>,
    keywords: &'p [String],
    categories: &'p [String],
    owners: Vec<OwnerTerm<'p>>,
    latest_version: Option<&'p str>,
    latest_stable_version: Option<&'p str>,
    versions: VersionsTerm<'p>,
    downloads: DownloadsTerm,
    stars: Option<u64>,
    dependents_count: Option<u64>,
    created_at: Option<DateTimeTerm>,
    updated_at: Option<DateTimeTerm>,
    collected_at: Option<DateTimeTerm>,
    deprecated: Option<&'p str>,
    quality: Option<Real>,
    frameworks: &'p [String],
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
            created_at: time(package.created_at),
            updated_at: time(package.updated_at),
            collected_at: time(package.collected_at),
            deprecated: package.deprecated.as_deref(),
            quality: package.quality.map(Real),
            frameworks: &package.frameworks,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct OwnerTerm<'p> {
    name: &'p str,
    email: Option<&'p str>,
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
    reason: &'p str,
    message: Option<&'p str>,
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
    total: Option<u64>,
    recent: Option<u64>,
}

impl From<Downloads> for DownloadsTerm {
    fn from(downloads: Downloads) -> Self {
        Self {
            total: downloads.total,
            recent: downloads.recent,
        }
    }
}
