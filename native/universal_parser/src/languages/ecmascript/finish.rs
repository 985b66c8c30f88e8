//! With the file known: exports by name reach their definitions.

use std::collections::HashMap;

use registry_types::Visibility;

use crate::outline::{Link, LinkKind, Marks, Outline};

/// Items made by exporting one definition under several names.
const MAX_ALIASES: usize = 2_000;

/// `export { a as b }` and the like make `a` public, under the name `b`; members assigned from
/// outside get their container as parent, or are internal when there is none.
pub(super) fn finish(outline: &mut Outline) {
    super::overload::merge(outline);
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
    export(outline, &tops);
    outline.settle();
}

/// Items of the file's own scope by qualified name.
fn tops(outline: &Outline) -> HashMap<String, Vec<u32>> {
    let mut tops: HashMap<String, Vec<u32>> = HashMap::new();
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
    let mut renamed: Vec<(u32, String)> = Vec::new();
    let links = std::mem::take(&mut outline.links);
    for link in exports(&links) {
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
                Some("default") => item.marks = item.marks.with(Marks::DEFAULT),
                Some(alias) if exported => {
                    // It has a public name already: this is another one.
                    aliases += 1;
                    if aliases <= MAX_ALIASES {
                        let mut other = item.clone();
                        alias.clone_into(&mut other.name);
                        other.qualified_name = join(&link.scope, alias);
                        outline.items.push(other);
                    }
                }
                Some(alias) => {
                    alias.clone_into(&mut item.name);
                    item.qualified_name = join(&link.scope, alias);
                    renamed.push((*index, qualified.clone()));
                }
            }
        }
    }
    outline.links = links;
    rename_members(outline, &renamed);
}

/// The links that export definitions of this file. A script without any exports one object, that
/// with most members.
fn exports(links: &[Link]) -> Vec<&Link> {
    let exports: Vec<_> = links
        .iter()
        .filter(|link| link.kind == LinkKind::Export)
        .collect();
    if !exports.is_empty() || links.iter().any(|link| link.kind == LinkKind::Import) {
        return exports
            .into_iter()
            .filter(|link| link.from.is_none())
            .collect();
    }
    let mut counts: HashMap<Option<&str>, usize> = HashMap::new();
    let members = || links.iter().filter(|link| link.kind == LinkKind::Member);
    for link in members() {
        *counts.entry(link.from.as_deref()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(of, count)| (*count, *of));
    let Some((of, 2..)) = most else {
        return Vec::new();
    };
    members()
        .filter(|link| link.from.as_deref() == of)
        .collect()
}

/// Members follow their container's new name.
fn rename_members(outline: &mut Outline, renamed: &[(u32, String)]) {
    let new: HashMap<u32, (&str, String)> = renamed
        .iter()
        .filter_map(|(index, old)| {
            let item = outline.items.get(*index as usize)?;
            Some((*index, (old.as_str(), item.qualified_name.clone())))
        })
        .collect();
    for item in &mut outline.items {
        let of = item.parent.and_then(|parent| new.get(&parent));
        if let Some((old, new)) = of
            && let Some(rest) = item.qualified_name.strip_prefix(old)
        {
            item.qualified_name = format!("{new}{rest}");
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
