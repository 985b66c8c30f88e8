//! Signatures of Rust functions.

use registry_types::Impact;

use super::Finding;
use super::callable::{Callable, Style, cut};

pub(super) const STYLE: Style = Style {
    quotes: b"\"",
    angles: true,
};

/// What a function's new signature means; empty where this does not tell.
pub(super) fn judge(name: &str, before: &str, after: &str) -> Vec<Finding> {
    let (Some(before), Some(after)) = (
        Callable::parse(before, name, STYLE),
        Callable::parse(after, name, STYLE),
    ) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    qualifiers(before.head, after.head, &mut findings);
    parameters(&before, &after, &mut findings);
    let possibly = |what: &str| (Impact::PossiblyBreaking, format!("{what} changed"));
    if before.generics != after.generics {
        findings.push(possibly("type parameters"));
    }
    let bounds = |tail: &str| tail.split_once("where ").map(|(_, w)| w.to_owned());
    let result = |tail: &str| {
        tail.split("where ")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    if result(before.tail) != result(after.tail) {
        findings.push(possibly("the result"));
    }
    if bounds(before.tail) != bounds(after.tail) {
        findings.push(possibly("bounds"));
    }
    if findings.is_empty() {
        let reason = "only names of parameters changed".to_owned();
        findings.push((Impact::Compatible, reason));
    }
    findings
}

fn qualifiers(before: &str, after: &str, findings: &mut Vec<Finding>) {
    let has = |head: &str, word: &str| head.split_whitespace().any(|w| w == word);
    for (word, gained, lost) in [
        ("unsafe", Impact::Breaking, Impact::PossiblyBreaking),
        ("async", Impact::Breaking, Impact::Breaking),
        ("const", Impact::Compatible, Impact::Breaking),
    ] {
        match (has(before, word), has(after, word)) {
            (false, true) => findings.push((gained, format!("{word} now"))),
            (true, false) => findings.push((lost, format!("no longer {word}"))),
            _ => {}
        }
    }
    let known = ["unsafe", "async", "const"];
    let rest = |head: &str| -> Vec<String> {
        let words = head.split_whitespace().filter(|w| !known.contains(w));
        words.map(str::to_owned).collect()
    };
    if rest(before) != rest(after) {
        let reason = "what stands before its name changed".to_owned();
        findings.push((Impact::PossiblyBreaking, reason));
    }
}

fn parameters(before: &Callable<'_>, after: &Callable<'_>, findings: &mut Vec<Finding>) {
    let (was, is) = (before.parameters.len(), after.parameters.len());
    if was != is {
        let reason = format!("takes {is} parameters instead of {was}");
        findings.push((Impact::Breaking, reason));
        return;
    }
    for (before, after) in before.parameters.iter().zip(&after.parameters) {
        if kind(before) != kind(after) {
            let reason = format!("parameter `{before}` is `{after}` now");
            findings.push((Impact::PossiblyBreaking, reason));
        }
    }
}

/// The type of a parameter; `self` as a whole.
fn kind(parameter: &str) -> &str {
    match cut(parameter, b':', STYLE) {
        (_, Some(kind)) => kind,
        (whole, None) => whole.trim_start_matches("mut "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worst(before: &str, after: &str) -> Option<Impact> {
        judge("f", before, after).into_iter().map(|f| f.0).max()
    }

    #[test]
    fn functions() {
        use Impact::{Breaking, Compatible, PossiblyBreaking};
        for (before, after, impact) in [
            ("pub fn f(a: u8)", "pub fn f(b: u8)", Some(Compatible)),
            ("pub fn f(a: u8)", "pub fn f(mut a: u8)", Some(Compatible)),
            ("pub fn f(a: u8)", "pub fn f(a: u8, b: u8)", Some(Breaking)),
            (
                "pub fn f(&self)",
                "pub fn f(&mut self)",
                Some(PossiblyBreaking),
            ),
            (
                "pub fn f(a: &str)",
                "pub fn f(a: impl AsRef<str>)",
                Some(PossiblyBreaking),
            ),
            ("pub fn f()", "pub unsafe fn f()", Some(Breaking)),
            ("pub fn f()", "pub const fn f()", Some(Compatible)),
            ("pub const fn f()", "pub fn f()", Some(Breaking)),
            (
                "pub fn f() -> u8",
                "pub fn f() -> u16",
                Some(PossiblyBreaking),
            ),
            (
                "pub fn f<T>(t: T)",
                "pub fn f<T: Send>(t: T)",
                Some(PossiblyBreaking),
            ),
            (
                "pub fn f<T>(t: T) where T: A",
                "pub fn f<T>(t: T)",
                Some(PossiblyBreaking),
            ),
            ("broken f", "pub fn f()", None),
        ] {
            assert_eq!(worst(before, after), impact, "{before} -> {after}");
        }
    }
}
