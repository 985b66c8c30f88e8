use redb::ReadableTable;
use registry_types::Result;

use crate::fault::redb_error;

/// Releases that are not the newest of their package: their snippets are found only when their
/// version is asked for. One bit per release id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StaleReleases {
    bits: Vec<u64>,
}

impl StaleReleases {
    pub(crate) fn load(table: &impl ReadableTable<u32, ()>) -> Result<Self> {
        let mut stale = Self::default();
        for row in table.iter().map_err(redb_error)? {
            stale.insert(row.map_err(redb_error)?.0.value());
        }
        Ok(stale)
    }

    fn insert(&mut self, release: u32) {
        let word = (release / 64) as usize;
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= 1 << (release % 64);
        }
    }

    pub(crate) fn contains(&self, release: u64) -> bool {
        usize::try_from(release / 64)
            .ok()
            .and_then(|word| self.bits.get(word))
            .is_some_and(|bits| bits >> (release % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_exactly_what_was_put_in() {
        let mut stale = StaleReleases::default();
        for n in [0, 63, 64, 1000] {
            stale.insert(n);
        }
        let held: Vec<u64> = (0..2000).filter(|n| stale.contains(*n)).collect();
        assert_eq!(held, [0, 63, 64, 1000]);
        assert!(!stale.contains(u64::MAX));
    }
}
