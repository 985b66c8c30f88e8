use registry_types::{Advisory, Ecosystem, Result};

use crate::record::Payload;
use crate::tables::WriteTables;
use crate::write::counts::Count;

/// Replaces all advisories of the package under `key`.
pub(crate) fn replace(
    tables: &mut WriteTables<'_>,
    ecosystem: Ecosystem,
    key: &str,
    advisories: &[Advisory],
) -> Result<()> {
    let removed = tables.clear_advisories(key)?;
    tables.uncount(ecosystem, Count::Advisories, removed)?;
    for advisory in advisories {
        tables.put_advisory(ecosystem, (key, &advisory.id), &Payload::packed(advisory)?)?;
    }
    tables.note(key)
}
