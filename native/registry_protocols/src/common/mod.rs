//! What the protocols share.

pub(crate) mod artifact;
pub(crate) mod checksum;
pub(crate) mod json;
pub(crate) mod lenient;
pub(crate) mod metadata;
pub(crate) mod repository;
pub(crate) mod request;
pub(crate) mod status;
