//! Collecting: a NIF hands the work to the indexer's own threads and returns. No scheduler of the
//! BEAM, dirty or not, ever waits for a registry.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use registry_indexer::{CollectRequest, Config, Endpoints, Indexer, Outcome};
use registry_store::Store;
use registry_types::{Error, Result};
use rustler::types::atom;
use rustler::{Atom, Encoder, Env, LocalPid, Monitor, NifMap, Resource, ResourceArc, Term};

use crate::answer::{answer, result};
use crate::arg::{EcosystemArg, VersionArg};
use crate::job::{self, Job};
use crate::limits::LimitsMap;
use crate::store::StoreRef;
use crate::terms::{Name, ProgressTerm, ReleaseTerm};

/// What collects into a store. Should the process that owns it be killed, the work is cancelled and
/// the store closed.
pub(crate) struct IndexerRef {
    pub(crate) indexer: Arc<Indexer>,
    store: Arc<Store>,
}

#[rustler::resource_impl]
impl Resource for IndexerRef {
    fn down<'a>(&'a self, _env: Env<'a>, _owner: LocalPid, _monitor: Monitor) {
        let (indexer, store) = (Arc::clone(&self.indexer), Arc::clone(&self.store));
        // Closing waits for the disk, and this is a scheduler's thread.
        let _unheard = std::thread::Builder::new().spawn(move || {
            indexer.close();
            store.close()
        });
    }
}

#[derive(NifMap)]
#[rustler(decode)]
struct ConfigArg {
    endpoints: HashMap<String, String>,
    github_token: Option<String>,
    limits: LimitsMap,
    concurrency: usize,
    parser_program: String,
}

impl TryFrom<ConfigArg> for Config {
    type Error = Error;

    fn try_from(config: ConfigArg) -> Result<Self> {
        let mut endpoints = Endpoints::default();
        for (name, url) in &config.endpoints {
            endpoints.set(name, url)?;
        }
        Ok(Self {
            endpoints,
            limits: config.limits.into(),
            github_token: config.github_token,
            parser_program: Some(PathBuf::from(config.parser_program)),
            concurrency: config.concurrency,
            ..Self::default()
        })
    }
}

#[rustler::nif(schedule = "DirtyIo")]
fn indexer_new(env: Env<'_>, store: ResourceArc<StoreRef>, config: ConfigArg) -> Term<'_> {
    answer(env, || {
        let store = Arc::clone(&store.0);
        let indexer = Arc::new(Indexer::new(Arc::clone(&store), config.try_into()?)?);
        Ok(ResourceArc::new(IndexerRef { indexer, store }).encode(env))
    })
}

/// Makes the calling process the owner.
#[rustler::nif]
fn indexer_own(env: Env<'_>, indexer: ResourceArc<IndexerRef>) -> Atom {
    // The caller lives: it is calling.
    let _monitor = env.monitor(&indexer, &env.pid());
    atom::ok()
}

/// Cancels what is under way.
#[rustler::nif(schedule = "DirtyIo")]
fn indexer_close(indexer: ResourceArc<IndexerRef>) -> Atom {
    indexer.indexer.close();
    atom::ok()
}

#[derive(NifMap)]
#[rustler(decode)]
struct RequestArg<'a> {
    ecosystem: EcosystemArg,
    name: &'a str,
    version: VersionArg<'a>,
    force: bool,
    snippets: bool,
    docs: bool,
    advisories: bool,
    quality: bool,
    /// Milliseconds.
    timeout: u64,
}

impl RequestArg<'_> {
    fn request(&self) -> Result<CollectRequest> {
        let ecosystem = self.ecosystem.0;
        Ok(CollectRequest {
            ecosystem,
            name: self.name.to_owned(),
            version: self.version.spec(ecosystem)?,
            force: self.force,
            snippets: self.snippets,
            docs: self.docs,
            advisories: self.advisories,
            quality: self.quality,
            timeout: Duration::from_millis(self.timeout),
        })
    }
}

/// Starts a collect and answers with its job. What follows comes as messages:
/// `{job, {:progress, progress}}`, and last `{job, {:ok, release} | {:error, error}}`.
#[rustler::nif(schedule = "DirtyCpu")]
fn collect<'a>(
    env: Env<'a>,
    indexer: ResourceArc<IndexerRef>,
    request: RequestArg<'a>,
) -> Term<'a> {
    answer(env, || {
        let request = request.request()?;
        let job = Job::new(env);
        let (told, done) = (job.clone(), job.clone());
        job.run(indexer.indexer.spawn_collect(
            request,
            move |p| job::send(&told, (Name("progress"), ProgressTerm::from(&p))),
            move |outcome| job::send(&done, Answer(outcome)),
        ));
        Ok(job.encode(env))
    })
}

/// Stops a collect; no message of it comes after this.
#[rustler::nif]
fn job_cancel(job: ResourceArc<Job>) -> Atom {
    job.cancel();
    atom::ok()
}

struct Answer(Result<Outcome>);

impl Encoder for Answer {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let answer = self.0.as_ref().map_err(Error::clone);
        result(
            env,
            answer.map(|o| ReleaseTerm::from(&o.release).encode(env)),
        )
    }
}
