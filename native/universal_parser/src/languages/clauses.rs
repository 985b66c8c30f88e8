//! Functions of several clauses, as the BEAM's languages have them: one item each, with its specs as
//! its signature.

use std::collections::HashMap;

use registry_types::SnippetKind;

use crate::outline::join_signature;
use crate::outline::{Item, Marks, Outline};

/// A spec, until the file is known.
pub(super) const SPEC: Marks = Marks(1 << 15);
/// Has documentation or is hidden by its own words, whatever else is said.
pub(super) const DOCUMENTED: Marks = Marks(1 << 14);
/// An item that stands only until another of its name is found.
pub(super) const PRESUMED: Marks = Marks(1 << 13);
/// Number of arguments with defaults, up to 15, in these bits.
const DEFAULTS: Marks = Marks(0b1111 << DEFAULTS_SHIFT);
const DEFAULTS_SHIFT: u32 = 8;
/// All of the above: no one else's business.
pub(super) const ALL_MARKS: Marks = SPEC.with(DOCUMENTED).with(PRESUMED).with(DEFAULTS);

/// The mark of a clause with so many defaults.
pub(super) fn defaults(count: usize) -> Marks {
    Marks(u16::try_from(count.min(15)).unwrap_or(15) << DEFAULTS_SHIFT)
}

/// The other names of a function with defaults: `f/1` and `f/2` of an `f/3` with two.
pub(super) fn name_smaller_arities(item: &mut Item) {
    let defaults = usize::from((item.marks.0 & DEFAULTS.0) >> DEFAULTS_SHIFT);
    if defaults > 0
        && let Some((name, arity)) = item.qualified_name.rsplit_once('/')
    {
        let arity: usize = arity.parse().unwrap_or(0);
        let smaller = arity.saturating_sub(defaults)..arity;
        item.aliases = smaller.map(|arity| format!("{name}/{arity}")).collect();
    }
}

pub(super) fn is_function(kind: SnippetKind) -> bool {
    matches!(kind, SnippetKind::Function | SnippetKind::Macro)
}

/// Where an item belongs: its module, the sort of thing, its name with the arity.
type Key = (Option<u32>, &'static str, String);

/// What is known of one function.
#[derive(Default)]
struct Group {
    /// The item that stays: the first clause.
    clause: Option<usize>,
    /// The first spec.
    spec: Option<usize>,
    /// All specs, joined.
    specs: String,
    /// The last item that belongs to the group.
    last: usize,
}

fn key(item: &Item) -> Option<Key> {
    let sort = match item.kind {
        kind if is_function(kind) => "function",
        SnippetKind::Method => "callback",
        SnippetKind::Type => "type",
        SnippetKind::Struct => "struct",
        _ => return None,
    };
    Some((item.parent, sort, item.qualified_name.clone()))
}

/// Makes one item of all clauses and specs of a function, and of all definitions of a type.
pub(super) fn merge(outline: &mut Outline) {
    let mut groups: HashMap<Key, Group> = HashMap::new();
    let mut into: Vec<Option<u32>> = vec![None; outline.items.len()];
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let Some(item) = rest.first_mut() else {
            continue;
        };
        let Some(key) = key(item) else { continue };
        let group = groups.entry(key).or_default();
        if item.marks.has(SPEC) {
            join_signature(&mut group.specs, &item.signature);
            group.spec.get_or_insert(index);
        } else if let Some((first, old)) = group
            .clause
            .and_then(|first| Some((first, before.get_mut(first)?)))
        {
            if let Some(slot) = into.get_mut(index) {
                *slot = u32::try_from(first).ok();
            }
            add(old, item, group.last + 1 == index);
        } else {
            group.clause = Some(index);
        }
        group.last = index;
    }
    give_specs(outline, &groups);
    place_specs(outline, &groups, &mut into);
    outline.absorb(&into);
}

/// A further clause: its documentation counts when the ones before it have none.
fn add(old: &mut Item, item: &mut Item, adjacent: bool) {
    if old.marks.has(PRESUMED) {
        let parent = old.parent;
        std::mem::swap(old, item);
        old.parent = parent;
        return;
    }
    if old.doc.is_none() {
        old.doc = item.doc.take();
    }
    // Under one condition here and another there: it exists under either.
    if old.condition != item.condition {
        for one in [&mut *old, &mut *item] {
            one.condition = None;
            one.marks = one.marks.without(Marks::CONDITIONAL);
        }
    }
    // Defaults belong to one clause; a documented function is not hidden by another clause.
    let mut marks = item.marks;
    if old.marks.0 & DEFAULTS.0 != 0 {
        marks = marks.without(DEFAULTS);
    }
    if old.doc.is_some() {
        marks = marks.without(Marks::HIDDEN);
    }
    old.marks = old.marks.with(marks);
    if old.kind == SnippetKind::Method {
        join_signature(&mut old.signature, &item.signature);
    }
    if adjacent {
        old.end = item.end;
        old.end_line = item.end_line;
    }
}

/// Specs are the signatures of their functions.
fn give_specs(outline: &mut Outline, groups: &HashMap<Key, Group>) {
    for group in groups.values().filter(|group| !group.specs.is_empty()) {
        let place = group.clause.or(group.spec);
        if let Some(item) = place.and_then(|index| outline.items.get_mut(index)) {
            item.signature.clone_from(&group.specs);
        }
    }
}

/// Specs go into their functions. One whose function no clause shows (a macro made it) stands for
/// it, unless it tells of a smaller arity that defaults make.
fn place_specs(outline: &Outline, groups: &HashMap<Key, Group>, into: &mut [Option<u32>]) {
    let mut with_defaults: HashMap<(Option<u32>, &str, usize), usize> = HashMap::new();
    for index in groups.values().filter_map(|group| group.clause) {
        let Some(item) = outline.items.get(index) else {
            continue;
        };
        let arity = arity(&item.qualified_name);
        let defaults = usize::from((item.marks.0 & DEFAULTS.0) >> DEFAULTS_SHIFT);
        for smaller in arity.saturating_sub(defaults)..arity {
            with_defaults.insert((item.parent, &item.name, smaller), index);
        }
    }
    for (index, (item, slot)) in outline.items.iter().zip(into).enumerate() {
        if !item.marks.has(SPEC) {
            continue;
        }
        let Some(group) = key(item).and_then(|key| groups.get(&key)) else {
            continue;
        };
        let smaller = (item.parent, item.name.as_str(), arity(&item.qualified_name));
        let target = group
            .clause
            .or_else(|| with_defaults.get(&smaller).copied())
            .or(group.spec);
        *slot = target
            .filter(|target| *target != index)
            .and_then(|target| u32::try_from(target).ok());
    }
}

fn arity(qualified: &str) -> usize {
    let arity = qualified.rsplit_once('/').map(|(_, arity)| arity);
    arity.and_then(|arity| arity.parse().ok()).unwrap_or(0)
}
