//! What `Cargo.toml` says of the library.

use serde::Deserialize;

/// The library target of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Library {
    /// The name users write.
    pub name: String,
    /// The root file, relative to the manifest.
    pub path: String,
    /// Only `#[proc_macro*]` functions are handed on.
    pub proc_macro: bool,
    /// Paths of `use` start at the crate's root (edition 2015).
    pub from_root: bool,
}

#[derive(Deserialize)]
struct Manifest {
    package: Option<PackageTable>,
    lib: Option<LibTable>,
}

#[derive(Deserialize)]
struct PackageTable {
    name: String,
    // A table when the workspace tells it.
    edition: Option<toml::Value>,
}

#[derive(Deserialize)]
struct LibTable {
    name: Option<String>,
    path: Option<String>,
    #[serde(alias = "proc_macro", rename = "proc-macro")]
    proc_macro: Option<bool>,
}

/// `None` when the text is no manifest of a package.
pub(super) fn read(text: &[u8]) -> Option<Library> {
    let text = std::str::from_utf8(text).ok()?;
    let manifest: Manifest = toml::from_str(text).ok()?;
    let package = manifest.package?;
    let (name, path, proc_macro) = manifest.lib.map_or((None, None, None), |lib| {
        (lib.name, lib.path, lib.proc_macro)
    });
    let path = path.unwrap_or_else(|| "src/lib.rs".to_owned());
    let edition = package.edition.as_ref();
    Some(Library {
        name: name.unwrap_or(package.name).replace('-', "_"),
        path: path.trim_start_matches("./").to_owned(),
        proc_macro: proc_macro.unwrap_or(false),
        from_root: edition.is_none_or(|edition| edition.as_str() == Some("2015")),
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_the_library() {
        let library = read(b"[package]\nname = \"a-b\"\nedition.workspace = true").unwrap();
        assert_eq!(
            (library.name.as_str(), library.path.as_str()),
            ("a_b", "src/lib.rs")
        );
        assert!(!library.proc_macro && !library.from_root);
        let text =
            b"[package]\nname = \"a\"\n[lib]\nname = \"c\"\npath = \"./x.rs\"\nproc-macro = true";
        let library = read(text).unwrap();
        assert_eq!(
            (library.name.as_str(), library.path.as_str()),
            ("c", "x.rs")
        );
        assert!(library.proc_macro && library.from_root);
        assert!(read(b"[workspace]").is_none() && read(b"\xff").is_none());
    }
}
