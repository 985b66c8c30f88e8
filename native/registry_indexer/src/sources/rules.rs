//! Which files of a package are sources of what it offers, told by their paths.

use registry_types::Ecosystem;

use super::language::Language;
use crate::archive::SkipReason;

/// Test directories wherever they lie. `test` and `testing` are not among them: inside a package
/// they are often what it offers (`django/test`, `lib/phoenix/test`, `numpy/testing`).
const TESTS: [&str; 12] = [
    "tests",
    "__tests__",
    "__mocks__",
    "__fixtures__",
    "__snapshots__",
    "fixture",
    "fixtures",
    "testdata",
    "test_data",
    "test-d",
    "e2e",
    "cypress",
];
/// Test directories at the root, or anywhere in npm packages and repositories, which nest.
const ROOT_TESTS: [&str; 3] = ["test", "spec", "specs"];
/// Likewise, for what shows the package rather than being it.
const ROOT_EXAMPLES: [&str; 14] = [
    "example",
    "examples",
    "demo",
    "demos",
    "sample",
    "samples",
    "bench",
    "benches",
    "benchmark",
    "benchmarks",
    "perf",
    "fuzz",
    "playground",
    "sandbox",
];
const VENDORED: [&str; 19] = [
    "node_modules",
    "bower_components",
    "jspm_packages",
    "vendor",
    "vendored",
    "_vendor",
    "_vendored",
    "third_party",
    "third-party",
    "thirdparty",
    "3rdparty",
    "3rd-party",
    "extern",
    "externals",
    "site-packages",
    "venv",
    "virtualenv",
    "_build",
    "godeps",
];
/// At the root: what builds, checks and documents the package.
const ROOT_TOOLING: [&str; 12] = [
    "script",
    "scripts",
    "tools",
    "tooling",
    "ci",
    "xtask",
    "build-tools",
    "config",
    "priv",
    "doc",
    "docs",
    "website",
];
const TOOLING_FILES: [&str; 14] = [
    "build.rs",
    "setup.py",
    "conftest.py",
    "noxfile.py",
    "versioneer.py",
    "tasks.py",
    "fabfile.py",
    "gulpfile.js",
    "gruntfile.js",
    "karma.conf.js",
    "mix.exs",
    "webpack.config.js",
    "jest.setup.js",
    "test-setup.js",
];

/// The language of a source of the package, or why the file is none. `own` is the package's name
/// as a directory would spell it: a package called `benchmark` lives in `benchmark/`.
pub(super) fn judge(ecosystem: Ecosystem, own: &str, path: &str) -> Result<Language, SkipReason> {
    let lower = path.to_lowercase();
    let (directory, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let language = Language::of(name).ok_or(SkipReason::NotWanted)?;
    if !language.belongs_to(ecosystem) {
        return Err(SkipReason::OtherLanguage);
    }
    if let Some(reason) = judge_directories(ecosystem, own, directory) {
        return Err(reason);
    }
    match judge_name(language, name, directory.is_empty()) {
        Some(reason) => Err(reason),
        None => Ok(language),
    }
}

/// Why nothing in `directory` (lower case) is a source of the package, if so.
pub(super) fn judge_directories(
    ecosystem: Ecosystem,
    own: &str,
    directory: &str,
) -> Option<SkipReason> {
    let nests = matches!(ecosystem, Ecosystem::Npm | Ecosystem::Github);
    let parts = directory.split('/').filter(|part| !part.is_empty());
    parts.enumerate().find_map(|(depth, part)| {
        if part == own && !VENDORED.contains(&part) {
            return None;
        }
        judge_directory(ecosystem, part, depth == 0, nests)
    })
}

/// Declarations of an npm package are read wherever they lie, tests and copies of other packages'
/// code among them: its entries may lead to them.
pub(super) fn may_be_reached(ecosystem: Ecosystem, path: &str) -> Option<Language> {
    const NEVER: [&str; 3] = ["node_modules", "bower_components", "jspm_packages"];
    let declares = [".d.ts", ".d.mts", ".d.cts"]
        .iter()
        .any(|ending| path.ends_with(ending));
    let never = path.split('/').any(|part| NEVER.contains(&part));
    (ecosystem == Ecosystem::Npm && declares && !never).then_some(Language::TypeScript)
}

fn judge_directory(
    ecosystem: Ecosystem,
    part: &str,
    at_root: bool,
    nests: bool,
) -> Option<SkipReason> {
    let found = |list: &[&str]| list.contains(&part);
    if found(&VENDORED) || (at_root && ecosystem == Ecosystem::Hex && part == "deps") {
        Some(SkipReason::Vendored)
    } else if found(&TESTS) || ((at_root || nests) && found(&ROOT_TESTS)) {
        Some(SkipReason::Test)
    } else if (at_root || nests) && found(&ROOT_EXAMPLES) {
        Some(SkipReason::Example)
    } else if part == "__generated__" {
        Some(SkipReason::Generated)
    } else if (at_root && (found(&ROOT_TOOLING) || part.ends_with(".data")))
        || part.starts_with('.')
    {
        Some(SkipReason::Tooling)
    } else if is_typescript_version(part) {
        Some(SkipReason::Bundle)
    } else {
        None
    }
}

fn judge_name(language: Language, name: &str, at_root: bool) -> Option<SkipReason> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match language {
        Language::JavaScript | Language::TypeScript => {
            let parts = || stem.split('.').skip(1);
            if parts().any(|part| matches!(part, "test" | "spec" | "test-d" | "cy" | "e2e")) {
                return Some(SkipReason::Test);
            }
            if parts().any(|part| matches!(part, "stories" | "story" | "bench")) {
                return Some(SkipReason::Example);
            }
            if parts().any(|part| part == "min") || stem.ends_with("-min") {
                return Some(SkipReason::Minified);
            }
            if parts().any(|part| matches!(part, "generated" | "gen")) {
                return Some(SkipReason::Generated);
            }
            if at_root && parts().any(|part| part == "config") {
                return Some(SkipReason::Tooling);
            }
        }
        Language::Python => {
            if stem.starts_with("test_") || stem.ends_with("_test") || stem == "tests" {
                return Some(SkipReason::Test);
            }
            if stem.ends_with("_pb2") || stem.ends_with("_pb2_grpc") {
                return Some(SkipReason::Generated);
            }
        }
        Language::Rust if stem == "tests" || stem.ends_with("_tests") => {
            return Some(SkipReason::Test);
        }
        Language::Erlang if stem.ends_with("_suite") || stem.ends_with("_tests") => {
            return Some(SkipReason::Test);
        }
        Language::Other(_) => {
            let mut parts = stem.split('.').skip(1);
            if parts.any(|part| matches!(part, "generated" | "gen" | "pb" | "g" | "designer")) {
                return Some(SkipReason::Generated);
            }
            if stem.starts_with("test_") || stem.ends_with("_test") || stem.ends_with("_spec") {
                return Some(SkipReason::Test);
            }
        }
        // Elixir scripts: configuration, tests, tasks. The library is in `.ex` files.
        Language::Elixir if name.ends_with(".exs") => return Some(SkipReason::Tooling),
        _ => {}
    }
    let tooling = name.starts_with('.') || TOOLING_FILES.contains(&name);
    (tooling && (at_root || name != "tasks.py")).then_some(SkipReason::Tooling)
}

