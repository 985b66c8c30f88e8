//! With the file known: which tables users get, and under what name.

use std::collections::{HashMap, HashSet};

use registry_types::{SnippetKind, Visibility};

use super::{PRESUMED, RETURNED};
use crate::outline::{LinkKind, Outline};

/// Names that stand for each other in a row.
const MAX_HOPS: usize = 4;

/// What the statements of the file say about names.
#[derive(Default)]
struct Names {
    module: String,
    returned: Option<String>,
    locals: HashSet<String>,
    /// Local name to the member that holds it.
    members: HashMap<String, String>,
    /// `module(…)`: globals are members.
    seeall: bool,
}

impl Names {
    fn read(outline: &mut Outline) -> Self {
        let mut names = Self::default();
        for link in std::mem::take(&mut outline.links) {
            match link.kind {
                LinkKind::Module => names.module = link.name,
                LinkKind::Import => {
                    names.locals.insert(link.name);
                }
                LinkKind::Export if link.name == "_G" => names.seeall = true,
                LinkKind::Export => names.returned = Some(link.name),
                LinkKind::Member => {
                    let member = link.alias.unwrap_or_default();
                    names.members.entry(link.name).or_insert(member);
                }
            }
        }
        names
    }

    /// The path users write, and whether they can.
    fn resolve(&self, written: &str) -> (String, bool) {
        let mut path = written.to_owned();
        for _ in 0..MAX_HOPS {
            let end = path.find(['.', ':']).unwrap_or(path.len());
            let (root, rest) = path.split_at(end);
            if root == RETURNED || self.returned.as_deref() == Some(root) {
                return (format!("{}{rest}", self.module), true);
            }
            match self.members.get(root) {
                // A global can be a member too; it stays what it is.
                Some(member) if self.locals.contains(root) => path = format!("{member}{rest}"),
                _ => break,
            }
        }
        let root = path.split(['.', ':']).next().unwrap_or_default();
        if root == "_G" {
            return (path.replacen("_G.", "", 1), true);
        }
        let local = self.locals.contains(root);
        if local || self.seeall {
            (format!("{}.{path}", self.module), !local)
        } else {
            (path, true)
        }
    }
}

pub(super) fn finish(outline: &mut Outline) {
    let names = Names::read(outline);
    outline.module.clone_from(&names.module);
    let with_members: HashSet<String> = outline
        .items
        .iter()
        .filter_map(|item| item.qualified_name.rsplit_once(['.', ':']))
        .map(|(container, _)| container.to_owned())
        .collect();
    let module_doc = outline.module_doc.clone();
    outline.items.retain_mut(|item| {
        let written = std::mem::take(&mut item.qualified_name);
        let root = written.split(['.', ':']).next().unwrap_or_default();
        let is_module = names.returned.as_deref() == Some(written.as_str());
        let (path, reachable) = names.resolve(&written);
        let below = path.strip_prefix(&names.module).unwrap_or(&path);
        let own = below.split(['.', ':']).any(|part| part.starts_with('_'));
        if !reachable || own {
            item.declared = Visibility::Internal;
            item.visibility = Visibility::Internal;
        }
        item.qualified_name = path;
        if is_module || written == RETURNED {
            let last = names.module.rsplit('.').next().unwrap_or_default();
            last.clone_into(&mut item.name);
            if item.doc.is_none() {
                item.doc.clone_from(&module_doc);
            }
        }
        if is_module && item.kind == SnippetKind::Class {
            item.kind = SnippetKind::Module;
        }
        let presumed = item.marks.has(PRESUMED);
        if presumed && !is_module && !with_members.contains(&written) {
            item.kind = SnippetKind::Field;
        }
        item.marks = item.marks.without(PRESUMED);
        let data = matches!(item.kind, SnippetKind::Field | SnippetKind::Constant);
        let of_local = data && !reachable && names.locals.contains(root);
        !of_local && (!presumed || is_module || reachable || with_members.contains(&written))
    });
    super::super::same::merge(outline, false);
    adopt(outline);
    outline.settle();
}

/// Members of classes belong to them.
fn adopt(outline: &mut Outline) {
    let places: HashMap<String, u32> = outline
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.kind == SnippetKind::Class)
        .filter_map(|(index, item)| Some((item.qualified_name.clone(), u32::try_from(index).ok()?)))
        .collect();
    for item in &mut outline.items {
        let container = item.qualified_name.rsplit_once(['.', ':']);
        item.parent = container.and_then(|(container, _)| places.get(container).copied());
    }
}
