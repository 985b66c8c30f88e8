//! Projects with the oddities met for real, in all three forms an index answers in.

mod project;
mod simple;

use bytes::Bytes;
use http::Response;

fn response(content_type: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    Response::builder()
        .header("content-type", content_type)
        .body(body.into())
        .unwrap()
}
