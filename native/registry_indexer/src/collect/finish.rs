//! The end of a collect: what depends on everything before, and the write.

use std::sync::Arc;
use std::time::Instant as Clock;

use registry_store::Bundle;
use registry_types::{Advisory, Release, Result};
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
        let complete = advised.complete;
        let advisories = self.merge(advised, &package.name).await?;
        release.advisories = write::affecting(release.ecosystem, &advisories, &release.version);
        let bundle = Bundle {
            package,
            release,
            snippets,
            documents,
            advisories,
        };
        Ok(Gathered {
            bundle,
            complete,
            timings,
        })
    }

    /// With what the store knows, unless the sources told everything.
    async fn merge(&self, advised: Advised, name: &str) -> Result<Vec<Advisory>> {
        let ecosystem = self.request.ecosystem;
        let mut all = advised.advisories;
        if !advised.complete {
            let name = name.to_owned();
            let known = self
                .shared
                .glance(move |s| stored::absent(s.store.advisories(ecosystem, &name, None)));
            all.extend(known.await?.unwrap_or_default());
        }
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
            complete,
            mut timings,
        } = gathered;
        let start = Clock::now();
        let shared = Arc::clone(&self.shared);
        let written = self.shared.compute(move || {
            write::put(&shared.store, &mut bundle, complete)?;
            Ok(bundle.release)
        });
        let release = written.await?;
        timings.store += start.elapsed();
        Ok((release, timings))
    }
}
