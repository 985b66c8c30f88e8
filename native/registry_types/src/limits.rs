use std::time::Duration;

/// Every limit on what strangers' data may cost, with its default. Each is an option of the Elixir
/// API and of the command line.
///
/// ```
/// let limits = registry_types::Limits::default();
/// assert_eq!(limits.archive_bytes, 64 * 1024 * 1024);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a metadata answer, after decompression. Default 64 MiB.
    pub metadata_bytes: u64,
    /// Bytes of an archive as downloaded. Default 64 MiB.
    pub archive_bytes: u64,
    /// Bytes of an archive's contents, unpacked. Default 512 MiB.
    pub unpacked_bytes: u64,
    /// Entries of an archive. Default 50 000.
    pub archive_entries: u64,
    /// Unpacked bytes per packed byte, checked once 1 MiB has been unpacked. Default 200.
    pub compression_ratio: u64,
    /// Bytes of one source file; larger ones are skipped and counted. Default 1 MiB.
    pub source_bytes: u64,
    /// Bytes of one document; longer ones are cut. Default 1 MiB.
    pub document_bytes: u64,
    /// Documents per release. Default 500.
    pub documents: usize,
    /// Time to parse one file. Default 500 ms.
    pub parse_timeout: Duration,
    /// Bytes that a release's definitions may take in memory while they are put together; those of
    /// its last files are left out beyond. Default 256 MiB.
    pub outline_bytes: u64,
    /// Snippets per release, public ones first. Default 20 000.
    pub snippets: usize,
    /// Bytes of a query. Default 1 024.
    pub query_bytes: usize,
    /// Rows of an answer. Default 1 000.
    pub rows: usize,
    /// Time to connect. Default 10 s.
    pub connect_timeout: Duration,
    /// Time for one request and its answer. Default 60 s.
    pub request_timeout: Duration,
    /// Redirects followed. Default 5.
    pub redirects: usize,
    /// Retries of a request that may be retried. Default 3.
    pub retries: u32,
    /// Connections per host. Default 8.
    pub connections_per_host: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            metadata_bytes: 64 * MIB,
            archive_bytes: 64 * MIB,
            unpacked_bytes: 512 * MIB,
            archive_entries: 50_000,
            compression_ratio: 200,
            source_bytes: MIB,
            document_bytes: MIB,
            documents: 500,
            parse_timeout: Duration::from_millis(500),
            outline_bytes: 256 * MIB,
            snippets: 20_000,
            query_bytes: 1024,
            rows: 1000,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            redirects: 5,
            retries: 3,
            connections_per_host: 8,
        }
    }
}
