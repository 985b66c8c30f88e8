//! OSV's export of an ecosystem: whole at first, then what changed.

use std::collections::HashSet;
use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ETAG, HeaderValue, IF_NONE_MATCH};
use http::{HeaderMap, Request, Response, StatusCode};
use registry_protocols::{check_status, osv};
use registry_types::{Ecosystem, Error, ErrorKind, Feed, Result, Timestamp};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::import::Importer;
use super::options::{ImportOptions, ImportReport, RefreshOptions, RefreshReport};
use super::read::Form;
use super::{OSV, walk};
use crate::collect::{Shared, metadata_cap, panicked};
use crate::endpoints::Endpoint;
use crate::transport::{Call, Cap, show};

/// So many records are asked for at a time.
const AT_ONCE: usize = 8;

/// Brings the feed of `ecosystem` up to date.
///
/// # Errors
/// Those of the transport and of an import; the feed is as it was before, or further.
pub(crate) async fn refresh(
    shared: &Arc<Shared>,
    ecosystem: Ecosystem,
    options: RefreshOptions,
    cancelled: CancellationToken,
) -> Result<RefreshReport> {
    let endpoint = shared.registries.osv_export()?.ok_or_else(|| {
        Error::new(
            ErrorKind::Unconfigured,
            "endpoints.osv_export is off: name the address of OSV's export to refresh from it",
        )
    })?;
    // One refresh of a feed at a time.
    let _lock = shared.lock(ecosystem, "\u{0}osv").await;
    let known = shared.glance(move |s| s.store.feed(OSV, ecosystem)).await?;
    let refresh = Refresh {
        shared: Arc::clone(shared),
        endpoint,
        ecosystem,
        options,
        cancelled,
    };
    let since = known
        .as_ref()
        .filter(|feed| feed.complete && !refresh.options.full)
        .and_then(|feed| feed.modified_at);
    match (known, since) {
        (Some(known), Some(since)) => match refresh.changes(&known, since).await? {
            Some(report) => Ok(report),
            None => refresh.whole(None).await,
        },
        (known, _) => {
            let etag = known.filter(|feed| feed.complete && !refresh.options.full);
            refresh.whole(etag).await
        }
    }
}

struct Refresh {
    shared: Arc<Shared>,
    endpoint: Endpoint,
    ecosystem: Ecosystem,
    options: RefreshOptions,
    cancelled: CancellationToken,
}

impl Refresh {
    /// Takes in what changed; `None` where that is more than the whole export.
    async fn changes(&self, known: &Feed, since: Timestamp) -> Result<Option<RefreshReport>> {
        let request = osv::changes_request(&self.endpoint.url, self.ecosystem)?;
        let cap = metadata_cap(&self.shared);
        let etag = known.changes_etag.as_deref();
        let response = self.send(request, etag, cap).await?;
        let asked_at = Timestamp::now();
        if response.status() == StatusCode::NOT_MODIFIED {
            let feed = Feed {
                asked_at,
                ..known.clone()
            };
            return self
                .done(ImportReport::default(), false, feed, None)
                .await
                .map(Some);
        }
        check_status("the list of changed OSV records", &response)?;
        let text = String::from_utf8_lossy(response.body());
        let changes = osv::parse_changes(&text, Some(since))?;
        if changes.len() > self.options.most_changes {
            return Ok(None);
        }
        let newest = changes.iter().map(|(at, _)| *at).max();
        let mut records = Vec::with_capacity(changes.len());
        for part in changes.chunks(AT_ONCE) {
            records.extend(self.records(part).await?);
        }
        let feed = Feed {
            asked_at,
            origin: show(&self.endpoint.url),
            modified_at: newest.max(Some(since)),
            changes_etag: etag_of(response.headers()),
            ..known.clone()
        };
        let (limits, ecosystem) = (self.options.limits, self.ecosystem);
        let cancelled = self.cancelled.clone();
        let work = move |shared: &Shared| {
            let options = options(ecosystem, limits);
            let mut importer = Importer::new(&shared.store, &options, &cancelled);
            for (id, record) in records {
                match record {
                    Some(bytes) if bytes.len() as u64 > limits.record_bytes => {
                        importer.take(
                            &id,
                            Err(format!(
                                "it is longer than {} bytes (limit record_bytes)",
                                limits.record_bytes
                            )),
                        )?;
                    }
                    Some(bytes) => importer.take(&format!("{id}.json"), Ok(&bytes))?,
                    None => importer.gone(OSV, ecosystem, &id),
                }
            }
            importer.flush()?;
            Ok(importer.report())
        };
        let shared = Arc::clone(&self.shared);
        let report = self.shared.compute(move || work(&shared)).await?;
        self.done(report, false, feed, None).await.map(Some)
    }

