//! What a path alone tells.

/// Directories whose files are for the package's own developers.
const ASIDE: [&str; 18] = [
    "test",
    "tests",
    "__tests__",
    "__mocks__",
    "spec",
    "specs",
    "testing",
    "fixtures",
    "example",
    "examples",
    "bench",
    "benches",
    "benchmark",
    "benchmarks",
    "docs",
    "scripts",
    "node_modules",
    "vendor",
];

/// Whether the file is a test, example, benchmark or vendored: its definitions are no API.
///
/// A directory counts as such at the top of the archive or below `src`, `lib` and the like only;
/// deeper, `testing` or `examples` may well be a public module.
pub(crate) fn is_aside(path: &str) -> bool {
    if is_in_aside(path) {
        return true;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut name = name.rsplit('.');
    name.next();
    let second = name.next().unwrap_or_default();
    // `a.test.ts`, `a_test.exs`, `test_a.py`, `conftest.py`
    let marked = name.next().is_some() && matches!(second, "test" | "spec" | "bench" | "stories");
    let test = second.ends_with("_test") || second.starts_with("test_") || second == "conftest";
    marked || test
}

/// As [`is_aside`], by the directories alone: for languages whose tests are not told by their names.
pub(crate) fn is_in_aside(path: &str) -> bool {
    let Some((directories, _)) = path.rsplit_once('/') else {
        return false;
    };
    let hidden = |part: &str| matches!(part, "__tests__" | "__mocks__" | "node_modules");
    let first = directories.split('/').next().unwrap_or_default();
    ASIDE.contains(&first) || directories.split('/').any(hidden)
}

#[cfg(test)]
mod tests {
    use super::{is_aside, is_in_aside};

    #[test]
    fn names_do_not_count_where_only_directories_do() {
        assert!(is_in_aside("test/support.ex") && !is_in_aside("lib/doc_test.ex"));
        assert!(!is_in_aside("test_server.erl"));
    }

    #[test]
    fn tests_are_aside() {
        for path in [
            "test/a.js",
            "src/a.test.ts",
            "lib/__tests__/a.js",
            "test_a.py",
            "x/a_test.exs",
        ] {
            assert!(is_aside(path), "{path}");
        }
        for path in [
            "src/a.ts",
            "lib/testing/a.py",
            "test.js",
            "spec.ts",
            "src/docs/x.rs",
        ] {
            assert!(!is_aside(path), "{path}");
        }
    }
}
