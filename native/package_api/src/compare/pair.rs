//! Which item of the one release is which of the other.

use std::collections::HashMap;
use std::hash::Hash;

use registry_types::Snippet;

/// The items of two releases, paired.
#[derive(Debug, Default)]
pub(super) struct Pairs<'a> {
    pub(super) both: Vec<(&'a Snippet, &'a Snippet)>,
    pub(super) removed: Vec<&'a Snippet>,
    pub(super) added: Vec<&'a Snippet>,
}

impl<'a> Pairs<'a> {
    /// Pairs items of the same path: those that agree in most before others, so that of several under
    /// one path (overloads, conditions) each finds its own.
    pub(super) fn of(before: Vec<&'a Snippet>, after: Vec<&'a Snippet>) -> Self {
        let mut pairs = Self {
            both: Vec::with_capacity(before.len().min(after.len())),
            removed: before,
            added: after,
        };
        pairs.by(|s| {
            (
                &*s.qualified_name,
                s.kind,
                &*s.signature,
                s.condition.as_deref(),
            )
        });
        pairs.by(|s| (&*s.qualified_name, s.kind, s.condition.as_deref()));
        pairs.by(|s| (&*s.qualified_name, s.kind));
        pairs.by(|s| &*s.qualified_name);
        // The shortest path became another one, while the former is still there.
        pairs.by_either(|s| vec![(&*s.qualified_name, s.kind)], aliases);
        pairs.by_either(aliases, |s| vec![(&*s.qualified_name, s.kind)]);
        pairs
    }

    /// Pairs what is left where `key` is the same, in the order of the lists.
    pub(super) fn by<K: Eq + Hash>(&mut self, key: impl Fn(&'a Snippet) -> K) {
        self.by_either(|s| vec![key(s)], |s| vec![key(s)]);
    }

    /// Pairs what is left where one key is the same.
    fn by_either<K: Eq + Hash>(
        &mut self,
        of_before: impl Fn(&'a Snippet) -> Vec<K>,
        of_after: impl Fn(&'a Snippet) -> Vec<K>,
    ) {
        let mut places: HashMap<K, Vec<usize>> = HashMap::new();
        for (place, snippet) in self.added.iter().enumerate().rev() {
            for key in of_after(snippet) {
                places.entry(key).or_default().push(place);
            }
        }
        let mut taken = vec![false; self.added.len()];
        let (both, added) = (&mut self.both, &self.added);
        self.removed.retain(|before| {
            for key in of_before(before) {
                let Some(candidates) = places.get_mut(&key) else {
                    continue;
                };
                while let Some(place) = candidates.pop() {
                    if let (Some(taken @ false), Some(after)) =
                        (taken.get_mut(place), added.get(place))
                    {
                        *taken = true;
                        both.push((before, after));
                        return false;
                    }
                }
            }
            true
        });
        let mut taken = taken.into_iter();
        self.added.retain(|_| !taken.next().unwrap_or_default());
    }
}

fn aliases(snippet: &Snippet) -> Vec<(&str, registry_types::SnippetKind)> {
    let aliases = snippet.aliases.iter();
    aliases
        .map(|alias| (alias.as_str(), snippet.kind))
        .collect()
}
