use registry_types::{Snippet, SnippetOwner};
use rustler::NifStruct;

use super::Name;

/// `%PackageRegistry.Snippet{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Snippet"]
#[rustler(encode)]
pub(crate) struct SnippetTerm<'s> {
    ecosystem: Name,
    package: &'s str,
    version: &'s str,
    language: &'s str,
    kind: Name,
    name: &'s str,
    qualified_name: &'s str,
    signature: &'s str,
    doc: Option<&'s str>,
    visibility: Name,
    aliases: &'s [String],
    condition: Option<&'s str>,
    deprecated: bool,
    open: bool,
    path: &'s str,
    start_line: u32,
    end_line: u32,
    source: &'s str,
}

impl<'s> SnippetTerm<'s> {
    pub(crate) fn new(owner: &'s SnippetOwner, snippet: &'s Snippet) -> Self {
        Self {
            ecosystem: Name(owner.ecosystem.as_str()),
            package: &owner.package,
            version: &owner.version,
            language: &snippet.language,
            kind: Name(snippet.kind.as_str()),
            name: &snippet.name,
            qualified_name: &snippet.qualified_name,
            signature: &snippet.signature,
            doc: snippet.doc.as_deref(),
            visibility: Name(snippet.visibility.as_str()),
            aliases: &snippet.aliases,
            condition: snippet.condition.as_deref(),
            deprecated: snippet.deprecated,
            open: snippet.open,
            path: &snippet.path,
            start_line: snippet.start_line,
            end_line: snippet.end_line,
            source: &snippet.source,
        }
    }
}
