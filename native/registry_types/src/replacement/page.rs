//! Which package an address is the page of.

use crate::{Ecosystem, check_name};

/// Recognises a registry's page of a package by the shape of its address, so that mirrors and
/// private registries count as well, and a bare GitHub repository.
pub(super) fn package_of(address: &str) -> Option<(Ecosystem, String)> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_once('/')?;
    let host = host
        .strip_prefix("www.")
        .unwrap_or(host)
        .to_ascii_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let (ecosystem, name) = match (*parts.first()?, parts.get(1), parts.get(2)) {
        ("package", Some(scope), Some(name)) if host.contains("npm") && scope.starts_with('@') => {
            (Ecosystem::Npm, format!("{scope}/{name}"))
        }
        ("package", Some(name), _) if host.contains("npm") => (Ecosystem::Npm, (*name).to_owned()),
        ("crates", Some(name), _) if host.contains("crates") || host == "lib.rs" => {
            (Ecosystem::Cargo, (*name).to_owned())
        }
        ("crate", Some(name), _) if host == "docs.rs" => (Ecosystem::Cargo, (*name).to_owned()),
        (name, ..) if host == "docs.rs" => (Ecosystem::Cargo, name.to_owned()),
        ("packages", Some(name), _) if host.starts_with("hex.") => {
            (Ecosystem::Hex, (*name).to_owned())
        }
        (name, ..) if host.starts_with("hexdocs.") => (Ecosystem::Hex, name.to_owned()),
        ("project" | "p", Some(name), _) if host.contains("pypi") => {
            (Ecosystem::Pypi, (*name).to_owned())
        }
        (owner, Some(name), deeper) if host == "github.com" => {
            // An issue, a file or a release of a repository is something to read, not to take.
            if deeper.is_some_and(|part| *part != "tree") {
                return None;
            }
            let name = name.strip_suffix(".git").unwrap_or(name);
            (Ecosystem::Github, format!("{owner}/{name}"))
        }
        _ => return None,
    };
    check_name(ecosystem, &name).ok()?;
    Some((ecosystem, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_packages_are_known_by_their_shape() {
        let name = |address| package_of(address).map(|(e, name)| format!("{e} {name}"));
        for (address, expected) in [
            ("https://www.npm.example/package/left-pad", "npm left-pad"),
            ("https://npm.example/package/@a/b/v/1.0.0", "npm @a/b"),
            ("https://crates.example/crates/time/0.3.0", "cargo time"),
            ("https://docs.rs/time/latest/time/", "cargo time"),
            ("https://hex.pm/packages/jason", "hex jason"),
            ("https://hexdocs.pm/finch/readme.html", "hex finch"),
            ("https://pypi.example/project/Pillow/#files", "pypi Pillow"),
            (
                "https://github.com/sinonjs/fake-timers.git",
                "github sinonjs/fake-timers",
            ),
        ] {
            assert_eq!(name(address).as_deref(), Some(expected), "{address}");
        }
        for address in [
            "https://github.com/request/request/issues/3142",
            "https://github.com/features",
            "https://npm.example/support",
            "https://example.com/package/x",
            "https://hex.pm/",
            "nonsense",
        ] {
            assert_eq!(name(address), None, "{address}");
        }
    }
}
