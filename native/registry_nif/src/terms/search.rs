use registry_types::{SearchHit, SnippetHit, Why};
use rustler::{NifMap, NifStruct};

use super::scalar::Real;
use super::{PackageTerm, SnippetTerm};

/// `%PackageRegistry.SearchResult{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.SearchResult"]
#[rustler(encode)]
pub(crate) struct SearchResultTerm<'h> {
    highlights: &'h [String],
    matched: &'h [String],
    missing: &'h [String],
    package: PackageTerm<'h>,
    replaced_by: &'h [String],
    score: Real,
    why: Vec<WhyTerm<'h>>,
}

impl<'h> From<&'h SearchHit> for SearchResultTerm<'h> {
    fn from(hit: &'h SearchHit) -> Self {
        Self {
            package: hit.package.as_ref().into(),
            score: Real(hit.score),
            matched: &hit.matched,
            highlights: &hit.highlights,
            missing: &hit.missing,
            replaced_by: &hit.replaced_by,
            why: hit.why.iter().map(Into::into).collect(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct WhyTerm<'h> {
    evidence: &'h str,
    part: &'h str,
    value: Real,
}

impl<'h> From<&'h Why> for WhyTerm<'h> {
    fn from(why: &'h Why) -> Self {
        Self {
            part: &why.part,
            value: Real(why.value),
            evidence: &why.evidence,
        }
    }
}

/// `%PackageRegistry.SnippetResult{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.SnippetResult"]
#[rustler(encode)]
pub(crate) struct SnippetResultTerm<'h> {
    highlights: &'h [String],
    matched: &'h [String],
    missing: &'h [String],
    score: Real,
    snippet: SnippetTerm<'h>,
    why: Vec<WhyTerm<'h>>,
}

impl<'h> From<&'h SnippetHit> for SnippetResultTerm<'h> {
    fn from(hit: &'h SnippetHit) -> Self {
        Self {
            snippet: SnippetTerm::new(&hit.owner, &hit.snippet),
            score: Real(hit.score),
            matched: &hit.matched,
            highlights: &hit.highlights,
            missing: &hit.missing,
            why: hit.why.iter().map(Into::into).collect(),
        }
    }
}
