use registry_types::{DependencyKind, Ecosystem, Package, Release, WarningKind};

use super::{apply, is_wanted};

fn read(ecosystem: Ecosystem, files: &[(&str, &str)]) -> (Package, Release) {
    let mut package = Package::new(ecosystem, "My.Demo");
    let mut release = Release::new(ecosystem, "My.Demo", "1.0-1");
    apply_to(&mut package, &mut release, files);
    (package, release)
}

fn apply_to(package: &mut Package, release: &mut Release, files: &[(&str, &str)]) {
    apply(package.ecosystem, package, release, &|path| {
        let file = files.iter().find(|(name, _)| *name == path);
        file.map(|(_, text)| text.as_bytes())
    });
}

#[test]
fn cargo_manifests() {
    let toml = r#"
        [package]
        name = "demo"
        version = "1.0.0"
        description = "  A demo "
        license-file = "LICENSE.txt"
        keywords = ["a", "b"]
        categories = ["os"]
        repository = "https://github.com/Owner/Demo.git"
        homepage = "https://demo.example"
        documentation = "https://docs.example"
        rust-version = "1.70"
    "#;
    let (package, release) = read(Ecosystem::Cargo, &[("Cargo.toml", toml)]);
    assert_eq!(package.description.as_deref(), Some("A demo"));
    assert_eq!(
        package.license.as_deref(),
        Some("SEE LICENSE IN LICENSE.txt")
    );
    assert_eq!(package.keywords, ["a", "b"]);
    assert_eq!(package.categories, ["os"]);
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/owner/demo")
    );
    assert_eq!(package.homepage.as_deref(), Some("https://demo.example"));
    assert_eq!(
        package.documentation.as_deref(),
        Some("https://docs.example")
    );
    assert_eq!(release.runtime["rust"], "1.70");
    assert!(release.warnings.is_empty());
}

#[test]
fn registry_data_is_never_overruled() {
    let toml = "[package]\nname='d'\ndescription='theirs'\nlicense='MIT'\nkeywords=['x']\nrust-version='1.1'";
    let mut package = Package::new(Ecosystem::Cargo, "d");
    let mut release = Release::new(Ecosystem::Cargo, "d", "1.0.0");
    package.description = Some("ours".into());
    package.keywords = vec!["k".into()];
    release.license = Some("Apache-2.0".into());
    release.runtime.insert("rust".into(), "1.85".into());
    apply_to(&mut package, &mut release, &[("Cargo.toml", toml)]);
    assert_eq!(package.description.as_deref(), Some("ours"));
    assert_eq!(package.keywords, ["k"]);
    assert_eq!(package.license.as_deref(), Some("MIT"));
    assert_eq!(release.license.as_deref(), Some("Apache-2.0"));
    assert_eq!(release.runtime["rust"], "1.85");
}

#[test]
fn an_unreadable_manifest_is_a_warning() {
    let deep = format!("a = {}", "[".repeat(100_000));
    for (ecosystem, path, text) in [
        (Ecosystem::Cargo, "Cargo.toml", "[package"),
        (Ecosystem::Cargo, "Cargo.toml", "[workspace]"),
        (Ecosystem::Cargo, "Cargo.toml", deep.as_str()),
        (Ecosystem::Npm, "package.json", "{"),
        (Ecosystem::Hex, "metadata.config", "{<<"),
    ] {
        let (package, release) = read(ecosystem, &[(path, text)]);
        assert_eq!(package, Package::new(ecosystem, "My.Demo"));
        assert_eq!(release.warnings.len(), 1, "{path}");
        assert_eq!(release.warnings[0].kind, WarningKind::Metadata);
        assert_eq!(release.warnings[0].path.as_deref(), Some(path));
    }
}

#[test]
fn odd_cargo_values_are_left_out() {
    let toml = "[package]\nname='d'\ndescription=3\nlicense=['MIT']\nkeywords='k'\nreadme=false";
    let (package, release) = read(Ecosystem::Cargo, &[("Cargo.toml", toml)]);
    assert_eq!(package, Package::new(Ecosystem::Cargo, "My.Demo"));
    assert!(release.warnings.is_empty());
}

#[test]
fn npm_manifests_in_every_shape() {
    let text = r#"{"description":"d","license":{"type":"MIT","url":"u"},"keywords":"a, b",
        "homepage":{"url":"https://h.example"},"repository":"Owner/Name",
        "engines":{"node":">=18","odd":5}}"#;
    let (package, release) = read(Ecosystem::Npm, &[("package.json", text)]);
    assert_eq!(package.license.as_deref(), Some("MIT"));
    assert_eq!(package.keywords, ["a", "b"]);
    assert_eq!(package.homepage.as_deref(), Some("https://h.example"));
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/owner/name")
    );
    assert_eq!(release.runtime.len(), 1);
    let text = r#"{"licenses":[{"type":"MIT"},"BSD-3-Clause"],"repository":{"url":"git://github.com/o/r.git"}}"#;
    let (package, _) = read(Ecosystem::Npm, &[("package.json", text)]);
    assert_eq!(package.license.as_deref(), Some("(MIT OR BSD-3-Clause)"));
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/o/r")
    );
}

