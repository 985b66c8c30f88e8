//! Signatures of TypeScript and JavaScript functions.

use registry_types::Impact;

use super::Finding;
use super::callable::{Callable, Style, cut, parts};

const STYLE: Style = Style {
    quotes: b"\"'`",
    angles: true,
};

/// What a function's new signature means; empty where this does not tell. `typed`: a caller who
/// gives too few or too many arguments is told so.
pub(super) fn judge(name: &str, before: &str, after: &str, typed: bool) -> Vec<Finding> {
    let (Some(was), Some(is)) = (parts(before, b';', STYLE), parts(after, b';', STYLE)) else {
        return Vec::new();
    };
    if was.len() > 1 || is.len() > 1 {
        return overloads(&was, &is);
    }
    let (Some(before), Some(after)) = (
        Callable::parse(before, name, STYLE),
        Callable::parse(after, name, STYLE),
    ) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    parameters(&before.parameters, &after.parameters, typed, &mut findings);
    let possibly = |what: &str| (Impact::PossiblyBreaking, format!("{what} changed"));
    if before.head.contains("async") != after.head.contains("async") {
        // A caller sees the type of the result alone, which is compared below.
        let impact = if typed {
            Impact::Compatible
        } else {
            Impact::PossiblyBreaking
        };
        findings.push((impact, "async or not".to_owned()));
    } else if before.head != after.head {
        findings.push(possibly("what stands before its name"));
    }
    if before.generics != after.generics {
        findings.push(possibly("type parameters"));
    }
    if before.tail != after.tail && !before.tail.is_empty() {
        findings.push(possibly("the result"));
    }
    if findings.is_empty() {
        let reason = "only names of parameters changed".to_owned();
        findings.push((Impact::Compatible, reason));
    }
    findings
}

fn overloads(before: &[&str], after: &[&str]) -> Vec<Finding> {
    let has = |list: &[&str], one: &&str| list.contains(one);
    // Both lists are short where a person wrote them; no work beyond that.
    if before.len().saturating_mul(after.len()) > 10_000 {
        return Vec::new();
    }
    if before.iter().all(|one| has(after, one)) {
        return vec![(Impact::Compatible, "can be called in more ways".to_owned())];
    }
    if after.iter().all(|one| has(before, one)) {
        return vec![(Impact::Breaking, "can be called in fewer ways".to_owned())];
    }
    Vec::new()
}

fn parameters(before: &[&str], after: &[&str], typed: bool, findings: &mut Vec<Finding>) {
    let sure = if typed {
        Impact::Breaking
    } else {
        Impact::PossiblyBreaking
    };
    for (was, is) in before.iter().zip(after) {
        let (was, is) = (Parameter::read(was), Parameter::read(is));
        if was.optional && !is.optional {
            findings.push((sure, format!("{} is required now", is.name)));
        } else if !was.optional && is.optional {
            findings.push((Impact::Compatible, format!("{} may be left out", is.name)));
        }
        if was.kind != is.kind && was.kind.is_some() {
            let reason = format!("the type of {} changed", is.name);
            findings.push((Impact::PossiblyBreaking, reason));
        }
        if was.rest != is.rest {
            findings.push((
                Impact::PossiblyBreaking,
                format!("{} takes one or many", is.name),
            ));
        }
    }
    for more in after.iter().skip(before.len()) {
        let more = Parameter::read(more);
        findings.push(if more.optional || more.rest {
            (
                Impact::Compatible,
                format!("parameter {} may be given", more.name),
            )
        } else {
            (sure, format!("parameter {} is required", more.name))
        });
    }
    for gone in before.iter().skip(after.len()) {
        let gone = Parameter::read(gone);
        findings.push((sure, format!("parameter {} is gone", gone.name)));
    }
}

struct Parameter<'a> {
    name: &'a str,
    optional: bool,
    rest: bool,
    kind: Option<&'a str>,
}

impl<'a> Parameter<'a> {
    fn read(text: &'a str) -> Self {
        let (left, default) = cut(text, b'=', STYLE);
        let (name, kind) = cut(left, b':', STYLE);
        let bare = name.trim_end_matches('?');
        Self {
            name: bare,
            optional: default.is_some() || bare.len() != name.len(),
            rest: name.starts_with("..."),
            kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions() {
        use Impact::{Breaking, Compatible, PossiblyBreaking};
        for (before, after, impact) in [
            (
                "function f(a: A): B",
                "function f(a: A, b?: C): B",
                Some(Compatible),
            ),
            (
                "function f(a: A): B",
                "function f(a: A, b: C = 1): B",
                Some(Compatible),
            ),
            (
                "function f(a: A): B",
                "function f(a: A, ...b: C[]): B",
                Some(Compatible),
            ),
            (
                "function f(a: A): B",
                "function f(x: A): B",
                Some(Compatible),
            ),
            (
                "function f(a: A): B",
                "function f(a: A, b: C): B",
                Some(Breaking),
            ),
            (
                "function f(a?: A): B",
                "function f(a: A): B",
                Some(Breaking),
            ),
            ("function f(a: A): B", "function f(): B", Some(Breaking)),
            (
                "function f(a: A): B",
                "function f(a: A | C): B",
                Some(PossiblyBreaking),
            ),
            (
                "function f(a: A): B",
                "function f(a: A): C",
                Some(PossiblyBreaking),
            ),
            (
                "const f = (a: A): B",
                "const f = (a: A, b?: () => void): B",
                Some(Compatible),
            ),
            (
                "function f(a: A): B",
                "function f(a: A): B; function f(): C",
                Some(Compatible),
            ),
            (
                "function f(a: A): B; function f(): C",
                "function f(): C",
                Some(Breaking),
            ),
            ("const f: F", "const f: G", None),
        ] {
            let worst = judge("f", before, after, true)
                .into_iter()
                .map(|f| f.0)
                .max();
            assert_eq!(worst, impact, "{before} -> {after}");
        }
        let worst = judge("f", "function f(a)", "function f(a, b)", false);
        assert_eq!(worst.first().map(|f| f.0), Some(PossiblyBreaking));
    }
}
