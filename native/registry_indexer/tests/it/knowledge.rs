//! Answers that take more than one record, from a store whose packages are made here.

use registry_indexer::{
    ChainOptions, PathOptions, TreeFormat, dependency_chain, dependency_paths, render, replacements,
};
use registry_store::{Bundle, Store, StoreOptions};
use registry_types::version::VersionSpec;
use registry_types::{
    Advisory, AffectedRange, Dependency, DependencyKind, DependencyTree, Ecosystem, ErrorKind,
    FeedAnswer, Informational, Missing, Package, RangeEvent, Release, VersionEntry,
};
use tempfile::TempDir;

/// A store and the packages in it, by what they require.
pub struct Made {
    pub store: Store,
    pub ecosystem: Ecosystem,
    _directory: TempDir,
}

impl Made {
    pub fn new(ecosystem: Ecosystem) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("store.redb");
        let opened = Store::open(path, &StoreOptions::default()).unwrap();
        Self {
            store: opened.store,
            ecosystem,
            _directory: directory,
        }
    }

    /// Stores releases `"name version"`, the flags of the package's list coming from `change`.
    pub fn put(
        &self,
        name: &str,
        versions: &[&str],
        requires: &[&str],
        change: impl Fn(&mut Bundle),
    ) {
        let mut package = Package::new(self.ecosystem, name);
        package.versions = versions
            .iter()
            .map(|version| VersionEntry::unlisted(self.ecosystem, version))
            .collect();
        for version in versions {
            let mut release = Release::new(self.ecosystem, name, *version);
            release.license = Some("MIT".to_owned());
            release.dependencies = requires.iter().map(|text| dependency(text)).collect();
            let mut bundle = Bundle::new(package.clone(), release);
            change(&mut bundle);
            self.store.put(&bundle).unwrap();
        }
    }

    pub fn chain(&self, name: &str, options: &ChainOptions) -> DependencyTree {
        dependency_chain(
            &self.store,
            self.ecosystem,
            name,
            &VersionSpec::Latest,
            options,
        )
        .unwrap()
    }
}

/// `"name requirement"`, `"dev:name requirement"`, `"optional:name requirement"`.
fn dependency(text: &str) -> Dependency {
    let (kind, rest) = match text.split_once(':') {
        Some(("dev", rest)) => (DependencyKind::Dev, rest),
        Some(("optional", rest)) => (DependencyKind::Optional, rest),
        _ => (DependencyKind::Runtime, text),
    };
    let (name, requirement) = rest.split_once(' ').unwrap();
    Dependency {
        name: name.to_owned(),
        requirement: requirement.to_owned(),
        kind,
        optional: kind == DependencyKind::Optional,
        target: None,
        rename: None,
    }
}

/// What a feed tells.
fn told(advisory: Advisory) -> Vec<FeedAnswer> {
    vec![FeedAnswer::new("osv", vec![advisory])]
}

pub fn vulnerable_below(id: &str, fixed: &str) -> Advisory {
    let mut advisory = Advisory::new(id);
    advisory.affected = vec![AffectedRange::events(vec![
        RangeEvent::Introduced("0".into()),
        RangeEvent::Fixed(fixed.into()),
    ])];
    advisory.fixed_versions = vec![fixed.to_owned()];
    advisory
}

fn labels(tree: &DependencyTree) -> Vec<String> {
    let label = |node: &registry_types::DependencyNode| match &node.version {
        Some(version) => format!("{}@{version}", node.name),
        None => format!("{}?", node.name),
    };
    tree.nodes.iter().map(label).collect()
}

