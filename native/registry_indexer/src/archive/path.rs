use registry_protocols::ArchiveRoot;

/// The longest path that a Linux system takes.
const MAX_PATH: usize = 4096;

/// Why an entry's name cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not UTF-8.
    NotUtf8,
    /// It is longer than any system call takes.
    TooLong,
    /// It lies beside the package's top directory, not in it.
    OutsideRoot,
    /// Unpacked, it would land outside the target directory: no packaging tool writes that.
    Escapes(&'static str),
}

/// The path of an entry below the package's root, as `a/b/c`.
///
/// Empty and `.` parts are dropped, and `\` is a separator as it is on Windows. A path that would
/// leave the directory into which it is unpacked (`..`, absolute, with a drive letter or a NUL) is
/// a fault even though nothing is written here: the registries and pip refuse such archives.
pub(super) fn resolve(raw: &[u8], root: ArchiveRoot) -> Result<String, Fault> {
    if raw.len() > MAX_PATH {
        return Err(Fault::TooLong);
    }
    let text = str::from_utf8(raw).map_err(|_| Fault::NotUtf8)?;
    if text.contains('\0') {
        return Err(Fault::Escapes("it contains a NUL"));
    }
    if text.starts_with(['/', '\\']) {
        return Err(Fault::Escapes("it is absolute"));
    }
    if has_drive(text) {
        return Err(Fault::Escapes("it names a drive"));
    }
    let mut parts = parts(text).peekable();
    if parts.clone().any(|part| part == "..") {
        return Err(Fault::Escapes("it contains `..`"));
    }
    if root == ArchiveRoot::StripFirst {
        parts.next();
    }
    let mut out = String::with_capacity(text.len());
    for part in parts {
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(part);
    }
    if out.is_empty() {
        return Err(Fault::OutsideRoot);
    }
    Ok(out)
}

/// Whether a link in the entry `raw` to `target` leaves the archive's root. Symbolic links are
/// relative to their own directory, hard links to the archive's root.
pub(super) fn link_escapes(raw: &[u8], target: &[u8], symbolic: bool) -> bool {
    let target = String::from_utf8_lossy(target);
    if target.starts_with(['/', '\\']) || has_drive(&target) {
        return true;
    }
    let name = String::from_utf8_lossy(raw);
    let mut depth = if symbolic {
        parts(&name).count().saturating_sub(1)
    } else {
        0
    };
    for part in parts(&target) {
        if part != ".." {
            depth += 1;
        } else if depth == 0 {
            return true;
        } else {
            depth -= 1;
        }
    }
    false
}

fn parts(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != ".")
}

fn has_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ArchiveRoot::{AsIs, StripFirst};

    #[test]
    fn paths_are_normalised() {
        for (raw, root, path) in [
            ("package/index.js", StripFirst, "index.js"),
            ("./package/./lib//a.js", StripFirst, "lib/a.js"),
            ("ms/index.d.ts", StripFirst, "index.d.ts"),
            ("lib/a.ex", AsIs, "lib/a.ex"),
            ("package\\lib\\a.js", StripFirst, "lib/a.js"),
            ("a/b..c/...", AsIs, "a/b..c/..."),
        ] {
            assert_eq!(resolve(raw.as_bytes(), root).as_deref(), Ok(path), "{raw}");
        }
    }

    #[test]
    fn escaping_paths_are_faults() {
        for raw in [
            "../x",
            "package/../../x",
            "package/..",
            "/etc/passwd",
            "\\\\host\\share",
            "C:\\x",
            "c:x",
            "a\\..\\..\\x",
            "a\0b",
        ] {
            for root in [AsIs, StripFirst] {
                assert!(
                    matches!(resolve(raw.as_bytes(), root), Err(Fault::Escapes(_))),
                    "{raw:?}"
                );
            }
        }
    }

    #[test]
    fn other_faults() {
        assert_eq!(resolve(b"package/\xff", StripFirst), Err(Fault::NotUtf8));
        assert_eq!(resolve(&[b'a'; 4097], AsIs), Err(Fault::TooLong));
        assert_eq!(resolve(b"file", StripFirst), Err(Fault::OutsideRoot));
        assert_eq!(resolve(b"./", AsIs), Err(Fault::OutsideRoot));
    }

    #[test]
    fn links_out_of_the_root() {
        assert!(!link_escapes(b"p/docs/README.md", b"../README.md", true));
        assert!(!link_escapes(b"p/a", b"../q/b", true));
        assert!(link_escapes(b"p/a", b"../../b", true));
        assert!(link_escapes(b"p/a", b"/etc/passwd", true));
        assert!(link_escapes(b"p/a", b"C:\\x", true));
        assert!(link_escapes(b"p/a", b"x/../../..", true));
        assert!(!link_escapes(b"p/a/b/c", b"p/a", false));
        assert!(link_escapes(b"p/a/b/c", b"../x", false));
    }
}
