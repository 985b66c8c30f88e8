use registry_types::{Ecosystem, Result};

use crate::key::letter;
use crate::tables::WriteTables;

/// What is counted per ecosystem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    Packages,
    Releases,
    Snippets,
    Documents,
    Advisories,
}

/// The name of a count among the numbers of the store.
pub(crate) fn counter(ecosystem: Ecosystem, count: Count) -> String {
    let what = match count {
        Count::Packages => "packages",
        Count::Releases => "releases",
        Count::Snippets => "snippets",
        Count::Documents => "documents",
        Count::Advisories => "advisories",
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
