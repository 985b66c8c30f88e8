//! The `exposing` list.

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use super::ALL;
use crate::outline::{LinkKind, Outline};

pub(super) fn finish(outline: &mut Outline) {
    let exposed: HashMap<&str, bool> = outline
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::Export)
        .map(|link| (link.name.as_str(), link.alias.is_some()))
        .collect();
    if exposed.contains_key(ALL) {
        return;
    }
    let mut open = false;
    for item in &mut outline.items {
        let public = match item.kind {
            SnippetKind::Module => continue,
            // Of the type before it: fields follow their record, constructors `T(..)`.
            SnippetKind::Field => open,
            kind => {
                let found = exposed.get(item.name.as_str());
                open = kind == SnippetKind::Struct || found == Some(&true);
                found.is_some()
            }
        };
        if !public {
            item.declared = Visibility::Internal;
        }
    }
    outline.settle();
}
