use registry_types::{Error, Limits, Result};

/// Unpacked bytes that any archive may have, whatever its compression ratio.
const FREE_BYTES: u64 = 1024 * 1024;

/// What an archive may still cost.
///
/// The ratio is turned into a number of bytes up front (packed size × ratio, at least 1 MiB), so
/// one counter stops a bomb at the first byte too many.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: u64,
    max_bytes: u64,
    bytes_limit: &'static str,
    entries: u64,
    max_entries: u64,
}

impl Budget {
    pub(super) fn new(packed: usize, limits: &Limits) -> Self {
        let packed = u64::try_from(packed).unwrap_or(u64::MAX);
        let by_ratio = packed
            .saturating_mul(limits.compression_ratio)
            .max(FREE_BYTES);
        let (max_bytes, bytes_limit) = if by_ratio < limits.unpacked_bytes {
            (by_ratio, "compression_ratio")
        } else {
            (limits.unpacked_bytes, "unpacked_bytes")
        };
        Self {
            bytes: 0,
            max_bytes,
            bytes_limit,
            entries: 0,
            max_entries: limits.archive_entries,
        }
    }

    /// Unpacked bytes counted so far.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Entries counted so far, extension headers included.
    pub(super) const fn entries(&self) -> u64 {
        self.entries
    }

    /// Fails unless `more` bytes could still be unpacked; counts nothing.
    pub(super) fn foresee(&self, more: u64) -> Result<()> {
        match self.bytes.checked_add(more) {
            Some(sum) if sum <= self.max_bytes => Ok(()),
            _ => Err(self.too_many_bytes()),
        }
    }

    /// Counts `more` unpacked bytes.
    pub(super) fn charge(&mut self, more: usize) -> Result<()> {
        let more = u64::try_from(more).unwrap_or(u64::MAX);
        self.foresee(more)?;
        self.bytes += more;
        Ok(())
    }

    /// Counts one entry.
    pub(super) fn entry(&mut self) -> Result<()> {
        self.entries += 1;
        self.foresee_entries(self.entries)
    }

    /// Fails if an archive of `count` entries has too many.
    pub(super) fn foresee_entries(&self, count: u64) -> Result<()> {
        if count <= self.max_entries {
            return Ok(());
        }
        Err(Error::limit(
            "archive_entries",
            format!(
                "the archive has more than {} entries: raise the limit archive_entries if you trust it",
                self.max_entries
            ),
        )
        .with("maximum", self.max_entries))
    }

    fn too_many_bytes(&self) -> Error {
        Error::limit(
            self.bytes_limit,
            format!(
                "the archive unpacks to more than {} bytes: raise the limit {} if you trust it",
                self.max_bytes, self.bytes_limit
            ),
        )
        .with("maximum", self.max_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::ErrorKind;

    fn limits() -> Limits {
        Limits {
            unpacked_bytes: 10 << 20,
            compression_ratio: 200,
            archive_entries: 2,
            ..Limits::default()
        }
    }

    #[test]
    fn small_archives_have_a_free_mebibyte_whatever_their_ratio() {
        let mut budget = Budget::new(10, &limits());
        budget.charge(1 << 20).unwrap();
        let error = budget.charge(1).unwrap_err();
        assert_eq!(error.kind, ErrorKind::LimitExceeded);
        assert_eq!(error.details[0].1, "compression_ratio");
    }

    #[test]
    fn large_archives_stop_at_the_total() {
        let mut budget = Budget::new(1 << 20, &limits());
        budget.charge(10 << 20).unwrap();
        assert_eq!(budget.charge(1).unwrap_err().details[0].1, "unpacked_bytes");
        assert_eq!(budget.bytes(), 10 << 20);
    }

    #[test]
    fn no_arithmetic_wraps() {
        let mut budget = Budget::new(usize::MAX, &limits());
        budget.charge(1).unwrap();
        assert!(budget.foresee(u64::MAX).is_err());
    }

    #[test]
    fn entries_are_counted() {
        let mut budget = Budget::new(1, &limits());
        budget.entry().unwrap();
        budget.entry().unwrap();
        assert_eq!(budget.entry().unwrap_err().details[0].1, "archive_entries");
    }
}
