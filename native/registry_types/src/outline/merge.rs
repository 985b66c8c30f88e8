//! Several items that are one thing: overloads, clauses, declaration and definition.

use super::{Item, Outline};
use crate::Visibility;

/// Longest signature of an item joined of several, in bytes.
const MAX_JOINED: usize = 8 * 1024;

/// Adds the signature of a further overload or clause.
pub fn join_signature(signature: &mut String, other: &str) {
    if !other.is_empty() && signature.len() + other.len() < MAX_JOINED {
        if !signature.is_empty() {
            signature.push_str("; ");
        }
        signature.push_str(other);
    }
}

/// Longest documentation of an item joined of several, in bytes.
const MAX_JOINED_DOC: usize = 16 * 1024;

/// Adds the documentation of a further overload: those are often documented one by one.
pub fn join_doc(doc: &mut Option<String>, other: Option<String>) {
    match (doc.as_mut(), other) {
        (Some(doc), Some(other)) => {
            if doc.len() + other.len() < MAX_JOINED_DOC && *doc != other {
                doc.push_str("\n\n");
                doc.push_str(&other);
            }
        }
        (None, other) => *doc = other,
        (Some(_), None) => {}
    }
}

impl Outline {
    /// Takes out each item for which `into` names the one that stands for it: members of the one
    /// become members of the other. `into` must have as many entries as there are items.
    pub fn absorb(&mut self, into: &[Option<u32>]) {
        if into.iter().all(Option::is_none) {
            return;
        }
        let mut next = 0;
        let mut places = Vec::with_capacity(into.len());
        for target in into {
            places.push(next);
            next += u32::from(target.is_none());
        }
        // A target may have been absorbed itself; chains end because each hop is bounded.
        let resolve = |mut index: u32| {
            for _ in 0..8 {
                match into.get(index as usize) {
                    Some(Some(target)) => index = *target,
                    _ => break,
                }
            }
            places.get(index as usize).copied()
        };
        for item in &mut self.items {
            item.parent = item.parent.and_then(resolve);
        }
        let mut index = 0;
        self.items.retain(|_| {
            let keep = into.get(index).is_none_or(Option::is_none);
            index += 1;
            keep
        });
    }

    /// Members of internal items become internal too, where `applies` says yes to the pair of
    /// container and member.
    pub fn hand_down(&mut self, applies: impl Fn(&Item, &Item) -> bool) {
        for index in 0..self.items.len() {
            let (before, rest) = self.items.split_at_mut(index);
            let Some(item) = rest.first_mut() else {
                continue;
            };
            let parent = item.parent.and_then(|parent| before.get(parent as usize));
            if let Some(parent) = parent
                && parent.visibility == Visibility::Internal
                && applies(parent, item)
            {
                item.visibility = Visibility::Internal;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SnippetKind;
    use crate::outline::Marks;

    fn outline(parents: &[Option<u32>]) -> Outline {
        let item = |(index, parent): (usize, &Option<u32>)| Item {
            kind: SnippetKind::Function,
            name: index.to_string(),
            qualified_name: index.to_string(),
            signature: String::new(),
            doc: None,
            visibility: Visibility::Public,
            declared: Visibility::Public,
            marks: Marks::default(),
            language: None,
            condition: None,
            aliases: Vec::new(),
            parent: *parent,
            start: 0,
            end: 0,
            start_line: 1,
            end_line: 1,
        };
        Outline {
            items: parents.iter().enumerate().map(item).collect(),
            ..Outline::default()
        }
    }

    #[test]
    fn members_follow_the_item_that_stays() {
        let mut outline = outline(&[None, None, Some(1), Some(0)]);
        outline.absorb(&[None, Some(0), None, None]);
        let left: Vec<_> = outline
            .items
            .iter()
            .map(|i| (i.name.as_str(), i.parent))
            .collect();
        assert_eq!(left, [("0", None), ("2", Some(0)), ("3", Some(0))]);
    }

    #[test]
    fn internal_reaches_members_of_members() {
        let mut outline = outline(&[None, Some(0), Some(1)]);
        outline.items[0].visibility = Visibility::Internal;
        outline.hand_down(|_, _| true);
        assert!(
            outline
                .items
                .iter()
                .all(|item| item.visibility == Visibility::Internal)
        );
    }

    #[test]
    fn joined_signatures_are_bounded() {
        let mut signature = String::new();
        for _ in 0..10_000 {
            join_signature(&mut signature, "def f()");
        }
        assert!(signature.starts_with("def f(); def f()") && signature.len() <= MAX_JOINED);
    }
}
