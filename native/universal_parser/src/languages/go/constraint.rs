//! Build constraints: `//go:build`, `// +build`, and those in a file's name.

/// Lines looked at above the package clause.
const MAX_LINES: usize = 400;

const SYSTEMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];
const MACHINES: &[&str] = &[
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64",
    "ppc64le", "riscv64", "s390x", "sparc64", "wasm",
];

/// The condition under which the file is built.
pub(super) fn of_file(path: &str, source: &[u8]) -> Option<String> {
    let name = of_name(path);
    match (name, of_text(source)) {
        (None, text) => text,
        (name, None) => name,
        (Some(name), Some(text)) if text.contains("||") => Some(format!("{name} && ({text})")),
        (Some(name), Some(text)) if text == name => Some(name),
        (Some(name), Some(text)) => Some(format!("{name} && {text}")),
    }
}

/// `linux && amd64` of `x_linux_amd64.go`.
fn of_name(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?.strip_suffix(".go")?;
    let name = name.strip_suffix("_test").unwrap_or(name);
    let (rest, last) = name.rsplit_once('_')?;
    if SYSTEMS.contains(&last) {
        return Some(last.to_owned());
    }
    if !MACHINES.contains(&last) {
        return None;
    }
    let system = rest.rsplit_once('_').map(|(_, system)| system);
    match system.filter(|system| SYSTEMS.contains(system)) {
        Some(system) => Some(format!("{system} && {last}")),
        None => Some(last.to_owned()),
    }
}

fn of_text(source: &[u8]) -> Option<String> {
    let mut old: Vec<String> = Vec::new();
    for line in source.split(|b| *b == b'\n').take(MAX_LINES) {
        let line = line.trim_ascii();
        if line.starts_with(b"package ") {
            break;
        }
        let Some(comment) = line.strip_prefix(b"//") else {
            continue;
        };
        let Ok(comment) = std::str::from_utf8(comment) else {
            continue;
        };
        if let Some(expression) = comment.strip_prefix("go:build ") {
            return Some(expression.trim().to_owned());
        }
        if let Some(options) = comment.trim_start().strip_prefix("+build ") {
            old.push(of_options(options));
        }
    }
    if let [only] = old.as_slice() {
        return Some(only.clone());
    }
    let parts = old.into_iter().map(|line| {
        if line.contains("||") {
            format!("({line})")
        } else {
            line
        }
    });
    Some(parts.collect::<Vec<_>>().join(" && ")).filter(|all| !all.is_empty())
}

/// The old form: spaces mean or, commas and.
fn of_options(options: &str) -> String {
    let options = options.split_ascii_whitespace();
    let options: Vec<_> = options.map(|all| all.replace(',', " && ")).collect();
    options.join(" || ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_comments_constrain() {
        let of = |path, text: &str| of_file(path, text.as_bytes());
        assert_eq!(of("a.go", "package a\n"), None);
        assert_eq!(of("linux.go", "package a\n"), None);
        assert_eq!(of("x/a_linux.go", "").as_deref(), Some("linux"));
        assert_eq!(
            of("a_windows_arm64_test.go", "").as_deref(),
            Some("windows && arm64")
        );
        assert_eq!(
            of("a_arm.go", "//go:build !x || y\n\npackage a\n").as_deref(),
            Some("arm && (!x || y)")
        );
        assert_eq!(
            of("a.go", "// +build a,!b c\n// +build d\n\npackage a\n").as_deref(),
            Some("(a && !b || c) && d")
        );
        assert_eq!(of("a.go", "package a\n//go:build x\n"), None);
    }
}
