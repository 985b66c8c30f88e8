use registry_store::{Store, View};
use registry_types::advice::AdviceOptions;
use registry_types::quality::QualityPart;
use registry_types::replacement::Replacement;
use registry_types::{Ecosystem, Package, Result, SearchHit, SearchQuery};

use super::advice::choose;
use super::quality::judge;
use super::replacements::in_view;

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct PurposeQuery {
    /// What the package is for, in words.
    pub purpose: String,
    /// Only these ecosystems; empty means all.
    pub ecosystems: Vec<Ecosystem>,
    /// At most so many. Default 5.
    pub limit: usize,
    /// Licences that will do (`"MIT"`), by their beginning and in any case; empty means all.
    pub licenses: Vec<String>,
    /// What a version must do besides.
    pub version: AdviceOptions,
}

impl PurposeQuery {
    /// A query by purpose alone.
    #[must_use]
    pub fn new(purpose: impl Into<String>) -> Self {
        Self {
            purpose: purpose.into(),
            ecosystems: Vec::new(),
            limit: 5,
            licenses: Vec::new(),
            version: AdviceOptions::default(),
        }
    }
}

/// A package to take for a purpose.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Recommendation {
    /// The package.
    pub package: Package,
    /// The version to take; nothing when none will do.
    pub version: Option<String>,
    /// 0 to 1: how well it fits, times how good it is.
    pub score: f64,
    /// How well it fits the purpose, 1 for the best hit of the search.
    pub relevance: f64,
    /// Its quality score; nothing when nothing is known.
    pub quality: Option<f64>,
    /// What speaks for it and against it, a line each.
    pub reasons: Vec<String>,
    /// What to take in its place, where it is dead.
    pub replacements: Vec<Replacement>,
}

/// So many hits of the search are judged for each that is wanted.
const HITS: usize = 4;

/// The packages to take for a purpose, the best first: found by the search, then weighed by quality,
/// advisories, licence and maintenance.
///
/// The score is `relevance × (0.4 + 0.6 × quality)`, halved when there is no version without a reason
/// against it, and times 0.2 for a dead package. Packages of another licence are left out.
///
/// # Errors
/// Those of [`Store::search`].
pub fn get_recommendations(store: &Store, query: &PurposeQuery) -> Result<Vec<Recommendation>> {
    let hits = store.search(&SearchQuery {
        ecosystems: query.ecosystems.clone(),
        limit: query.limit.saturating_mul(HITS).clamp(1, 100),
        ..SearchQuery::new(query.purpose.clone())
    })?;
    let best = hits.iter().map(|hit| hit.score).fold(0.0, f64::max);
    let mut found = store.view(|view| {
        let fitting = hits
            .iter()
            .filter(|hit| has_license(&hit.package, &query.licenses));
        let judged = fitting.map(|hit| weigh(view, hit, best, query));
        let judged: Result<Vec<Option<Recommendation>>> = judged.collect();
        Ok(judged?.into_iter().flatten().collect::<Vec<_>>())
    })?;
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.package.name.cmp(&b.package.name))
    });
    found.truncate(query.limit);
    Ok(found)
}

fn has_license(package: &Package, wanted: &[String]) -> bool {
    wanted.is_empty()
        || package.license.as_ref().is_some_and(|license| {
            let license = license.to_ascii_lowercase();
            let mut choices = license
                .split(" or ")
                .map(|l| l.trim_matches(['(', ')', ' ']));
            choices.any(|l| {
                wanted
                    .iter()
                    .any(|w| l.starts_with(&w.to_ascii_lowercase()))
            })
        })
}

fn weigh(
    view: &View<'_>,
    hit: &SearchHit,
    best: f64,
    query: &PurposeQuery,
) -> Result<Option<Recommendation>> {
    let (ecosystem, name) = (hit.package.ecosystem, hit.package.name.as_str());
    // It may have been deleted since the search.
    let Some(stored) = view.package(ecosystem, name)? else {
        return Ok(None);
    };
    let quality = judge(view, &stored)?;
    let advice = choose(view, &stored, &query.version).ok();
    let replacements = in_view(view, ecosystem, name)?.unwrap_or_default();
    let part = |part| {
        quality
            .parts
            .iter()
            .find(|p| p.part == part)
            .and_then(|p| p.score)
    };
    let dead = part(QualityPart::Maintenance) == Some(0.0);
    let relevance = if best > 0.0 {
        (hit.score / best).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let mut score = relevance * (0.4 + 0.6 * quality.score.unwrap_or(0.5));
    let mut reasons = vec![match hit.matched.as_slice() {
        [] => "found by the search".to_owned(),
        fields => format!("matches in {}", fields.join(", ")),
    }];
    for known in &quality.parts {
        if let Some(value) = known.score {
            reasons.push(format!("{} {value:.2}", known.part.as_str()));
        }
    }
    match &hit.package.license {
        Some(license) => reasons.push(format!("licence {license}")),
        None => reasons.push("licence unknown".to_owned()),
    }
    match &advice {
        Some(advice) => {
            reasons.push(advice.reason.clone());
            if !advice.clean {
                score *= 0.5;
            }
            if !advice.advisories_known {
                reasons.push("advisories were not asked for".to_owned());
            }
        }
        None => score *= 0.5,
    }
    if dead {
        score *= 0.2;
        reasons.push("no longer maintained".to_owned());
    }
    if let Some(first) = replacements.first() {
        reasons.push(format!("replaced by {}: {}", first.name, first.sentence));
    }
    Ok(Some(Recommendation {
        package: stored.package,
        version: advice.and_then(|advice| advice.recommended),
        score: (score * 1000.0).round() / 1000.0,
        relevance: (relevance * 1000.0).round() / 1000.0,
        quality: quality.score,
        reasons,
        replacements,
    }))
}
