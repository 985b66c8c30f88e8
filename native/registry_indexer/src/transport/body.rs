//! A body as it arrives: capped, hashed and unpacked on the way.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;
use http::{HeaderMap, header};
use registry_types::{Error, Result};
use url::Url;

use super::failure::show;

/// How much of an answer is taken, and which limit that is.
#[derive(Clone, Copy, Debug)]
pub struct Cap {
    /// Field of [`registry_types::Limits`].
    pub name: &'static str,
    /// Its value.
    pub bytes: u64,
}

impl Cap {
    fn exceeded(self, url: &Url) -> Error {
        let message = format!(
            "{}: the answer is larger than {} bytes; raise {} if it is meant to be",
            show(url),
            self.bytes,
            self.name
        );
        Error::limit(self.name, message)
    }
}

struct Capped {
    bytes: Vec<u8>,
    cap: u64,
    over: bool,
}

impl Write for Capped {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        if (self.bytes.len() as u64).saturating_add(chunk.len() as u64) > self.cap {
            self.over = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(chunk);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Form {
    Plain(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

/// Takes the chunks of one body.
pub struct Body<'a> {
    url: &'a Url,
    cap: Cap,
    form: Form,
    wire: u64,
}

impl<'a> Body<'a> {
    /// For the body that `headers` announce; `raw` keeps it as it comes over the wire.
    ///
    /// # Errors
    /// `limit_exceeded` when the announced size is over `cap`; `protocol` for an encoding that was
    /// not asked for.
    pub fn new(url: &'a Url, cap: Cap, raw: bool, headers: &HeaderMap) -> Result<Self> {
        if announced(headers).is_some_and(|size| size > cap.bytes) {
            return Err(cap.exceeded(url));
        }
        let capped = Capped {
            bytes: Vec::new(),
            cap: cap.bytes,
            over: false,
        };
        let form = match encoding(headers) {
            _ if raw => Form::Plain(capped),
            b"" | b"identity" => Form::Plain(capped),
            b"gzip" | b"x-gzip" => Form::Gzip(Box::new(MultiGzDecoder::new(capped))),
            other => {
                let name = String::from_utf8_lossy(other);
                return Err(Error::protocol(format!(
                    "{} answers in the encoding {name:?}, which was not asked for",
                    show(url)
                )));
            }
        };
        Ok(Self {
            url,
            cap,
            form,
            wire: 0,
        })
    }

    /// Bytes that came over the wire so far.
    pub const fn wire(&self) -> u64 {
        self.wire
    }

    /// Takes the next chunk.
    ///
    /// # Errors
    /// `limit_exceeded` over the cap, `protocol` for broken gzip.
    pub fn push(&mut self, chunk: &[u8]) -> Result<()> {
        self.wire += chunk.len() as u64;
        let (written, over) = match &mut self.form {
            Form::Plain(sink) => (sink.write_all(chunk), sink.over),
            Form::Gzip(decoder) => (decoder.write_all(chunk), decoder.get_ref().over),
        };
        match written {
            Ok(()) => Ok(()),
            Err(_) if over => Err(self.cap.exceeded(self.url)),
            Err(e) => Err(self.broken(&e)),
        }
    }

    /// The whole body.
    ///
    /// # Errors
    /// `protocol` when the gzip stream ends too early, `limit_exceeded` over the cap.
    pub fn finish(self) -> Result<Vec<u8>> {
        let (url, cap) = (self.url, self.cap);
        match self.form {
            Form::Plain(sink) => Ok(sink.bytes),
            // An empty body may be marked as gzip without being one (304, some mirrors).
            Form::Gzip(_) if self.wire == 0 => Ok(Vec::new()),
            Form::Gzip(mut decoder) => match decoder.try_finish() {
                Ok(()) => Ok(std::mem::take(&mut decoder.get_mut().bytes)),
                Err(_) if decoder.get_ref().over => Err(cap.exceeded(url)),
                Err(e) => Err(Error::protocol(format!("{}: broken gzip: {e}", show(url)))),
            },
        }
    }

    fn broken(&self, e: &io::Error) -> Error {
        Error::protocol(format!("{}: broken gzip: {e}", show(self.url)))
    }
}

/// The size an answer announces.
pub fn announced(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}

fn encoding(headers: &HeaderMap) -> &[u8] {
    headers
        .get(header::CONTENT_ENCODING)
        .map_or(b"", |v| v.as_bytes().trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::ErrorKind;

    const CAP: Cap = Cap {
        name: "metadata_bytes",
        bytes: 1000,
    };

    fn take(headers: &[(&str, &str)], raw: bool, chunks: &[&[u8]]) -> Result<Vec<u8>> {
        let url = Url::parse("http://h.test/").unwrap();
        let headers: HeaderMap = headers
            .iter()
            .map(|(k, v)| (k.parse::<header::HeaderName>().unwrap(), v.parse().unwrap()))
            .collect();
        let mut body = Body::new(&url, CAP, raw, &headers)?;
        for chunk in chunks {
            body.push(chunk)?;
        }
        body.finish()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    const GZIP: &[(&str, &str)] = &[("content-encoding", "gzip")];

    #[test]
    fn gzip_is_unpacked_in_pieces_unless_raw() {
        let packed = gzip(b"hello");
        let (a, b) = packed.split_at(7);
        assert_eq!(take(GZIP, false, &[a, b]).unwrap(), b"hello");
        assert_eq!(take(GZIP, true, &[a, b]).unwrap(), packed);
        assert_eq!(take(GZIP, false, &[]).unwrap(), b"");
    }

    #[test]
    fn the_cap_counts_unpacked_bytes() {
        let bomb = gzip(&vec![0; 1_000_000]);
        assert!(bomb.len() > 900 && bomb.len() < 2000, "{}", bomb.len());
        for chunks in [&[&bomb[..]][..], &[&[0; 999][..], &[0; 2][..]][..]] {
            let headers = if chunks.len() == 1 { GZIP } else { &[] };
            let e = take(headers, false, chunks).unwrap_err();
            assert_eq!(e.kind, ErrorKind::LimitExceeded);
            assert_eq!(e.details[0].1, "metadata_bytes");
        }
        let e = take(&[("content-length", "1001")], false, &[]).unwrap_err();
        assert_eq!(e.kind, ErrorKind::LimitExceeded);
    }

    #[test]
    fn broken_or_unasked_encodings_are_errors() {
        let packed = gzip(b"hello");
        for (headers, bytes) in [
            (GZIP, &packed[..packed.len() - 3]),
            (GZIP, b"not gzip at all".as_slice()),
            (&[("content-encoding", "br")], b""),
        ] {
            assert_eq!(
                take(headers, false, &[bytes]).unwrap_err().kind,
                ErrorKind::Protocol
            );
        }
    }
}
