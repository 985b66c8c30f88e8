//! An interface file is the API of its module: what the implementation beside it defines is internal.

use std::collections::HashSet;

use registry_types::Visibility;

use super::FileOutline;

/// Makes the items of each `.ml` internal that has an `.mli` beside it.
pub(super) fn resolve(files: &mut [FileOutline]) {
    let interfaces: HashSet<String> = files
        .iter()
        .filter_map(|file| file.path.strip_suffix(".mli"))
        .map(str::to_owned)
        .collect();
    for file in files {
        let stem = file.path.strip_suffix(".ml");
        if stem.is_some_and(|stem| interfaces.contains(stem)) {
            for item in &mut file.outline.items {
                item.declared = Visibility::Internal;
                item.visibility = Visibility::Internal;
            }
        }
    }
}
