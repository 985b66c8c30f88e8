//! Compile-time conditions that hold where the walk is: of the whole file, or of a stretch of it.

use std::ops::Range;

/// Bytes of the conditions of one item together: each item has its own copy.
const MAX_TEXT: usize = 512;
/// Conditions inside each other.
const MAX_DEPTH: usize = 32;

/// The conditions around the current node, outermost first.
#[derive(Default)]
pub(crate) struct Conditions {
    /// Each with the bytes of its stretch.
    open: Vec<(Range<usize>, String)>,
    /// Branches to come, innermost last: where each starts, and that none of those before it holds.
    alternatives: Vec<(usize, String)>,
    /// Per `#if` that is a node of its own, beside what it holds for: that no branch so far holds.
    flat: Vec<String>,
}

impl Conditions {
    /// What stands in `place` exists under this condition only.
    pub fn push(&mut self, condition: &str, place: Range<usize>) {
        self.forget(place.start);
        if self.open.len() < MAX_DEPTH && !condition.is_empty() {
            let end_of_text = condition.floor_char_boundary(MAX_TEXT);
            let text = condition.get(..end_of_text).unwrap_or_default();
            self.open.push((place, text.to_owned()));
        }
    }

    /// Those of `#if condition … #else … #endif`: `body` is what the condition holds for, `other`
    /// what it does not.
    pub fn branch(&mut self, condition: &str, body: Range<usize>, other: Range<usize>) {
        // The later stretch first: what has ended is forgotten from the top.
        self.push(&negate(condition), other);
        self.push(condition, body);
    }

    /// `#if`, up to the `#endif`.
    pub fn flat_if(&mut self, condition: &str, start: usize) {
        if self.flat.len() < MAX_DEPTH {
            self.stretch(condition, start);
            self.flat.push(negate(condition));
        }
    }

    /// A stretch for each `#if`, be its condition empty, so that its end takes away no other.
    fn stretch(&mut self, condition: &str, start: usize) {
        self.forget(start);
        let end = condition.floor_char_boundary(MAX_TEXT);
        let text = condition.get(..end).unwrap_or_default().to_owned();
        self.open.push((start..usize::MAX, text));
    }

    /// `#elseif condition`, or `#else` with none.
    pub fn flat_else(&mut self, condition: &str, start: usize) {
        let Some(before) = self.flat.pop() else {
            return;
        };
        self.open.pop();
        if condition.is_empty() {
            self.stretch(&before, start);
            self.flat.push(before);
        } else {
            self.stretch(&format!("{before} && {condition}"), start);
            let mut before = format!("{before} && {}", negate(condition));
            before.truncate(before.floor_char_boundary(MAX_TEXT));
            self.flat.push(before);
        }
    }

    /// `#endif`
    pub fn flat_end(&mut self) {
        if self.flat.pop().is_some() {
            self.open.pop();
        }
    }

    /// At byte `start` another branch begins, which exists under `condition` at least.
    pub fn await_alternative(&mut self, start: usize, condition: String) {
        if self.alternatives.len() < MAX_DEPTH {
            self.alternatives.push((start, condition));
        }
    }

    /// What was said of the branch at byte `start`.
    pub fn take_alternative(&mut self, start: usize) -> String {
        while let Some((at, condition)) = self.alternatives.pop_if(|(at, _)| *at <= start) {
            if at == start {
                return condition;
            }
        }
        String::new()
    }

    /// The conditions at byte `start`, joined; forgets those that ended before it.
    pub fn at(&mut self, start: usize) -> Option<String> {
        self.forget(start);
        let mut all = String::new();
        let holds = |(place, condition): &&(Range<usize>, String)| {
            place.contains(&start) && !condition.is_empty()
        };
        let several = self.open.iter().filter(holds).count() > 1;
        for (_, condition) in self.open.iter().filter(holds) {
            if all.len() + condition.len() > MAX_TEXT {
                break;
            }
            if !all.is_empty() {
                all.push_str(" && ");
            }
            if several && condition.contains("||") {
                all.push('(');
                all.push_str(condition);
                all.push(')');
            } else {
                all.push_str(condition);
            }
        }
        (!all.is_empty()).then_some(all)
    }

    /// The conditions at byte `start`, outermost first; forgets those that ended before it.
    pub fn around(&mut self, start: usize) -> impl Iterator<Item = &str> {
        self.forget(start);
        let holds = move |(place, condition): &&(Range<usize>, String)| {
            place.contains(&start) && !condition.is_empty()
        };
        self.open
            .iter()
            .filter(holds)
            .map(|(_, condition)| condition.as_str())
    }

    fn forget(&mut self, start: usize) {
        while self.open.pop_if(|(place, _)| place.end <= start).is_some() {}
    }
}

fn negate(condition: &str) -> String {
    // What is longer than an item may carry is cut later; here it must not grow with each branch.
    let condition = condition
        .get(..condition.floor_char_boundary(MAX_TEXT))
        .unwrap_or_default();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if condition.chars().all(word) {
        format!("!{condition}")
    } else {
        format!("!({condition})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_hold_up_to_their_end() {
        let mut conditions = Conditions::default();
        assert_eq!(conditions.at(0), None);
        conditions.push("a || b", 0..usize::MAX);
        assert_eq!(conditions.at(1).as_deref(), Some("a || b"));
        conditions.push("c", 1..10);
        assert_eq!(conditions.at(9).as_deref(), Some("(a || b) && c"));
        assert_eq!(conditions.at(10).as_deref(), Some("a || b"));
        conditions.branch("x", 20..30, 30..40);
        assert_eq!(conditions.at(20).as_deref(), Some("(a || b) && x"));
        assert_eq!(conditions.at(30).as_deref(), Some("(a || b) && !x"));
        assert_eq!(conditions.at(40).as_deref(), Some("a || b"));
    }

    #[test]
    fn flat_branches_exclude_each_other() {
        let mut conditions = Conditions::default();
        conditions.flat_if("os(iOS)", 5);
        assert_eq!(conditions.at(6).as_deref(), Some("os(iOS)"));
        conditions.flat_else("B", 7);
        assert_eq!(conditions.at(8).as_deref(), Some("!(os(iOS)) && B"));
        conditions.flat_else("", 9);
        assert_eq!(conditions.at(9).as_deref(), Some("!(os(iOS)) && !B"));
        conditions.flat_end();
        conditions.flat_end();
        assert_eq!(conditions.at(10), None);
    }

    #[test]
    fn branches_know_what_was_said_before_them() {
        let mut conditions = Conditions::default();
        conditions.await_alternative(50, "!a".into());
        conditions.await_alternative(20, "!b".into());
        assert_eq!(conditions.take_alternative(10), "");
        assert_eq!(conditions.take_alternative(20), "!b");
        assert_eq!(conditions.take_alternative(50), "!a");
    }
}
