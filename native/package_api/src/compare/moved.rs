//! Items that were removed from one path and added under another: the same kind, name and signature,
//! and only one on either side. Members move with their containers.

use std::collections::HashMap;

use registry_types::{Snippet, SnippetKind};

use super::index::{holds_members, parent};
use super::pair::Pairs;

type Key<'a> = (&'a str, SnippetKind, &'a str, &'a str);

/// Members of a container deeper down than this do not move with it.
const MAX_DEPTH: usize = 16;

/// Takes the moved items out of what was removed and added.
pub(super) fn find<'a>(pairs: &mut Pairs<'a>) -> Vec<(&'a Snippet, &'a Snippet)> {
    let container = |s: &'a Snippet| holds_members(s.kind).then(|| key(s));
    let mut moves = take(pairs, container, container);
    let containers: HashMap<&str, &str> = moves
        .iter()
        .map(|(before, after)| (&*before.qualified_name, &*after.qualified_name))
        .collect();
    let members = take(
        pairs,
        |s| Some((s.kind, relocate(s, &containers)?, &*s.signature)),
        |s| Some((s.kind, s.qualified_name.clone(), &*s.signature)),
    );
    moves.extend(members);
    // A method of the same name elsewhere is another method.
    let is_member = |s: &Snippet| matches!(s.kind, SnippetKind::Method | SnippetKind::Field);
    let free = |s: &'a Snippet| (!is_member(s)).then(|| key(s));
    moves.extend(take(pairs, free, free));
    moves
}

fn key(snippet: &Snippet) -> Key<'_> {
    // A module's signature may repeat its path.
    let signature = match snippet.kind {
        SnippetKind::Module => "",
        _ => &*snippet.signature,
    };
    (&snippet.language, snippet.kind, &snippet.name, signature)
}

/// The path of a member under the container's new one.
fn relocate(snippet: &Snippet, containers: &HashMap<&str, &str>) -> Option<String> {
    let path = snippet.qualified_name.as_str();
    let mut above = parent(path)?;
    for _ in 0..MAX_DEPTH {
        if let Some(to) = containers.get(above) {
            return Some(format!("{to}{}", path.get(above.len()..)?));
        }
        above = parent(above)?;
    }
    None
}

/// Takes out the pairs whose key is on both sides exactly once.
fn take<'a, K: Eq + std::hash::Hash>(
    pairs: &mut Pairs<'a>,
    of_removed: impl Fn(&'a Snippet) -> Option<K>,
    of_added: impl Fn(&'a Snippet) -> Option<K>,
) -> Vec<(&'a Snippet, &'a Snippet)> {
    let mut found: HashMap<K, (Vec<&'a Snippet>, Vec<&'a Snippet>)> = HashMap::new();
    for snippet in &pairs.removed {
        if let Some(key) = of_removed(snippet) {
            found.entry(key).or_default().0.push(snippet);
        }
    }
    for snippet in &pairs.added {
        if let Some(key) = of_added(snippet) {
            found.entry(key).or_default().1.push(snippet);
        }
    }
    let moves: Vec<_> = found
        .into_values()
        .filter_map(
            |(before, after)| match (before.as_slice(), after.as_slice()) {
                ([before], [after]) => Some((*before, *after)),
                _ => None,
            },
        )
        .collect();
    let gone: std::collections::HashSet<*const Snippet> = moves
        .iter()
        .flat_map(|(before, after)| [std::ptr::from_ref(*before), std::ptr::from_ref(*after)])
        .collect();
    let stays = |s: &&Snippet| !gone.contains(&std::ptr::from_ref(*s));
    pairs.removed.retain(stays);
    pairs.added.retain(stays);
    moves
}
