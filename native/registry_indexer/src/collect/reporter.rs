//! Tells how far a collect is, now and then.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::request::{CollectRequest, Progress, Stage};

/// Within a stage, progress is told no more often than this.
const EVERY: Duration = Duration::from_millis(50);

/// Takes progress.
pub type Sink = Arc<dyn Fn(Progress) + Send + Sync>;

/// The progress of one collect.
pub struct Reporter {
    sink: Sink,
    start: Instant,
    request: CollectRequest,
    state: Mutex<State>,
}

struct State {
    stage: Stage,
    told: Option<Instant>,
    version: Option<String>,
}

impl Reporter {
    /// For `request`, begun now.
    pub fn new(request: &CollectRequest, sink: Sink) -> Self {
        let state = State {
            stage: Stage::Queue,
            told: None,
            version: None,
        };
        Self {
            sink,
            start: Instant::now(),
            request: request.clone(),
            state: Mutex::new(state),
        }
    }

    /// Since when the collect is under way.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Where the collect is.
    pub fn stage(&self) -> Stage {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .stage
    }

    /// The version is known.
    pub fn resolved(&self, version: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.version = Some(version.to_owned());
    }

    /// A stage begins.
    pub fn enter(&self, stage: Stage) {
        self.tell(stage, 0, None);
    }

    /// So much of a stage is done. Stages that overlap are told as the first of them.
    pub fn tell(&self, stage: Stage, done: u64, total: Option<u64>) {
        let progress = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if stage < state.stage {
                return;
            }
            let finished = total == Some(done);
            let recent = state.told.is_some_and(|told| told.elapsed() < EVERY);
            if stage == state.stage && recent && !finished {
                return;
            }
            state.stage = stage;
            state.told = Some(Instant::now());
            Progress {
                ecosystem: self.request.ecosystem,
                name: self.request.name.clone(),
                version: state.version.clone(),
                stage,
                done,
                total,
                elapsed: self.start.elapsed(),
            }
        };
        (self.sink)(progress);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::Ecosystem;
    use registry_types::version::VersionSpec;

    #[test]
    fn a_thousand_chunks_are_a_few_messages() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&told);
        let request = CollectRequest::new(Ecosystem::Npm, "x", VersionSpec::Latest);
        let reporter = Reporter::new(&request, Arc::new(move |p| sink.lock().unwrap().push(p)));
        reporter.enter(Stage::Resolve);
        reporter.resolved("1.0.0");
        for done in 0..=1000 {
            reporter.tell(Stage::Download, done, Some(1000));
        }
        reporter.enter(Stage::Resolve);
        reporter.enter(Stage::Done);
        let told = told.lock().unwrap();
        assert!(told.len() < 10, "{}", told.len());
        assert_eq!(
            told.last().unwrap().stage,
            Stage::Done,
            "stages never go back"
        );
        assert_eq!(
            told[told.len() - 2].done,
            1000,
            "the end of a stage is always told"
        );
        assert_eq!(told.last().unwrap().version.as_deref(), Some("1.0.0"));
    }
}
