//! What changed in the public API from one release to another, and what that means for its users.
//!
//! Works on stored snippets. What a signature alone settles is said to be breaking or compatible; what
//! it does not is said to be possibly breaking.

mod added;
mod callable;
mod changed;
mod index;
mod moved;
mod pair;
mod python;
mod rust;
mod typescript;
mod verdict;

use registry_types::{ApiChange, ApiDiff, ApiState, Ecosystem, Impact, Snippet, Visibility};

use index::Index;
use pair::Pairs;

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub struct Releases<'a> {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// The package.
    pub package: &'a str,
    /// The version compared.
    pub from: &'a str,
    /// The version it is compared with.
    pub to: &'a str,
    /// All snippets of the first, internal ones too.
    pub before: &'a [Snippet],
    /// All snippets of the second, internal ones too.
    pub after: &'a [Snippet],
}

/// One thing that was found out about a change.
pub(crate) type Finding = (Impact, String);

/// Compares the public APIs of two releases. Takes time in proportion to their snippets.
#[must_use]
pub fn compare(releases: &Releases<'_>) -> ApiDiff {
    let (before, after) = (Index::new(releases.before), Index::new(releases.after));
    let mut pairs = Pairs::of(public(releases.before), public(releases.after));
    let moves = moved::find(&mut pairs);
    let mut diff = ApiDiff {
        ecosystem: releases.ecosystem,
        package: releases.package.to_owned(),
        from: releases.from.to_owned(),
        to: releases.to.to_owned(),
        added: pairs
            .added
            .iter()
            .map(|s| change(None, Some(s), added::judge(s, &before, &after)))
            .collect(),
        removed: pairs
            .removed
            .iter()
            .map(|s| change(Some(s), None, removed(s, &after)))
            .collect(),
        changed: pairs
            .both
            .iter()
            .filter_map(|(b, a)| changed::judge(b, a))
            .collect(),
        moved: moves
            .iter()
            .map(|(b, a)| {
                let reason = format!("now at {}", a.qualified_name);
                change(Some(b), Some(a), (Impact::Breaking, reason))
            })
            .collect(),
        incomplete: Vec::new(),
        verdict: verdict::nothing(),
    };
    for list in [
        &mut diff.added,
        &mut diff.removed,
        &mut diff.changed,
        &mut diff.moved,
    ] {
        list.sort_by(|a, b| (&a.qualified_name, a.kind).cmp(&(&b.qualified_name, b.kind)));
    }
    diff.verdict = verdict::of(&diff);
    diff
}

fn public(snippets: &[Snippet]) -> Vec<&Snippet> {
    let public = |s: &&Snippet| s.visibility == Visibility::Public;
    snippets.iter().filter(public).collect()
}

fn removed(snippet: &Snippet, after: &Index<'_>) -> Finding {
    if after.has(&snippet.qualified_name) {
        // It had several, under conditions or as overloads.
        let reason = "one of its forms is gone";
        return (Impact::PossiblyBreaking, reason.to_owned());
    }
    let reason = if after.is_internal(&snippet.qualified_name) {
        "no longer public"
    } else if snippet.deprecated {
        "removed; it was deprecated"
    } else {
        "removed"
    };
    (Impact::Breaking, reason.to_owned())
}

/// A change of which at least one side is there.
pub(crate) fn change(
    before: Option<&Snippet>,
    after: Option<&Snippet>,
    (impact, reason): Finding,
) -> ApiChange {
    let shown = after.or(before);
    let text = |get: fn(&Snippet) -> &String| shown.map(get).cloned().unwrap_or_default();
    ApiChange {
        kind: shown.map_or(registry_types::SnippetKind::Module, |s| s.kind),
        name: text(|s| &s.name),
        qualified_name: text(|s| &s.qualified_name),
        language: text(|s| &s.language),
        before: before.map(state),
        after: after.map(state),
        what: Vec::new(),
        impact,
        reason,
    }
}

fn state(snippet: &Snippet) -> ApiState {
    ApiState {
        kind: snippet.kind,
        qualified_name: snippet.qualified_name.clone(),
        signature: snippet.signature.clone(),
        condition: snippet.condition.clone(),
        deprecated: snippet.deprecated,
        path: snippet.path.clone(),
        start_line: snippet.start_line,
    }
}
