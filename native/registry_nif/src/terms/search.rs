use registry_types::{SearchHit, SnippetHit, Why};
use rustler::{NifMap, NifStruct};

use super::scalar::Real;
use super::{PackageTerm, SnippetTerm};

/// `%PackageRegistry.SearchResult{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.SearchResult"]
#[rustler(encode)]
pub(crate) struct SearchResultTerm<'h> {
    package: PackageTerm<'h>,
    score: Real,
    matched: &'h [String],
    highlights: &'h [String],
    missing: &'h [String],
    replaced_by: &'h [String],
    why: Vec<WhyTerm<'h>>,
}

impl<'h> From<&'h SearchHit> for SearchResultTerm<'h> {
    fn from(hit: &'h SearchHit) -> Self {
        Self {
            package: (&hit.package).into(),
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
    part: &'h str,
    value: Real,
    evidence: &'h str,
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
    snippet: SnippetTerm<'h>,
    score: Real,
    matched: &'h [String],
    highlights: &'h [String],
    missing: &'h [String],
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
