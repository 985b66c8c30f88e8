use std::time::Duration;

use registry_types::Limits;
use rustler::NifMap;

/// [`Limits`] as a map; times in milliseconds.
#[derive(NifMap)]
pub(crate) struct LimitsMap {
    metadata_bytes: u64,
    archive_bytes: u64,
    unpacked_bytes: u64,
    archive_entries: u64,
    compression_ratio: u64,
    source_bytes: u64,
    document_bytes: u64,
    documents: usize,
    parse_timeout: u64,
    outline_bytes: u64,
    snippets: usize,
    query_bytes: usize,
    rows: usize,
    connect_timeout: u64,
    request_timeout: u64,
    redirects: usize,
    retries: u32,
    connections_per_host: usize,
}

impl From<Limits> for LimitsMap {
    fn from(limits: Limits) -> Self {
        // A new limit must not be forgotten here: no `..`.
        let Limits {
            metadata_bytes,
            archive_bytes,
            unpacked_bytes,
            archive_entries,
            compression_ratio,
            source_bytes,
            document_bytes,
            documents,
            parse_timeout,
            outline_bytes,
            snippets,
            query_bytes,
            rows,
            connect_timeout,
            request_timeout,
            redirects,
            retries,
            connections_per_host,
        } = limits;
        Self {
            metadata_bytes,
            archive_bytes,
            unpacked_bytes,
            archive_entries,
            compression_ratio,
            source_bytes,
            document_bytes,
            documents,
            parse_timeout: millis(parse_timeout),
            outline_bytes,
            snippets,
            query_bytes,
            rows,
            connect_timeout: millis(connect_timeout),
            request_timeout: millis(request_timeout),
            redirects,
            retries,
            connections_per_host,
        }
    }
}

impl From<LimitsMap> for Limits {
    fn from(map: LimitsMap) -> Self {
        Self {
            metadata_bytes: map.metadata_bytes,
            archive_bytes: map.archive_bytes,
            unpacked_bytes: map.unpacked_bytes,
            archive_entries: map.archive_entries,
            compression_ratio: map.compression_ratio,
            source_bytes: map.source_bytes,
            document_bytes: map.document_bytes,
            documents: map.documents,
            parse_timeout: Duration::from_millis(map.parse_timeout),
            outline_bytes: map.outline_bytes,
            snippets: map.snippets,
            query_bytes: map.query_bytes,
            rows: map.rows,
            connect_timeout: Duration::from_millis(map.connect_timeout),
            request_timeout: Duration::from_millis(map.request_timeout),
            redirects: map.redirects,
            retries: map.retries,
            connections_per_host: map.connections_per_host,
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
