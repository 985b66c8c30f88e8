//! npm, cargo, Hex, PyPI, GitHub and OSV: each module builds [`http::Request`]s and parses
//! [`http::Response`]s. Sending them is somebody else's work: nothing in this crate touches the
//! network, a file or a clock (except to read a `Retry-After` date).
//!
//! Every address starts from a base which the caller hands in: no registry's host is known here.
//! Every answer is foreign: fields of an unexpected form are left out, never trusted.
//!
//! ```
//! use registry_protocols::npm;
//! let base = url::Url::parse("https://registry.invalid/npm/").unwrap();
//! let request = npm::metadata_request(&base, "@scope/name")?;
//! assert_eq!(request.uri().path(), "/npm/@scope%2fname");
//! # Ok::<(), registry_types::Error>(())
//! ```

mod common;

pub mod cargo;
pub mod github;
pub mod hex;
pub mod manifest;
pub mod npm;
pub mod osv;
pub mod pypi;
pub mod rustsec;

pub use common::artifact::{ArchiveFormat, ArchiveRoot, Artifact};
pub use common::checksum::{Algorithm, Checksum, verify};
pub use common::metadata::{Metadata, ReleaseMetadata};
pub use common::repository::{github_repository, repository_url};
pub use common::request::USER_AGENT;
pub use common::status::{check_status, retry_after};