/// A diamond (b and c need d), a cycle (d needs b), a package that is not stored, one for
/// development and one that a release works without.
fn small() -> Made {
    let made = Made::new(Ecosystem::Npm);
    made.put(
        "a",
        &["1.0.0"],
        &["b ^1.0.0", "c ~2.1.0", "dev:t ^1.0.0", "optional:o *"],
        |_| {},
    );
    made.put("b", &["1.0.0", "1.4.0", "2.0.0"], &["d ^1.0.0"], |_| {});
    made.put(
        "c",
        &["2.1.3"],
        &["d >=1.1.0", "gone ^1.0.0", "b 9.x"],
        |bundle| {
            bundle.release.license = Some("GPL-3.0-only".to_owned());
        },
    );
    made.put("d", &["1.0.0", "1.2.0"], &["b ^1.0.0"], |bundle| {
        bundle.advisories = told(vulnerable_below("GHSA-d", "1.3.0"));
    });
    made.put("t", &["1.0.0"], &["u ^1.0.0", "d ^1.0.0"], |_| {});
    made.put("u", &["1.0.0"], &[], |bundle| {
        bundle.advisories = told(vulnerable_below("GHSA-u", "2.0.0"));
    });
    made.put("o", &["1.0.0"], &[], |_| {});
    made
}

fn with(kinds: &[DependencyKind]) -> ChainOptions {
    ChainOptions {
        kinds: kinds.to_vec(),
        ..ChainOptions::default()
    }
}

#[test]
fn a_tree_has_each_release_once_and_marks_what_leads_back() {
    let made = small();
    let tree = made.chain("a", &ChainOptions::default());
    assert_eq!(
        labels(&tree),
        ["a@1.0.0", "b@1.4.0", "c@2.1.3", "d@1.2.0", "gone?", "b?"]
    );
    let missing: Vec<_> = tree
        .missing()
        .map(|n| (n.name.as_str(), n.missing))
        .collect();
    assert_eq!(
        missing,
        [
            ("gone", Some(Missing::Package)),
            ("b", Some(Missing::Release))
        ]
    );
    let cycles: Vec<_> = tree
        .edges
        .iter()
        .filter(|e| e.cycle)
        .map(|e| (e.from, e.to))
        .collect();
    assert_eq!(cycles, [(3, 1)]);
    let requirement = |from, to| {
        let edge = tree.edges.iter().find(|e| e.from == from && e.to == to);
        edge.map(|e| e.requirement.as_str())
    };
    assert_eq!(requirement(0, 1), Some("^1.0.0"));
    assert_eq!(requirement(2, 3), Some(">=1.1.0"));
    assert_eq!(tree.licenses["GPL-3.0-only"], [2]);
    assert_eq!(tree.licenses["MIT"], [0, 1, 3]);
    assert!(!tree.truncated);
}

#[test]
fn advisories_are_told_apart_by_how_near_they_are() {
    let made = small();
    let ids = |list: &[registry_types::TreeAdvisory]| {
        list.iter().map(|a| a.id.clone()).collect::<Vec<_>>()
    };
    let tree = made.chain("a", &with(&[DependencyKind::Runtime, DependencyKind::Dev]));
    assert_eq!(ids(&tree.advisories.own), [""; 0]);
    assert_eq!(ids(&tree.advisories.direct), [""; 0]);
    assert_eq!(ids(&tree.advisories.transitive), ["GHSA-d"]);
    assert_eq!(ids(&tree.advisories.dev_only), ["GHSA-u"]);
    assert_eq!(
        ids(&made.chain("d", &ChainOptions::default()).advisories.own),
        ["GHSA-d"]
    );
    assert_eq!(
        ids(&made.chain("b", &ChainOptions::default()).advisories.own),
        [""; 0]
    );
    assert_eq!(
        ids(&made.chain("b", &ChainOptions::default()).advisories.direct),
        ["GHSA-d"]
    );
    let dev: Vec<_> = tree
        .nodes
        .iter()
        .filter(|n| n.dev_only)
        .map(|n| n.name.as_str())
        .collect();
    assert_eq!(dev, ["t", "u"]);
}

