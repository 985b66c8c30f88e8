use registry_indexer::Progress;
use rustler::NifStruct;

use super::Name;

/// `%PackageRegistry.Progress{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Progress"]
#[rustler(encode)]
pub(crate) struct ProgressTerm<'p> {
    ecosystem: Name,
    name: &'p str,
    version: Option<&'p str>,
    stage: Name,
    done: u64,
    total: Option<u64>,
    elapsed: u64,
}

impl<'p> From<&'p Progress> for ProgressTerm<'p> {
    fn from(progress: &'p Progress) -> Self {
        Self {
            ecosystem: Name(progress.ecosystem.as_str()),
            name: &progress.name,
            version: progress.version.as_deref(),
            stage: Name(progress.stage.as_str()),
            done: progress.done,
            total: progress.total,
            elapsed: u64::try_from(progress.elapsed.as_millis()).unwrap_or(u64::MAX),
        }
    }
}
