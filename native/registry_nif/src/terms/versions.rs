use registry_types::VersionEntry;
use rustler::{Encoder, Env, Term};

use super::package::RetirementTerm;
use super::scalar::Moment;

/// The versions of a package, as tuples: `PackageRegistry.Package` makes maps of them. An answer to a
/// search has hundreds, and the VM makes a map from within a NIF at five times the price.
pub(super) struct VersionsTerm<'p>(pub(super) &'p [VersionEntry]);

impl Encoder for VersionsTerm<'_> {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let versions = self.0.iter().map(|entry| {
            let version = (
                entry.version.as_str(),
                Moment(entry.published_at),
                entry.yanked,
                entry.deprecated.as_deref(),
                entry.retired.as_ref().map(RetirementTerm::from),
                entry.prerelease,
            );
            version.encode(env)
        });
        let versions: Vec<Term<'a>> = versions.collect();
        versions.encode(env)
    }
}
