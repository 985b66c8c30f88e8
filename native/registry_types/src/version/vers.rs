//! Version ranges in the notation of the vers specification
//! (<https://github.com/package-url/vers-spec>): `vers:npm/>=1.2.0|<2.0.0`.

use std::fmt;
use std::str::FromStr;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::{Version, quoted};
use crate::{Ecosystem, Error, Result};

/// The longest range that is read, in bytes: some list hundreds of versions.
pub const VERS_BYTES: usize = 64 * 1024;

/// What a version may not hold as it is: the notation's own signs.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'=')
    .add(b'!')
    .add(b'*')
    .add(b'|');

/// A range of versions of one ecosystem, in the vers notation. Prereleases are versions like any
/// other, by their place in the order.
///
/// Printed, it is canonical: constraints in the order of their versions, `=` left out, what needs it
/// percent-encoded.
///
/// ```
/// use registry_types::version::VersRange;
/// let range: VersRange = "vers:npm/<2.0.0|>=1.2.0|!=1.3.0".parse()?;
/// assert_eq!(range.to_string(), "vers:npm/>=1.2.0|!=1.3.0|<2.0.0");
/// assert!(range.contains("1.9.9") && range.contains("2.0.0-rc.1"));
/// assert!(!range.contains("1.3.0") && !range.contains("2.0.0"));
/// # Ok::<(), registry_types::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersRange {
    ecosystem: Ecosystem,
    /// In the order of their versions; `None` stands for `*`.
    constraints: Option<Vec<Constraint>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Constraint {
    comparator: Comparator,
    /// As given, decoded.
    text: String,
    version: Version,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

use Comparator::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};

impl Comparator {
    /// In the order in which they must be tried.
    const ALL: [(&'static str, Self); 6] = [
        (">=", GreaterEqual),
        ("<=", LessEqual),
        ("!=", NotEqual),
        ("<", Less),
        (">", Greater),
        ("=", Equal),
    ];

    const fn sign(self) -> &'static str {
        match self {
            Equal => "",
            NotEqual => "!=",
            Less => "<",
            LessEqual => "<=",
            Greater => ">",
            GreaterEqual => ">=",
        }
    }

    const fn is_upper(self) -> bool {
        matches!(self, Less | LessEqual)
    }

    const fn is_lower(self) -> bool {
        matches!(self, Greater | GreaterEqual)
    }
}

/// Whether `text` is meant as a range of this notation.
pub(super) fn is_vers(text: &str) -> bool {
    let scheme = text.trim_start().get(..5);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("vers:"))
}

impl VersRange {
    /// Whose versions it speaks of.
    #[must_use]
    pub const fn ecosystem(&self) -> Ecosystem {
        self.ecosystem
    }

    /// Whether `version` lies in it. What is no version of the ecosystem lies in no range but `*`.
    #[must_use]
    pub fn contains(&self, version: &str) -> bool {
        match read(self.ecosystem, version) {
            Some(version) => self.contains_version(&version),
            None => self.constraints.is_none(),
        }
    }

    pub(super) fn contains_version(&self, version: &Version) -> bool {
        let Some(constraints) = &self.constraints else {
            return true;
        };
        let version = &without_build(version);
        let place = constraints.binary_search_by(|c| c.version.cmp(version));
        let before = match place {
            Ok(at) => match constraints.get(at).map(|c| c.comparator) {
                Some(Equal | LessEqual | GreaterEqual) => return true,
                _ => return false,
            },
            Err(before) => before,
        };
        let (lower, upper) = constraints.split_at(before);
        let bound = |c: &&Constraint| c.comparator.is_lower() || c.comparator.is_upper();
        let below = lower.iter().rev().find(bound).map(|c| c.comparator);
        let above = upper.iter().find(bound).map(|c| c.comparator);
        match (below, above) {
            // Only single versions are named: those excluded leave all others.
            (None, None) => constraints.iter().all(|c| c.comparator == NotEqual),
            (Some(below), None) => below.is_lower(),
            (None, Some(above)) => above.is_upper(),
            (Some(below), Some(above)) => below.is_lower() && above.is_upper(),
        }
    }
}

