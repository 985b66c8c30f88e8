//! A collect of what the store has and the registry has not changed.

use std::time::Instant as Clock;

use registry_types::{Release, Result};
use tokio::time::Instant;

use super::advisories::{self, Subject};
use super::stored::Stored;
use super::{Collect, Gathered, OPTIONAL, Step, write};
use crate::endpoints::Endpoint;
use crate::request::Timings;

impl Collect {
    /// The release as it is, unless advisories are wanted that could not be had before and can be
    /// had now.
    pub(super) async fn unchanged(
        &self,
        stored: Stored,
        registry: &Endpoint,
        mut timings: Timings,
    ) -> Result<Step> {
        if !stored.lacks_advisories(&self.request) {
            return Ok(Step::Same(Box::new(stored.release), timings));
        }
        let start = Clock::now();
        let subject = Subject::known(&stored.release);
        let soon = self.deadline.min(Instant::now() + OPTIONAL);
        let advised = advisories::ask_all(&self.shared, subject, registry, soon).await;
        timings.network += start.elapsed();
        if !advised.warnings.is_empty() {
            return Ok(Step::Same(Box::new(stored.release), timings));
        }
        let start = Clock::now();
        let release = stored.without_advisory_warnings();
        let (package, docs) = (stored.package, self.request.docs);
        let known = release.clone();
        let contents = self
            .shared
            .glance(move |s| {
                write::contents(&s.store, package.clone(), release, &package, known, docs)
            })
            .await?;
        timings.store += start.elapsed();
        let gathered = self.finish(contents, advised, None, timings).await?;
        Ok(Step::New(Box::new(gathered)))
    }

    /// Where no validator told that nothing changed, but nothing did: the release is not
    /// written again.
    pub(super) async fn unless_stored(&self, gathered: Gathered, stored: Stored) -> Result<Step> {
        let timings = gathered.timings;
        let Stored { package, release } = stored;
        let checked = self.shared.glance(move |s| {
            let same = write::is_stored(&s.store, &gathered.bundle, &package, &release)?;
            if same {
                write::mark(&s.store, &gathered.bundle)?;
            }
            Ok((gathered, release, same))
        });
        let (gathered, release, same): (Gathered, Release, bool) = checked.await?;
        if same {
            return Ok(Step::Same(Box::new(release), timings));
        }
        Ok(Step::New(Box::new(gathered)))
    }
}
