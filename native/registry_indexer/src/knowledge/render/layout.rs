//! Where the boxes of a layered picture stand: every requirement points to a column further right,
//! and long ones are led through the columns between so that they cross no box.
//!
//! Layers by the longest way from the root, order within a layer by the mean place of the neighbours
//! (Sugiyama, Tagawa and Toda 1981), positions by pulling each box to its neighbours' middle.

use std::collections::VecDeque;

use registry_types::DependencyTree;

/// Sizes in pixels.
pub(super) const BOX_HEIGHT: f64 = 38.0;
const ROW_GAP: f64 = 12.0;
/// A bend takes less room than a box.
const BEND_HEIGHT: f64 = 6.0;
const COLUMN_GAP: f64 = 76.0;
/// Sweeps over the layers; more change little.
const SWEEPS: usize = 8;
/// With more bends long edges are drawn straight: nobody could follow them.
const MOST_BENDS: usize = 20_000;

/// A box, or the bend of a long edge.
pub(super) struct Item {
    /// The node that the box shows.
    pub(super) node: Option<usize>,
    pub(super) layer: usize,
    pub(super) y: f64,
    height: f64,
    before: Vec<usize>,
    after: Vec<usize>,
}

/// Where everything stands.
pub(super) struct Layout {
    /// Boxes first, in the order of the nodes.
    pub(super) items: Vec<Item>,
    /// The left side of each column.
    pub(super) columns: Vec<f64>,
    /// The way of each edge over items; none for edges that lead back.
    pub(super) ways: Vec<Vec<usize>>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Lays out a tree whose boxes have these widths.
pub(super) fn layout(tree: &DependencyTree, widths: &[f64]) -> Layout {
    let layers = layers(tree);
    let mut items: Vec<Item> = layers
        .iter()
        .enumerate()
        .map(|(node, layer)| Item::new(Some(node), *layer))
        .collect();
    let ways = route(tree, &mut items);
    let count = items.iter().map(|item| item.layer + 1).max().unwrap_or(0);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (place, item) in items.iter().enumerate() {
        if let Some(row) = rows.get_mut(item.layer) {
            row.push(place);
        }
    }
    order(&mut rows, &items);
    position(&rows, &mut items);
    let mut columns = Vec::with_capacity(count);
    let mut x = 0.0;
    for layer in 0..count {
        columns.push(x);
        let boxes = layers.iter().zip(widths).filter(|(l, _)| **l == layer);
        x += boxes.map(|(_, width)| *width).fold(0.0, f64::max) + COLUMN_GAP;
    }
    let top = items
        .iter()
        .map(|item| item.y - item.height / 2.0)
        .fold(0.0, f64::min);
    for item in &mut items {
        item.y -= top;
    }
    let height = items
        .iter()
        .map(|item| item.y + item.height / 2.0)
        .fold(0.0, f64::max);
    Layout {
        items,
        columns,
        ways,
        width: (x - COLUMN_GAP).max(0.0),
        height,
    }
}

impl Item {
    fn new(node: Option<usize>, layer: usize) -> Self {
        Self {
            node,
            layer,
            y: 0.0,
            height: if node.is_some() {
                BOX_HEIGHT
            } else {
                BEND_HEIGHT
            },
            before: Vec::new(),
            after: Vec::new(),
        }
    }
}

/// The longest way from the root to each node, edges that lead back left out.
fn layers(tree: &DependencyTree) -> Vec<usize> {
    let mut layers = vec![0_usize; tree.nodes.len()];
    let mut waiting = vec![0_usize; tree.nodes.len()];
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); tree.nodes.len()];
    for edge in tree.edges.iter().filter(|edge| !edge.cycle) {
        if let (Some(list), Some(count)) = (after.get_mut(edge.from), waiting.get_mut(edge.to)) {
            list.push(edge.to);
            *count += 1;
        }
    }
    let mut ready: VecDeque<usize> = (0..waiting.len())
        .filter(|node| waiting.get(*node) == Some(&0))
        .collect();
    while let Some(node) = ready.pop_front() {
        let layer = layers.get(node).copied().unwrap_or(0);
        for next in after.get(node).into_iter().flatten() {
            if let Some(slot) = layers.get_mut(*next) {
                *slot = (*slot).max(layer + 1);
            }
            if let Some(count) = waiting.get_mut(*next) {
                *count -= 1;
                if *count == 0 {
                    ready.push_back(*next);
                }
            }
        }
    }
    layers
}

