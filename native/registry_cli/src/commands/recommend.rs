//! `recommend-version` and `recommend`: which version, and which package, to take.

use registry_indexer::{PurposeQuery, Recommendation, get_recommendations, recommend_version};
use registry_store::Store;
use registry_types::advice::{AdviceOptions, Candidate, VersionAdvice, parse_cooldown};
use registry_types::{Error, replacement::Replacement};

use super::WithPurl;
use crate::arguments::{Recommend, RecommendVersion, Wants};
use crate::failure::Result;
use crate::output::escape::one_line;
use crate::output::text::{pad, widest};
use crate::output::{Output, Style};

impl Wants {
    fn options(&self, current: Option<&str>) -> Result<AdviceOptions> {
        let cooldown = self.cooldown.as_deref().map(parse_cooldown).transpose()?;
        let runtime = self.runtime.iter().map(|text| {
            let pair = text.split_once('=').ok_or_else(|| {
                Error::invalid_argument(format!("--runtime {text:?}: write it as in node=18"))
            });
            pair.map(|(name, version)| (name.to_owned(), version.to_owned()))
        });
        Ok(AdviceOptions {
            current: current.map(str::to_owned),
            runtime: runtime.collect::<registry_types::Result<_>>()?,
            cooldown: cooldown.unwrap_or(0),
            allow_prerelease: self.allow_prerelease,
            ..AdviceOptions::default()
        })
    }
}

pub(crate) fn version(
    store: &Store,
    arguments: &RecommendVersion,
    output: &mut Output,
) -> Result<()> {
    let known = arguments.target.find(store)?;
    let current = arguments.current.as_deref().or(known.version.as_deref());
    let options = AdviceOptions {
        limit: arguments.candidates,
        ..arguments.wants.options(current)?
    };
    let advice = recommend_version(store, known.ecosystem, &known.name, &options)?;
    if output.is_json() {
        return output.json(&WithPurl {
            purl: advice.purl(),
            value: &advice,
        });
    }
    show(&advice, output)
}

fn show(advice: &VersionAdvice, output: &mut Output) -> Result<()> {
    let version = advice.recommended.as_deref().unwrap_or("none");
    let style = if advice.clean {
        Style::Good
    } else {
        Style::Bad
    };
    output.line(&format!(
        "{} {}",
        output.strong(&one_line(&advice.package)),
        output.style(style, &one_line(version))
    ))?;
    output.line(&one_line(&advice.reason))?;
    if let Some(upgrade) = &advice.smallest_upgrade {
        output.line(&format!("smallest upgrade: {}", one_line(upgrade)))?;
    }
    if advice.cooldown_lifted {
        output.line("the cooldown is lifted: the version in use should be left")?;
    }
    if !advice.advisories_known {
        let text = "advisories were not asked for: none of these is known to be free of them";
        output.line(&output.style(Style::Notable, text))?;
    }
    show_replacements(&advice.replacements, output)?;
    if let Some(tree) = &advice.dependencies {
        for advisory in tree.advisories.all() {
            let text = format!("{} {}: {}", advisory.package, advisory.version, advisory.id);
            output.line(&format!(
                "in its tree: {}",
                output.style(Style::Bad, &one_line(&text))
            ))?;
        }
        if !tree.missing.is_empty() {
            let text = format!(
                "not in the store, and so not looked into: {}",
                tree.missing.join(", ")
            );
            output.line(&output.style(Style::Notable, &one_line(&text)))?;
        }
    }
    output.line("")?;
    let versions = advice.candidates.iter().map(|c| c.version.as_str());
    let width = widest(versions, 24);
    for candidate in &advice.candidates {
        show_candidate(candidate, width, output)?;
    }
    let more = advice.versions.saturating_sub(advice.candidates.len());
    if more > 0 {
        output.line(&output.dim(&format!("{more} more")))?;
    }
    Ok(())
}

fn show_candidate(candidate: &Candidate, width: usize, output: &mut Output) -> Result<()> {
    let style = if candidate.clean {
        Style::Good
    } else {
        Style::Bad
    };
    let mark = if candidate.clean { "+" } else { "-" };
    let reasons = candidate
        .reasons_against
        .iter()
        .chain(&candidate.reasons_for);
    let reasons: Vec<String> = reasons.map(|reason| one_line(&reason.text)).collect();
    output.line(&format!(
        "{} {}  {}",
        output.style(style, mark),
        pad(&one_line(&candidate.version), width),
        output.dim(&reasons.join("; "))
    ))
}

fn show_replacements(replacements: &[Replacement], output: &mut Output) -> Result<()> {
    for replacement in replacements {
        output.line(&format!(
            "replaced by {}: {}",
            output.strong(&one_line(&replacement.name)),
            one_line(&replacement.sentence)
        ))?;
    }
    Ok(())
}

pub(crate) fn purpose(store: &Store, arguments: Recommend, output: &mut Output) -> Result<()> {
    let version = arguments.wants.options(None)?;
    let found = get_recommendations(
        store,
        &PurposeQuery {
            ecosystems: arguments.ecosystem,
            limit: arguments.limit,
            licenses: arguments.license,
            version,
            ..PurposeQuery::new(arguments.purpose)
        },
    )?;
    for recommendation in &found {
        if output.is_json() {
            output.json(&WithPurl {
                purl: recommendation.package.purl(),
                value: recommendation,
            })?;
        } else {
            show_recommendation(recommendation, output)?;
        }
    }
    Ok(())
}

fn show_recommendation(found: &Recommendation, output: &mut Output) -> Result<()> {
    let name = output.strong(&one_line(&found.package.name));
    let version = one_line(found.version.as_deref().unwrap_or("no version"));
    output.line(&format!(
        "{name} {version}  {}  {:.2}",
        found.package.ecosystem, found.score
    ))?;
    if let Some(description) = &found.package.description {
        output.line(&format!("    {}", one_line(description)))?;
    }
    output.line(&format!(
        "    {}",
        output.dim(&one_line(&found.reasons.join("; ")))
    ))
}
