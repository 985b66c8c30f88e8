//! An item that both releases have.

use registry_types::{ApiAspect, ApiChange, Impact, Snippet, SnippetKind};

use super::callable::{Style, cut};
use super::{Finding, change, python, rust, typescript};

/// What differs between the two, if anything does.
pub(super) fn judge(before: &Snippet, after: &Snippet) -> Option<ApiChange> {
    let mut what = Vec::new();
    let mut findings: Vec<Finding> = Vec::new();
    if before.kind != after.kind {
        what.push(ApiAspect::Kind);
        let reason = format!(
            "a {} now, not a {}",
            after.kind.as_str(),
            before.kind.as_str()
        );
        findings.push((kind(before, after), reason));
    }
    if folded(&before.signature) != folded(&after.signature) {
        what.push(ApiAspect::Signature);
        if before.kind == after.kind {
            findings.extend(signature(before, after));
        }
    }
    if before.condition != after.condition {
        what.push(ApiAspect::Condition);
        findings.push(match &after.condition {
            Some(now) => (Impact::PossiblyBreaking, format!("only if {now}")),
            None => (Impact::Compatible, "under no condition any more".to_owned()),
        });
    }
    if before.deprecated != after.deprecated {
        what.push(ApiAspect::Deprecated);
        let reason = if after.deprecated {
            "deprecated now"
        } else {
            "no longer deprecated"
        };
        findings.push((Impact::Compatible, reason.to_owned()));
    }
    paths(before, after, &mut what, &mut findings);
    let impact = findings.iter().map(|finding| finding.0).max()?;
    // The gravest reasons first: they are what the impact rests on.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.0));
    let reasons: Vec<String> = findings.into_iter().map(|finding| finding.1).collect();
    let mut change = change(Some(before), Some(after), (impact, reasons.join("; ")));
    change.what = what;
    Some(change)
}

/// White space says nothing.
fn folded(signature: &str) -> String {
    signature.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kind(before: &Snippet, after: &Snippet) -> Impact {
    use SnippetKind as K;
    match (&*before.language, before.kind, after.kind) {
        // Where it stands only: an alias, or a re-export, of the same thing perhaps.
        (_, _, K::Type) | (_, K::Type, _) => Impact::PossiblyBreaking,
        ("rust", ..) => Impact::Breaking,
        _ => Impact::PossiblyBreaking,
    }
}

fn signature(before: &Snippet, after: &Snippet) -> Vec<Finding> {
    let (was, is) = (folded(&before.signature), folded(&after.signature));
    let callable = matches!(after.kind, SnippetKind::Function | SnippetKind::Method);
    let name = after.name.as_str();
    let findings = match after.language.as_str() {
        "rust" if callable => rust::judge(name, &was, &is),
        "rust" if after.kind == SnippetKind::Constant => constant(&was, &is),
        "python" if callable => python::judge(name, &was, &is),
        "typescript" | "tsx" if callable => typescript::judge(name, &was, &is, true),
        "javascript" if callable => typescript::judge(name, &was, &is, false),
        // The arity is part of the name, and arguments are matched by position.
        "elixir" | "erlang" if callable && !was.contains("::") && !is.contains("::") => {
            vec![(
                Impact::Compatible,
                "only names of arguments changed".to_owned(),
            )]
        }
        _ => Vec::new(),
    };
    if findings.is_empty() {
        vec![(Impact::PossiblyBreaking, "the signature changed".to_owned())]
    } else {
        findings
    }
}

/// A constant of the same type may have another value.
fn constant(before: &str, after: &str) -> Vec<Finding> {
    let kind = |signature: &str| {
        let style = Style {
            quotes: b"\"",
            angles: false,
        };
        cut(signature, b'=', style).0.to_owned()
    };
    if kind(before) == kind(after) {
        vec![(Impact::Compatible, "another value".to_owned())]
    } else {
        Vec::new()
    }
}

fn paths(
    before: &Snippet,
    after: &Snippet,
    what: &mut Vec<ApiAspect>,
    findings: &mut Vec<Finding>,
) {
    let only = |one: &Snippet, other: &Snippet| -> Vec<String> {
        let all = std::iter::once(&one.qualified_name).chain(&one.aliases);
        let others: std::collections::HashSet<&String> = std::iter::once(&other.qualified_name)
            .chain(&other.aliases)
            .collect();
        all.filter(|path| !others.contains(path)).cloned().collect()
    };
    let (lost, gained) = (only(before, after), only(after, before));
    if !lost.is_empty() || !gained.is_empty() {
        what.push(ApiAspect::Paths);
    }
    if !lost.is_empty() {
        findings.push((Impact::Breaking, format!("no longer at {}", some(&lost))));
    }
    if !gained.is_empty() {
        findings.push((Impact::Compatible, format!("also at {}", some(&gained))));
    }
}

/// The first few of a list.
fn some(paths: &[String]) -> String {
    const SHOWN: usize = 3;
    let first: Vec<&str> = paths.iter().take(SHOWN).map(String::as_str).collect();
    match paths.len().checked_sub(SHOWN) {
        Some(more @ 1..) => format!("{} and {more} more", first.join(", ")),
        _ => first.join(", "),
    }
}
