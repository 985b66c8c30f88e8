//! The end of a collect: what depends on everything before, and the write.

use std::sync::Arc;
use std::time::Instant as Clock;

use registry_store::Bundle;
use registry_types::quality::{QualityFacts, assess};
use registry_types::{Advisory, FeedAnswer, Release, Result, Timestamp};
use tokio::time::Instant;

use super::advisories::Advised;
use super::extract::Contents;
use super::stored::{self, Stored};
use super::{Collect, Gathered, OPTIONAL, quality, write};
use crate::request::{Stage, Timings};

impl Collect {
    /// Advisories, stars and the rest that depends on everything before.
    pub(super) async fn finish(
        &self,
        contents: Contents,
        advised: Advised,
        stored: Option<&Stored>,
        mut timings: Timings,
    ) -> Result<Gathered> {
        let Contents {
            mut package,
            mut release,
            snippets,
            documents,
            ..
        } = contents;
        if self.request.quality && package.stars.is_none() {
            // The cargo index names no repository: the manifest may.
            let start = Clock::now();
            let soon = self.deadline.min(Instant::now() + OPTIONAL);
            let warned = release
                .warnings
                .iter()
                .any(|w| w.message.contains("GitHub"));
            if !warned {
                let warning = quality::ask_stars(&self.shared, &mut package, soon).await;
                release.warnings.extend(warning);
            }
            timings.network += start.elapsed();
        }
        if let Some(stored) = stored.filter(|_| !self.request.quality) {
            write::keep_quality(&mut package, &stored.package);
        }
        let known = self.merge(&advised.answers, &package.name).await?;
        release.advisories = write::affecting(release.ecosystem, &known, &release.version);
        package.quality = assess(&QualityFacts {
            package: &package,
            release: Some(&release),
            readme: release.readme.as_ref().map_or(0, String::len),
            advisories: &known,
            advisories_known: !advised.answers.is_empty(),
            now: Timestamp::now(),
        })
        .score;
        let bundle = Bundle {
            package,
            release,
            snippets,
            documents,
            advisories: advised.answers,
        };
        Ok(Gathered { bundle, timings })
    }

    /// What is known with the new answers: those of other feeds stay as the store has them.
    async fn merge(&self, answers: &[FeedAnswer], name: &str) -> Result<Vec<Advisory>> {
        let ecosystem = self.request.ecosystem;
        let (name, asked): (String, Vec<String>) = (
            name.to_owned(),
            answers.iter().map(|answer| answer.source.clone()).collect(),
        );
        let known = self.shared.glance(move |s| {
            let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
            stored::absent(s.store.told_advisories(ecosystem, &name, &asked))
        });
        let told = answers.iter().flat_map(|answer| answer.advisories.clone());
        let mut all: Vec<Advisory> = told.collect();
        all.extend(known.await?.unwrap_or_default());
        all.retain(Advisory::is_standing);
        Ok(registry_types::merge_advisories(ecosystem, all))
    }

    /// Writes it down. From here on neither time nor cancellation stops it half-way.
    pub(super) async fn store(&self, gathered: Gathered) -> Result<(Release, Timings)> {
        if self.cancelled.is_cancelled() {
            return Err(self.cancel());
        }
        self.reporter.enter(Stage::Store);
        let Gathered {
            mut bundle,
            mut timings,
        } = gathered;
        let start = Clock::now();
        let shared = Arc::clone(&self.shared);
        let written = self.shared.compute(move || {
            write::put(&shared.store, &mut bundle)?;
            Ok(bundle.release)
        });
        let release = written.await?;
        timings.store += start.elapsed();
        Ok((release, timings))
    }
}
