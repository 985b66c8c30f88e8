/// Words that say nothing about a package. Sorted.
const STOP_WORDS: [&str; 40] = [
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do",
    "for", "from", "has", "have", "how", "if", "in", "into", "is", "it", "its", "of", "on", "or",
    "our", "so", "that", "the", "their", "this", "to", "was", "which", "with", "you", "your",
];

const LONGEST_STOP_WORD: usize = 5;

/// Names that are made of signs, and the words they are found under.
const SIGNS: [(&str, &str); 5] = [
    ("c++", "cpp"),
    ("c#", "csharp"),
    ("f#", "fsharp"),
    (".net", "dotnet"),
    ("node.js", "nodejs"),
];

/// Whether `word` (lower case) is left out of prose.
pub(crate) fn is_stop_word(word: &str) -> bool {
    word.len() <= LONGEST_STOP_WORD && STOP_WORDS.binary_search(&word).is_ok()
}

/// The word for a name made of signs at the start of `text`, and how long that name is.
pub(crate) fn sign_name(text: &str) -> Option<(&'static str, usize)> {
    SIGNS.iter().find_map(|(name, word)| {
        let start = text.get(..name.len())?;
        let whole = !text
            .get(name.len()..)?
            .starts_with(|c: char| c.is_alphanumeric());
        (whole && start.eq_ignore_ascii_case(name)).then_some((*word, name.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(STOP_WORDS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| is_stop_word(word)));
    }

    #[test]
    fn names_made_of_signs_are_whole_names() {
        assert_eq!(sign_name("C++ bindings"), Some(("cpp", 3)));
        assert_eq!(sign_name(".net"), Some(("dotnet", 4)));
        assert_eq!(sign_name(".network"), None);
        assert_eq!(sign_name("c"), None);
        assert_eq!(sign_name("é++"), None);
    }
}
