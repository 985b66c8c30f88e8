use registry_types::{Snippet, SnippetOwner};
use rustler::NifStruct;

use super::Name;

/// `%PackageRegistry.Snippet{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Snippet"]
#[rustler(encode)]
pub(crate) struct SnippetTerm<'s> {
    aliases: &'s [String],
    condition: Option<&'s str>,
    deprecated: bool,
    doc: Option<&'s str>,
    ecosystem: Name,
    end_line: u32,
    kind: Name,
    language: &'s str,
    name: &'s str,
    open: bool,
    package: &'s str,
    path: &'s str,
    qualified_name: &'s str,
    signature: &'s str,
    source: &'s str,
    start_line: u32,
    version: &'s str,
    visibility: Name,
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
