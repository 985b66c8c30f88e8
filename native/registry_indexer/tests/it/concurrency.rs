//! Many collects at a time, and ends to them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use registry_indexer::{CollectRequest, Stage};
use registry_types::{Ecosystem, ErrorKind};
use tokio_util::sync::CancellationToken;

use crate::support::{World, limits, request};

fn mixed() -> Vec<CollectRequest> {
    [
        (Ecosystem::Cargo, "ember-rt", "1.2.0"),
        (Ecosystem::Npm, "nothing-here", "latest"),
        (Ecosystem::Hex, "ember_wire", "latest"),
        (Ecosystem::Cargo, "ember-rt", "1.1.0"),
        (Ecosystem::Pypi, "ember-client", "latest"),
        (Ecosystem::Npm, "@ember/ui", "latest"),
    ]
    .into_iter()
    .map(|(e, n, v)| request(e, n, v))
    .collect()
}

#[test]
fn many_keep_their_order() {
    let world = World::new();
    let requests = mixed();
    let told = Mutex::new(vec![0; requests.len()]);
    let progress = |at: usize, _| told.lock().unwrap()[at] += 1;
    let answers =
        world
            .indexer
            .collect_many_blocking(&requests, 4, &progress, &CancellationToken::new());
    let said: Vec<String> = answers
        .into_iter()
        .map(|a| {
            a.map_or_else(
                |e| e.kind.to_string(),
                |o| format!("{} {}", o.release.name, o.release.version),
            )
        })
        .collect();
    let want = [
        "ember-rt 1.2.0",
        "not_found",
        "ember_wire 0.3.0",
        "ember-rt 1.1.0",
        "ember-client 2.0",
        "@ember/ui 2.0.0",
    ];
    assert_eq!(said, want);
    assert!(told.lock().unwrap().iter().all(|n| *n > 0));
    assert!(
        world
            .indexer
            .collect_many_blocking(&[], 4, &|_, _| {}, &CancellationToken::new())
            .is_empty()
    );
}

#[test]
fn the_same_package_at_once_is_downloaded_once() {
    let world = World::new();
    let requests = vec![request(Ecosystem::Cargo, "ember-rt", "latest"); 5];
    let answers =
        world
            .indexer
            .collect_many_blocking(&requests, 5, &|_, _| {}, &CancellationToken::new());
    let fresh = answers
        .iter()
        .filter(|a| !a.as_ref().unwrap().not_modified)
        .count();
    assert_eq!(
        fresh, 1,
        "the others wait for the first, then ask whether it still holds"
    );
    assert_eq!(world.fixture.count("/cargo/dl/*"), 1);
}

#[test]
fn no_more_than_the_concurrency_run_and_the_queue_is_bounded() {
    let world = World::with(limits(), |config| config.concurrency = 2);
    world.fixture.control("hang /npm/*");
    let (send, answers) = mpsc::channel();
    let mut handles = Vec::new();
    for i in 0..1030 {
        let send = send.clone();
        let request = request(Ecosystem::Npm, &format!("silent-{i}"), "latest");
        handles.push(world.indexer.spawn_collect(
            request,
            |_| {},
            move |answer| {
                let _ = send.send(answer);
            },
        ));
    }
    let busy: Vec<_> = (0..4)
        .map(|_| answers.recv_timeout(Duration::from_secs(10)).unwrap())
        .collect();
    for answer in busy {
        let e = answer.unwrap_err();
        assert_eq!(e.kind, ErrorKind::Busy, "{e}");
    }
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(
        world.fixture.count("/npm/*"),
        2,
        "two of a thousand are under way"
    );
    for handle in &handles {
        handle.cancel();
    }
    for _ in 0..1026 {
        let e = answers
            .recv_timeout(Duration::from_secs(10))
            .unwrap()
            .unwrap_err();
        assert_eq!(e.kind, ErrorKind::Cancelled);
    }
}

