use std::collections::HashMap;

use registry_types::framework::{Framework, FrameworkEvidence};
use registry_types::quality::{Quality, QualityEvidence, QualityScore};
use rustler::{NifMap, NifStruct};

use super::Name;
use super::scalar::{DateTimeTerm, Real, time};

/// `%PackageRegistry.Quality{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Quality"]
#[rustler(encode)]
pub(crate) struct QualityTerm<'q> {
    ecosystem: Name,
    package: &'q str,
    purl: String,
    score: Option<Real>,
    parts: Vec<ScoreTerm<'q>>,
    unknown: &'q [String],
    percentiles: HashMap<&'q str, Real>,
    assessed_at: Option<DateTimeTerm>,
}

impl<'q> From<&'q Quality> for QualityTerm<'q> {
    fn from(quality: &'q Quality) -> Self {
        let percentiles = quality.percentiles.iter();
        Self {
            ecosystem: Name(quality.ecosystem.as_str()),
            package: &quality.package,
            purl: quality.purl(),
            score: quality.score.map(Real),
            parts: quality.parts.iter().map(Into::into).collect(),
            unknown: &quality.unknown,
            percentiles: percentiles
                .map(|(name, share)| (name.as_str(), Real(*share)))
                .collect(),
            assessed_at: time(Some(quality.assessed_at)),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct ScoreTerm<'q> {
    part: Name,
    score: Option<Real>,
    weight: Real,
    evidence: Vec<EvidenceTerm<'q>>,
}

impl<'q> From<&'q QualityScore> for ScoreTerm<'q> {
    fn from(score: &'q QualityScore) -> Self {
        Self {
            part: Name(score.part.as_str()),
            score: score.score.map(Real),
            weight: Real(score.weight),
            evidence: score.evidence.iter().map(Into::into).collect(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct EvidenceTerm<'q> {
    name: &'q str,
    value: &'q str,
    score: Option<Real>,
    weight: Real,
    date: Option<DateTimeTerm>,
}

impl<'q> From<&'q QualityEvidence> for EvidenceTerm<'q> {
    fn from(evidence: &'q QualityEvidence) -> Self {
        Self {
            name: &evidence.name,
            value: &evidence.value,
            score: evidence.score.map(Real),
            weight: Real(evidence.weight),
            date: time(evidence.date),
        }
    }
}

/// `%PackageRegistry.Framework{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Framework"]
#[rustler(encode)]
pub(crate) struct FrameworkTerm<'f> {
    name: &'f str,
    confidence: Real,
    evidence: Vec<SignTerm<'f>>,
}

impl<'f> From<&'f Framework> for FrameworkTerm<'f> {
    fn from(framework: &'f Framework) -> Self {
        Self {
            name: &framework.name,
            confidence: Real(framework.confidence),
            evidence: framework.evidence.iter().map(Into::into).collect(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct SignTerm<'f> {
    sign: Name,
    value: &'f str,
}

impl<'f> From<&'f FrameworkEvidence> for SignTerm<'f> {
    fn from(evidence: &'f FrameworkEvidence) -> Self {
        Self {
            sign: Name(evidence.sign.as_str()),
            value: &evidence.value,
        }
    }
}
