//! What the grammar of TypeScript cannot read: arguments of imported types.

use std::borrow::Cow;

/// Longest specifier.
const MAX_SPECIFIER: usize = 512;

/// Without `import("…").` where type arguments follow: `import("./a").B<C>` reads as `B<C>`. The same
/// length, so that all places stay.
pub(super) fn imported_types(source: &[u8]) -> Cow<'_, [u8]> {
    const IMPORT: &[u8] = b"import(";
    let mut masked: Option<Vec<u8>> = None;
    for at in memchr::memmem::find_iter(source, IMPORT) {
        let after = at + IMPORT.len();
        let Some(length) = source.get(after..).and_then(hidden) else {
            continue;
        };
        let copy = masked.get_or_insert_with(|| source.to_vec());
        if let Some(hidden) = copy.get_mut(at..after + length) {
            hidden.fill(b' ');
        }
    }
    masked.map_or(Cow::Borrowed(source), Cow::Owned)
}

/// The length of `"…").`, when a name with type arguments comes next.
fn hidden(text: &[u8]) -> Option<usize> {
    let quote = *text.first().filter(|b| matches!(b, b'"' | b'\''))?;
    let specifier = text.get(1..)?;
    let specifier = specifier.get(..MAX_SPECIFIER).unwrap_or(specifier);
    let end = memchr::memchr2(quote, b'\n', specifier)?;
    let after = text.get(1 + end..)?.strip_prefix(&[quote, b')', b'.'])?;
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'.');
    let name = after
        .iter()
        .take(MAX_SPECIFIER)
        .take_while(|b| is_name(b))
        .count();
    (name > 0 && after.get(name) == Some(&b'<')).then_some(1 + end + 3)
}

#[cfg(test)]
mod tests {
    use super::imported_types;

    #[test]
    fn only_what_has_arguments() {
        let text = b"a: import(\"./b\").B<C>; d: import('e').F; await import(g)";
        let masked = imported_types(text);
        assert_eq!(
            masked.as_ref(),
            b"a:               B<C>; d: import('e').F; await import(g)"
        );
        for text in [
            "import(",
            "import(\"",
            "import(\"a",
            "import('a').",
            "import('a').b",
        ] {
            assert_eq!(imported_types(text.as_bytes()).as_ref(), text.as_bytes());
        }
    }
}
