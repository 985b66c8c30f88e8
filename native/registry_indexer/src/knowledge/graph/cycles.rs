//! Which requirements lead back.

use registry_types::DependencyEdge;

/// Marks the edges that lead back to a node on the way from the root, in a walk that takes the edges
/// of a node in their order. Without the marked edges the graph has no cycle.
pub(super) fn mark_cycles(nodes: usize, edges: &mut [DependencyEdge]) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unseen,
        Open,
        Done,
    }
    let first = first_edges(nodes, edges);
    let mut state = vec![State::Unseen; nodes];
    for start in 0..nodes {
        if state.get(start) != Some(&State::Unseen) {
            continue;
        }
        // A node and how many of its edges were taken.
        let mut way = vec![(start, 0)];
        set(&mut state, start, State::Open);
        while let Some((node, taken)) = way.last_mut() {
            let (node, at) = (*node, *taken);
            *taken += 1;
            let place = first.get(node).map_or(usize::MAX, |f| f.saturating_add(at));
            let edge = edges.get_mut(place).filter(|edge| edge.from == node);
            let Some(edge) = edge else {
                set(&mut state, node, State::Done);
                way.pop();
                continue;
            };
            match state.get(edge.to) {
                Some(State::Open) => edge.cycle = true,
                Some(State::Unseen) => {
                    let to = edge.to;
                    set(&mut state, to, State::Open);
                    way.push((to, 0));
                }
                _ => {}
            }
        }
    }

    fn set(state: &mut [State], node: usize, to: State) {
        if let Some(slot) = state.get_mut(node) {
            *slot = to;
        }
    }
}

/// Where the edges of each node begin; they stand together.
pub(crate) fn first_edges(nodes: usize, edges: &[DependencyEdge]) -> Vec<usize> {
    let mut first = vec![edges.len(); nodes];
    for (place, edge) in edges.iter().enumerate().rev() {
        if let Some(slot) = first.get_mut(edge.from) {
            *slot = place;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::DependencyKind;

    fn edge((from, to): (usize, usize)) -> DependencyEdge {
        DependencyEdge {
            from,
            to,
            requirement: String::new(),
            kind: DependencyKind::Runtime,
            optional: false,
            target: None,
            cycle: false,
        }
    }

    fn cycles(nodes: usize, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut edges: Vec<_> = pairs.iter().copied().map(edge).collect();
        mark_cycles(nodes, &mut edges);
        let marked = edges.iter().filter(|e| e.cycle);
        marked.map(|e| (e.from, e.to)).collect()
    }

    #[test]
    fn only_edges_that_lead_back_are_marked() {
        assert_eq!(cycles(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]), []);
        assert_eq!(cycles(3, &[(0, 1), (1, 2), (2, 0)]), [(2, 0)]);
        assert_eq!(cycles(2, &[(0, 1), (1, 1)]), [(1, 1)]);
        assert_eq!(cycles(4, &[(0, 1), (1, 2), (2, 3), (3, 1)]), [(3, 1)]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let nodes = 200_000;
        let pairs: Vec<_> = (1..nodes)
            .map(|n| (n - 1, n))
            .chain([(nodes - 1, 0)])
            .collect();
        assert_eq!(cycles(nodes, &pairs), [(nodes - 1, 0)]);
    }
}
