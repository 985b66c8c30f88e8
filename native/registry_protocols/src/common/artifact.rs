use url::Url;

use super::checksum::Checksum;

/// How an archive is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArchiveFormat {
    /// A gzip-compressed tar (npm, cargo, Python sdists).
    TarGz,
    /// A zip file (wheels, some sdists).
    Zip,
    /// Hex's outer tar, which holds `metadata.config` and `contents.tar.gz`.
    HexTar,
}

/// Where the package's files lie in its archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArchiveRoot {
    /// Under one top directory, whatever its name (`package/`, `ms/`, `tokio-1.35.0/`).
    StripFirst,
    /// At the root.
    AsIs,
}

/// A file from which a release can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where to download it.
    pub url: Url,
    /// Its last path segment, for messages.
    pub filename: String,
    /// How it is packed.
    pub format: ArchiveFormat,
    /// Its size in bytes, if the registry says so.
    pub size: Option<u64>,
    /// All must match (see [`crate::verify`]); empty only where the registry gave none.
    pub checksums: Vec<Checksum>,
    /// Where the files lie in it.
    pub root: ArchiveRoot,
}
