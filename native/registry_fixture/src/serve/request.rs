//! Requests as they come in, and as they are remembered.

use std::io::{self, Read};
use std::net::TcpStream;

/// A request that was read.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// The target as sent, query included.
    pub target: String,
    /// Header fields; names in lower case, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Whether it came to the second address.
    pub elsewhere: bool,
}

impl Request {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The target without its query. What a proxy is sent begins with scheme and host: they go.
    #[must_use]
    pub fn path(&self) -> &str {
        let target = self.target.split('?').next().unwrap_or_default();
        match target.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => target,
        }
    }
}

const HEAD_MAX: usize = 64 * 1024;

/// Reads one request; `None` when the client has closed the connection.
pub fn read(stream: &mut TcpStream, pending: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let bad = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let (mut request, head, length) = loop {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut parsed = httparse::Request::new(&mut headers);
        match parsed.parse(pending).map_err(|e| bad(&e.to_string()))? {
            httparse::Status::Complete(head) => break take(&parsed, head),
            httparse::Status::Partial if pending.len() > HEAD_MAX => return Err(bad("head")),
            httparse::Status::Partial => {}
        }
        if !fill(stream, pending)? {
            return Ok(None);
        }
    };
    while pending.len() < head + length {
        if !fill(stream, pending)? {
            return Ok(None);
        }
    }
    request.body = pending.drain(..head + length).skip(head).collect();
    Ok(Some(request))
}

fn take(parsed: &httparse::Request<'_, '_>, head: usize) -> (Request, usize, usize) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers: Vec<(String, String)> = parsed
        .headers
        .iter()
        .map(|h| (h.name.to_ascii_lowercase(), text(h.value)))
        .collect();
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        headers,
        body: Vec::new(),
        elsewhere: false,
    };
    let length = request
        .header("content-length")
        .and_then(|v| v.parse().ok())
        .unwrap_or(0);
    (request, head, length)
}

fn fill(stream: &mut TcpStream, pending: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 8192];
    let read = stream.read(&mut chunk)?;
    pending.extend(chunk.iter().take(read));
    Ok(read > 0)
}
