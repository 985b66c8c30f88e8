//! A release's contents: read out of its archive, or taken from the store when they did not change.

use std::sync::Arc;

use registry_protocols::Metadata;
use registry_types::{Error, Release, Result, Warning, WarningKind};

use super::download::Download;
use super::extract::{Contents, Task};
use super::stored::Stored;
use super::{Collect, write};

impl Collect {
    /// Reads the archive.
    pub(super) async fn read(
        &self,
        metadata: Metadata,
        mut release: Release,
        download: Option<Download>,
        stored: Option<&Stored>,
    ) -> Result<Contents> {
        if download.is_none() {
            let message = "nothing was published for this version that could be read";
            release
                .warnings
                .push(Warning::new(WarningKind::Archive, message));
        }
        let mut package = metadata.package;
        if let Some(stored) = stored {
            write::keep_newer(&mut package, &stored.package, &release);
        }
        let task = Task {
            shared: Arc::clone(&self.shared),
            request: self.request.clone(),
            package,
            release,
            download,
            reporter: Arc::clone(&self.reporter),
            cancelled: self.cancelled.clone(),
        };
        self.shared.compute(move || task.run()).await
    }

    /// Takes the contents of the release, which did not change, from the store.
    pub(super) async fn reuse(
        &self,
        metadata: Metadata,
        release: Release,
        stored: Option<&Stored>,
    ) -> Result<Contents> {
        let Some(stored) = stored else {
            return Err(Error::internal(
                "contents were to be reused that are not stored",
            ));
        };
        let known = stored.release.clone();
        let before = stored.package.clone();
        let docs = self.request.docs;
        self.shared
            .glance(move |s| {
                write::contents(&s.store, metadata.package, release, &before, known, docs)
            })
            .await
    }
}
