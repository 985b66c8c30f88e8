//! Which segments to merge: every put makes one, and each costs every query a little.

use tantivy::index::SegmentId;

/// A segment: its id, its documents, and how many of them are deleted.
pub(crate) type Size = (SegmentId, u32, u32);

/// Segments below this size are merged within a write: that takes milliseconds.
const SMALL: u32 = 2_000;
/// So many small ones are borne.
const MOST_SMALL: usize = 16;
/// So many segments of one size are borne.
const MOST_OF_A_SIZE: usize = 8;
/// Each size is so many times the one below.
const STEP: u32 = 8;
/// A merge is held in memory: no segment grows beyond this.
const LARGEST: u32 = 1_000_000;

/// The small segments, once there are many.
pub(crate) fn small(segments: &[Size]) -> Option<Vec<SegmentId>> {
    let small: Vec<_> = segments
        .iter()
        .filter(|(_, documents, _)| *documents < SMALL)
        .map(|(id, ..)| *id)
        .collect();
    (small.len() >= MOST_SMALL).then_some(small)
}

/// Larger segments of one size, once there are many; or one of which most was deleted.
pub(crate) fn large(segments: &[Size]) -> Option<Vec<SegmentId>> {
    let large = || {
        segments
            .iter()
            .filter(|(_, documents, _)| *documents >= SMALL)
    };
    if let Some((id, ..)) = large().find(|(_, documents, deleted)| *deleted > documents / 2) {
        return Some(vec![*id]);
    }
    let mut floor = SMALL;
    while floor < LARGEST {
        let ceiling = floor.saturating_mul(STEP);
        let mut total = 0_u32;
        let mut of_size = Vec::new();
        for (id, documents, deleted) in large() {
            let alive = documents - deleted;
            let fits = (floor..ceiling).contains(documents) && total + alive <= LARGEST;
            if fits && of_size.len() < MOST_OF_A_SIZE {
                total += alive;
                of_size.push(*id);
            }
        }
        if of_size.len() >= MOST_OF_A_SIZE {
            return Some(of_size);
        }
        floor = ceiling;
    }
    None
}

/// As many segments as may become one, the smallest first; `None` when no two can.
pub(crate) fn all(segments: &[Size]) -> Option<Vec<SegmentId>> {
    let mut by_size = segments.to_vec();
    by_size.sort_by_key(|(_, documents, deleted)| documents - deleted);
    let mut total = 0_u32;
    let mut chosen = Vec::new();
    for (id, documents, deleted) in by_size {
        total = total.saturating_add(documents - deleted);
        if total > LARGEST {
            break;
        }
        chosen.push(id);
    }
    (chosen.len() >= 2).then_some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(sizes: impl IntoIterator<Item = (u32, u32)>) -> Vec<Size> {
        let id = || SegmentId::generate_random();
        sizes.into_iter().map(|(n, d)| (id(), n, d)).collect()
    }

    #[test]
    fn small_ones_are_merged_when_there_are_many() {
        assert!(small(&segments([(1, 0); MOST_SMALL - 1])).is_none());
        let mut many = segments([(1, 0); MOST_SMALL]);
        many.extend(segments([(SMALL, 0)]));
        assert_eq!(small(&many).unwrap().len(), MOST_SMALL);
    }

    #[test]
    fn large_ones_are_merged_by_size_and_never_beyond_the_largest() {
        assert!(large(&segments([(SMALL, 0); MOST_OF_A_SIZE - 1])).is_none());
        let merged = large(&segments([(SMALL, 0); 20])).unwrap();
        assert_eq!(merged.len(), MOST_OF_A_SIZE);
        assert!(large(&segments([(LARGEST, 0); 20])).is_none());
        assert!(large(&segments([(LARGEST - 1, 0); 20])).is_none());
    }

    #[test]
    fn all_become_as_few_as_may_be() {
        assert!(all(&segments([(10, 0)])).is_none());
        assert_eq!(
            all(&segments([(10, 0), (LARGEST - 10, 0)])).unwrap().len(),
            2
        );
        let merged = all(&segments([(10, 0), (20, 0), (LARGEST, 0)])).unwrap();
        assert_eq!(merged.len(), 2);
        assert!(all(&segments([(LARGEST, 0), (LARGEST, 0)])).is_none());
    }

    #[test]
    fn deleted_documents_are_given_back() {
        let one = segments([(100_000, 50_001)]);
        assert_eq!(large(&one).unwrap().len(), 1);
        assert!(large(&segments([(100_000, 50_000)])).is_none());
    }
}
