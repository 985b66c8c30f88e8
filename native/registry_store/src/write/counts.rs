use registry_types::{Ecosystem, Result};

use crate::key::letter;
use crate::tables::WriteTables;

/// What is counted per ecosystem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Count {
    Packages,
    Releases,
    Snippets,
    Documents,
    Advisories,
    /// Bytes of the records of documents.
    TextBytes,
    /// Bytes of the blocks of snippets.
    SnippetBytes,
}

impl Count {
    pub(crate) const ALL: [Self; 7] = [
        Self::Packages,
        Self::Releases,
        Self::Snippets,
        Self::Documents,
        Self::Advisories,
        Self::TextBytes,
        Self::SnippetBytes,
    ];
}

/// The name of a count among the numbers of the store.
pub(crate) fn counter(ecosystem: Ecosystem, count: Count) -> String {
    let what = match count {
        Count::Packages => "packages",
        Count::Releases => "releases",
        Count::Snippets => "snippets",
        Count::Documents => "documents",
        Count::Advisories => "advisories",
        Count::TextBytes => "text_bytes",
        Count::SnippetBytes => "snippet_bytes",
    };
    format!("count:{}:{what}", letter(ecosystem))
}

impl WriteTables<'_> {
    pub(crate) fn count(&mut self, ecosystem: Ecosystem, count: Count, more: u64) -> Result<()> {
        if more == 0 {
            return Ok(());
        }
        let name = counter(ecosystem, count);
        let value = self.number(&name)?;
        self.set_number(&name, value + more)
    }

    pub(crate) fn uncount(&mut self, ecosystem: Ecosystem, count: Count, less: u64) -> Result<()> {
        if less == 0 {
            return Ok(());
        }
        let name = counter(ecosystem, count);
        let value = self.number(&name)?;
        self.set_number(&name, value.saturating_sub(less))
    }
}
