//! Who types the beginning of names means the head of a family, `tree-sitter`, rather than one of its
//! members, `tree-sitter-language`, even if more packages need that one.

use registry_types::{Result, canonical_name};

use crate::search::packages::{Ranked, Search};

/// Among so many of the best a head is put before its family.
const FIRST: usize = 10;

impl Search<'_> {
    /// Puts usable packages before those whose names begin with theirs, where the query is the beginning
    /// of both. Results come best first.
    pub(crate) fn heads_first(&self, ranked: &mut [Ranked]) -> Result<()> {
        let begun = self.query.words.name.as_str();
        let pinned = ranked.iter().take_while(|ranked| ranked.pin.is_some());
        let start = pinned.count();
        let mut names: Vec<String> = Vec::new();
        for place in (start..ranked.len()).take(FIRST) {
            let Some(candidate) = ranked.get_mut(place) else {
                break;
            };
            let row = self.shown(candidate)?;
            let name = canonical_name(&row.package.name);
            let usable = name.starts_with(begun) && self.may_be_used(&row.package)?;
            let family = |other: &String| {
                let rest = other.strip_prefix(name.as_str());
                rest.is_some_and(|rest| rest.starts_with(['-', '/']))
            };
            let first = names.iter().position(family).filter(|_| usable);
            if let Some((moved, better)) = first.and_then(|first| {
                let better = ranked.get(start + first)?.score;
                Some((ranked.get_mut(start + first..=place)?, better))
            }) {
                moved.rotate_right(1);
                if let [head, ..] = moved {
                    head.lifted = better / head.score;
                    head.score = better;
                }
            }
            names.insert(first.unwrap_or(names.len()), name);
        }
        Ok(())
    }
}
