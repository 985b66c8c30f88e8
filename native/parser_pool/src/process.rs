//! One worker process.

use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use registry_types::{ParseAnswer, ParseRequest};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::death::Death;
use crate::frame::{Received, decode};

/// How often a wait looks whether anybody still wants the answer.
const GLANCE: Duration = Duration::from_millis(50);
/// Read at a time.
const CHUNK: usize = 64 * 1024;

/// A running worker; killed and reaped when dropped.
pub(crate) struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    /// Files it has answered for.
    pub served: usize,
}

impl Process {
    /// Starts a worker that knows nothing of us: no environment, no files, no terminal.
    pub fn start(program: &Path, memory_bytes: u64) -> io::Result<Self> {
        let program = if program.components().count() > 1 {
            std::path::absolute(program)?
        } else {
            program.to_path_buf()
        };
        let mut command = Command::new(program);
        command
            .arg("--worker")
            .arg("--memory-bytes")
            .arg(memory_bytes.to_string())
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = spawn(&mut command)?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let ready = pipes
            .ok_or(ErrorKind::BrokenPipe.into())
            .and_then(|(stdin, stdout)| {
                rustix::io::ioctl_fionbio(&stdin, true)?;
                rustix::io::ioctl_fionbio(&stdout, true)?;
                Ok((stdin, stdout))
            });
        match ready {
            Ok((stdin, stdout)) => Ok(Self {
                child,
                stdin,
                stdout,
                served: 0,
            }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        }
    }

    /// Sends `frame`, which holds `request`, and waits for the answer. Reads while it writes: a
    /// worker that answers before it has read all of a request would otherwise block us both.
    pub fn exchange(
        &mut self,
        request: &ParseRequest,
        frame: &[u8],
        limit: Duration,
        unwanted: &dyn Fn() -> bool,
    ) -> Result<ParseAnswer, Death> {
        let deadline = Instant::now() + limit;
        let mut left = frame;
        let mut received = Vec::new();
        loop {
            match decode(&received, request.id) {
                Received::More => {}
                Received::Bad(what) => return Err(Death::Nonsense(what)),
                Received::Answer(_) if !left.is_empty() => {
                    return Err(Death::Nonsense("answered before it was asked"));
                }
                Received::Answer(answer) => {
                    self.served += 1;
                    return Ok(*answer);
                }
            }
            let now = Instant::now();
            if now >= deadline {
                return Err(Death::Late(limit));
            }
            if unwanted() {
                return Err(Death::Unwanted);
            }
            let step = self.wait((deadline - now).min(GLANCE), !left.is_empty());
            let moved = step.and_then(|()| {
                left = push(&mut self.stdin, left)?;
                self.pull(&mut received)
            });
            if moved.is_err() {
                return Err(self.reap());
            }
        }
    }

    /// Until a pipe is ready or the time is over.
    fn wait(&self, time: Duration, writing: bool) -> io::Result<()> {
        let out = PollFd::from_borrowed_fd(self.stdout.as_fd(), PollFlags::IN);
        let into = PollFd::from_borrowed_fd(self.stdin.as_fd(), PollFlags::OUT);
        let mut pipes = [out, into];
        let watched = if writing { 2 } else { 1 };
        let time = Timespec::try_from(time).map_err(io::Error::other)?;
        match poll(pipes.get_mut(..watched).unwrap_or_default(), Some(&time)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads what is there. The end of the stream is an error: a worker ends only when it dies.
    fn pull(&mut self, received: &mut Vec<u8>) -> io::Result<()> {
        let mut chunk = [0; CHUNK];
        loop {
            match self.stdout.read(&mut chunk) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => {
                    received.extend_from_slice(chunk.get(..count).unwrap_or_default());
                    // A flood is judged before more of it is read.
                    if count < chunk.len() || received.len() > 2 * crate::frame::MAX_FRAME {
                        return Ok(());
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// How a worker that has closed its pipes ended; one that lingers is killed.
    fn reap(&mut self) -> Death {
        for _ in 0..40 {
            match self.child.try_wait() {
                Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                Ok(status) => return Death::Ended(status),
                Err(_) => return Death::Ended(None),
            }
        }
        Death::Nonsense("closed its pipes")
    }
}

/// A program that is just being replaced is busy for a moment.
fn spawn(command: &mut Command) -> io::Result<Child> {
    for _ in 0..10 {
        match command.spawn() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
    command.spawn()
}

/// Writes what fits and gives what is left.
fn push<'f>(stdin: &mut ChildStdin, mut left: &'f [u8]) -> io::Result<&'f [u8]> {
    while !left.is_empty() {
        match stdin.write(left) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => left = left.get(count..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => break,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(left)
}

impl Drop for Process {
    fn drop(&mut self) {
        // Kill before wait: closing its stdin would not end a worker that hangs.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
