use crate::{Ecosystem, Error, Result};

/// Checks that `name` can be a package of `ecosystem`, so that no foreign text reaches an address.
///
/// # Errors
/// [`crate::ErrorKind::InvalidArgument`] naming the rule that is broken.
pub fn check_name(ecosystem: Ecosystem, name: &str) -> Result<()> {
    if name.is_empty() || name.len() > 214 || name.contains(char::is_whitespace) {
        return Err(Error::invalid_argument(format!(
            "{name:?} is no {ecosystem} package name"
        )));
    }
    Ok(())
}

/// The spelling under which a package is stored: PEP 503 for PyPI, lower case and `-` for `_` for
/// cargo, lower case for GitHub; npm and Hex names are taken literally.
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
