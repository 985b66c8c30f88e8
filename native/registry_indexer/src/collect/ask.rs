//! One request of a collect.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use registry_types::{Result, Source};
use tokio::time::Instant;

use super::shared::Shared;
use super::stored::{address, make_conditional};
use crate::endpoints::Endpoint;
use crate::transport::{Call, Cap};

/// Asks `endpoint` for metadata. With a `known` source the answer may be 304.
///
/// # Errors
/// Those of the transport.
pub async fn ask(
    shared: &Shared,
    endpoint: &Endpoint,
    mut request: Request<Bytes>,
    known: Option<&Source>,
    deadline: Instant,
) -> Result<Response<Bytes>> {
    endpoint.authorize(&mut request);
    make_conditional(&mut request, known);
    let call = Call {
        deadline: Some(deadline),
        ..Call::new(&request, &endpoint.url, metadata_cap(shared))
    };
    shared.transport.send(call).await
}

/// How much of a metadata answer is taken.
pub const fn metadata_cap(shared: &Shared) -> Cap {
    Cap {
        name: "metadata_bytes",
        bytes: shared.limits.metadata_bytes,
    }
}

/// Where an answer came from, for the next time.
pub fn source_of(request: &Request<Bytes>, response: &Response<Bytes>) -> Source {
    let header = |name| {
        let value = response.headers().get(name)?;
        std::str::from_utf8(value.as_bytes())
            .ok()
            .map(str::to_owned)
    };
    Source {
        endpoint: address(request),
        etag: header(http::header::ETAG),
        last_modified: header(http::header::LAST_MODIFIED),
        integrity: None,
    }
}

/// Whether nothing changed.
pub fn is_same(response: &Response<Bytes>) -> bool {
    response.status() == StatusCode::NOT_MODIFIED
}
