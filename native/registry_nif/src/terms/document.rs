use registry_types::Document;
use rustler::NifStruct;

use super::Name;

/// `%PackageRegistry.Document{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Document"]
#[rustler(encode)]
pub(crate) struct DocumentTerm<'d> {
    kind: Name,
    format: Name,
    path: &'d str,
    title: Option<&'d str>,
    text: &'d str,
}

impl<'d> From<&'d Document> for DocumentTerm<'d> {
    fn from(document: &'d Document) -> Self {
        Self {
            kind: Name(document.kind.as_str()),
            format: Name(document.format.as_str()),
            path: &document.path,
            title: document.title.as_deref(),
            text: &document.text,
        }
    }
}
