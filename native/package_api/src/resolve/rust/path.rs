//! Paths of files.

/// Everything up to and with the last slash.
pub(super) fn directory_of(path: &str) -> &str {
    path.rfind('/')
        .map_or("", |at| path.get(..=at).unwrap_or(""))
}

/// Where the modules of a file lie that was found by its module's name.
pub(super) fn submodules_of(path: &str) -> String {
    match path.strip_suffix("/mod.rs") {
        Some(directory) => format!("{directory}/"),
        None => format!("{}/", path.strip_suffix(".rs").unwrap_or(path)),
    }
}

/// Without `.` and `..`; `None` when it leaves the archive.
pub(super) fn normal(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follow_the_language() {
        assert_eq!(directory_of("src/a.rs"), "src/");
        assert_eq!(directory_of("lib.rs"), "");
        assert_eq!(submodules_of("src/a.rs"), "src/a/");
        assert_eq!(submodules_of("src/a/mod.rs"), "src/a/");
        assert_eq!(normal("src/a/../b.rs").as_deref(), Some("src/b.rs"));
        assert_eq!(normal("../b.rs"), None);
    }
}
