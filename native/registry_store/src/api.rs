//! The calls that write.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::thread;

use registry_types::{
    Ecosystem, Error, Feed, FeedAnswer, Package, Result, check_name, check_source,
};

use crate::Store;
use crate::bundle::Bundle;
use crate::key::package_key;
use crate::write::import::{self, FeedRecord};
use crate::write::prepare::Prepared;
use crate::write::{advisories, put, refresh, remove};

impl Store {
    /// Stores what one collect found out, whole or not at all. An earlier put of the same release is
    /// replaced.
    ///
    /// # Errors
    /// `InvalidArgument` for a bundle that contradicts itself, `LimitExceeded`, `StorageFull`.
    pub fn put(&self, bundle: &Bundle) -> Result<()> {
        self.put_many(std::slice::from_ref(bundle))
    }

    /// Stores many bundles in one transaction: all of them or none.
    ///
    /// # Errors
    /// Those of [`Store::put`].
    pub fn put_many(&self, bundles: &[Bundle]) -> Result<()> {
        if bundles.is_empty() {
            return Ok(());
        }
        bundles.iter().try_for_each(check)?;
        let mut prepared = self.prepare(bundles)?;
        self.write(&mut |tables, indexes| {
            for bundle in prepared.drain(..) {
                put::put(tables, indexes, bundle)?;
            }
            Ok(())
        })
    }

    /// Takes in what the registry now says of a stored package: its stored releases carry the flags
    /// of `package.versions` afterwards.
    ///
    /// # Errors
    /// `NotFound` when no release of it is stored.
    pub fn refresh_package(&self, package: &Package) -> Result<()> {
        let key = package_key(package.ecosystem, &package.name);
        self.write(&mut |tables, indexes| refresh::refresh(tables, indexes, &key, package))
    }

    /// Takes in what feeds told about a package, which need not be stored itself.
    ///
    /// # Errors
    /// `InvalidArgument` for what cannot name a package or a feed.
    pub fn put_advisories(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        answers: &[FeedAnswer],
    ) -> Result<()> {
        check_name(ecosystem, name)?;
        check_answers(name, answers)?;
        let key = package_key(ecosystem, name);
        self.write(&mut |tables, _| {
            advisories::answer(tables, ecosystem, &key, answers)?;
            tables.note(&key)
        })
    }

    /// Takes in records of the feed `source` in one transaction: each replaces all that the feed told
    /// under its id before. Says how many were new or changed.
    ///
    /// # Errors
    /// `InvalidArgument` for what cannot name a feed.
    pub fn import_records(&self, source: &str, records: &[FeedRecord]) -> Result<u64> {
        check_source(source)?;
        self.write(&mut |tables, _| import::records(tables, source, records))
    }

    /// Notes that a feed was loaded, after all of its records. With `kept`, the records of other ids
    /// go: the feed has them no more. Says how many went.
    ///
    /// # Errors
    /// `InvalidArgument` for what cannot name a feed.
    pub fn put_feed(&self, feed: &Feed, kept: Option<&HashSet<String>>) -> Result<u64> {
        check_source(&feed.source)?;
        self.write(&mut |tables, _| import::feed(tables, feed, kept))
    }

    /// Removes one release, or the package with all its releases and advisories; says how many
    /// releases went. With its last release a package goes too.
    ///
    /// # Errors
    /// `NotFound` or `VersionNotFound` when there is nothing to remove.
    pub fn delete(&self, ecosystem: Ecosystem, name: &str, version: Option<&str>) -> Result<u64> {
        let key = package_key(ecosystem, name);
        self.write(&mut |tables, indexes| remove::delete(tables, indexes, &key, name, version))
    }

    /// What can be done before the store is locked, on all cores.
    fn prepare<'a>(&self, bundles: &'a [Bundle]) -> Result<Vec<Prepared<'a>>> {
        let limits = &self.shared.options.limits;
        let work = |part: &'a [Bundle]| {
            let prepared = part.iter().map(|bundle| Prepared::new(bundle, limits));
            prepared.collect::<Result<Vec<_>>>()
        };
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let part = bundles.len().div_ceil(threads).max(8);
        if bundles.len() <= part {
            return work(bundles);
        }
        thread::scope(|scope| {
            let parts: Vec<_> = bundles
                .chunks(part)
                .map(|part| scope.spawn(move || work(part)))
                .collect();
            let mut all = Vec::with_capacity(bundles.len());
            for part in parts {
                let prepared = part
                    .join()
                    .map_err(|panic| Error::internal(crate::fault::panic_text(&*panic)))?;
                all.extend(prepared?);
            }
            Ok(all)
        })
    }
}

/// Refuses a bundle that contradicts itself.
fn check(bundle: &Bundle) -> Result<()> {
    let (package, release) = (&bundle.package, &bundle.release);
    check_name(package.ecosystem, &package.name)?;
    let key = package_key(package.ecosystem, &package.name);
    if key != package_key(release.ecosystem, &release.name) {
        return Err(Error::invalid_argument(format!(
            "a bundle of {} package {} with a release of {} package {}",
            package.ecosystem, package.name, release.ecosystem, release.name
        )));
    }
    if release.version.is_empty() || release.version.len() > 1024 {
        return Err(Error::invalid_argument(format!(
            "a release of {} without a version",
            package.name
        )));
    }
    check_answers(&package.name, &bundle.advisories)
}

/// Refuses what has no name.
fn check_answers(name: &str, answers: &[FeedAnswer]) -> Result<()> {
    for answer in answers {
        check_source(&answer.source)?;
        if let Some(advisory) = answer.advisories.iter().find(|a| a.id.is_empty()) {
            return Err(Error::invalid_argument(format!(
                "an advisory of {name} without an id: {:?}",
                advisory.summary
            )));
        }
    }
    Ok(())
}