#[test]
fn a_silent_server_blocks_nobody_and_cancelling_is_quick() {
    let silent = registry_fixture::Fixture::start();
    silent.control("hang *");
    let world = World::with(limits(), |config| {
        config.concurrency = 51;
        config.endpoints.set("npm", &silent.url("npm")).unwrap();
    });
    let (send, answers) = mpsc::channel();
    let handles: Vec<_> = (0..50)
        .map(|i| {
            let send = send.clone();
            let request = request(Ecosystem::Npm, &format!("silent-{i}"), "latest");
            world
                .indexer
                .spawn_collect(request, |_| {}, move |a| send.send(a).unwrap())
        })
        .collect();
    std::thread::sleep(Duration::from_millis(200));
    world
        .collect(Ecosystem::Hex, "ember_wire", "latest")
        .unwrap();
    let start = Instant::now();
    handles
        .iter()
        .for_each(registry_indexer::CollectHandle::cancel);
    for _ in 0..50 {
        let e = answers
            .recv_timeout(Duration::from_secs(5))
            .unwrap()
            .unwrap_err();
        assert_eq!(e.kind, ErrorKind::Cancelled);
        assert!(e.message.contains("silent-"), "{e}");
    }
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn dropping_the_future_or_the_indexer_cancels() {
    let world = World::new();
    world.fixture.control("hang /npm/left-trim");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let asked = request(Ecosystem::Npm, "left-trim", "latest");
    let token = CancellationToken::new();
    let late = runtime.block_on(async {
        let collect = world.indexer.collect(&asked, &|_| {}, &token);
        tokio::time::timeout(Duration::from_millis(300), collect).await
    });
    assert!(late.is_err());
    // The package's lock is free again: another collect of it does not wait.
    world.fixture.control("clear");
    world
        .collect(Ecosystem::Npm, "left-trim", "latest")
        .unwrap();

    world.fixture.control("hang /npm/@ember%2fui");
    let (send, answer) = mpsc::channel();
    let asked = request(Ecosystem::Npm, "@ember/ui", "latest");
    world
        .indexer
        .spawn_collect(asked, |_| {}, move |a| send.send(a).unwrap());
    std::thread::sleep(Duration::from_millis(100));
    world.indexer.close();
    let e = answer
        .recv_timeout(Duration::from_secs(5))
        .unwrap()
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Cancelled);
    let e = world
        .collect(Ecosystem::Npm, "left-trim", "latest")
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Cancelled, "{e}");
}

#[test]
fn a_panic_in_a_callback_comes_back_as_an_error() {
    let world = World::new();
    let (send, answer) = mpsc::channel();
    let asked = request(Ecosystem::Npm, "left-trim", "latest");
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let progress = move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        panic!("on purpose");
    };
    world
        .indexer
        .spawn_collect(asked, progress, move |a| send.send(a).unwrap());
    let e = answer
        .recv_timeout(Duration::from_secs(20))
        .unwrap()
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Internal, "{e}");
    assert!(e.message.contains("on purpose"), "{e}");
    assert!(calls.load(Ordering::Relaxed) > 0);
    world
        .collect(Ecosystem::Npm, "left-trim", "latest")
        .unwrap();
}

#[test]
fn progress_tells_every_stage_in_order() {
    let world = World::new();
    let told = Mutex::new(Vec::new());
    let asked = request(Ecosystem::Cargo, "ember-rt", "latest");
    let outcome = world
        .indexer
        .collect_blocking(
            &asked,
            &|p| told.lock().unwrap().push(p),
            &CancellationToken::new(),
        )
        .unwrap();
    let told = told.into_inner().unwrap();
    let mut stages: Vec<Stage> = told.iter().map(|p| p.stage).collect();
    assert!(stages.is_sorted(), "{stages:?}");
    stages.dedup();
    use Stage::{Archive, Done, Download, Parse, Resolve, Store};
    assert_eq!(stages, [Resolve, Download, Archive, Parse, Store, Done]);
    let download = told.iter().rfind(|p| p.stage == Download).unwrap();
    assert_eq!(Some(download.done), outcome.release.size);
    assert_eq!(download.total, outcome.release.size);
    assert_eq!(told.last().unwrap().version.as_deref(), Some("1.2.0"));
    let t = outcome.timings;
    assert!(t.network > Duration::ZERO && t.store > Duration::ZERO && t.parse > Duration::ZERO);
    assert!(
        t.network + t.archive + t.parse + t.store <= t.total + Duration::from_millis(5),
        "{t:?}"
    );
}
