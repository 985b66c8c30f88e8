//! Functions whose statement the grammar could not read: their heads stand as loose words in an
//! error, which is enough for a name and parameters.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::reference;
use crate::define::Def;
use crate::rules::Step;
use crate::signature::fold;
use crate::walk::Walk;

/// Set in the walk's state after `FUNCTION`; the other bits are where `CREATE` stood.
const FUNCTION: u32 = 1 << 31;
/// Longest head looked at.
const MAX_HEAD: usize = 4096;

/// `CREATE`, `OR`, `REPLACE`, `FUNCTION`: what follows them decides.
pub(super) fn word(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    match node.kind() {
        "keyword_create" => {
            walk.state = u32::try_from(node.start_byte()).map_or(0, |at| at & !FUNCTION);
        }
        "keyword_function" => walk.state |= FUNCTION,
        _ => {}
    }
    Step::Lead
}

/// A name, of a function when those words stood before it.
pub(super) fn name(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let state = std::mem::take(&mut walk.state);
    let start = (state & !FUNCTION) as usize;
    if state & FUNCTION == 0 || start > node.start_byte() {
        return Step::Skip;
    }
    let head = walk.source.get(start..).unwrap_or_default();
    let head = head.get(..MAX_HEAD).unwrap_or(head);
    let Some(length) = parameters(head, node.end_byte() - start) else {
        return Step::Skip;
    };
    let path = reference(walk, node);
    let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
    let signature = fold(&String::from_utf8_lossy(head.get(..length).unwrap_or(head)));
    let def = Def::new(SnippetKind::Function, name, node)
        .qualified(path)
        .signature(signature);
    walk.define(def);
    Step::Skip
}

/// Where the brackets that open right after `from` end.
fn parameters(head: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in head.iter().enumerate().skip(from) {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.checked_sub(1)?,
            _ if depth == 0 && !byte.is_ascii_whitespace() => return None,
            _ => {}
        }
        if *byte == b')' && depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn heads_end_with_their_brackets() {
        assert_eq!(parameters(b"f(a int(1)) as", 1), Some(11));
        assert_eq!(parameters(b"f as", 1), None);
        assert_eq!(parameters(b"f(", 1), None);
        assert_eq!(parameters(b"f)", 1), None);
    }
}
