use registry_indexer::Recommendation;
use registry_types::advice::{AdviceTree, Candidate, Reason, VersionAdvice};
use registry_types::replacement::Replacement;
use rustler::{NifMap, NifStruct};

use super::scalar::{DateTimeTerm, Real, time};
use super::tree::TreeAdvisoriesTerm;
use super::{Name, PackageTerm};

/// `%PackageRegistry.VersionAdvice{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.VersionAdvice"]
#[rustler(encode)]
pub(crate) struct VersionAdviceTerm<'a> {
    ecosystem: Name,
    package: &'a str,
    purl: String,
    current: Option<&'a str>,
    recommended: Option<&'a str>,
    clean: bool,
    reason: &'a str,
    smallest_upgrade: Option<&'a str>,
    cooldown_lifted: bool,
    candidates: Vec<CandidateTerm<'a>>,
    versions: usize,
    dependencies: Option<AdviceTreeTerm<'a>>,
    replacements: Vec<ReplacementTerm<'a>>,
    advisories_known: bool,
}

impl<'a> From<&'a VersionAdvice> for VersionAdviceTerm<'a> {
    fn from(advice: &'a VersionAdvice) -> Self {
        Self {
            ecosystem: Name(advice.ecosystem.as_str()),
            package: &advice.package,
            purl: advice.purl(),
            current: advice.current.as_deref(),
            recommended: advice.recommended.as_deref(),
            clean: advice.clean,
            reason: &advice.reason,
            smallest_upgrade: advice.smallest_upgrade.as_deref(),
            cooldown_lifted: advice.cooldown_lifted,
            candidates: advice.candidates.iter().map(Into::into).collect(),
            versions: advice.versions,
            dependencies: advice.dependencies.as_ref().map(Into::into),
            replacements: advice.replacements.iter().map(Into::into).collect(),
            advisories_known: advice.advisories_known,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct CandidateTerm<'a> {
    version: &'a str,
    published_at: Option<DateTimeTerm>,
    prerelease: bool,
    clean: bool,
    reasons_for: Vec<ReasonTerm<'a>>,
    reasons_against: Vec<ReasonTerm<'a>>,
    advisories: &'a [String],
    severity: Option<Name>,
}

impl<'a> From<&'a Candidate> for CandidateTerm<'a> {
    fn from(candidate: &'a Candidate) -> Self {
        let list = |reasons: &'a [Reason]| reasons.iter().map(Into::into).collect();
        Self {
            version: &candidate.version,
            published_at: time(candidate.published_at),
            prerelease: candidate.prerelease,
            clean: candidate.clean,
            reasons_for: list(&candidate.reasons_for),
            reasons_against: list(&candidate.reasons_against),
            advisories: &candidate.advisories,
            severity: candidate.severity.map(|severity| Name(severity.as_str())),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct ReasonTerm<'a> {
    kind: Name,
    text: &'a str,
}

impl<'a> From<&'a Reason> for ReasonTerm<'a> {
    fn from(reason: &'a Reason) -> Self {
        Self {
            kind: Name(reason.kind.as_str()),
            text: &reason.text,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct AdviceTreeTerm<'a> {
    version: &'a str,
    checked: usize,
    missing: &'a [String],
    advisories: TreeAdvisoriesTerm<'a>,
    truncated: bool,
}

impl<'a> From<&'a AdviceTree> for AdviceTreeTerm<'a> {
    fn from(tree: &'a AdviceTree) -> Self {
        Self {
            version: &tree.version,
            checked: tree.checked,
            missing: &tree.missing,
            advisories: (&tree.advisories).into(),
            truncated: tree.truncated,
        }
    }
}

/// `%PackageRegistry.Replacement{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Replacement"]
#[rustler(encode)]
pub(crate) struct ReplacementTerm<'a> {
    name: &'a str,
    ecosystem: Name,
    source: Name,
    sentence: &'a str,
}

impl<'a> From<&'a Replacement> for ReplacementTerm<'a> {
    fn from(replacement: &'a Replacement) -> Self {
        Self {
            name: &replacement.name,
            ecosystem: Name(replacement.ecosystem.as_str()),
            source: Name(replacement.source.as_str()),
            sentence: &replacement.sentence,
        }
    }
}

/// `%PackageRegistry.Recommendation{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Recommendation"]
#[rustler(encode)]
pub(crate) struct RecommendationTerm<'a> {
    package: PackageTerm<'a>,
    version: Option<&'a str>,
    score: Real,
    relevance: Real,
    quality: Option<Real>,
    reasons: &'a [String],
    replacements: Vec<ReplacementTerm<'a>>,
}

impl<'a> From<&'a Recommendation> for RecommendationTerm<'a> {
    fn from(found: &'a Recommendation) -> Self {
        Self {
            package: (&found.package).into(),
            version: found.version.as_deref(),
            score: Real(found.score),
            relevance: Real(found.relevance),
            quality: found.quality.map(Real),
            reasons: &found.reasons,
            replacements: found.replacements.iter().map(Into::into).collect(),
        }
    }
}
