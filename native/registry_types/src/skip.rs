use serde::{Deserialize, Serialize};

/// Why a file of an archive was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Neither a source, nor a document, nor a manifest.
    NotWanted,
    /// A test, a fixture or a mock.
    Test,
    /// An example, a demo or a benchmark.
    Example,
    /// Somebody else's code, copied in.
    Vendored,
    /// Written by a program.
    Generated,
    /// Minified.
    Minified,
    /// Built from a source that is there as well, or its twin in another format.
    Bundle,
    /// Part of the build or of the project's own tools, not of the package.
    Tooling,
    /// In a language which is not this package's.
    OtherLanguage,
    /// Larger than its limit.
    TooLarge,
    /// More than is kept of any archive.
    TooMuch,
    /// A symbolic or hard link.
    Link,
    /// A device, a pipe, a sparse file or another thing that is no plain file.
    Special,
    /// Its name is not UTF-8.
    NameNotUtf8,
    /// Its name is longer than any system takes.
    NameTooLong,
    /// It lies beside the package's top directory.
    OutsideRoot,
    /// A later entry has the same name.
    Duplicate,
    /// Encrypted, or compressed by another method than deflate.
    Unreadable,
    /// Has the name of a source, but is no text.
    NotText,
    /// Has the name of a source, but no language claims its text.
    UnknownLanguage,
}

impl SkipReason {
    /// All reasons.
    pub const ALL: [Self; 20] = [
        Self::NotWanted,
        Self::Test,
        Self::Example,
        Self::Vendored,
        Self::Generated,
        Self::Minified,
        Self::Bundle,
        Self::Tooling,
        Self::OtherLanguage,
        Self::TooLarge,
        Self::TooMuch,
        Self::Link,
        Self::Special,
        Self::NameNotUtf8,
        Self::NameTooLong,
        Self::OutsideRoot,
        Self::Duplicate,
        Self::Unreadable,
        Self::NotText,
        Self::UnknownLanguage,
    ];

    /// The name as the Elixir API and `--json` spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotWanted => "not_wanted",
            Self::Test => "test",
            Self::Example => "example",
            Self::Vendored => "vendored",
            Self::Generated => "generated",
            Self::Minified => "minified",
            Self::Bundle => "bundle",
            Self::Tooling => "tooling",
            Self::OtherLanguage => "other_language",
            Self::TooLarge => "too_large",
            Self::TooMuch => "too_much",
            Self::Link => "link",
            Self::Special => "special",
            Self::NameNotUtf8 => "name_not_utf8",
            Self::NameTooLong => "name_too_long",
            Self::OutsideRoot => "outside_root",
            Self::Duplicate => "duplicate",
            Self::Unreadable => "unreadable",
            Self::NotText => "not_text",
            Self::UnknownLanguage => "unknown_language",
        }
    }
}