impl FromStr for VersRange {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bad = |why: &dyn fmt::Display| {
            Error::invalid_argument(format!(
                "{} is no version range: {why}; write one like \"vers:npm/>=1.2.0|<2.0.0\"",
                quoted(text)
            ))
        };
        if text.len() > VERS_BYTES {
            return Err(bad(&format_args!("it has more than {VERS_BYTES} bytes")));
        }
        let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '\t')).collect();
        let rest = bare
            .get(5..)
            .filter(|_| is_vers(&bare))
            .ok_or_else(|| bad(&"it does not begin with \"vers:\""))?;
        let (kind, rest) = rest
            .split_once('/')
            .ok_or_else(|| bad(&"there is no \"/\" behind the ecosystem"))?;
        let ecosystem: Ecosystem = kind.to_ascii_lowercase().parse().map_err(|e| bad(&e))?;
        if rest == "*" {
            return Ok(Self {
                ecosystem,
                constraints: None,
            });
        }
        let parts = rest.trim_matches('|').split('|');
        let mut constraints = parts
            .map(|part| constraint(ecosystem, part).map_err(|why| bad(&why)))
            .collect::<Result<Vec<_>>>()?;
        constraints.sort_by(|a, b| a.version.cmp(&b.version));
        check(&constraints).map_err(|why| bad(&why))?;
        Ok(Self {
            ecosystem,
            constraints: Some(constraints),
        })
    }
}

fn constraint(ecosystem: Ecosystem, part: &str) -> std::result::Result<Constraint, String> {
    let signs = &Comparator::ALL;
    let found = signs
        .iter()
        .find_map(|(sign, comparator)| Some((part.strip_prefix(sign)?, *comparator)));
    let (encoded, comparator) = found.unwrap_or((part, Equal));
    if encoded == "*" {
        return Err("\"*\" stands alone, without comparator and other versions".to_owned());
    }
    let allowed = |b: u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'=' | b'!' | b'*');
    if !encoded.bytes().all(allowed) {
        return Err(format!(
            "the version {} must percent-encode what is no printable ASCII or a sign of the notation",
            quoted(encoded)
        ));
    }
    let text = percent_decode_str(encoded)
        .decode_utf8()
        .map_err(|_| format!("the version {} is not UTF-8", quoted(encoded)))?;
    let version = read(ecosystem, &text)
        .ok_or_else(|| format!("{} is no {ecosystem} version", quoted(&text)))?;
    Ok(Constraint {
        comparator,
        text: text.into_owned(),
        version,
    })
}

/// The specification's rules about neighbours: every version once; behind `=` no upper bound, for it
/// would hold the version already; lower and upper bounds in turn.
fn check(constraints: &[Constraint]) -> std::result::Result<(), String> {
    for (one, next) in constraints.iter().zip(constraints.iter().skip(1)) {
        if one.version == next.version {
            return Err(format!(
                "the version {} stands twice in it",
                quoted(&next.text)
            ));
        }
    }
    let follow = |one: &Constraint, next: &Constraint| {
        format!(
            "{}{} cannot be followed by {}{}",
            one.comparator.sign(),
            one.text,
            next.comparator.sign(),
            next.text
        )
    };
    let but_excluded = || constraints.iter().filter(|c| c.comparator != NotEqual);
    for (one, next) in but_excluded().zip(but_excluded().skip(1)) {
        if one.comparator == Equal && next.comparator.is_upper() {
            return Err(follow(one, next));
        }
    }
    let bounds = || but_excluded().filter(|c| c.comparator != Equal);
    for (one, next) in bounds().zip(bounds().skip(1)) {
        if one.comparator.is_upper() == next.comparator.is_upper() {
            return Err(follow(one, next));
        }
    }
    Ok(())
}

/// Build metadata counts in cargo's total order, but not in precedence, which is meant here.
fn read(ecosystem: Ecosystem, text: &str) -> Option<Version> {
    let version = Version::parse(ecosystem, text).ok()?;
    Some(without_build(&version))
}

fn without_build(version: &Version) -> Version {
    let mut version = version.clone();
    version.drop_build();
    version
}

