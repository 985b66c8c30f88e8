use registry_types::{ApiChange, ApiDiff, ApiState, ApiVerdict};
use rustler::{NifMap, NifStruct};

use super::Name;

/// `%PackageRegistry.ApiDiff{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.ApiDiff"]
#[rustler(encode)]
pub(crate) struct ApiDiffTerm<'d> {
    ecosystem: Name,
    package: &'d str,
    purl: String,
    from: &'d str,
    to: &'d str,
    added: Vec<ApiChangeTerm<'d>>,
    removed: Vec<ApiChangeTerm<'d>>,
    changed: Vec<ApiChangeTerm<'d>>,
    moved: Vec<ApiChangeTerm<'d>>,
    incomplete: &'d [String],
    verdict: VerdictTerm<'d>,
}

impl<'d> From<&'d ApiDiff> for ApiDiffTerm<'d> {
    fn from(diff: &'d ApiDiff) -> Self {
        let list = |changes: &'d [ApiChange]| changes.iter().map(Into::into).collect();
        Self {
            ecosystem: Name(diff.ecosystem.as_str()),
            package: &diff.package,
            purl: diff.purl(),
            from: &diff.from,
            to: &diff.to,
            added: list(&diff.added),
            removed: list(&diff.removed),
            changed: list(&diff.changed),
            moved: list(&diff.moved),
            incomplete: &diff.incomplete,
            verdict: (&diff.verdict).into(),
        }
    }
}

/// `%PackageRegistry.ApiChange{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.ApiChange"]
#[rustler(encode)]
struct ApiChangeTerm<'d> {
    kind: Name,
    name: &'d str,
    qualified_name: &'d str,
    language: &'d str,
    before: Option<StateTerm<'d>>,
    after: Option<StateTerm<'d>>,
    what: Vec<Name>,
    impact: Name,
    reason: &'d str,
}

impl<'d> From<&'d ApiChange> for ApiChangeTerm<'d> {
    fn from(change: &'d ApiChange) -> Self {
        Self {
            kind: Name(change.kind.as_str()),
            name: &change.name,
            qualified_name: &change.qualified_name,
            language: &change.language,
            before: change.before.as_ref().map(Into::into),
            after: change.after.as_ref().map(Into::into),
            what: change.what.iter().map(|what| Name(what.as_str())).collect(),
            impact: Name(change.impact.as_str()),
            reason: &change.reason,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct StateTerm<'d> {
    kind: Name,
    qualified_name: &'d str,
    signature: &'d str,
    condition: Option<&'d str>,
    deprecated: bool,
    path: &'d str,
    start_line: u32,
}

impl<'d> From<&'d ApiState> for StateTerm<'d> {
    fn from(state: &'d ApiState) -> Self {
        Self {
            kind: Name(state.kind.as_str()),
            qualified_name: &state.qualified_name,
            signature: &state.signature,
            condition: state.condition.as_deref(),
            deprecated: state.deprecated,
            path: &state.path,
            start_line: state.start_line,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct VerdictTerm<'d> {
    impact: Option<Name>,
    expected: Name,
    step: Option<Name>,
    allowed: Option<bool>,
    reason: &'d str,
}

impl<'d> From<&'d ApiVerdict> for VerdictTerm<'d> {
    fn from(verdict: &'d ApiVerdict) -> Self {
        Self {
            impact: verdict.impact.map(|impact| Name(impact.as_str())),
            expected: Name(verdict.expected.as_str()),
            step: verdict.step.map(|step| Name(step.as_str())),
            allowed: verdict.allowed,
            reason: &verdict.reason,
        }
    }
}
