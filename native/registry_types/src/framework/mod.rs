//! Which frameworks a package belongs to, and by what that is known.

mod table;

use serde::{Deserialize, Serialize};

use crate::{Dependency, DependencyKind, Ecosystem, Package, normalize_name};

use table::{ROWS, Row};

/// What tells that a package belongs to a framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameworkSign {
    /// It is the framework.
    Core,
    /// A classifier or category of the registry names it.
    Classifier,
    /// It must be installed beside the framework.
    Peer,
    /// Its name is that of a plugin.
    Name,
    /// It depends on the framework.
    Dependency,
    /// A keyword names it.
    Keyword,
}

impl FrameworkSign {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Classifier => "classifier",
            Self::Peer => "peer",
            Self::Name => "name",
            Self::Dependency => "dependency",
            Self::Keyword => "keyword",
        }
    }

    /// How likely a package with this sign alone belongs to the framework.
    const fn weight(self) -> f64 {
        match self {
            Self::Core => 1.0,
            Self::Classifier => 0.9,
            Self::Peer => 0.8,
            Self::Name => 0.6,
            Self::Dependency => 0.5,
            Self::Keyword => 0.4,
        }
    }
}

/// One thing that tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkEvidence {
    /// What kind of thing.
    pub sign: FrameworkSign,
    /// The classifier, the keyword, the package depended on, the pattern of the name.
    pub value: String,
}

/// A framework that a package belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Framework {
    /// Its name.
    pub name: String,
    /// 0 to 1: one minus the product of what each kind of evidence leaves in doubt.
    pub confidence: f64,
    /// What tells it.
    pub evidence: Vec<FrameworkEvidence>,
}

/// From here on a package is said to belong to a framework.
const CERTAIN: f64 = 0.5;

/// The frameworks a package belongs to, the surest first, by what it declares and by what its newest
/// release depends on. Signs that only hint are left out: a framework needs a confidence of 0.5.
///
/// ```
/// use registry_types::framework::frameworks;
/// use registry_types::{Ecosystem, Package};
/// let mut package = Package::new(Ecosystem::Pypi, "django-filter");
/// package.categories = vec!["Framework :: Django :: 4.2".to_owned()];
/// let found = frameworks(&package, &[]);
/// assert_eq!(found[0].name, "django");
/// assert_eq!(found[0].confidence, 0.96);
/// ```
#[must_use]
pub fn frameworks(package: &Package, dependencies: &[Dependency]) -> Vec<Framework> {
    let normal = |name: &str| normalize_name(package.ecosystem, name);
    let name = normal(&package.name);
    let needed: Vec<(String, DependencyKind)> = dependencies
        .iter()
        .filter(|d| d.kind != DependencyKind::Dev)
        .map(|d| (normal(&d.name), d.kind))
        .collect();
    let rows = ROWS.iter().filter(|row| row.ecosystem == package.ecosystem);
    let mut found: Vec<Framework> = rows
        .filter_map(|row| judge(row, package, &name, &needed))
        .filter(|framework| framework.confidence >= CERTAIN)
        .collect();
    found.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then_with(|| a.name.cmp(&b.name))
    });
    found
}

fn judge(
    row: &Row,
    package: &Package,
    name: &str,
    needed: &[(String, DependencyKind)],
) -> Option<Framework> {
    let normal = |name: &str| normalize_name(row.ecosystem, name);
    let mut evidence: Vec<FrameworkEvidence> = Vec::new();
    let mut tell = |sign, value: &str| {
        evidence.push(FrameworkEvidence {
            sign,
            value: value.to_owned(),
        });
    };
    for core in &row.core {
        let core_name = normal(core);
        if core_name == name {
            tell(FrameworkSign::Core, core);
        }
        for (_, kind) in needed.iter().filter(|(needed, _)| *needed == core_name) {
            let sign = match kind {
                DependencyKind::Peer => FrameworkSign::Peer,
                _ => FrameworkSign::Dependency,
            };
            tell(sign, core);
        }
    }
    // Patterns are written for names with hyphens where the ecosystem takes both.
    for pattern in row
        .names
        .iter()
        .filter(|p| fits(&pattern_of(row.ecosystem, p), name))
    {
        tell(FrameworkSign::Name, pattern);
    }
    for class in &row.classes {
        let wanted = classes(class);
        let given = package.categories.iter();
        for category in given.filter(|c| classes(c).starts_with(&wanted)).take(1) {
            tell(FrameworkSign::Classifier, category);
        }
    }
    for keyword in &row.keywords {
        if package
            .keywords
            .iter()
            .any(|k| k.eq_ignore_ascii_case(keyword))
        {
            tell(FrameworkSign::Keyword, keyword);
        }
    }
    if evidence.is_empty() {
        return None;
    }
    let mut signs: Vec<FrameworkSign> = Vec::new();
    for given in &evidence {
        if !signs.contains(&given.sign) {
            signs.push(given.sign);
        }
    }
    let doubt: f64 = signs.iter().map(|sign| 1.0 - sign.weight()).product();
    Some(Framework {
        name: row.name.to_owned(),
        // Hundredths: more would pretend to a knowledge that the weights do not have.
        confidence: ((1.0 - doubt) * 100.0).round() / 100.0,
        evidence,
    })
}