impl fmt::Display for VersRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "vers:{}/", self.ecosystem)?;
        let Some(constraints) = &self.constraints else {
            return f.write_str("*");
        };
        for (at, constraint) in constraints.iter().enumerate() {
            let bar = if at == 0 { "" } else { "|" };
            let version = utf8_percent_encode(&constraint.text, ENCODED);
            write!(f, "{bar}{}{version}", constraint.comparator.sign())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> VersRange {
        text.parse().unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn printed_ranges_are_canonical_and_read_back() {
        for (text, canonical) in [
            ("vers:npm/1.2.3", "vers:npm/1.2.3"),
            ("VERS:NPM/ = 1.2.3 ", "vers:npm/1.2.3"),
            ("vers:npm/*", "vers:npm/*"),
            ("vers:pypi/|>=1.0|<2|", "vers:pypi/>=1.0|<2"),
            (
                "vers:cargo/3.0.0|<2.0.0|>=1.0.0|0.5.0-rc.1",
                "vers:cargo/0.5.0-rc.1|>=1.0.0|<2.0.0|3.0.0",
            ),
            (
                "vers:npm/1.2.3|>=2.0.0|<5.0.0",
                "vers:npm/1.2.3|>=2.0.0|<5.0.0",
            ),
            ("vers:pypi/>=1%212.0|<1%213", "vers:pypi/>=1%212.0|<1%213"),
            ("vers:hex/!=1.0.0", "vers:hex/!=1.0.0"),
            ("vers:npm/<10.0.0|>=9.0.0", "vers:npm/>=9.0.0|<10.0.0"),
        ] {
            let read = range(text);
            assert_eq!(read.to_string(), canonical);
            assert_eq!(range(canonical), read);
        }
    }

    #[test]
    fn what_the_specification_refuses() {
        for text in [
            "",
            "npm/1.2.3",
            "vers:",
            "vers:npm",
            "vers:npm/",
            "vers:npm/|",
            "vers:gem/1.0",
            "vers:npm/1.0.0|*",
            "vers:npm/>*",
            "vers:npm/1.0.0|1.0.0",
            "vers:pypi/>=1.0|<1.0.0",
            "vers:npm/<1.0.0|<2.0.0",
            "vers:npm/>1.0.0|>=2.0.0",
            "vers:npm/1.0.0|<2.0.0",
            "vers:npm/1.0.0|!=1.5.0|<=2.0.0",
            "vers:npm/>>1.0.0",
            "vers:npm/not-a-version",
            "vers:npm/é",
            "vers:npm/%ff",
            "vers:npm/1.0.0||2.0.0",
        ] {
            let error = text.parse::<VersRange>().unwrap_err();
            assert_eq!(error.kind, crate::ErrorKind::InvalidArgument, "{text:?}");
        }
        let long = format!("vers:npm/{}", "1.0.0|".repeat(VERS_BYTES));
        assert!(long.parse::<VersRange>().unwrap_err().message.len() < 400);
    }

    #[test]
    fn every_comparator_and_every_gap() {
        let text = "vers:npm/<=1.0.0|2.0.0|>3.0.0|!=3.5.0|<4.0.0|>=5.0.0|!=6.0.0";
        let range = range(text);
        for (version, inside) in [
            ("0.0.0-alpha", true),
            ("1.0.0", true),
            ("1.0.1", false),
            ("2.0.0", true),
            ("2.0.0+build", true),
            ("3.0.0", false),
            ("3.0.1-rc.1", true),
            ("3.5.0", false),
            ("3.5.1", true),
            ("4.0.0-rc.1", true),
            ("4.0.0", false),
            ("4.5.0", false),
            ("5.0.0", true),
            ("6.0.0", false),
            ("7.0.0", true),
            ("no version", false),
        ] {
            assert_eq!(range.contains(version), inside, "{version}");
        }
    }

    #[test]
    fn single_versions_and_their_exclusion() {
        let listed = range("vers:pypi/1.0|1.2");
        assert!(listed.contains("1.0.0") && !listed.contains("1.1"));
        let excluded = range("vers:pypi/!=1.0|!=1.2");
        assert!(!excluded.contains("1.0.0") && excluded.contains("1.1") && excluded.contains("9"));
        assert!(range("vers:hex/*").contains("anything"));
        let both = range("vers:cargo/1.0.0|!=2.0.0");
        assert!(both.contains("1.0.0+x") && !both.contains("1.5.0") && !both.contains("2.0.0"));
    }
}
