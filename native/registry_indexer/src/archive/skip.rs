/// Why a file of an archive was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
}

impl SkipReason {
    /// The name in counts and in `--json`.
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
        }
    }

    /// What a warning says about files skipped for this reason; `None` where skipping is the rule
    /// and nobody needs to hear of it.
    pub(super) const fn complaint(self) -> Option<&'static str> {
        match self {
            Self::TooLarge => Some("larger than the limit source_bytes"),
            Self::TooMuch => Some("beyond what is kept of one archive"),
            Self::Link => Some("links, which are never followed"),
            Self::Special => Some("neither files nor directories"),
            Self::NameNotUtf8 => Some("under names that are not UTF-8"),
            Self::NameTooLong => Some("under names that are too long"),
            Self::OutsideRoot => Some("outside the package's top directory"),
            Self::Duplicate => Some("replaced by a later entry of the same name"),
            Self::Unreadable => Some("encrypted or compressed by an unsupported method"),
            Self::NotWanted
            | Self::Test
            | Self::Example
            | Self::Vendored
            | Self::Generated
            | Self::Minified
            | Self::Bundle
            | Self::Tooling
            | Self::OtherLanguage => None,
        }
    }

    /// Whether the files were left out because of a limit.
    pub(super) const fn is_limit(self) -> bool {
        matches!(self, Self::TooLarge | Self::TooMuch)
    }
}
