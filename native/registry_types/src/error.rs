use std::borrow::Cow;
use std::fmt;

/// The result of every fallible function of the indexer.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, in the terms in which a caller decides what to do next.
///
/// The names are part of the Elixir API (`:not_found`, `:store_locked`, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// An argument is of the wrong form: fix the call.
    InvalidArgument,
    /// The package, repository or record does not exist.
    NotFound,
    /// The package exists, but no such version, or none that satisfies the requirement.
    VersionNotFound,
    /// The registry could not be reached or kept failing.
    Network,
    /// The registry or the whole call took longer than its limit.
    Timeout,
    /// The registry asks for fewer requests; `details` says when to try again if it told.
    RateLimited,
    /// The registry wants (other) credentials.
    Unauthorized,
    /// The registry's answer is not what its protocol says.
    Protocol,
    /// A checksum, signature or origin does not match: nothing was stored.
    Integrity,
    /// The archive is malformed or hostile.
    Archive,
    /// A documented limit was exceeded; `details` names it.
    LimitExceeded,
    /// The request is understood but not supported.
    Unsupported,
    /// A setting is missing; the message names it.
    Unconfigured,
    /// Another process has the store file open.
    StoreLocked,
    /// The store file, or one record of it, is damaged.
    StoreCorrupt,
    /// The disk is full or the store may not be written.
    StorageFull,
    /// The store was closed.
    StoreClosed,
    /// The caller cancelled the work or died.
    Cancelled,
    /// Too much work is queued: try again later.
    Busy,
    /// A defect of this library.
    Internal,
}

impl ErrorKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 20] = [
        Self::InvalidArgument,
        Self::NotFound,
        Self::VersionNotFound,
        Self::Network,
        Self::Timeout,
        Self::RateLimited,
        Self::Unauthorized,
        Self::Protocol,
        Self::Integrity,
        Self::Archive,
        Self::LimitExceeded,
        Self::Unsupported,
        Self::Unconfigured,
        Self::StoreLocked,
        Self::StoreCorrupt,
        Self::StorageFull,
        Self::StoreClosed,
        Self::Cancelled,
        Self::Busy,
        Self::Internal,
    ];

    /// The name as the Elixir API and the command line spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidArgument => "invalid_argument",
            Self::NotFound => "not_found",
            Self::VersionNotFound => "version_not_found",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::RateLimited => "rate_limited",
            Self::Unauthorized => "unauthorized",
            Self::Protocol => "protocol",
            Self::Integrity => "integrity",
            Self::Archive => "archive",
            Self::LimitExceeded => "limit_exceeded",
            Self::Unsupported => "unsupported",
            Self::Unconfigured => "unconfigured",
            Self::StoreLocked => "store_locked",
            Self::StoreCorrupt => "store_corrupt",
            Self::StorageFull => "storage_full",
            Self::StoreClosed => "store_closed",
            Self::Cancelled => "cancelled",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error: a kind to match on, a message that names the thing at fault and says what to do, and
/// details as text (`("limit", "unpacked_bytes")`, `("retry_after_ms", "30000")`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}: {message}")]
pub struct Error {
    /// What to match on.
    pub kind: ErrorKind,
    /// One line for a person.
    pub message: String,
    /// Facts for a program, in the order in which they were added.
    pub details: Vec<(Cow<'static, str>, String)>,
}

impl Error {
    /// An error of `kind` with `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            details: Vec::new(),
        }
    }

    /// Adds a fact for programs.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl fmt::Display) -> Self {
        self.details.push((Cow::Borrowed(key), value.to_string()));
        self
    }

    /// Says what was being done: `"tokio 1.35.0: <message>"`.
    #[must_use]
    pub fn context(mut self, what: impl fmt::Display) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// [`ErrorKind::InvalidArgument`].
    pub fn invalid_argument(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidArgument, message)
    }

    /// [`ErrorKind::NotFound`].
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotFound, message)
    }

    /// [`ErrorKind::Protocol`].
    pub fn protocol(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Protocol, message)
    }

    /// [`ErrorKind::Archive`].
    pub fn archive(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Archive, message)
    }

    /// [`ErrorKind::Integrity`].
    pub fn integrity(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Integrity, message)
    }

    /// [`ErrorKind::LimitExceeded`], naming the field of [`crate::Limits`] that was exceeded.
    pub fn limit(limit: &'static str, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::LimitExceeded, message).with("limit", limit)
    }

    /// [`ErrorKind::Internal`].
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, message)
    }
}
