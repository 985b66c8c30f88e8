//! Whether a release runs on what the caller has.

use std::collections::BTreeMap;

use crate::Ecosystem;
use crate::version::{Requirement, Version};

/// The requirement the caller's runtime does not meet, as one line; what nobody says anything of, or
/// what cannot be read, stands against nothing.
pub(super) fn unmet(
    wants: &BTreeMap<String, String>,
    has: &BTreeMap<String, String>,
) -> Option<String> {
    has.iter().find_map(|(runtime, version)| {
        let wanted = wants.get(runtime)?;
        let met = meets(runtime, wanted, version)?;
        (!met).then(|| format!("needs {runtime} {wanted}, not {version}"))
    })
}

fn meets(runtime: &str, wanted: &str, version: &str) -> Option<bool> {
    // A runtime's requirement is written in the syntax of the ecosystem it belongs to.
    let ecosystem = match runtime {
        "rust" => Ecosystem::Cargo,
        "python" => Ecosystem::Pypi,
        "elixir" => Ecosystem::Hex,
        _ => Ecosystem::Npm,
    };
    let version = match ecosystem {
        Ecosystem::Pypi => Version::parse(ecosystem, version).ok()?,
        _ => Version::parse(ecosystem, &three(version)).ok()?,
    };
    if runtime == "rust" {
        // `rust-version` is the least version, not a requirement.
        let least = Version::parse(ecosystem, &three(wanted)).ok()?;
        return Some(version >= least);
    }
    let requirement = Requirement::parse(ecosystem, wanted).ok()?;
    Some(requirement.matches_including_prerelease(&version))
}

/// The version with three numbers.
fn three(version: &str) -> String {
    let version = version.trim().trim_start_matches('v');
    let end = version.find(['-', '+']).unwrap_or(version.len());
    let (numbers, rest) = version.split_at(end);
    let missing = 3_usize.saturating_sub(numbers.split('.').count());
    format!("{numbers}{}{rest}", ".0".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_runtime_is_asked_in_its_own_syntax() {
        for (runtime, wanted, version, expected) in [
            ("rust", "1.70", "1.70", Some(true)),
            ("rust", "1.70.1", "1.70", Some(false)),
            ("rust", "1.56", "1.85.0-nightly", Some(true)),
            ("node", ">=18", "18", Some(true)),
            ("node", "^14.17.0 || >=16", "15.1.0", Some(false)),
            ("node", ">=18.17", "18", Some(false)),
            ("python", ">=3.8,<4", "3.9", Some(true)),
            ("python", ">=3.10", "3.9", Some(false)),
            ("elixir", "~> 1.14", "1.15", Some(true)),
            ("elixir", "~> 1.16", "1.14.0", Some(false)),
            ("node", "what?!", "18", None),
            ("node", ">=18", "eighteen", None),
        ] {
            assert_eq!(
                meets(runtime, wanted, version),
                expected,
                "{runtime} {wanted} {version}"
            );
        }
    }

    #[test]
    fn what_nobody_speaks_of_stands_against_nothing() {
        let map = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect()
        };
        let has = map(&[("node", "18")]);
        assert_eq!(unmet(&map(&[("npm", ">=9")]), &has), None);
        assert_eq!(
            unmet(&map(&[("node", ">=20")]), &has).as_deref(),
            Some("needs node >=20, not 18")
        );
    }
}