/// `ts4.8`: declarations for an old compiler, a copy of the others (`typesVersions`).
fn is_typescript_version(part: &str) -> bool {
    part.strip_prefix("ts").is_some_and(|version| {
        version.starts_with(|c: char| c.is_ascii_digit())
            && version.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Ecosystem::{Cargo, Github, Hex, Npm, Pypi};
    use SkipReason::{
        Bundle, Example, Generated, Minified, NotWanted, OtherLanguage, Test, Tooling, Vendored,
    };

    #[test]
    fn sources() {
        for (ecosystem, path) in [
            (Cargo, "src/lib.rs"),
            (Cargo, "src/test/mod.rs"),
            (Cargo, "src/examples.rs"),
            (Npm, "index.js"),
            (Npm, "lib/a.mjs"),
            (Npm, "index.d.ts"),
            (Npm, "src/button.tsx"),
            (Hex, "lib/phoenix/test/conn_test.ex"),
            (Hex, "src/cowboy.erl"),
            (Hex, "include/x.hrl"),
            (Hex, "c_src/nif.c"),
            (Pypi, "django/test/client.py"),
            (Pypi, "src/pkg/mod.pyi"),
            (Pypi, "six.py"),
            (Pypi, "pkg/tasks.py"),
            (Pypi, "own/x.py"),
            (Github, "native/src/lib.rs"),
        ] {
            assert!(judge(ecosystem, "own", path).is_ok(), "{ecosystem} {path}");
        }
        assert!(judge(Pypi, "benchmark", "benchmark/run.py").is_ok());
        assert!(judge(Npm, "vendor", "vendor/x.js").is_err());
    }

    #[test]
    fn what_is_none_and_why() {
        for (ecosystem, path, reason) in [
            (Cargo, "tests/a.rs", Test),
            (Cargo, "src/runtime/tests/a.rs", Test),
            (Cargo, "src/tests.rs", Test),
            (Cargo, "benches/a.rs", Example),
            (Cargo, "examples/a.rs", Example),
            (Cargo, "build.rs", Tooling),
            (Cargo, "assets/app.js", OtherLanguage),
            (Cargo, "README.md", NotWanted),
            (Npm, "node_modules/x/index.js", Vendored),
            (Npm, "dist/a.min.js", Minified),
            (Npm, "cjs/react.production.min.js", Minified),
            (Npm, "src/a.test.ts", Test),
            (Npm, "src/__tests__/a.ts", Test),
            (Npm, "packages/x/test/a.js", Test),
            (Npm, "ts4.8/index.d.ts", Bundle),
            (Npm, "rollup.config.mjs", Tooling),
            (Npm, ".eslintrc.js", Tooling),
            (Npm, "src/button.stories.tsx", Example),
            (Npm, "src/api.generated.ts", Generated),
            (Hex, "mix.exs", Tooling),
            (Hex, "test/a_test.exs", Test),
            (Hex, "deps/x/lib/x.ex", Vendored),
            (Hex, "priv/templates/a.ex", Tooling),
            (Hex, "src/a_SUITE.erl", Test),
            (Pypi, "setup.py", Tooling),
            (Pypi, "docs/conf.py", Tooling),
            (Pypi, "pkg/tests/test_a.py", Test),
            (Pypi, "pkg/test_a.py", Test),
            (Pypi, "pip/_vendor/x.py", Vendored),
            (Pypi, "pkg/a_pb2.py", Generated),
            (Pypi, "pkg-1.0.data/scripts/x.py", Tooling),
            (Pypi, "rust/src/lib.rs", OtherLanguage),
        ] {
            assert_eq!(judge(ecosystem, "own", path), Err(reason), "{path}");
        }
    }
}
