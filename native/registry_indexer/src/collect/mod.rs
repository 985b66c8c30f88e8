//! One collect, from a name to a stored release: all of it or nothing.

mod advisories;
mod again;
mod ask;
mod contents;
mod download;
mod extract;
mod finish;
mod parse;
mod quality;
mod registry;
mod reporter;
mod shared;
mod stored;
mod write;

use std::sync::Arc;
use std::time::{Duration, Instant as Clock};

use registry_store::Bundle;
use registry_types::{Error, ErrorKind, Release, Result, check_name};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

pub use ask::metadata_cap;
pub use reporter::{Reporter, Sink};
pub use shared::{Shared, panicked};
pub use stored::lacks_snippets;

use crate::request::{CollectRequest, Outcome, Stage, Timings};
use advisories::{Advised, Subject};
use download::promise;
use registry::{Answer, Found};
use stored::{Part, Stored};

/// What is optional must not take the time of what is not.
const OPTIONAL: Duration = Duration::from_secs(10);

/// One collect under way.
pub struct Collect {
    /// Whose store, network and workers.
    pub shared: Arc<Shared>,
    /// What is wanted.
    pub request: CollectRequest,
    /// Told how far it is.
    pub reporter: Arc<Reporter>,
    /// Ends it early.
    pub cancelled: CancellationToken,
    /// When it must have come to an end.
    pub deadline: Instant,
}

/// Everything about a release but its being stored.
struct Gathered {
    bundle: Bundle,
    timings: Timings,
}

enum Step {
    Same(Box<Release>, Timings),
    New(Box<Gathered>),
}

impl Collect {
    /// Runs it. Dropping the future ends it, but for a write to the store that has begun.
    ///
    /// # Errors
    /// Any kind; nothing was stored.
    pub async fn run(self) -> Result<Outcome> {
        let (ecosystem, name) = (self.request.ecosystem, self.request.name.clone());
        check_name(ecosystem, &name)?;
        if self.request.snippets && self.shared.pool.is_none() {
            return Err(extract::no_parser());
        }
        let gathered = async {
            let lock = self.shared.lock(ecosystem, &name).await;
            self.gather().await.map(|step| (step, lock))
        };
        let (step, _lock) = self.wait(gathered).await??;
        let (release, mut timings, not_modified) = match step {
            Step::Same(release, timings) => (*release, timings, true),
            Step::New(gathered) => {
                let (release, timings) = self.store(*gathered).await?;
                (release, timings, false)
            }
        };
        self.reporter.enter(Stage::Done);
        timings.total = self.reporter.elapsed();
        Ok(Outcome {
            release,
            timings,
            not_modified,
        })
    }

    async fn gather(&self) -> Result<Step> {
        let mut timings = Timings::default();
        let start = Clock::now();
        let request = self.request.clone();
        let stored = self
            .shared
            .glance(move |s| stored::find(&s.store, &request))
            .await?;
        timings.store = start.elapsed();

        self.reporter.enter(Stage::Resolve);
        let start = Clock::now();
        let usable = stored
            .as_ref()
            .filter(|s| !self.request.force && s.answers(&self.request));
        let known = usable.map(|s| &s.release.source);
        let (ecosystem, name) = (self.request.ecosystem, self.request.name.as_str());
        let wanted = &self.request.version;
        let answer =
            registry::ask(&self.shared, ecosystem, name, wanted, known, self.deadline).await?;
        let (found, stored) = match (answer, stored) {
            (Answer::Found(found), stored) => (found, stored),
            (Answer::Same(endpoint), Some(stored)) => {
                timings.network = start.elapsed();
                self.reporter.resolved(&stored.release.version);
                return self.unchanged(stored, &endpoint, timings).await;
            }
            (Answer::Same(_), None) => {
                return Err(Error::protocol(format!(
                    "{name}: an unasked for \"not modified\""
                )));
            }
        };
        let entry = found.metadata.resolve(&self.request.version)?;
        let version = entry.version.clone();
        self.reporter.resolved(&version);
        timings.network = start.elapsed();
        self.complete(*found, &version, stored, timings).await
    }