#[test]
fn hex_manifests() {
    let text = r#"{<<"description">>,<<"d">>}. {<<"licenses">>,[<<"MIT">>,<<"ISC">>]}.
        {<<"links">>,[{<<"Github">>,<<"https://github.com/O/R">>}]}. {<<"elixir">>,<<"~> 1.14">>}.
        {<<"requirements">>,[[{<<"name">>,<<"jason">>},{<<"requirement">>,<<"~> 1.0">>}]]}."#;
    let (package, release) = read(Ecosystem::Hex, &[("metadata.config", text)]);
    assert_eq!(package.license.as_deref(), Some("MIT, ISC"));
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/o/r")
    );
    assert_eq!(release.runtime["elixir"], "~> 1.14");
    assert_eq!(release.dependencies[0].name, "jason");
}

const METADATA: &str = "Metadata-Version: 2.1\r\nName: My.Demo\r\nSummary: A demo\r\nLicense: UNKNOWN\r\n\
Classifier: License :: OSI Approved :: MIT License\r\nClassifier: Topic :: X\r\nKeywords: a b,c\r\n\
Author: Ann\r\nAuthor-email: ann@a.example\r\nHome-page: UNKNOWN\r\n\
Project-URL: Source Code, https://github.com/O/R/tree/main/x\r\nProject-URL: Docs, https://d.example\r\n\
Requires-Python: >=3.8\r\nRequires-Dist: idna <4,\r\n  >=2\r\nRequires-Dist: PySocks ; extra == 'socks'\r\n\
Provides-Extra: socks\r\nDescription-Content-Type: text/markdown\r\n\r\nSummary: not a header\r\n";

#[test]
fn python_metadata_of_an_sdist() {
    let (package, release) = read(Ecosystem::Pypi, &[("PKG-INFO", METADATA)]);
    assert_eq!(package.description.as_deref(), Some("A demo"));
    assert_eq!(package.license.as_deref(), Some("MIT License"));
    assert_eq!(package.keywords, ["a b", "c"]);
    assert_eq!(package.categories.len(), 2);
    assert_eq!(package.owners[0].name, "Ann");
    assert_eq!(
        package.repository.as_deref(),
        Some("https://github.com/o/r")
    );
    assert_eq!(package.documentation.as_deref(), Some("https://d.example"));
    assert_eq!(package.homepage, None);
    assert_eq!(release.runtime["python"], ">=3.8");
    assert_eq!(release.dependencies.len(), 2);
    assert_eq!(release.dependencies[0].name, "idna");
    assert_eq!(release.dependencies[1].kind, DependencyKind::Optional);
    assert_eq!(release.features["socks"], ["PySocks"]);
    assert!(release.warnings.is_empty(), "{:?}", release.warnings);
}

#[test]
fn python_metadata_of_a_wheel_in_any_spelling() {
    for path in [
        "my_demo-1.0.post1.dist-info/METADATA",
        "My.Demo-1.0_1.dist-info/METADATA",
        "my.demo-1.0.post1.dist-info/METADATA",
    ] {
        let (package, _) = read(Ecosystem::Pypi, &[(path, METADATA)]);
        assert_eq!(package.description.as_deref(), Some("A demo"), "{path}");
        assert!(is_wanted(Ecosystem::Pypi, path));
    }
    assert!(!is_wanted(Ecosystem::Pypi, "vendor/x.dist-info/METADATA"));
    assert!(is_wanted(Ecosystem::Cargo, "Cargo.toml"));
    assert!(!is_wanted(Ecosystem::Cargo, "sub/Cargo.toml"));
}

#[test]
fn no_manifest_changes_nothing() {
    for ecosystem in Ecosystem::ALL {
        let (package, release) = read(ecosystem, &[]);
        assert_eq!(package, Package::new(ecosystem, "My.Demo"));
        assert_eq!(release, Release::new(ecosystem, "My.Demo", "1.0-1"));
    }
}

#[test]
fn requirements_of_an_older_sdist() {
    let info =
        "Metadata-Version: 2.1\nName: My.Demo\nProvides-Extra: socks\nProvides-Extra: empty\n";
    let requires = "idna<4,>=2.5\n\n[socks]\nPySocks!=1.5.7\n";
    for path in [
        "My.Demo.egg-info/requires.txt",
        "src/my_demo.egg-info/requires.txt",
    ] {
        let (_, release) = read(Ecosystem::Pypi, &[("PKG-INFO", info), (path, requires)]);
        let names: Vec<&str> = release
            .dependencies
            .iter()
            .map(|d| d.name.as_str())
            .collect();
        assert_eq!(names, ["idna", "PySocks"]);
        assert_eq!(release.features["socks"], ["PySocks!=1.5.7"]);
        assert!(release.features["empty"].is_empty());
        assert!(is_wanted(Ecosystem::Pypi, path), "{path}");
    }
    // What PKG-INFO says itself stands.
    let info = format!("{info}Requires-Dist: other\n");
    let files = [
        ("PKG-INFO", info.as_str()),
        ("My.Demo.egg-info/requires.txt", requires),
    ];
    let (_, release) = read(Ecosystem::Pypi, &files);
    assert_eq!(release.dependencies.len(), 1);
    assert!(!is_wanted(
        Ecosystem::Pypi,
        "vendor/x.egg-info/requires.txt"
    ));
}
