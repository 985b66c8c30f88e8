use registry_store::ListQuery;
use registry_types::{Ecosystem, ErrorKind};

use crate::support::{bundle, open};

fn pages(store: &registry_store::Store, ecosystem: Option<Ecosystem>, limit: usize) -> Vec<String> {
    let mut query = ListQuery {
        ecosystem,
        limit,
        after: None,
    };
    let mut all = Vec::new();
    loop {
        let page = store.list_packages(&query).unwrap();
        assert!(page.packages.len() <= limit);
        all.extend(
            page.packages
                .iter()
                .map(|p| format!("{}:{}", p.ecosystem, p.name)),
        );
        match page.next {
            Some(next) => query.after = Some(next),
            None => return all,
        }
    }
}

#[test]
fn pages_hold_every_package_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    let bundles: Vec<_> = (0..25)
        .map(|n| {
            let ecosystem = Ecosystem::ALL[n % 5];
            bundle(ecosystem, &format!("p{n}"), "1.0.0", "x")
        })
        .collect();
    store.put_many(&bundles).unwrap();
    for limit in [1, 2, 7, 25, 1000] {
        let all = pages(&store, None, limit);
        let mut unique = all.clone();
        unique.sort();
        unique.dedup();
        assert_eq!((all.len(), unique.len()), (25, 25), "limit {limit}");
    }
    assert_eq!(pages(&store, Some(Ecosystem::Hex), 2).len(), 5);
    let after = Some(ListQuery::cursor(Ecosystem::Hex, "p12"));
    let query = ListQuery {
        ecosystem: Some(Ecosystem::Hex),
        limit: 100,
        after,
    };
    let rest = store.list_packages(&query).unwrap().packages;
    let rest: Vec<_> = rest.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(rest, ["p17", "p2", "p22", "p7"]);
    let query = ListQuery {
        ecosystem: Some(Ecosystem::Cargo),
        limit: 100,
        after: Some(ListQuery::cursor(Ecosystem::Pypi, "a")),
    };
    assert!(store.list_packages(&query).unwrap().packages.is_empty());
}

#[test]
fn wrong_questions_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir.path().join("s.redb"));
    for (limit, after) in [(0, None), (1001, None), (10, Some("no cursor".to_owned()))] {
        let query = ListQuery {
            ecosystem: None,
            limit,
            after,
        };
        let error = store.list_packages(&query).unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidArgument);
    }
    assert!(
        store
            .list_packages(&ListQuery::default())
            .unwrap()
            .packages
            .is_empty()
    );
}
