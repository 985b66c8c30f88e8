//! Near duplicates and forks do not stand side by side.

use std::collections::HashMap;

use crate::index::family::{description, repository};
use crate::index::view::View;
use crate::search::found::Found;

/// What remains of a package whose description a better one has already.
const SAME_WORDS: f32 = 0.75;
/// What remains for each better one of the same repository.
const SAME_REPOSITORY: f32 = 0.95;
/// More of one repository count no less.
const MOST_SIBLINGS: i32 = 6;

/// Lowers the score of what repeats a better result, and sorts again. Results come best first.
pub(crate) fn spread(view: &View, found: &mut [Found]) {
    let mut words: HashMap<u64, i32> = HashMap::new();
    let mut siblings: HashMap<u64, i32> = HashMap::new();
    for found in found.iter_mut() {
        let segment = view.segments.get(found.segment);
        let families = segment.and_then(|segment| segment.families.as_ref());
        let family = families.map_or(0, |families| families.get_val(found.document));
        found.repeats = factor(&mut words, description(family), SAME_WORDS)
            * factor(&mut siblings, repository(family), SAME_REPOSITORY);
        found.score *= found.repeats;
    }
    found.sort_by(|a, b| b.cmp(a));
}

fn factor(seen: &mut HashMap<u64, i32>, family: u64, each: f32) -> f32 {
    if family == 0 {
        return 1.0;
    }
    let before = seen.entry(family).or_default();
    let factor = each.powi((*before).min(MOST_SIBLINGS));
    *before += 1;
    factor
}
