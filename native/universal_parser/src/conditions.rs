//! Compile-time conditions that hold where the walk is: of the whole file, or of a stretch of it.

/// Bytes of the conditions of one item together: each item has its own copy.
const MAX_TEXT: usize = 512;
/// Conditions inside each other.
const MAX_DEPTH: usize = 32;

/// The conditions around the current node, outermost first.
#[derive(Default)]
pub(crate) struct Conditions {
    /// Each with the byte where its stretch ends.
    open: Vec<(usize, String)>,
}

impl Conditions {
    /// What follows, up to the byte `end`, exists under this condition only.
    pub fn push(&mut self, condition: &str, end: usize) {
        if self.open.len() < MAX_DEPTH && !condition.is_empty() {
            let end_of_text = condition.floor_char_boundary(MAX_TEXT);
            let text = condition.get(..end_of_text).unwrap_or_default();
            self.open.push((end, text.to_owned()));
        }
    }

    /// The conditions at byte `start`, joined; forgets those that ended before it.
    pub fn at(&mut self, start: usize) -> Option<String> {
        while self.open.last().is_some_and(|(end, _)| *end <= start) {
            self.open.pop();
        }
        let mut all = String::new();
        let several = self.open.len() > 1;
        for (_, condition) in &self.open {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_hold_up_to_their_end() {
        let mut conditions = Conditions::default();
        assert_eq!(conditions.at(0), None);
        conditions.push("a || b", usize::MAX);
        assert_eq!(conditions.at(1).as_deref(), Some("a || b"));
        conditions.push("c", 10);
        assert_eq!(conditions.at(9).as_deref(), Some("(a || b) && c"));
        assert_eq!(conditions.at(10).as_deref(), Some("a || b"));
    }
}
