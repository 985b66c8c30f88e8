//! Python's `packaging` as the judge of ours: the installed one, else the one inside pip.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod oracle;

use oracle::{Random, ask, judge, order, pairs};
use registry_types::Ecosystem::Pypi;
use registry_types::version::{Requirement, Version};

/// Releases before 26 take what PEP 440 does not allow, and differ in when a bound asks for
/// prereleases, in `>` with development releases, and in prefixes with leading zeros or longer than
/// a prerelease: there they are unsure, and not counted. `ORACLE_PYTHON` names another Python.
const SCRIPT: &str = r##"
import re, sys, warnings
warnings.simplefilter('ignore')
try:
    import packaging as p
    from packaging.specifiers import SpecifierSet, InvalidSpecifier
    from packaging.version import Version, InvalidVersion
except ImportError:
    import pip._vendor.packaging as p
    from pip._vendor.packaging.specifiers import SpecifierSet, InvalidSpecifier
    from pip._vendor.packaging.version import Version, InvalidVersion
old = int(p.__version__.split('.')[0]) < 26

def unsure(specifiers, v):
    for s in specifiers:
        if type(s).__name__ != 'Specifier' or s.operator == '===':
            return True
        if s.operator in ('<', '>') and (Version(s.version).is_prerelease or Version(s.version).is_postrelease):
            return True
        if s.operator == '~=' or s.version.endswith('.*'):
            if re.search('(?<![0-9])0[0-9]', s.version) or v.is_prerelease and len(v.release) < len(s.version.split('.')):
                return True
    return False

out = []
for line in sys.stdin.read().split('\n')[:-1]:
    kind, a, b = line.split('\t')
    try:
        v = Version(b)
        if kind == 'order':
            u = Version(a)
            out.append(('lt' if u < v else 'gt' if u > v else 'eq') + (' pre' if v.is_prerelease else ''))
            continue
        s = SpecifierSet(a)
        if old and unsure(s, v):
            out.append('unsure')
        else:
            out.append(f"{s.contains(v, prereleases=bool(s.prereleases))} {s.contains(v, prereleases=True)}".lower())
    except (InvalidVersion, InvalidSpecifier):
        out.append('invalid')
print('\n'.join(out))
"##;

fn number(r: &mut Random) -> &'static str {
    r.pick(&["0", "0", "1", "1", "2", "3", "10", "01", "20240101"])
}

fn release(r: &mut Random, least: usize) -> String {
    let numbers: Vec<&str> = (0..least + r.below(4 - least)).map(|_| number(r)).collect();
    let epoch = if r.one_in(20) { "1!" } else { "" };
    format!("{epoch}{}", numbers.join("."))
}

fn suffixes(r: &mut Random, local: bool) -> String {
    let mut text = String::new();
    if r.one_in(4) {
        text += r.pick(&[
            "a1", "b2", "rc1", ".alpha.1", "-beta", "_rc_2", "c3", "pre1", "a",
        ]);
    }
    if r.one_in(5) {
        text += r.pick(&[".post1", "-2", "post", ".rev3", "-r4", ".post0"]);
    }
    if r.one_in(5) {
        text += r.pick(&[".dev0", ".dev1", "dev", "-dev2"]);
    }
    if local && r.one_in(5) {
        text += r.pick(&["+cu118", "+1", "+1.2", "+a-b", "+A.1", "+10"]);
    }
    text
}

fn version(r: &mut Random) -> String {
    let prefix = if r.one_in(15) {
        r.pick(&["v", "V", " "])
    } else {
        ""
    };
    let odd = if r.one_in(30) {
        r.pick(&["-", "x", ".*", "+", " ", "..1", "é"])
    } else {
        ""
    };
    format!("{prefix}{}{}{odd}", release(r, 1), suffixes(r, true))
}

fn specifier(r: &mut Random) -> String {
    let op = r.pick(&["==", "==", "!=", "<=", ">=", "<", ">", "~=", "===", "=", ""]);
    let space = if r.one_in(6) { " " } else { "" };
    if matches!(op, "==" | "!=") && r.one_in(3) || r.one_in(60) {
        return format!("{op}{space}{}.*", release(r, 1));
    }
    let least = if op == "~=" && !r.one_in(10) { 2 } else { 1 };
    let local = matches!(op, "==" | "!=" | "===") || r.one_in(20);
    format!("{op}{space}{}{}", release(r, least), suffixes(r, local))
}

fn specifiers(r: &mut Random) -> String {
    let parts: Vec<String> = (0..r.below(4).max(usize::from(!r.one_in(30))))
        .map(|_| specifier(r))
        .collect();
    parts.join(r.pick(&[",", ", ", " , "]))
}

fn check(kind: &str, pairs: Vec<(String, String)>, ours: impl Fn(&str, &str) -> Option<String>) {
    let questions: Vec<String> = pairs
        .iter()
        .map(|(a, b)| format!("{kind}\t{a}\t{b}"))
        .collect();
    let python = std::env::var("ORACLE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let Some(theirs) = ask("packaging", &[&python, "-c", SCRIPT], &questions) else {
        return;
    };
    let ours: Vec<String> = pairs
        .iter()
        .zip(&theirs)
        .map(|((a, b), theirs)| match theirs.as_str() {
            "unsure" => theirs.clone(),
            _ => ours(a, b).unwrap_or_else(|| "invalid".to_owned()),
        })
        .collect();
    judge(&format!("packaging {kind}"), &questions, &ours, &theirs);
}

#[test]
fn versions_are_ordered_like_packagings() {
    let mut r = Random::new(5);
    let pairs = (0..pairs())
        .map(|_| (version(&mut r), version(&mut r)))
        .collect();
    check("order", pairs, |a, b| {
        let (a, b) = (Version::parse(Pypi, a).ok()?, Version::parse(Pypi, b).ok()?);
        Some(format!(
            "{}{}",
            order(a.cmp(&b)),
            if b.is_prerelease() { " pre" } else { "" }
        ))
    });
}

#[test]
fn specifiers_match_like_packagings() {
    let mut r = Random::new(99);
    let pairs = (0..pairs())
        .map(|_| (specifiers(&mut r), version(&mut r)))
        .collect();
    check("specifiers", pairs, |a, b| {
        let (set, v) = (
            Requirement::parse(Pypi, a).ok()?,
            Version::parse(Pypi, b).ok()?,
        );
        Some(format!(
            "{} {}",
            set.matches(&v),
            set.matches_including_prerelease(&v)
        ))
    });
}
