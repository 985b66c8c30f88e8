//! Why a worker died, in words for the warning that names the file.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

/// Exit code of a worker whose parser ran out of memory.
const OUT_OF_MEMORY: i32 = 86;

/// The end of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    /// We killed it: the file took longer than this.
    Late(Duration),
    /// We killed it: it did this.
    Nonsense(&'static str),
    /// We killed it: nobody waits for the answer.
    Unwanted,
    /// It ended by itself, or was killed by another.
    Ended(Option<ExitStatus>),
}

impl Death {
    /// Whether a fresh worker might have survived the file: memory fragmented by earlier files, a
    /// kill from outside. A worker that was too slow would be too slow again.
    pub fn worth_a_retry(&self) -> bool {
        matches!(self, Self::Ended(_))
    }

    /// One line; `None` for [`Death::Unwanted`], which is nobody's fault. `memory_bytes` is the
    /// worker's limit.
    pub fn message(&self, memory_bytes: u64) -> Option<String> {
        Some(match self {
            Self::Unwanted => return None,
            Self::Late(limit) => format!("killed after {:.1} s", limit.as_secs_f64()),
            Self::Nonsense(what) => format!("killed: it {what}"),
            Self::Ended(None) => "the worker ended".to_owned(),
            Self::Ended(Some(status)) => ended(*status, memory_bytes / (1024 * 1024)),
        })
    }
}

fn ended(status: ExitStatus, mebibytes: u64) -> String {
    let Some(signal) = status.signal() else {
        return match status.code() {
            Some(OUT_OF_MEMORY) => format!("out of memory: it needs more than {mebibytes} MiB"),
            code => format!("the worker exited with code {}", code.unwrap_or(-1)),
        };
    };
    match name(signal) {
        Some("SIGABRT") => {
            format!("aborted (SIGABRT): a failed assertion, or its {mebibytes} MiB spent")
        }
        Some("SIGKILL") => "killed from outside (SIGKILL)".to_owned(),
        Some(name) => format!("crashed ({name})"),
        None => format!("crashed (signal {signal})"),
    }
}

fn name(signal: i32) -> Option<&'static str> {
    // Those a crash or a limit causes; they have these numbers on all systems we know.
    Some(match signal {
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        7 if cfg!(target_os = "linux") => "SIGBUS",
        24 => "SIGXCPU",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_cause() {
        let ended = |raw| {
            Death::Ended(Some(ExitStatus::from_raw(raw)))
                .message(2 << 30)
                .unwrap()
        };
        assert_eq!(ended(11), "crashed (SIGSEGV)");
        assert_eq!(ended(9), "killed from outside (SIGKILL)");
        assert_eq!(ended(86 << 8), "out of memory: it needs more than 2048 MiB");
        assert_eq!(ended(2 << 8), "the worker exited with code 2");
        assert_eq!(
            Death::Late(Duration::from_millis(2500)).message(0).unwrap(),
            "killed after 2.5 s"
        );
    }
}