#[test]
fn kinds_depth_and_number_bound_a_tree() {
    let made = small();
    let optional = made.chain("a", &with(&[DependencyKind::Optional]));
    assert_eq!(labels(&optional), ["a@1.0.0", "o@1.0.0"]);
    let near = ChainOptions {
        depth: 1,
        ..ChainOptions::default()
    };
    let tree = made.chain("a", &near);
    assert_eq!(labels(&tree), ["a@1.0.0", "b@1.4.0", "c@2.1.3"]);
    assert!(tree.truncated);
    let few = ChainOptions {
        nodes: 2,
        ..ChainOptions::default()
    };
    let tree = made.chain("a", &few);
    assert_eq!((tree.nodes.len(), tree.truncated), (2, true));
}

#[test]
fn a_root_that_is_not_stored_is_an_error() {
    let made = small();
    let chain = |name, version| {
        let spec = VersionSpec::Exact(version);
        let options = ChainOptions::default();
        dependency_chain(&made.store, made.ecosystem, name, &spec, &options)
            .unwrap_err()
            .kind
    };
    assert_eq!(chain("zzz", "1.0.0".into()), ErrorKind::NotFound);
    assert_eq!(chain("a", "9.0.0".into()), ErrorKind::VersionNotFound);
}

#[test]
fn ways_to_a_package_come_shortest_first() {
    let made = Made::new(Ecosystem::Hex);
    made.put(
        "phoenix",
        &["1.7.0"],
        &["plug ~> 1.14", "cowboy ~> 2.0"],
        |_| {},
    );
    made.put(
        "cowboy",
        &["2.9.0"],
        &["ranch ~> 1.8", "cowlib ~> 2.0"],
        |_| {},
    );
    made.put("plug", &["1.14.0"], &["plug_cowboy ~> 2.0"], |_| {});
    made.put(
        "plug_cowboy",
        &["2.6.0"],
        &["cowboy ~> 2.7", "plug ~> 1.14"],
        |_| {},
    );
    made.put("ranch", &["1.8.0"], &[], |_| {});
    made.put("cowlib", &["2.12.0"], &[], |_| {});
    let paths = |to, limit| {
        let options = PathOptions {
            limit,
            ..PathOptions::default()
        };
        let from = ("phoenix", &VersionSpec::Latest);
        let ways =
            dependency_paths(&made.store, made.ecosystem, from, (to, None), &options).unwrap();
        ways.iter()
            .map(|way| {
                way.iter()
                    .map(|s| s.name.clone())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        paths("ranch", 20),
        [
            "phoenix cowboy ranch",
            "phoenix plug plug_cowboy cowboy ranch"
        ]
    );
    assert_eq!(paths("ranch", 1), ["phoenix cowboy ranch"]);
    assert_eq!(paths("telemetry", 20), [""; 0]);
}

#[test]
fn two_versions_where_the_client_takes_one_are_a_conflict() {
    let made = Made::new(Ecosystem::Hex);
    made.put("app", &["1.0.0"], &["aa ~> 1.0", "bb ~> 1.0"], |_| {});
    made.put("aa", &["1.0.0", "2.0.0"], &[], |_| {});
    made.put("bb", &["1.0.0"], &["aa ~> 2.0"], |_| {});
    let tree = made.chain("app", &ChainOptions::default());
    assert_eq!(tree.conflicts, ["aa"]);
}

#[test]
fn a_tree_is_drawn_in_lines() {
    let text = render(
        &small().chain("a", &ChainOptions::default()),
        TreeFormat::Tree,
    )
    .unwrap();
    let expected = "\
a 1.0.0
├── b 1.4.0  (^1.0.0)
│   └── d 1.2.0 [GHSA-d]  (^1.0.0)
│       └── b 1.4.0  (^1.0.0) (cycle)
└── c 2.1.3  (~2.1.0)
    ├── d 1.2.0 [GHSA-d]  (>=1.1.0) (*)
    ├── gone (not stored)  (^1.0.0)
    └── b (not stored)  (9.x)
";
    assert_eq!(text, expected);
}

#[test]
fn foreign_text_ends_no_label() {
    let made = Made::new(Ecosystem::Npm);
    let evil = "\"]; x --> y <script>&'`\\\u{1b}[31m\nrest";
    made.put("a", &["1.0.0"], &[&format!("b {evil}")], |bundle| {
        bundle.release.license = Some(evil.to_owned());
    });
    let tree = made.chain("a", &ChainOptions::default());
    let drawn = |format| render(&tree, format).unwrap();
    for format in TreeFormat::ALL {
        let text = drawn(format);
        assert!(!text.contains('\u{1b}'), "{format:?}");
        assert!(
            format == TreeFormat::Json || !text.contains("\nrest"),
            "{format:?}"
        );
    }
    assert!(!drawn(TreeFormat::Svg).contains("<script>"));
    assert!(drawn(TreeFormat::Dot).contains("\\\"]; x"));
    let mermaid = drawn(TreeFormat::Mermaid);
    assert!(
        !mermaid.contains("<script>") && !mermaid.contains("x -->"),
        "{mermaid}"
    );
}

#[test]
fn what_stored_notices_say_replaces_a_package() {
    let made = Made::new(Ecosystem::Cargo);
    made.put("old-one", &["1.0.0"], &[], |bundle| {
        bundle.release.readme = Some("# old-one\n\nDEPRECATED: use `new-one` instead.\n".into());
    });
    let found = replacements(&made.store, made.ecosystem, "old_one").unwrap();
    assert_eq!(found[0].name, "new-one");
    assert_eq!(found[0].sentence, "DEPRECATED: use `new-one` instead.");
    let mut advisory = vulnerable_below("RUSTSEC-2020-0001", "9.0.0");
    advisory.informational = Some(Informational::Unmaintained);
    advisory.details =
        Some("## Alternatives\n\n- [`time`](https://crates.example/crates/time)".into());
    made.store
        .put_advisories(made.ecosystem, "chrono-old", &told(advisory))
        .unwrap();
    let found = replacements(&made.store, made.ecosystem, "chrono-old").unwrap();
    assert_eq!(found[0].name, "time");
    let error = replacements(&made.store, made.ecosystem, "nobody").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[test]
fn advice_has_the_tree_of_the_version_and_what_replaces_a_dead_package() {
    let made = small();
    let options = registry_types::advice::AdviceOptions::default();
    let advise =
        |name| registry_indexer::recommend_version(&made.store, made.ecosystem, name, &options);
    let advice = advise("a").unwrap();
    assert_eq!(advice.recommended.as_deref(), Some("1.0.0"));
    let tree = advice.dependencies.unwrap();
    assert_eq!(
        (tree.checked, tree.missing),
        (4, vec!["b".to_owned(), "gone".to_owned()])
    );
    assert_eq!(tree.advisories.transitive[0].id, "GHSA-d");
    assert!(!advice.advisories_known && advice.replacements.is_empty());
    made.put("dead", &["1.0.0"], &[], |bundle| {
        bundle.package.versions[0].deprecated = Some("use b-plus instead".into());
    });
    let advice = advise("dead").unwrap();
    assert_eq!(
        (advice.recommended.as_deref(), advice.clean),
        (Some("1.0.0"), false)
    );
    let names: Vec<_> = advice
        .replacements
        .iter()
        .map(|r| r.name.as_str())
        .collect();
    assert_eq!(names, ["b-plus"]);
    assert_eq!(advise("nobody").unwrap_err().kind, ErrorKind::NotFound);
}

#[test]
fn the_runtime_of_stored_releases_is_known() {
    let made = Made::new(Ecosystem::Cargo);
    made.put("x", &["1.0.0", "1.1.0"], &[], |bundle| {
        let rust = if bundle.release.version == "1.1.0" {
            "1.80"
        } else {
            "1.60"
        };
        bundle.release.runtime.insert("rust".into(), rust.into());
    });
    let options = registry_types::advice::AdviceOptions {
        runtime: [("rust".to_owned(), "1.70".to_owned())].into(),
        ..Default::default()
    };
    let advice =
        registry_indexer::recommend_version(&made.store, made.ecosystem, "x", &options).unwrap();
    assert_eq!(advice.recommended.as_deref(), Some("1.0.0"));
}

#[test]
fn quality_is_placed_among_the_packages_of_its_ecosystem() {
    let made = Made::new(Ecosystem::Npm);
    for (name, downloads) in [
        ("aa", 10),
        ("bb", 1_000),
        ("cc", 100_000),
        ("dd", 100_000_000),
    ] {
        made.put(name, &["1.0.0"], &[], |bundle| {
            bundle.package.downloads.recent = Some(downloads);
            bundle.package.repository = Some("https://example.invalid/x".into());
        });
    }
    let share = |name| {
        let quality = registry_indexer::quality(&made.store, made.ecosystem, name).unwrap();
        assert!(quality.score.is_some());
        quality.percentiles["recent_downloads"]
    };
    assert_eq!(
        [share("aa"), share("bb"), share("dd")],
        [0.125, 0.375, 0.875]
    );
    // Counted anew when the figure changes, and no longer when the package goes.
    made.put("aa", &["1.0.0"], &[], |bundle| {
        bundle.package.downloads.recent = Some(1_000_000_000)
    });
    assert_eq!(share("bb"), 0.125);
    made.store.delete(made.ecosystem, "dd", None).unwrap();
    assert_eq!(share("aa"), 2.5 / 3.0);
    made.store.reindex().unwrap();
    assert_eq!(share("aa"), 2.5 / 3.0);
}

#[test]
fn frameworks_are_kept_with_the_package() {
    let made = Made::new(Ecosystem::Npm);
    made.put("eslint-plugin-x", &["1.0.0"], &["eslint ^9.0.0"], |_| {});
    let found =
        registry_indexer::frameworks(&made.store, made.ecosystem, "eslint-plugin-x").unwrap();
    assert_eq!(
        (found[0].name.as_str(), found[0].confidence),
        ("eslint", 0.8)
    );
    let package = made
        .store
        .get_package(made.ecosystem, "eslint-plugin-x")
        .unwrap();
    assert_eq!(package.frameworks, ["eslint"]);
}

#[test]
fn the_living_package_is_recommended_for_a_purpose() {
    use registry_indexer::{PurposeQuery, get_recommendations};
    let made = Made::new(Ecosystem::Npm);
    let put = |name: &str, downloads, license: &str, deprecated: Option<&str>| {
        made.put(name, &["1.0.0"], &[], |bundle| {
            bundle.package.description = Some("A fast http client".into());
            bundle.package.downloads.recent = Some(downloads);
            bundle.package.license = Some(license.into());
            bundle.package.versions[0].deprecated = deprecated.map(str::to_owned);
        });
    };
    put(
        "dead-client",
        90_000_000,
        "MIT",
        Some("use live-client instead"),
    );
    put("live-client", 1_000_000, "MIT OR Apache-2.0", None);
    put("copy-client", 1_000_000, "GPL-3.0-only", None);
    let ask = |licenses: &[&str]| {
        let query = PurposeQuery {
            licenses: licenses.iter().map(|l| (*l).to_owned()).collect(),
            ..PurposeQuery::new("http client")
        };
        get_recommendations(&made.store, &query).unwrap()
    };
    let all = ask(&[]);
    assert_eq!(all.len(), 3);
    let dead = all.last().unwrap();
    assert_eq!(dead.package.name, "dead-client");
    assert_eq!(dead.replacements[0].name, "live-client");
    let free = ask(&["apache-2.0"]);
    let names: Vec<_> = free.iter().map(|r| r.package.name.as_str()).collect();
    assert_eq!(names, ["live-client"]);
    assert_eq!(free[0].version.as_deref(), Some("1.0.0"));
}

/// The bound of issue 5: measured here only roughly, in whatever profile the tests are built.
#[test]
fn a_thousand_releases_are_walked() {
    let made = Made::new(Ecosystem::Npm);
    let mut bundles = Vec::new();
    for n in 0..1_000_usize {
        let mut release = Release::new(Ecosystem::Npm, format!("p{n}"), "1.0.0");
        let needed = [3 * n + 1, 3 * n + 2, 3 * n + 3, n / 2 + 7];
        let needed = needed.into_iter().filter(|m| *m < 1_000 && *m != n);
        release.dependencies = needed
            .map(|m| dependency(&format!("p{m} ^1.0.0")))
            .collect();
        let mut package = Package::new(Ecosystem::Npm, format!("p{n}"));
        package.versions = vec![VersionEntry::unlisted(Ecosystem::Npm, "1.0.0")];
        bundles.push(Bundle::new(package, release));
    }
    made.store.put_many(&bundles).unwrap();
    let tree = made.chain("p0", &ChainOptions::default());
    assert_eq!(tree.nodes.len(), 1_000);
    for format in TreeFormat::ALL {
        assert!(render(&tree, format).unwrap().len() > 10_000, "{format:?}");
    }
}

#[test]
fn a_package_is_collected_with_its_dependencies() {
    use registry_indexer::TreeOptions;
    let world = crate::support::World::new();
    let mut root = crate::support::request(Ecosystem::Npm, "tree-root", "1.0.0");
    root.snippets = false;
    let collect = |options: &TreeOptions| {
        world
            .indexer
            .collect_tree_blocking(&root, options, 2, &|_, _| {}, &Default::default())
            .unwrap()
    };
    let names = |tree: &registry_indexer::TreeOutcome| {
        let names = tree.outcomes.iter().map(|o| o.release.name.clone());
        names.collect::<Vec<_>>()
    };
    let near = collect(&TreeOptions {
        depth: 1,
        ..TreeOptions::default()
    });
    assert_eq!(names(&near), ["tree-root", "tree-left", "tree-right"]);
    assert!(near.truncated);
    let whole = collect(&TreeOptions::default());
    assert_eq!(
        names(&whole),
        ["tree-root", "tree-left", "tree-right", "tree-base"]
    );
    assert!(!whole.truncated && whole.failed.is_empty());
    let dev = TreeOptions {
        dev: true,
        ..TreeOptions::default()
    };
    assert!(names(&collect(&dev)).contains(&"tree-tool".to_owned()));

    let spec = VersionSpec::Latest;
    let options = with(&[DependencyKind::Runtime, DependencyKind::Dev]);
    let tree =
        dependency_chain(&world.store, Ecosystem::Npm, "tree-root", &spec, &options).unwrap();
    assert_eq!(tree.nodes.len(), 5);
    assert_eq!(tree.edges.iter().filter(|edge| edge.cycle).count(), 1);
    assert_eq!(tree.advisories.transitive[0].id, "GHSA-tree-base-0001");
    let right = tree
        .nodes
        .iter()
        .find(|node| node.name == "tree-right")
        .unwrap();
    assert!(right.deprecated && !right.dev_only);
    let found = replacements(&world.store, Ecosystem::Npm, "tree-right").unwrap();
    assert_eq!(found[0].name, "tree-left");
    let advice = registry_indexer::recommend_version(
        &world.store,
        Ecosystem::Npm,
        "tree-root",
        &registry_types::advice::AdviceOptions::default(),
    );
    let inside = advice.unwrap().dependencies.unwrap();
    assert_eq!(inside.advisories.transitive[0].package, "tree-base");
}
