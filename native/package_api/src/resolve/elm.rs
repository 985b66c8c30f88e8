//! `elm.json` of a package lists the modules that users may import; the others are internal.

use registry_types::Visibility;

use super::{Context, FileOutline};

/// Longest manifest read, in bytes.
const MAX_MANIFEST: usize = 1 << 20;

/// Makes what modules define internal that the package does not expose.
pub(super) fn resolve(context: &Context<'_>, files: &mut [FileOutline]) {
    if !files.iter().any(|file| file.outline.language == "elm") {
        return;
    }
    let Some(manifest) = (context.manifest)("elm.json") else {
        return;
    };
    let manifest = manifest.get(..MAX_MANIFEST).unwrap_or(&manifest);
    let text = String::from_utf8_lossy(manifest);
    // An application exposes nothing, but is no library either: its modules stay as they are.
    let Some((_, rest)) = text.split_once("\"exposed-modules\"") else {
        return;
    };
    // A list of names, or lists of them under headings: what stands in quotes before the end.
    let end = rest.find("\"elm-version\"").unwrap_or(rest.len());
    let listed = rest.get(..end).unwrap_or_default();
    let exposed: Vec<&str> = listed.split('"').skip(1).step_by(2).collect();
    for file in files
        .iter_mut()
        .filter(|file| file.outline.language == "elm")
    {
        if exposed.contains(&file.outline.module.as_str()) {
            continue;
        }
        for item in &mut file.outline.items {
            item.declared = Visibility::Internal;
            item.visibility = Visibility::Internal;
        }
    }
}
