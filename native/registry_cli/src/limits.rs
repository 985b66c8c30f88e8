//! `--limits NAME=VALUE`.

use std::time::Duration;

use registry_types::{Error, Limits, Result};

/// The default limits with `settings` applied.
pub(crate) fn parse(settings: &[String]) -> Result<Limits> {
    let mut limits = Limits::default();
    for setting in settings {
        let (name, value) = setting.split_once('=').ok_or_else(|| {
            Error::invalid_argument(format!("--limits {setting:?}: write NAME=VALUE"))
        })?;
        let value: u64 = value.parse().map_err(|_| {
            Error::invalid_argument(format!("--limits {name}: {value:?} is no whole number"))
        })?;
        set(&mut limits, name.trim(), value)?;
    }
    Ok(limits)
}

fn set(limits: &mut Limits, name: &str, value: u64) -> Result<()> {
    let size = || usize::try_from(value).unwrap_or(usize::MAX);
    let time = || Duration::from_millis(value);
    match name {
        "metadata_bytes" => limits.metadata_bytes = value,
        "archive_bytes" => limits.archive_bytes = value,
        "unpacked_bytes" => limits.unpacked_bytes = value,
        "archive_entries" => limits.archive_entries = value,
        "compression_ratio" => limits.compression_ratio = value,
        "source_bytes" => limits.source_bytes = value,
        "document_bytes" => limits.document_bytes = value,
        "documents" => limits.documents = size(),
        "parse_timeout" => limits.parse_timeout = time(),
        "outline_bytes" => limits.outline_bytes = value,
        "snippets" => limits.snippets = size(),
        "query_bytes" => limits.query_bytes = size(),
        "rows" => limits.rows = size(),
        "connect_timeout" => limits.connect_timeout = time(),
        "request_timeout" => limits.request_timeout = time(),
        "redirects" => limits.redirects = size(),
        "retries" => limits.retries = u32::try_from(value).unwrap_or(u32::MAX),
        "connections_per_host" => limits.connections_per_host = size(),
        _ => {
            return Err(Error::invalid_argument(format!(
                "--limits: unknown limit {name:?}; they are metadata_bytes, archive_bytes, unpacked_bytes, \
                 archive_entries, compression_ratio, source_bytes, document_bytes, documents, parse_timeout, \
                 outline_bytes, snippets, query_bytes, rows, connect_timeout, request_timeout, redirects, retries and \
                 connections_per_host"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_set_by_name() {
        let settings = ["rows=7".to_owned(), "request_timeout=1500".to_owned()];
        let limits = parse(&settings).unwrap();
        assert_eq!(limits.rows, 7);
        assert_eq!(limits.request_timeout, Duration::from_millis(1500));
        assert_eq!(limits.snippets, Limits::default().snippets);
    }

    #[test]
    fn mistakes_are_named() {
        for (setting, word) in [
            ("rows", "NAME=VALUE"),
            ("rows=x", "\"x\""),
            ("row=1", "\"row\""),
        ] {
            let error = parse(&[setting.to_owned()]).unwrap_err();
            assert!(error.message.contains(word), "{error}");
        }
    }
}
