//! node-semver, in the loose mode which npm itself uses for every version and range.
//!
//! The range grammar is defined by a chain of rewritings (hyphens to bounds, `^ ~ x` to bounds,
//! unreadable comparators dropped), so the reading here is that chain, by hand-written scanners in
//! place of regular expressions: anything more elegant differs from npm on ranges which exist.

mod comparator;
mod range;
mod rewrite;
mod scan;
mod version;

pub(super) use range::Range;
pub(super) use version::Version;
