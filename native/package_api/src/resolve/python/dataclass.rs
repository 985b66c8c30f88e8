//! The parameters that a dataclass takes over from the dataclasses it derives from.

use std::collections::{HashMap, HashSet};

use registry_types::SnippetKind;
use registry_types::outline::Marks;

use super::modules::{Modules, is_python};
use super::names::Place;
use super::parameters::{name, split};
use crate::resolve::FileOutline;

/// Bases of one class, classes above one class.
const MAX_BASES: usize = 32;
/// Parameters of all classes above one class together.
const MAX_PARAMETERS: usize = 2000;
/// Longest signature made, in bytes.
const MAX_SIGNATURE: usize = 8 * 1024;

/// Adds the fields of base classes to the `__init__` of each dataclass.
pub(super) fn inherit(files: &mut [FileOutline]) {
    let inits = inits(files);
    if inits.is_empty() {
        return;
    }
    let mut changed = Vec::new();
    {
        let modules = Modules::new(files);
        for (class, init) in &inits {
            let mut all = Vec::new();
            ancestors(files, &modules, *class, &mut all);
            let made = all.iter().rev().filter_map(|base| inits.get(base));
            let signatures: Vec<&str> = made
                .chain([init])
                .filter_map(|init| signature(files, *init))
                .collect();
            if signatures.len() > 1 {
                changed.extend(joined(&signatures).map(|text| (*init, text)));
            }
        }
    }
    for ((file, item), text) in changed {
        let item = files
            .get_mut(file)
            .and_then(|file| file.outline.items.get_mut(item as usize));
        if let Some(item) = item {
            item.signature = text;
        }
    }
}

/// The generated `__init__` of each class.
fn inits(files: &[FileOutline]) -> HashMap<Place, Place> {
    let mut inits = HashMap::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| is_python(file)) {
        for (here, item) in (0u32..).zip(&file.outline.items) {
            if let Some(class) = item.parent
                && item.marks.has(Marks::GENERATED)
                && item.name == "__init__"
            {
                inits.insert((index, class), (index, here));
            }
        }
    }
    inits
}

fn signature(files: &[FileOutline], (file, item): Place) -> Option<&str> {
    let item = files.get(file)?.outline.items.get(item as usize)?;
    Some(&item.signature)
}

/// The classes above `class`, the nearest first.
fn ancestors(files: &[FileOutline], modules: &Modules<'_>, class: Place, all: &mut Vec<Place>) {
    let mut seen = HashSet::from([class]);
    let mut open = vec![class];
    while let Some((file, class)) = open.pop() {
        let item = files
            .get(file)
            .and_then(|file| file.outline.items.get(class as usize));
        let Some(item) = item.filter(|item| item.kind == SnippetKind::Class) else {
            continue;
        };
        let Some((_, bases, _)) = split(&item.signature) else {
            continue;
        };
        let mut found = Vec::new();
        for base in bases.into_iter().take(MAX_BASES) {
            let base = base.split('[').next().unwrap_or(base);
            if let Some(place) = modules.look_up(file, base)
                && seen.len() < MAX_BASES
                && seen.insert(place)
            {
                all.push(place);
                found.push(place);
            }
        }
        open.extend(found.into_iter().rev());
    }
}

/// One `__init__` of several: a later field of a name takes the place of an earlier one.
fn joined(signatures: &[&str]) -> Option<String> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    // Each with whether it stands after the star.
    let mut all: Vec<(&str, bool)> = Vec::new();
    let mut left = MAX_PARAMETERS;
    for signature in signatures {
        let (_, parameters, _) = split(signature)?;
        left = left.checked_sub(parameters.len())?;
        let mut after_star = false;
        for parameter in parameters.into_iter().skip(1) {
            if parameter == "*" {
                after_star = true;
                continue;
            }
            let place = *places.entry(name(parameter)).or_insert(all.len());
            match all.get_mut(place) {
                Some(known) => *known = (parameter, after_star),
                None => all.push((parameter, after_star)),
            }
        }
    }
    let of = |keyword: bool| all.iter().filter(move |(_, after)| *after == keyword);
    let star = of(true).next().map(|_| "*");
    let plain = of(false).map(|(parameter, _)| *parameter);
    let keyword = of(true).map(|(parameter, _)| *parameter);
    let mut text = "def __init__(self".to_owned();
    for parameter in plain.chain(star).chain(keyword) {
        text.push_str(", ");
        text.push_str(parameter);
        if text.len() > MAX_SIGNATURE {
            return None;
        }
    }
    text.push_str(") -> None");
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn fields_of_bases_come_first_and_keywords_last() {
        let base = "def __init__(self, a: int, b: str = 'x', *, k: int = 0) -> None";
        let own = "def __init__(self, b: bytes, c: int) -> None";
        assert_eq!(
            joined(&[base, own]).as_deref(),
            Some("def __init__(self, a: int, b: bytes, c: int, *, k: int = 0) -> None")
        );
    }
}
