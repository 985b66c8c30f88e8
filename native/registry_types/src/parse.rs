//! What goes over the pipe between the parser pool and a `universal-parser` worker.
//!
//! A frame is a little-endian `u32` length followed by so many bytes of postcard.

use serde::{Deserialize, Serialize};

use crate::outline::Outline;

/// One file to parse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParseRequest {
    /// Returned with the answer.
    pub id: u64,
    /// Path inside the archive: tells the language and the module path.
    pub path: String,
    /// The package's name: the first part of qualified names where the language wants it.
    pub package: String,
    /// The file's bytes.
    pub source: Vec<u8>,
    /// Milliseconds the parser may take.
    pub timeout_ms: u32,
}

/// Why a file gave no snippets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParseFailureKind {
    /// No grammar for it.
    UnknownLanguage,
    /// Not text.
    NotText,
    /// Generated or minified: skipped by rule.
    Generated,
    /// The parser was stopped by its time limit.
    Timeout,
    /// Too deep or too large.
    LimitExceeded,
    /// The worker died or had to be killed on it.
    WorkerDied,
}

/// A file that gave no snippets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParseFailure {
    /// What to match on.
    pub kind: ParseFailureKind,
    /// One line for a person.
    pub message: String,
}

/// The answer to one [`ParseRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParseAnswer {
    /// That of the request.
    pub id: u64,
    /// The language, when recognised.
    pub language: Option<String>,
    /// What was found, or why nothing was.
    pub outcome: Result<Outline, ParseFailure>,
}
