//! The worker: frames of requests on stdin, frames of answers on stdout.
//!
//! A frame is a little-endian `u32` length and so many bytes of postcard.

use std::io::{self, BufReader, Read, Write};
use std::sync::mpsc;
use std::time::Duration;

use registry_types::{ParseAnswer, ParseFailureKind, ParseRequest};

use crate::engine::Engine;
use crate::guard::failure;
use crate::parse::{STACK, answer};

/// Largest frame in either direction.
pub const MAX_FRAME: usize = 64 * 1024 * 1024;
/// How long a parse may go on after the parent has closed the pipe.
const GRACE: Duration = Duration::from_secs(10);

/// Answers requests until stdin ends.
///
/// # Errors
/// Reading or writing failed, or a frame was not as above.
pub fn run() -> io::Result<()> {
    let (sender, requests) = mpsc::sync_channel::<ParseRequest>(1);
    let (done, finished) = mpsc::channel::<()>();
    std::thread::Builder::new()
        .name("parser".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            let mut engine = Engine::default();
            let mut stdout = io::stdout().lock();
            for request in requests {
                if write(&mut stdout, answer(&mut engine, &request)).is_err() {
                    break;
                }
            }
            drop(done);
        })?;
    let mut stdin = BufReader::new(io::stdin().lock());
    while let Some(frame) = read(&mut stdin)? {
        let request = postcard::from_bytes(&frame).map_err(io::Error::other)?;
        if sender.send(request).is_err() {
            return Ok(());
        }
    }
    drop(sender);
    // The parser may hang on a hostile file: the parent is gone or has given up, so do not wait
    // for it without end.
    let _ = finished.recv_timeout(GRACE);
    Ok(())
}

/// The next frame; `None` at the end of the input.
fn read(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_FRAME {
        return Err(io::Error::other(format!("a frame of {length} bytes")));
    }
    let mut frame = vec![0; length];
    input.read_exact(&mut frame)?;
    Ok(Some(frame))
}

fn write(output: &mut impl Write, answer: ParseAnswer) -> io::Result<()> {
    let mut frame = encode(&answer)?;
    if frame.len() > MAX_FRAME {
        let message = format!("an answer of {} bytes, more than {MAX_FRAME}", frame.len());
        let outcome = Err(failure(ParseFailureKind::LimitExceeded, message));
        frame = encode(&ParseAnswer { outcome, ..answer })?;
    }
    output.write_all(&frame)?;
    output.flush()
}

fn encode(answer: &ParseAnswer) -> io::Result<Vec<u8>> {
    let mut frame = postcard::to_extend(answer, vec![0; 4]).map_err(io::Error::other)?;
    let length = u32::try_from(frame.len() - 4).map_err(io::Error::other)?;
    if let Some(head) = frame.get_mut(..4) {
        head.copy_from_slice(&length.to_le_bytes());
    }
    Ok(frame)
}
