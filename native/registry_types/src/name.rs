use crate::{Ecosystem, Error, Result};

/// The longest name: npm's limit, and more than any other registry allows.
const NAME_BYTES: usize = 214;

/// Checks that `name` can be a package of `ecosystem`, so that no foreign text reaches an address.
/// Names from before a registry tightened its rules pass (`JSONStream`).
///
/// ```
/// use registry_types::{Ecosystem, check_name};
/// assert!(check_name(Ecosystem::Npm, "@types/node").is_ok());
/// assert!(check_name(Ecosystem::Npm, "../etc/passwd").is_err());
/// ```
///
/// # Errors
/// [`crate::ErrorKind::InvalidArgument`] naming the rule that is broken.
pub fn check_name(ecosystem: Ecosystem, name: &str) -> Result<()> {
    let (valid, rule) = match ecosystem {
        Ecosystem::Npm => (
            is_npm(name),
            "\"name\" or \"@scope/name\" out of letters, digits and - _ . ~",
        ),
        Ecosystem::Cargo => (
            is_cargo(name),
            "a letter, then letters, digits, - and _, 64 at most",
        ),
        Ecosystem::Hex => (
            is_hex(name),
            "a lower-case letter, then lower-case letters, digits and _",
        ),
        Ecosystem::Pypi => (
            is_pypi(name),
            "letters, digits, - _ and ., a letter or digit at both ends",
        ),
        Ecosystem::Github => (is_github(name), "\"owner/name\""),
    };
    if valid && name.len() <= NAME_BYTES {
        return Ok(());
    }
    let shown: String = name.chars().take(64).collect();
    let dots = if shown.len() < name.len() { "…" } else { "" };
    Err(Error::invalid_argument(format!(
        "{shown:?}{dots} is no {ecosystem} package name: it is {rule}"
    )))
}

fn is_npm(name: &str) -> bool {
    // What encodeURIComponent leaves alone: all that npm has ever accepted.
    let fine = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|b| {
                b.is_ascii_alphanumeric()
                    || matches!(
                        b,
                        b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')'
                    )
            })
    };
    match name.strip_prefix('@') {
        Some(scoped) => scoped
            .split_once('/')
            .is_some_and(|(scope, name)| fine(scope) && fine(name)),
        // A leading underscore would ask the database behind the registry, not for a package.
        None => fine(name) && !name.starts_with('_'),
    }
}

