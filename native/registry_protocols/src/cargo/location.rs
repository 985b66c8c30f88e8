use registry_types::{Ecosystem, Result, check_name};

/// Where a crate lies in an index: `1/a`, `2/ab`, `3/a/abc`, `ab/cd/abcd`, in lower case.
///
/// ```
/// use registry_protocols::cargo::index_path;
/// assert_eq!(index_path("Tokio")?, "to/ki/tokio");
/// # Ok::<(), registry_types::Error>(())
/// ```
///
/// # Errors
/// `invalid_argument` when `name` is no crate name.
pub fn index_path(name: &str) -> Result<String> {
    check_name(Ecosystem::Cargo, name)?;
    let name = name.to_ascii_lowercase();
    Ok(format!("{}/{name}", prefix(&name)))
}

/// The directory of a checked name, in the case of `name`.
pub(super) fn prefix(name: &str) -> String {
    let part = |from, to| name.get(from..to).unwrap_or_default();
    match name.len() {
        0..=2 => name.len().to_string(),
        3 => format!("3/{}", part(0, 1)),
        _ => format!("{}/{}", part(0, 2), part(2, 4)),
    }
}

/// The spellings of `name` worth asking an index for, `name` itself first: `-` and `_` are the same
/// to a user, but the index only knows the one which the publisher chose. Every one after the first
/// costs a request that may be in vain, so at most 16 are given: all dashes, all underscores, then
/// mixtures with the later separators changed first.
///
/// ```
/// use registry_protocols::cargo::spellings;
/// assert_eq!(spellings("http_body"), ["http_body", "http-body"]);
/// assert_eq!(spellings("tokio"), ["tokio"]);
/// ```
#[must_use]
pub fn spellings(name: &str) -> Vec<String> {
    const MOST: usize = 16;
    let mut all = vec![name.to_owned()];
    let mut add = |text: String| {
        if all.len() < MOST && !all.contains(&text) {
            all.push(text);
        }
    };
    add(name.replace('_', "-"));
    add(name.replace('-', "_"));
    let separators: Vec<usize> = name
        .char_indices()
        .filter(|(_, c)| matches!(c, '-' | '_'))
        .map(|(at, _)| at)
        .collect();
    let bits = separators.len().min(4);
    for mask in 1_usize..1 << bits {
        let flipped = name.char_indices().map(|(at, c)| {
            let bit = separators.iter().rev().position(|s| *s == at);
            match (bit.is_some_and(|bit| bit < bits && mask >> bit & 1 == 1), c) {
                (true, '-') => '_',
                (true, '_') => '-',
                _ => c,
            }
        });
        add(flipped.collect());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_by_length() {
        for (name, path) in [
            ("a", "1/a"),
            ("Ab", "2/ab"),
            ("abc", "3/a/abc"),
            ("abcd", "ab/cd/abcd"),
            ("Serde_JSON", "se/rd/serde_json"),
        ] {
            assert_eq!(index_path(name).unwrap(), path);
        }
        assert!(index_path("../x").is_err());
    }

    #[test]
    fn every_spelling_of_a_name_with_few_separators() {
        let found = spellings("a-b_c-d");
        assert_eq!(found[..3], ["a-b_c-d", "a-b-c-d", "a_b_c_d"]);
        assert_eq!(found.len(), 8);
        let mut sorted = found.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), 8);
        assert_eq!(spellings("a_b_c_d_e_f_g_h").len(), 16);
    }
}
