//! How a command ends other than well.

use std::io;
use std::process::ExitCode;

use clap::error::ErrorKind as Wrong;
use registry_types::{Error, ErrorKind};

use crate::output::escape::one_line;

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// To be reported.
    Error(Error),
    /// Reported already, one line for each thing that failed.
    Reported,
    /// Nobody reads what we write.
    BrokenPipe,
}

pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        let kind = match error.kind() {
            io::ErrorKind::StorageFull => ErrorKind::StorageFull,
            _ => ErrorKind::Internal,
        };
        Self::Error(Error::new(
            kind,
            format!("the output could not be written: {error}"),
        ))
    }
}

impl Failure {
    /// Says what went wrong on standard error and gives the exit status: 2 for a wrong call, else 1.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Self::BrokenPipe => ExitCode::SUCCESS,
            Self::Reported => ExitCode::from(1),
            Self::Error(error) => {
                say(&error);
                ExitCode::from(if error.kind == ErrorKind::InvalidArgument {
                    2
                } else {
                    1
                })
            }
        }
    }
}

/// Writes an error as one line: kind, what, and what to do.
pub(crate) fn say(error: &Error) {
    let advice = advice(error.kind).map_or_else(String::new, |advice| format!(" ({advice})"));
    eprintln!(
        "error[{}]: {}{advice}",
        error.kind,
        one_line(&error.message)
    );
}

/// Writes a warning as one line.
pub(crate) fn warn(message: &str) {
    eprintln!("warning: {}", one_line(message));
}

/// What a user of the command line can do about it, where the message cannot know.
const fn advice(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::LimitExceeded => Some("limits are set with --limits NAME=VALUE"),
        ErrorKind::Timeout => Some("give it longer with --timeout"),
        _ => None,
    }
}

/// A wrong command line, in one line as well; help and version go to standard output.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // Help that nobody reads to its end is no failure.
        let _unread = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == Wrong::DisplayHelpOnMissingArgumentOrSubcommand {
        let _unread = error.print();
        return ExitCode::from(2);
    }
    let text = error.to_string();
    let said: Vec<&str> = text
        .lines()
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let said = said.join("; ").replace(":; ", ": ");
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    eprintln!("error[invalid_argument]: {} (see --help)", one_line(said));
    ExitCode::from(2)
}