    /// The records of some changes; `None` for one that is there no more.
    async fn records(&self, part: &[(Timestamp, String)]) -> Result<Vec<(String, Option<Bytes>)>> {
        let mut asked = JoinSet::new();
        for (_, id) in part {
            let request = osv::exported_record_request(&self.endpoint.url, self.ecosystem, id)?;
            let (shared, endpoint, id) =
                (Arc::clone(&self.shared), self.endpoint.clone(), id.clone());
            asked.spawn(async move {
                let cap = metadata_cap(&shared);
                let response = send(&shared, &endpoint, request, None, cap).await?;
                if response.status() == StatusCode::NOT_FOUND {
                    return Ok((id, None));
                }
                check_status(&format!("the OSV record {id}"), &response)?;
                Ok((id, Some(response.into_body())))
            });
        }
        let mut records = Vec::with_capacity(part.len());
        while let Some(answer) = asked.join_next().await {
            records.push(answer.map_err(panicked)??);
        }
        records.sort_by(|a: &(String, _), b| a.0.cmp(&b.0));
        Ok(records)
    }

    /// Loads the whole export, unless it is the one that `known` was loaded from.
    async fn whole(&self, known: Option<Feed>) -> Result<RefreshReport> {
        let request = osv::export_request(&self.endpoint.url, self.ecosystem)?;
        let cap = Cap {
            name: "bytes",
            bytes: self.options.limits.bytes,
        };
        let etag = known.as_ref().and_then(|feed| feed.etag.as_deref());
        let response = self.send(request, etag, cap).await?;
        let asked_at = Timestamp::now();
        if let (StatusCode::NOT_MODIFIED, Some(feed)) = (response.status(), known) {
            let feed = Feed { asked_at, ..feed };
            return self.done(ImportReport::default(), false, feed, None).await;
        }
        let what = format!("OSV's export of {}", self.ecosystem);
        check_status(&what, &response)?;
        let etag = etag_of(response.headers());
        let zip = response.into_body();
        let (limits, ecosystem) = (self.options.limits, self.ecosystem);
        let cancelled = self.cancelled.clone();
        let shared = Arc::clone(&self.shared);
        let imported = self.shared.compute(move || {
            let options = options(ecosystem, limits);
            let mut importer = Importer::new(&shared.store, &options, &cancelled);
            let wanted = |name: &str| Form::of(name) == Some(Form::Json);
            let length = zip.len() as u64;
            walk::zip(
                Cursor::new(zip),
                length,
                &limits,
                &wanted,
                &mut |name, bytes| importer.take(name, bytes),
            )?;
            importer.flush()?;
            let (newest, ids) = importer.given(OSV, ecosystem);
            Ok((newest, ids, importer.report()))
        });
        let (newest, ids, report) = imported.await?;
        let feed = Feed {
            source: OSV.to_owned(),
            ecosystem: self.ecosystem,
            asked_at,
            origin: show(&self.endpoint.url),
            modified_at: newest,
            etag,
            changes_etag: None,
            records: 0,
            complete: true,
        };
        self.done(report, true, feed, Some(ids)).await
    }

    async fn done(
        &self,
        mut import: ImportReport,
        full: bool,
        feed: Feed,
        kept: Option<HashSet<String>>,
    ) -> Result<RefreshReport> {
        let ecosystem = self.ecosystem;
        let stored = self.shared.glance(move |s| {
            let removed = s.store.put_feed(&feed, kept.as_ref())?;
            Ok((removed, s.store.feed(OSV, ecosystem)?))
        });
        let (removed, feed) = stored.await?;
        let feed = feed.ok_or_else(|| Error::internal("a feed that was just stored is gone"))?;
        import.feeds = vec![feed.clone()];
        Ok(RefreshReport {
            import,
            full,
            removed,
            feed,
        })
    }

    async fn send(
        &self,
        request: Request<Bytes>,
        etag: Option<&str>,
        cap: Cap,
    ) -> Result<Response<Bytes>> {
        let asked = send(&self.shared, &self.endpoint, request, etag, cap);
        self.cancelled
            .run_until_cancelled(asked)
            .await
            .unwrap_or_else(|| {
                let message = "the refresh was cancelled: the feed is as it was";
                Err(Error::new(ErrorKind::Cancelled, message))
            })
    }
}

fn options(ecosystem: Ecosystem, limits: super::ImportLimits) -> ImportOptions {
    ImportOptions {
        ecosystems: vec![ecosystem],
        source: Some(OSV.to_owned()),
        complete: Some(true),
        limits,
    }
}

async fn send(
    shared: &Shared,
    endpoint: &Endpoint,
    mut request: Request<Bytes>,
    etag: Option<&str>,
    cap: Cap,
) -> Result<Response<Bytes>> {
    endpoint.authorize(&mut request);
    if let Some(etag) = etag.and_then(|e| HeaderValue::from_str(e).ok()) {
        request.headers_mut().insert(IF_NONE_MATCH, etag);
    }
    shared
        .transport
        .send(Call::new(&request, &endpoint.url, cap))
        .await
}

fn etag_of(headers: &HeaderMap) -> Option<String> {
    headers.get(ETAG)?.to_str().ok().map(str::to_owned)
}
