//! `provide` forms, as links.

use registry_types::Visibility;
use tree_sitter::Node;

use super::datum;
use crate::outline::{Link, LinkKind};
use crate::walk::Walk;

/// Before the name of a structure of which all is provided.
pub(super) const STRUCT: &str = "struct ";
/// Before the contract of a name, in a link's `from`.
pub(super) const CONTRACT: &str = "contract ";
/// Before the type that Typed Racket gives a name.
pub(super) const TYPE: &str = "type ";
/// Specs inside each other.
const MAX_DEPTH: usize = 8;

pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>, head: &str) {
    let contracts = head == "provide/contract";
    // Worklist instead of recursion: the file decides how deep specs nest.
    let mut todo: Vec<(Node<'_>, usize, bool)> = Vec::new();
    push(&mut todo, node, 0, contracts);
    while let Some((spec, depth, contract)) = todo.pop() {
        if !datum::is_list(spec) {
            let name = datum::symbol(walk, Some(&spec)).into_owned();
            link(walk, &name, None, None);
            continue;
        }
        let data = datum::data(spec);
        let head = datum::head(walk, spec);
        if contract && !matches!(&*head, "struct" | "rename") {
            contracted(walk, &data, 0);
            continue;
        }
        match &*head {
            "all-defined-out" | "all-defined" => link(walk, super::super::exports::ALL, None, None),
            "struct-out" | "struct" => {
                let target = data.get(1).copied();
                let name = target.filter(|node| datum::is_list(*node)).map_or_else(
                    || datum::symbol(walk, target.as_ref()).into_owned(),
                    |list| datum::head(walk, list).into_owned(),
                );
                link(walk, &format!("{STRUCT}{name}"), None, None);
            }
            "rename-out" => {
                for pair in data.get(1..).unwrap_or_default() {
                    let pair = datum::data(*pair);
                    let name = datum::symbol(walk, pair.first()).into_owned();
                    let alias = datum::symbol(walk, pair.get(1)).into_owned();
                    link(walk, &name, Some(alias), None);
                }
            }
            "rename" if contract => contracted(walk, &data, 2),
            "prefix-out" => {
                let prefix = datum::symbol(walk, data.get(1)).into_owned();
                if let Some(inner) = data.get(2).filter(|node| !datum::is_list(**node)) {
                    let name = walk.text(*inner).into_owned();
                    let alias = format!("{prefix}{name}");
                    link(walk, &name, Some(alias), None);
                }
            }
            "all-from-out" => {
                for module in data.get(1..).unwrap_or_default() {
                    let from = datum::text(walk, *module);
                    link(walk, super::super::exports::ALL, None, Some(from));
                }
            }
            "contract-out" | "recontract-out" if depth < MAX_DEPTH => {
                push(&mut todo, spec, depth + 1, head == "contract-out");
            }
            // `for-syntax` and `for-label` provide to other phases.
            "except-out" if depth < MAX_DEPTH => {
                todo.extend(data.get(1).map(|spec| (*spec, depth + 1, false)));
            }
            "combine-out" | "protect-out" | "for-syntax" | "for-space" | "protect"
            | "all-defined-except" | "combine-in" | "spec"
                if depth < MAX_DEPTH =>
            {
                push(&mut todo, spec, depth + 1, false);
            }
            _ => {}
        }
    }
}

fn push<'t>(todo: &mut Vec<(Node<'t>, usize, bool)>, list: Node<'t>, depth: usize, contract: bool) {
    let specs = datum::data(list).into_iter().skip(1);
    todo.extend(specs.map(|spec| (spec, depth, contract)));
}

/// `[name contract]`, or `(rename inside name contract)`.
fn contracted(walk: &mut Walk<'_>, data: &[Node<'_>], at: usize) {
    let name = datum::symbol(walk, data.get(at.saturating_sub(1))).into_owned();
    let alias = (at > 0).then(|| datum::symbol(walk, data.get(at)).into_owned());
    let contract = data.get(at + 1).map(|node| datum::text(walk, *node));
    let contract = contract.filter(|text| text.len() < 600);
    if let Some(contract) = contract {
        link(walk, &name, None, Some(format!("{CONTRACT}{contract}")));
    }
    link(walk, &name, alias, None);
}

pub(super) fn link(walk: &mut Walk<'_>, name: &str, alias: Option<String>, from: Option<String>) {
    if name.is_empty() {
        return;
    }
    let scope = walk.scope().path.clone();
    walk.link(Link {
        kind: LinkKind::Export,
        scope,
        from,
        name: name.to_owned(),
        alias,
        visibility: Visibility::Public,
    });
}
