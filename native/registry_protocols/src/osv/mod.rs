//! OSV: the records of <https://ossf.github.io/osv-schema/>, and the API that answers with them.
//!
//! Records are read leniently: the ecosystem is text, so that one entry about a system unknown to
//! us does not cost the record. What a record means for one package is an [`Advisory`]; whether a
//! version is affected is [`registry_types::is_affected`]'s business.
//!
//! [`Advisory`]: registry_types::Advisory

mod convert;
mod export;
mod query;
mod record;
mod severity;
mod symbols;

pub(crate) use convert::informational;
pub use export::{changes_request, export_request, exported_record_request, parse_changes};
pub use query::{
    BATCH, BatchAnswer, Page, Query, batch_request, parse_batch, parse_query, query_request,
    record_request,
};
pub use record::{AffectedPackage, Event, Range, Rating, Record, Reference};
pub use severity::{score, severity_of_score, severity_of_word};

#[cfg(test)]
mod tests;
