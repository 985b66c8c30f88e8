//! Asks the installed pip for the index it is built for: no light crate knows it.

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

const SCRIPT: &str = "from pip._internal.models.index import PyPI; print(PyPI.url)";
const PATIENCE: Duration = Duration::from_secs(10);

/// The base address, from the first Python that has pip.
pub fn ask() -> Option<String> {
    ["python3", "python"]
        .into_iter()
        .find_map(|python| run(python, PATIENCE))
}

fn run(python: &str, patience: Duration) -> Option<String> {
    let mut child = Command::new(python)
        // -I: neither the working directory nor PYTHON* variables choose what is imported.
        .args(["-I", "-c", SCRIPT])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdout = child.stdout.take()?;
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut text = String::new();
        let read = stdout.by_ref().take(4096).read_to_string(&mut text);
        let _ = send.send(read.ok().map(|_| text));
    });
    let text = receive.recv_timeout(patience).ok().flatten();
    // Where the host program reaps children itself (the BEAM may), waiting fails: the text counts.
    let _ = child.kill();
    let _ = child.wait();
    let text = text?.trim().to_owned();
    url::Url::parse(&text)
        .ok()
        .filter(url::Url::has_host)
        .map(|_| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_such_python_is_no_answer() {
        assert_eq!(run("no-such-python-anywhere", PATIENCE), None);
        assert_eq!(run("true", PATIENCE), None);
    }

    #[test]
    fn a_python_that_hangs_is_given_up() {
        let start = std::time::Instant::now();
        // `yes` takes any arguments and never ends; it stands in for a Python that says too much.
        assert_eq!(run("yes", Duration::from_millis(200)), None);
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}
