//! The calls that write.

use std::collections::HashSet;

use registry_types::{
    Ecosystem, ErrorKind, Feed, FeedAnswer, Package, Result, check_name, check_source,
};

use crate::Store;
use crate::bundle::Bundle;
use crate::bundle::check_answers;
use crate::key::package_key;
use crate::write::import::{self, FeedRecord};
use crate::write::{advisories, prepare, put, refresh, remove};

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
        let prepared = prepare::all(bundles, &self.shared.options.limits, &*self.dictionaries()?)?;
        self.write(&mut |tables, indexes| {
            let mut prepared = prepared.iter();
            prepared.try_for_each(|bundle| put::put(tables, indexes, bundle))
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

    /// Removes packages with all their releases and advisories, a thousand in a transaction; those
    /// that are not stored are passed over. Says how many releases went.
    ///
    /// # Errors
    /// Those of the store only; what was removed before stays removed.
    pub fn delete_many(&self, packages: &[(Ecosystem, String)]) -> Result<u64> {
        let mut gone = 0;
        for part in packages.chunks(DELETED_AT_ONCE) {
            gone += self.write(&mut |tables, indexes| {
                let mut gone = 0;
                for (ecosystem, name) in part {
                    let key = package_key(*ecosystem, name);
                    match remove::delete(tables, indexes, &key, name, None) {
                        Ok(releases) => gone += releases,
                        Err(error) if error.kind == ErrorKind::NotFound => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(gone)
            })?;
        }
        Ok(gone)
    }
}

/// Packages that one transaction of [`Store::delete_many`] removes.
const DELETED_AT_ONCE: usize = 1000;
