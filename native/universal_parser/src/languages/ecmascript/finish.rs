//! With the file known: exports by name reach their definitions.

use std::collections::HashMap;

use registry_types::Visibility;

use super::export::WHOLE;
use crate::outline::{Item, Link, LinkKind, Marks, Outline};

/// Further names of the exports of one file.
const MAX_ALIASES: usize = 2_000;

/// `export { a as b }` and the like make `a` public with the path of `b`; its name stays that which
/// the file itself knows. Members assigned from outside get their container as parent, or are
/// internal when there is none.
pub(super) fn finish(outline: &mut Outline) {
    super::overload::merge(outline);
    for item in &mut outline.items {
        let exported = item.declared == Visibility::Public && !item.marks.has(Marks::ASSIGNED);
        item.marks = item.marks.with(Marks::when(exported, Marks::EXPORTED));
    }
    let tops = tops(outline);
    for item in &mut outline.items {
        if item.marks.has(Marks::ASSIGNED) {
            let of = item.qualified_name.strip_suffix(item.name.as_str());
            let of = of.and_then(|of| of.strip_suffix('.'));
            item.parent = of
                .and_then(|of| tops.get(of))
                .and_then(|all| all.first())
                .copied();
            if item.parent.is_none() {
                item.declared = Visibility::Internal;
            }
        }
    }
    export_object(&mut outline.links);
    export(outline, &tops);
    outline.settle();
}

/// Items of the file's own scope by qualified name; none where nothing refers to them.
fn tops(outline: &Outline) -> HashMap<String, Vec<u32>> {
    let mut tops: HashMap<String, Vec<u32>> = HashMap::new();
    let is_assigned = |item: &Item| item.marks.has(Marks::ASSIGNED);
    if outline.links.is_empty() && !outline.items.iter().any(is_assigned) {
        return tops;
    }
    for (index, item) in (0u32..).zip(&outline.items) {
        if item.parent.is_none() && !item.marks.has(Marks::ASSIGNED) {
            tops.entry(item.qualified_name.clone())
                .or_default()
                .push(index);
        }
    }
    tops
}

fn export(outline: &mut Outline, tops: &HashMap<String, Vec<u32>>) {
    let mut aliases = 0;
    let mut renamed: HashMap<u32, (String, String)> = HashMap::new();
    let links = std::mem::take(&mut outline.links);
    let named = links
        .iter()
        .filter(|link| link.kind == LinkKind::Export && link.from.is_none());
    for link in named {
        let qualified = join(&link.scope, &link.name);
        for index in tops.get(&qualified).into_iter().flatten() {
            let Some(item) = outline.items.get_mut(*index as usize) else {
                continue;
            };
            let exported = item.declared == Visibility::Public;
            if !item.marks.has(Marks::HIDDEN) {
                item.declared = Visibility::Public;
            }
            match link.alias.as_deref().filter(|alias| *alias != link.name) {
                None => {}
                Some("default" | WHOLE) => item.marks = item.marks.with(Marks::DEFAULT),
                Some("*") => {}
                Some(alias) if exported => {
                    aliases += 1;
                    if aliases <= MAX_ALIASES {
                        item.aliases.push(join(&link.scope, alias));
                    }
                }
                Some(alias) => {
                    item.qualified_name = join(&link.scope, alias);
                    renamed.insert(*index, (qualified.clone(), item.qualified_name.clone()));
                }
            }
        }
    }
    outline.links = links;
    rename_members(&mut outline.items, &mut renamed);
}

/// A script without any exports or imports exports one object: that with most members.
fn export_object(links: &mut Vec<Link>) {
    if links.iter().any(|link| link.kind != LinkKind::Member) {
        return;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for of in links.iter().filter_map(|link| link.from.as_deref()) {
        *counts.entry(of).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(of, count)| (*count, *of));
    let Some((of, 2..)) = most else {
        return;
    };
    let exports = |link: &&Link| link.from.as_deref() == Some(of);
    let mut found: Vec<Link> = links
        .iter()
        .filter(exports)
        .map(|link| Link {
            kind: LinkKind::Export,
            from: None,
            alias: link.alias.clone().filter(|alias| *alias != link.name),
            ..link.clone()
        })
        .collect();
    let whole = found.first().map(|link| Link {
        name: of.to_owned(),
        alias: Some(WHOLE.to_owned()),
        ..link.clone()
    });
    found.extend(whole);
    links.append(&mut found);
}

/// Members, and theirs, follow their container's new name.
fn rename_members(items: &mut [Item], renamed: &mut HashMap<u32, (String, String)>) {
    if renamed.is_empty() {
        return;
    }
    for (index, item) in (0u32..).zip(items) {
        let of = item.parent.and_then(|parent| renamed.get(&parent)).cloned();
        if let Some((old, new)) = of
            && let Some(rest) = item.qualified_name.strip_prefix(old.as_str())
        {
            item.qualified_name = format!("{new}{rest}");
            renamed.insert(index, (old, new));
        }
    }
}

fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() {
        name.to_owned()
    } else {
        format!("{scope}.{name}")
    }
}