fn pattern_of(ecosystem: Ecosystem, pattern: &str) -> String {
    match ecosystem {
        Ecosystem::Cargo => pattern.replace('_', "-"),
        _ => pattern.to_owned(),
    }
}

/// The levels of a classifier.
fn classes(text: &str) -> Vec<&str> {
    text.split("::").map(str::trim).collect()
}

/// Whether a name has the form of a pattern, in which each `*` stands for at least one character.
fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        let Some(skipped) = rest.chars().next() else {
            return false;
        };
        let after = rest.get(skipped.len_utf8()..).unwrap_or_default();
        if is_last {
            return after.ends_with(part);
        }
        let Some(place) = after.find(part) else {
            return false;
        };
        rest = after.get(place + part.len()..).unwrap_or_default();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(name: &str, kind: DependencyKind) -> Dependency {
        Dependency {
            name: name.to_owned(),
            requirement: "*".to_owned(),
            kind,
            optional: false,
            target: None,
            rename: None,
        }
    }

    fn names(package: &Package, dependencies: &[Dependency]) -> Vec<(String, f64)> {
        let found = frameworks(package, dependencies);
        found.into_iter().map(|f| (f.name, f.confidence)).collect()
    }

    #[test]
    fn names_have_the_form_of_a_plugin() {
        for (pattern, name, expected) in [
            ("eslint-plugin-*", "eslint-plugin-import", true),
            ("eslint-plugin-*", "eslint-plugin-", false),
            ("@*/eslint-plugin", "@typescript-eslint/eslint-plugin", true),
            ("@*/eslint-plugin-*", "@a/eslint-plugin-b", true),
            ("@*/eslint-plugin-*", "@a/eslint-plugin-", false),
            ("*-loader", "css-loader", true),
            ("*-loader", "-loader", false),
            ("plug", "plug", true),
            ("plug", "plugs", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn each_sign_is_evidence() {
        use DependencyKind::{Dev, Peer, Runtime};
        let npm = |name| Package::new(Ecosystem::Npm, name);
        assert_eq!(
            names(&npm("eslint-plugin-import"), &[needs("eslint", Peer)]),
            [("eslint".to_owned(), 0.92)]
        );
        assert_eq!(names(&npm("eslint"), &[]), [("eslint".to_owned(), 1.0)]);
        assert_eq!(names(&npm("my-lib"), &[needs("react", Dev)]), []);
        assert_eq!(
            names(&npm("my-lib"), &[needs("react", Peer)]),
            [("react".to_owned(), 0.8)]
        );
        let mut tagged = npm("my-lib");
        tagged.keywords = vec!["React".to_owned()];
        assert_eq!(names(&tagged, &[]), [], "a keyword alone only hints");
        let hex = Package::new(Ecosystem::Hex, "phoenix_live_view");
        assert_eq!(
            names(&hex, &[needs("phoenix", Runtime), needs("plug", Runtime)]),
            [("phoenix".to_owned(), 0.8), ("plug".to_owned(), 0.5)]
        );
        let bevy = Package::new(Ecosystem::Cargo, "bevy_rapier3d");
        assert_eq!(names(&bevy, &[]), [("bevy".to_owned(), 0.6)]);
    }

    #[test]
    fn evidence_is_named() {
        let mut package = Package::new(Ecosystem::Pypi, "Django_Filter");
        package.categories = vec![
            "Framework :: Django".to_owned(),
            "Framework :: Django :: 4.2".to_owned(),
        ];
        let found = frameworks(&package, &[needs("Django", DependencyKind::Runtime)]);
        let evidence: Vec<_> = found[0]
            .evidence
            .iter()
            .map(|e| (e.sign, e.value.as_str()))
            .collect();
        assert_eq!(
            evidence,
            [
                (FrameworkSign::Dependency, "django"),
                (FrameworkSign::Name, "django-*"),
                (FrameworkSign::Classifier, "Framework :: Django"),
            ]
        );
        let cargo = Package {
            categories: vec!["development-tools::cargo-plugins".to_owned()],
            ..Package::new(Ecosystem::Cargo, "cargo-nextest")
        };
        assert_eq!(names(&cargo, &[]), [("cargo".to_owned(), 0.96)]);
    }
}
