//! Signatures of Python functions.

use std::collections::HashMap;

use registry_types::Impact;

use super::Finding;
use super::callable::{Callable, Style, cut};

const STYLE: Style = Style {
    quotes: b"\"'",
    angles: false,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passing {
    ByPosition,
    Either,
    ByName,
    Rest,
}

#[derive(Clone, Copy, Debug)]
struct Parameter<'a> {
    name: &'a str,
    passing: Passing,
    annotation: Option<&'a str>,
    default: Option<&'a str>,
}

/// What a function's new signature means; empty where this does not tell.
pub(super) fn judge(name: &str, before: &str, after: &str) -> Vec<Finding> {
    let (Some(before), Some(after)) = (
        Callable::parse(before, name, STYLE),
        Callable::parse(after, name, STYLE),
    ) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    match (before.head.contains("async"), after.head.contains("async")) {
        (false, true) => findings.push((Impact::Breaking, "async now".to_owned())),
        (true, false) => findings.push((Impact::Breaking, "no longer async".to_owned())),
        _ => {}
    }
    parameters(
        &read(&before.parameters),
        &read(&after.parameters),
        &mut findings,
    );
    if before.tail != after.tail && !before.tail.is_empty() {
        let reason = "the result's annotation changed".to_owned();
        findings.push((Impact::PossiblyBreaking, reason));
    }
    if findings.is_empty() {
        findings.push((Impact::Compatible, "only annotations were added".to_owned()));
    }
    findings
}

fn read<'a>(parameters: &[&'a str]) -> Vec<Parameter<'a>> {
    let mut out: Vec<Parameter<'a>> = Vec::with_capacity(parameters.len());
    let mut passing = Passing::Either;
    for text in parameters {
        match *text {
            "/" => out.iter_mut().for_each(|p| p.passing = Passing::ByPosition),
            "*" => passing = Passing::ByName,
            text => {
                let (left, default) = cut(text, b'=', STYLE);
                let (name, annotation) = cut(left, b':', STYLE);
                let rest = name.starts_with('*');
                out.push(Parameter {
                    name,
                    passing: if rest { Passing::Rest } else { passing },
                    annotation,
                    default,
                });
                if rest {
                    passing = Passing::ByName;
                }
            }
        }
    }
    out
}

fn parameters(before: &[Parameter<'_>], after: &[Parameter<'_>], findings: &mut Vec<Finding>) {
    let now: HashMap<&str, &Parameter<'_>> = after.iter().map(|p| (p.name, p)).collect();
    let then: HashMap<&str, &Parameter<'_>> = before.iter().map(|p| (p.name, p)).collect();
    for parameter in before {
        match now.get(parameter.name) {
            Some(same) => one(parameter, same, findings),
            None => {
                let reason = format!("parameter {} is gone", parameter.name);
                findings.push((Impact::Breaking, reason));
            }
        }
    }
    let positional =
        |p: &&Parameter<'_>| matches!(p.passing, Passing::ByPosition | Passing::Either);
    let order = |list: &[Parameter<'_>], other: &HashMap<&str, &Parameter<'_>>| -> Vec<String> {
        let kept = list.iter().filter(positional);
        let kept = kept.filter(|p| other.get(p.name).is_some_and(positional));
        kept.map(|p| p.name.to_owned()).collect()
    };
    if order(before, &now) != order(after, &then) {
        findings.push((
            Impact::Breaking,
            "parameters stand in another order".to_owned(),
        ));
    }
    let last = after
        .iter()
        .rposition(|p| positional(&p) && then.contains_key(p.name));
    for (place, parameter) in after.iter().enumerate() {
        if then.contains_key(parameter.name) {
            continue;
        }
        let name = parameter.name;
        let finding = match parameter.passing {
            Passing::Rest => (Impact::Compatible, format!("takes {name} too")),
            _ if parameter.default.is_none() => {
                (Impact::Breaking, format!("parameter {name} is required"))
            }
            Passing::ByPosition | Passing::Either if last.is_some_and(|last| place < last) => (
                Impact::Breaking,
                format!("parameter {name} stands before others"),
            ),
            _ => (Impact::Compatible, format!("parameter {name} may be given")),
        };
        findings.push(finding);
    }
}

fn one(before: &Parameter<'_>, after: &Parameter<'_>, findings: &mut Vec<Finding>) {
    let name = before.name;
    match (before.default, after.default) {
        (Some(_), None) => findings.push((Impact::Breaking, format!("{name} is required now"))),
        (None, Some(_)) => findings.push((Impact::Compatible, format!("{name} may be left out"))),
        (Some(was), Some(is)) if was != is => {
            let reason = format!("{name} is {is} by default instead of {was}");
            findings.push((Impact::PossiblyBreaking, reason));
        }
        _ => {}
    }
    if before.annotation != after.annotation && before.annotation.is_some() {
        let reason = format!("the annotation of {name} changed");
        findings.push((Impact::PossiblyBreaking, reason));
    }
    match (before.passing, after.passing) {
        (was, is) if was == is => {}
        (Passing::Either, Passing::ByName) => {
            findings.push((
                Impact::Breaking,
                format!("{name} can be given by name only"),
            ));
        }
        (Passing::Either, Passing::ByPosition) => {
            findings.push((
                Impact::Breaking,
                format!("{name} can be given by position only"),
            ));
        }
        (Passing::ByName | Passing::ByPosition, Passing::Either) => {
            let reason = format!("{name} can be given by name and by position");
            findings.push((Impact::Compatible, reason));
        }
        _ => findings.push((Impact::Breaking, format!("{name} is given another way"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions() {
        use Impact::{Breaking, Compatible, PossiblyBreaking};
        for (before, after, impact) in [
            ("def f(a)", "def f(a, b=1)", Compatible),
            ("def f(a)", "def f(a, *, b=1)", Compatible),
            ("def f(a)", "def f(a, *args, **kw)", Compatible),
            ("def f(a)", "def f(a: int) -> str", Compatible),
            ("def f(a)", "def f(a=None)", Compatible),
            ("def f(a)", "def f(a, b)", Breaking),
            ("def f(a)", "def f(a, *, b)", Breaking),
            ("def f(a, b=1)", "def f(a, c=2, b=1)", Breaking),
            ("def f(a, b)", "def f(b, a)", Breaking),
            ("def f(a, b)", "def f(a)", Breaking),
            ("def f(a)", "def f(x)", Breaking),
            ("def f(a, b=1)", "def f(a, *, b=1)", Breaking),
            ("def f(a, b=1)", "def f(a, b)", Breaking),
            ("def f(a, /)", "def f(a)", Compatible),
            ("def f(a)", "def f(a, /)", Breaking),
            ("def f(a=1)", "def f(a=2)", PossiblyBreaking),
            ("def f(a: int)", "def f(a: str)", PossiblyBreaking),
            ("def f()", "async def f()", Breaking),
            (
                "def f(a: dict[str, int] = {1: 2})",
                "def f(a: dict[str, int] = {1: 2}, b=')')",
                Compatible,
            ),
        ] {
            let worst = judge("f", before, after).into_iter().map(|f| f.0).max();
            assert_eq!(worst, Some(impact), "{before} -> {after}");
        }
        assert!(judge("f", "f = g", "def f()").is_empty());
    }
}
