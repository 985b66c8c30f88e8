//! With the file known: whether roxygen decides what is exported.

use registry_types::Visibility;

use super::UNEXPORTED;
use crate::outline::Outline;

pub(super) fn finish(outline: &mut Outline) {
    super::super::same::merge(outline, false);
    for item in &mut outline.items {
        if item.marks.has(UNEXPORTED) {
            item.declared = Visibility::Internal;
            item.marks = item.marks.without(UNEXPORTED);
        }
    }
    outline.settle();
}
