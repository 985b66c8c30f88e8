//! Parts of one type.

use std::collections::HashMap;

use registry_types::Visibility;

use crate::outline::{Item, Outline};

/// Parts of a `partial` type are one item; what one of them says of its visibility holds for all.
pub(super) fn merge_parts(outline: &mut Outline) {
    let mut first: HashMap<(String, usize), u32> = HashMap::new();
    let mut into: Vec<Option<u32>> = vec![None; outline.items.len()];
    let mut merged = false;
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let (Some(item), Ok(at)) = (rest.first_mut(), u32::try_from(index)) else {
            break;
        };
        if !is_part(item) {
            continue;
        }
        let key = (item.qualified_name.clone(), type_parameters(item));
        let target = *first.entry(key).or_insert(at);
        let Some(target_item) = before.get_mut(target as usize) else {
            continue;
        };
        if item.declared == Visibility::Public && target_item.declared != Visibility::Public {
            target_item.declared = Visibility::Public;
            target_item.signature.clone_from(&item.signature);
        }
        if target_item.doc.is_none() {
            target_item.doc = item.doc.take();
        }
        if let Some(slot) = into.get_mut(index) {
            *slot = Some(target);
            merged = true;
        }
    }
    if merged {
        outline.absorb(&into);
        outline.settle();
    }
}

fn is_part(item: &Item) -> bool {
    use registry_types::SnippetKind::{Class, Interface, Struct};
    matches!(item.kind, Class | Interface | Struct)
        && item
            .signature
            .split_ascii_whitespace()
            .any(|word| word == "partial")
}

/// `Map<K, V>` and `Map<K>` are different types.
fn type_parameters(item: &Item) -> usize {
    let tail = item
        .signature
        .split_once(&format!(" {}<", item.name))
        .map(|(_, tail)| tail);
    let list = tail.and_then(|tail| tail.split('>').next());
    list.map_or(0, |list| list.split(',').count())
}