fn is_cargo(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn is_hex(name: &str) -> bool {
    name.len() >= 2
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn is_pypi(name: &str) -> bool {
    let ends = |c: char| c.is_ascii_alphanumeric();
    name.starts_with(ends)
        && name.ends_with(ends)
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

fn is_github(name: &str) -> bool {
    name.split_once('/').is_some_and(|(owner, name)| {
        owner.len() <= 39
            && owner.starts_with(|c: char| c.is_ascii_alphanumeric())
            && owner
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            && !name.is_empty()
            && name.len() <= 100
            && !matches!(name, "." | "..")
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    })
}

/// The spelling under which a package is stored: PEP 503 for PyPI, lower case and `-` for `_` for
/// cargo, lower case for GitHub; npm and Hex names are taken literally.
///
/// ```
/// use registry_types::{Ecosystem, normalize_name};
/// assert_eq!(normalize_name(Ecosystem::Pypi, "Zope.Interface__X"), "zope-interface-x");
/// assert_eq!(normalize_name(Ecosystem::Npm, "JSONStream"), "JSONStream");
/// ```
#[must_use]
pub fn normalize_name(ecosystem: Ecosystem, name: &str) -> String {
    match ecosystem {
        Ecosystem::Npm | Ecosystem::Hex => name.to_owned(),
        Ecosystem::Cargo => name.to_ascii_lowercase().replace('_', "-"),
        Ecosystem::Github => name.to_ascii_lowercase(),
        Ecosystem::Pypi => {
            let mut out = String::with_capacity(name.len());
            for part in name.split(['-', '_', '.']).filter(|p| !p.is_empty()) {
                if !out.is_empty() {
                    out.push('-');
                }
                out.push_str(&part.to_ascii_lowercase());
            }
            out
        }
    }
}

/// The spelling in which names are compared by people: lower case, `_`, `.`, space and camel
/// boundaries as `-`, without an npm scope's `@`.
#[must_use]
pub fn canonical_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut previous_lower = false;
    for c in name.trim_start_matches('@').chars() {
        let separator = matches!(c, '_' | '.' | '-' | ' ');
        if (separator || (c.is_uppercase() && previous_lower)) && !out.ends_with('-') {
            out.push('-');
        }
        if !separator {
            out.extend(c.to_lowercase());
        }
        previous_lower = c.is_lowercase() || c.is_ascii_digit();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_the_registries_have_them() {
        let long = "a".repeat(214);
        for (ecosystem, names) in [
            (
                Ecosystem::Npm,
                vec![
                    "react",
                    "JSONStream",
                    "@types/node",
                    "lodash.merge",
                    "-",
                    "a~b",
                    "jquery.!x",
                    "@babel/core",
                    "3d",
                    &long,
                ],
            ),
            (
                Ecosystem::Cargo,
                vec!["tokio", "http_body-util", "Inflector", "a"],
            ),
            (
                Ecosystem::Hex,
                vec!["phoenix", "phoenix_live_view", "p1_utils"],
            ),
            (
                Ecosystem::Pypi,
                vec![
                    "requests",
                    "zope.interface",
                    "Flask_SQLAlchemy",
                    "a",
                    "2to3",
                ],
            ),
            (
                Ecosystem::Github,
                vec!["rust-lang/cargo", "Owner/.github", "o/n.js", "o/_"],
            ),
        ] {
            for name in names {
                assert!(check_name(ecosystem, name).is_ok(), "{ecosystem} {name}");
            }
        }
    }

    #[test]
    fn nothing_that_could_bend_an_address_passes() {
        let long = "a".repeat(215);
        for ecosystem in Ecosystem::ALL {
            for name in [
                "",
                ".",
                "..",
                "/",
                "a/../b",
                "../a",
                "a/..",
                "@a/..",
                "@../a",
                "@a/b/c",
                "@a",
                "@/a",
                "@a/",
                "a b",
                "a\n",
                "a\0",
                "a%2fb",
                "a?b",
                "a#b",
                "a\\b",
                "a:b",
                "é",
                "a/b/c",
                "_all_docs",
                ".a",
                "//a",
                "a/",
                &long,
                "ａ",
                "a;b",
                "a&b",
            ] {
                let error = check_name(ecosystem, name).unwrap_err();
                assert_eq!(
                    error.kind,
                    crate::ErrorKind::InvalidArgument,
                    "{ecosystem} {name:?}"
                );
                assert!(error.message.len() < 300);
            }
        }
    }

    #[test]
    fn each_ecosystem_has_its_own_rules() {
        for (ecosystem, name) in [
            (Ecosystem::Cargo, "1password"),
            (Ecosystem::Cargo, "a.b"),
            (Ecosystem::Cargo, "-a"),
            (Ecosystem::Hex, "Phoenix"),
            (Ecosystem::Hex, "a-b"),
            (Ecosystem::Hex, "1ab"),
            (Ecosystem::Pypi, "-a"),
            (Ecosystem::Pypi, "a."),
            (Ecosystem::Github, "cargo"),
            (Ecosystem::Github, "-o/n"),
            (Ecosystem::Npm, "a/b"),
        ] {
            assert!(check_name(ecosystem, name).is_err(), "{ecosystem} {name}");
        }
        assert!(check_name(Ecosystem::Cargo, &"a".repeat(65)).is_err());
    }

    #[test]
    fn spellings_of_one_package_are_one() {
        assert_eq!(normalize_name(Ecosystem::Cargo, "Http_Body"), "http-body");
        assert_eq!(
            normalize_name(Ecosystem::Github, "Rust-Lang/Cargo"),
            "rust-lang/cargo"
        );
        assert_eq!(normalize_name(Ecosystem::Pypi, "a-_.B"), "a-b");
        assert_eq!(
            normalize_name(Ecosystem::Hex, "phoenix_html"),
            "phoenix_html"
        );
    }
}
