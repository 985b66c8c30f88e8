//! From a file's place in the archive to the name it is imported by.

/// The dotted name a file is imported by, and whether the file is a package's `__init__`.
///
/// `src/requests/__init__.py` → `requests`; `lib/yaml/nodes.py` → `yaml.nodes`;
/// `foo-stubs/bar.pyi` → `foo.bar`.
pub(super) fn module_path(path: &str, package: &str) -> (String, bool) {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut parts: Vec<&str> = stem.split('/').filter(|part| !part.is_empty()).collect();
    parts.drain(..roots(&parts, package));
    let is_package = parts.last() == Some(&"__init__");
    if is_package && parts.len() > 1 {
        parts.pop();
    }
    let mut name = String::new();
    for part in parts {
        if !name.is_empty() {
            name.push('.');
        }
        // PEP 561: the stubs of `foo` may be distributed as `foo-stubs`.
        name.push_str(part.strip_suffix("-stubs").unwrap_or(part));
    }
    (name, is_package)
}

/// How many leading directories are no packages.
fn roots(parts: &[&str], package: &str) -> usize {
    let directories = parts.len().saturating_sub(1);
    let mut roots = 0;
    // Wheels keep what belongs on the import path there.
    if parts.first().is_some_and(|part| part.ends_with(".data")) {
        roots = directories.min(2);
    }
    while roots < directories
        && parts
            .get(roots)
            .is_some_and(|part| is_root(part) && !same_name(part, package))
    {
        roots += 1;
    }
    if roots == 0
        && let Some(at) = parts
            .iter()
            .take(directories)
            .rposition(|part| *part == "src")
        && parts.iter().take(at).all(|part| !same_name(part, package))
    {
        roots = at + 1;
    }
    roots
}

/// Directories that hold packages by convention, or whose name no import statement can spell.
fn is_root(part: &str) -> bool {
    matches!(
        part,
        "src" | "lib" | "Lib" | "python" | "py" | "source" | "lib3" | "python3" | "packages"
    ) || part.contains(['-', ' ', '.']) && !part.ends_with("-stubs")
}

fn same_name(part: &str, package: &str) -> bool {
    let plain = |b: u8| {
        if matches!(b, b'-' | b'.') {
            b'_'
        } else {
            b.to_ascii_lowercase()
        }
    };
    part.len() == package.len() && part.bytes().map(plain).eq(package.bytes().map(plain))
}

/// Whether the file is for those who work on the package: tests, documentation, build scripts.
pub(super) fn is_aside(path: &str, package: &str) -> bool {
    let mut parts = path.split('/').peekable();
    let mut first = true;
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return match part {
                "conftest.py" => true,
                "setup.py" | "noxfile.py" | "tasks.py" | "fabfile.py" | "versioneer.py" => first,
                _ => part.starts_with("test_") || part.ends_with("_test.py"),
            };
        }
        if part == "tests" && !same_name(part, package) {
            return true;
        }
        let beside = matches!(
            part,
            "test"
                | "testing"
                | "doc"
                | "docs"
                | "example"
                | "examples"
                | "benchmark"
                | "benchmarks"
                | "bench"
                | "scripts"
                | "tools"
                | "ci"
                | ".github"
        );
        if first && beside && !same_name(part, package) {
            return true;
        }
        first = false;
    }
    false
}

/// Whether no part of a module's name begins with an underscore; for modules `__main__` and its
/// like are no exception.
pub(super) fn is_public_path(module: &str) -> bool {
    module == "__init__" || !module.split('.').any(|part| part.starts_with('_'))
}

/// Names with a leading underscore are private, but those of the language (`__init__`) are not.
pub(super) fn is_public_name(name: &str) -> bool {
    !name.starts_with('_') || name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts() {
        let name = |path, package| module_path(path, package).0;
        assert_eq!(name("src/requests/__init__.py", "requests"), "requests");
        assert_eq!(name("requests/api.py", "requests"), "requests.api");
        assert_eq!(name("lib/yaml/nodes.py", "PyYAML"), "yaml.nodes");
        assert_eq!(name("python/pyarrow/lib.pyi", "pyarrow"), "pyarrow.lib");
        assert_eq!(name("python/x.py", "Python"), "python.x");
        assert_eq!(name("six.py", "six"), "six");
        assert_eq!(name("py-polars/src/polars/a.py", "polars"), "polars.a");
        assert_eq!(name("foo-stubs/bar/__init__.pyi", "types-foo"), "foo.bar");
        assert_eq!(name("a-1.0.data/purelib/a/b.py", "a"), "a.b");
        assert_eq!(name("__init__.py", "x"), "__init__");
        assert_eq!(
            name("django/contrib/src/x.py", "django"),
            "django.contrib.src.x"
        );
    }

    #[test]
    fn what_stands_beside_the_package() {
        assert!(is_aside("tests/test_api.py", "x") && is_aside("x/tests/util.py", "x"));
        assert!(is_aside("docs/conf.py", "x") && is_aside("setup.py", "x"));
        assert!(!is_aside("x/test/client.py", "x") && !is_aside("x/setup.py", "x"));
        assert!(!is_aside("testing/api.py", "testing"));
    }

    #[test]
    fn underscores() {
        assert!(is_public_path("a.b") && !is_public_path("a._b.c") && !is_public_path("_a"));
        assert!(!is_public_path("a.__main__") && is_public_path("__init__"));
        assert!(is_public_name("__init__") && !is_public_name("__x") && !is_public_name("____"));
    }
}
