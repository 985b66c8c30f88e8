use serde::{Deserialize, Serialize};

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// The README: always first.
    Readme,
    /// The change log.
    Changelog,
    /// Any other guide, page or licence-free text in the archive.
    Guide,
}

impl DocumentKind {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Readme => "readme",
            Self::Changelog => "changelog",
            Self::Guide => "guide",
        }
    }
}

/// How a document was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentFormat {
    /// Markdown.
    Markdown,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    Asciidoc,
    /// HTML, brought down to text.
    Html,
    /// Plain text.
    Plain,
}

impl DocumentFormat {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Rst => "rst",
            Self::Asciidoc => "asciidoc",
            Self::Html => "html",
            Self::Plain => "plain",
        }
    }
}

/// A document read out of a release's archive or metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is for.
    pub kind: DocumentKind,
    /// How it was written.
    pub format: DocumentFormat,
    /// Path inside the archive, or the metadata field it came from.
    pub path: String,
    /// Its first heading.
    pub title: Option<String>,
    /// The text as written, valid UTF-8.
    pub text: String,
}