/// Adds bends for edges over several layers; the way of each edge.
fn route(tree: &DependencyTree, items: &mut Vec<Item>) -> Vec<Vec<usize>> {
    let layer = |items: &[Item], place: usize| items.get(place).map_or(0, |item| item.layer);
    let span = |items: &[Item], from, to| layer(items, to).saturating_sub(layer(items, from));
    let bends: usize = tree
        .edges
        .iter()
        .map(|edge| span(items, edge.from, edge.to).saturating_sub(1))
        .sum();
    let bent = bends <= MOST_BENDS;
    let mut ways = Vec::with_capacity(tree.edges.len());
    for edge in &tree.edges {
        if edge.cycle || edge.from == edge.to {
            ways.push(Vec::new());
            continue;
        }
        let mut way = vec![edge.from];
        if bent {
            for between in layer(items, edge.from) + 1..layer(items, edge.to) {
                way.push(items.len());
                items.push(Item::new(None, between));
            }
        }
        way.push(edge.to);
        for pair in way.windows(2) {
            let [from, to] = *pair else {
                continue;
            };
            if let Some(item) = items.get_mut(from) {
                item.after.push(to);
            }
            if let Some(item) = items.get_mut(to) {
                item.before.push(from);
            }
        }
        ways.push(way);
    }
    ways
}

/// Orders each layer by the mean place of what its items are joined to.
fn order(rows: &mut [Vec<usize>], items: &[Item]) {
    let mut place = vec![0.0_f64; items.len()];
    let note = |row: &[usize], place: &mut [f64]| {
        for (at, item) in row.iter().enumerate() {
            if let Some(slot) = place.get_mut(*item) {
                *slot = at as f64;
            }
        }
    };
    for row in rows.iter() {
        note(row, &mut place);
    }
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        let count = rows.len();
        for n in 0..count {
            let at = if forward { n } else { count - 1 - n };
            let Some(row) = rows.get_mut(at) else {
                continue;
            };
            row.sort_by_cached_key(|item| {
                let joined = items
                    .get(*item)
                    .map(|i| if forward { &i.before } else { &i.after });
                let mean = joined.and_then(|joined| mean(joined, &place));
                let own = place.get(*item).copied().unwrap_or(0.0);
                // Sorted as whole numbers, so that the order is total.
                (mean.unwrap_or(own) * 1024.0) as i64
            });
            note(row, &mut place);
        }
    }
}

fn mean(joined: &[usize], place: &[f64]) -> Option<f64> {
    let sum: f64 = joined.iter().filter_map(|item| place.get(*item)).sum();
    (!joined.is_empty()).then(|| sum / joined.len() as f64)
}

/// Pulls the items of each layer to the middle of what they are joined to, in their order.
fn position(rows: &[Vec<usize>], items: &mut [Item]) {
    for row in rows {
        settle(row, items, &vec![0.0; row.len()]);
    }
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        for n in 0..rows.len() {
            let at = if forward { n } else { rows.len() - 1 - n };
            let Some(row) = rows.get(at) else {
                continue;
            };
            let wishes: Vec<f64> = row.iter().map(|item| wish(*item, items, forward)).collect();
            settle(row, items, &wishes);
        }
    }
}

fn wish(item: usize, items: &[Item], forward: bool) -> f64 {
    let Some(item) = items.get(item) else {
        return 0.0;
    };
    let joined = if forward { &item.before } else { &item.after };
    let sum: f64 = joined
        .iter()
        .filter_map(|other| items.get(*other))
        .map(|o| o.y)
        .sum();
    if joined.is_empty() {
        item.y
    } else {
        sum / joined.len() as f64
    }
}

/// Sets a layer's items as near to their wishes as their order and heights allow: items that would
/// overlap are moved together, around the mean of their wishes.
fn settle(row: &[usize], items: &mut [Item], wishes: &[f64]) {
    struct Group {
        /// Where the first item wants to be, summed over the group.
        sum: f64,
        count: f64,
        offsets: Vec<(usize, f64)>,
        height: f64,
    }
    impl Group {
        fn start(&self) -> f64 {
            self.sum / self.count
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    for (place, wish) in row.iter().zip(wishes) {
        let height = items.get(*place).map_or(0.0, |item| item.height);
        let mut group = Group {
            sum: wish - height / 2.0,
            count: 1.0,
            offsets: vec![(*place, height / 2.0)],
            height: height + ROW_GAP,
        };
        while let Some(last) = groups.pop_if(|last| last.start() + last.height > group.start()) {
            let shift = last.height;
            let mut joined = last;
            joined.sum += group.sum - shift * group.count;
            joined.count += group.count;
            let moved = group
                .offsets
                .iter()
                .map(|(place, offset)| (*place, offset + shift));
            joined.offsets.extend(moved);
            joined.height += group.height;
            group = joined;
        }
        groups.push(group);
    }
    for group in groups {
        let start = group.start();
        for (place, offset) in group.offsets {
            if let Some(item) = items.get_mut(place) {
                item.y = start + offset;
            }
        }
    }
}
