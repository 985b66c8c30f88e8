//! Getters and setters.

use std::collections::HashMap;

use registry_types::outline::join_signature;

use crate::outline::Outline;

/// A setter is part of the getter of its name.
pub(super) fn merge_accessors(outline: &mut Outline) {
    use registry_types::SnippetKind::{Constant, Field};
    let mut getters: HashMap<String, u32> = HashMap::new();
    let mut into: Vec<Option<u32>> = vec![None; outline.items.len()];
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let (Some(item), Ok(at)) = (rest.first_mut(), u32::try_from(index)) else {
            break;
        };
        if !matches!(item.kind, Field | Constant) {
            continue;
        }
        let first = *getters.entry(item.qualified_name.clone()).or_insert(at);
        let accessor = |text: &str| text.contains("get ") || text.contains("set ");
        let Some(target) = before.get_mut(first as usize) else {
            continue;
        };
        if accessor(&item.signature) && accessor(&target.signature) {
            join_signature(&mut target.signature, &item.signature);
            target.doc = target.doc.take().or_else(|| item.doc.take());
            target.marks = target.marks.with(item.marks);
            if let Some(slot) = into.get_mut(index) {
                *slot = Some(first);
            }
        }
    }
    outline.absorb(&into);
}
