use std::cmp::{Ordering, Reverse};

use super::Version;
use crate::{Ecosystem, VersionEntry};

/// What versions are sorted by: unreadable texts come first, texts break ties.
pub(super) type Key<'a> = (Option<Version>, &'a str);

pub(super) fn key(ecosystem: Ecosystem, text: &str) -> Key<'_> {
    (Version::parse(ecosystem, text).ok(), text)
}

/// Orders two version texts: unreadable ones come before all others, by their text; versions of
/// equal precedence are ordered by their text, so that the order is total.
///
/// ```
/// use registry_types::{Ecosystem, version::compare};
/// assert!(compare(Ecosystem::Npm, "1.10.0", "1.9.0").is_gt());
/// ```
#[must_use]
pub fn compare(ecosystem: Ecosystem, a: &str, b: &str) -> Ordering {
    key(ecosystem, a).cmp(&key(ecosystem, b))
}

/// Orders a list of versions, newest first.
pub fn sort_newest_first(ecosystem: Ecosystem, versions: &mut [VersionEntry]) {
    versions.sort_by_cached_key(|entry| {
        let parsed = Version::parse(ecosystem, &entry.version).ok();
        Reverse((parsed, entry.version.clone()))
    });
}
