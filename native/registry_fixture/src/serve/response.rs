//! Answers, and how they are written.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

/// What is served at a path.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// The validator, quotes included where the registry sends them.
    pub etag: Option<String>,
    /// Whether a client that accepts gzip gets it.
    pub compress: bool,
}

/// An answer to one request.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header fields beside `Content-Length`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Added to the announced length.
    pub length_delta: i64,
    /// Close the connection after so many bytes of the body.
    pub truncate: Option<usize>,
    /// Wait so long before each piece of the body.
    pub drip: Option<Duration>,
}

impl Response {
    /// A bare answer.
    #[must_use]
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".into(), content_type.into())],
            body: body.into(),
            ..Self::default()
        }
    }

    /// With one more header field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes it; `false` when the connection has to be closed after it.
    pub fn write(&self, out: &mut impl Write) -> io::Result<bool> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = i64::try_from(self.body.len()).unwrap_or(i64::MAX) + self.length_delta;
        let bodiless = self.status == 304 || self.status == 204;
        if !bodiless {
            head.push_str(&format!("content-length: {length}\r\n"));
        }
        out.write_all(head.as_bytes())?;
        out.write_all(b"\r\n")?;
        if bodiless {
            return Ok(true);
        }
        let end = self
            .truncate
            .map_or(self.body.len(), |n| n.min(self.body.len()));
        let body = self.body.get(..end).unwrap_or(&self.body);
        match self.drip {
            None => out.write_all(body)?,
            Some(wait) => {
                for piece in body.chunks(1024) {
                    thread::sleep(wait);
                    out.write_all(piece)?;
                    out.flush()?;
                }
            }
        }
        out.flush()?;
        Ok(self.truncate.is_none() && self.length_delta == 0)
    }
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Whatever",
    }
}