    /// Everything that follows once the version is known.
    async fn complete(
        &self,
        found: Found,
        version: &str,
        stored: Option<Stored>,
        mut timings: Timings,
    ) -> Result<Step> {
        let start = Clock::now();
        let Found {
            mut metadata,
            mut source,
            endpoint,
        } = found;
        let ecosystem = self.request.ecosystem;
        let artifacts = metadata.release(version)?.artifacts;
        source.integrity = artifacts.first().and_then(promise);
        let same = |s: &Stored| {
            s.release.version == version
                && source.integrity.is_some()
                && s.release.source.integrity == source.integrity
                && s.has_contents(&self.request)
        };
        let contents_known = !self.request.force && stored.as_ref().is_some_and(same);
        let package_name = metadata.package.name.clone();
        let subject = Subject::new(&metadata, version);
        let optional = self.deadline.min(Instant::now() + OPTIONAL);

        let download = async {
            if contents_known {
                return Ok(None);
            }
            self.reporter.enter(Stage::Download);
            let package = (ecosystem, package_name.as_str());
            let reporter = &self.reporter;
            download::fetch(
                &self.shared,
                package,
                &endpoint,
                artifacts,
                reporter,
                self.deadline,
            )
            .await
        };
        let advised = async {
            if !self.request.advisories {
                return Advised::default();
            }
            advisories::ask_all(&self.shared, subject, &endpoint, optional).await
        };
        let quality = async {
            if !self.request.quality {
                return (Vec::new(), Vec::new());
            }
            let mut said =
                quality::ask_registry(&self.shared, &mut metadata, &endpoint, optional).await;
            let package = &mut metadata.package;
            said.0
                .extend(quality::ask_stars(&self.shared, package, optional).await);
            said
        };
        // A failed download ends the others at once: nothing would be stored.
        let others = async { Ok(tokio::join!(advised, quality)) };
        let (download, (mut advised, (quality_warnings, hex_advisories))) =
            tokio::try_join!(download, others)?;
        advised.detail(ecosystem, hex_advisories);
        timings.network += start.elapsed();

        let mut release = metadata.release(version)?.release;
        release.source = source;
        release.warnings.extend(Part::left_out(&self.request));
        release.warnings.append(&mut advised.warnings);
        release.warnings.extend(quality_warnings);
        let contents = if contents_known {
            let start = Clock::now();
            let contents = self.reuse(metadata, release, stored.as_ref()).await?;
            timings.store += start.elapsed();
            contents
        } else {
            self.read(metadata, release, download, stored.as_ref())
                .await?
        };
        timings.archive += contents.archive_time;
        timings.parse += contents.parse_time;
        let gathered = self
            .finish(contents, advised, stored.as_ref(), timings)
            .await?;
        match stored {
            Some(stored) if contents_known => self.unless_stored(gathered, stored).await,
            _ => Ok(Step::New(Box::new(gathered))),
        }
    }

    /// Waits for something, but no longer than the collect may take.
    ///
    /// # Errors
    /// `cancelled`, `timeout`.
    pub async fn wait<T>(&self, what: impl Future<Output = T>) -> Result<T> {
        match self
            .cancelled
            .run_until_cancelled(timeout_at(self.deadline, what))
            .await
        {
            None => Err(self.cancel()),
            Some(Err(_)) => {
                // What still computes for this collect does so in vain.
                self.cancelled.cancel();
                Err(self.too_late())
            }
            Some(Ok(done)) => Ok(done),
        }
    }

    fn cancel(&self) -> Error {
        let CollectRequest {
            ecosystem, name, ..
        } = &self.request;
        let message = format!("collecting {name} ({ecosystem}) was cancelled: nothing was stored");
        Error::new(ErrorKind::Cancelled, message)
    }

    fn too_late(&self) -> Error {
        let CollectRequest {
            ecosystem,
            name,
            timeout,
            ..
        } = &self.request;
        let message = format!(
            "collecting {name} ({ecosystem}) took longer than {} ms, at the stage {}: nothing was \
             stored; try again, or raise timeout",
            timeout.as_millis(),
            self.reporter.stage().as_str()
        );
        Error::new(ErrorKind::Timeout, message)
            .with("timeout_ms", timeout.as_millis())
            .with("stage", self.reporter.stage().as_str())
    }
}

/// The first artifact's promise decides whether an archive changed.
#[cfg(test)]
mod tests {
    use super::*;
    use registry_protocols::{Algorithm, ArchiveFormat, ArchiveRoot, Artifact, Checksum};

    #[test]
    fn the_strongest_promise_is_remembered() {
        let checksums = vec![
            Checksum::of(Algorithm::Sha1, b"x"),
            Checksum::of(Algorithm::Sha512, b"x"),
            Checksum::of(Algorithm::Md5, b"x"),
        ];
        let artifact = Artifact {
            url: "http://h.test/x".parse().unwrap(),
            filename: "x".into(),
            format: ArchiveFormat::Zip,
            size: None,
            checksums,
            root: ArchiveRoot::AsIs,
        };
        assert!(promise(&artifact).unwrap().starts_with("sha512:"));
        assert_eq!(
            promise(&Artifact {
                checksums: vec![],
                ..artifact
            }),
            None
        );
    }
}
