//! Pages of one answer fit together although the store changes between them.
//!
//! What was handed out for a query is remembered: a later page goes on with what is best now of the
//! rest. So no package comes twice, and none is passed over.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// So many queries are remembered.
const MOST_QUERIES: usize = 256;

/// The packages handed out so far, by query.
#[derive(Default)]
pub(crate) struct Pages {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    given: HashMap<String, Arc<[u32]>>,
    order: VecDeque<String>,
}

impl Pages {
    /// The packages on the pages before `offset`; `None` where they were not handed out.
    pub(crate) fn before(&self, query: &str, offset: usize) -> Option<Vec<u32>> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let given = state.given.get(query)?.get(..offset)?;
        Some(given.to_vec())
    }

    /// Remembers all that was handed out for a query, best first.
    pub(crate) fn remember(&self, query: String, given: Vec<u32>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.given.insert(query.clone(), given.into()).is_none() {
            state.order.push_back(query);
        }
        if state.order.len() > MOST_QUERIES
            && let Some(oldest) = state.order.pop_front()
        {
            state.given.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_what_was_handed_out_and_forgets_the_oldest() {
        let pages = Pages::default();
        pages.remember("a".into(), vec![1, 2, 3]);
        assert_eq!(pages.before("a", 2), Some(vec![1, 2]));
        assert_eq!(pages.before("a", 4), None);
        assert_eq!(pages.before("b", 0), None);
        for n in 0..MOST_QUERIES {
            pages.remember(format!("q{n}"), vec![]);
        }
        assert_eq!(pages.before("a", 0), None);
        assert_eq!(pages.before("q0", 0), Some(vec![]));
    }
}
