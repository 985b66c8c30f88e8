//! Keys of the tables, and the codes in them that must never change.

use registry_types::{Ecosystem, Error, Result, normalize_name};

/// The letter and number of an ecosystem in keys and in the index.
pub(crate) const fn letter(ecosystem: Ecosystem) -> char {
    match ecosystem {
        Ecosystem::Npm => 'n',
        Ecosystem::Cargo => 'c',
        Ecosystem::Hex => 'h',
        Ecosystem::Pypi => 'p',
        Ecosystem::Github => 'g',
    }
}

/// [`letter`] as text.
pub(crate) const fn letter_text(ecosystem: Ecosystem) -> &'static str {
    match ecosystem {
        Ecosystem::Npm => "n",
        Ecosystem::Cargo => "c",
        Ecosystem::Hex => "h",
        Ecosystem::Pypi => "p",
        Ecosystem::Github => "g",
    }
}

/// The place of an advisory among those of its package: names of feeds hold no slash.
pub(crate) fn advisory_row(source: &str, id: &str) -> String {
    format!("{source}/{id}")
}

/// The feed of such a place.
pub(crate) fn source_of(row: &str) -> &str {
    row.split_once('/').map_or(row, |(source, _)| source)
}

/// The number of an ecosystem in the index: the order of its documents.
pub(crate) const fn code(ecosystem: Ecosystem) -> u64 {
    match ecosystem {
        Ecosystem::Npm => 0,
        Ecosystem::Cargo => 1,
        Ecosystem::Hex => 2,
        Ecosystem::Pypi => 3,
        Ecosystem::Github => 4,
    }
}

/// The ecosystem of a key.
pub(crate) fn ecosystem_of(key: &str) -> Option<Ecosystem> {
    let first = key.chars().next()?;
    Ecosystem::ALL.into_iter().find(|e| letter(*e) == first)
}

/// `"c:async-std"`: the key of a package under any spelling of its name.
pub(crate) fn package_key(ecosystem: Ecosystem, name: &str) -> String {
    format!("{}:{}", letter(ecosystem), normalize_name(ecosystem, name))
}

/// The first key after all keys that start with `prefix`, which ends in an ASCII character.
pub(crate) fn after_prefix(prefix: &str) -> String {
    let mut end = prefix.to_owned();
    if let Some(last) = end.pop() {
        end.push(char::from_u32(u32::from(last) + 1).unwrap_or(char::MAX));
    }
    end
}

/// The rows of one package in tables whose keys begin with its key.
pub(crate) struct KeyRange<'k> {
    start: &'k str,
    end: String,
}

impl<'k> KeyRange<'k> {
    pub(crate) fn of(key: &'k str) -> Self {
        Self {
            start: key,
            // The first key after it.
            end: format!("{key}\0"),
        }
    }

    /// Where the rest of the key is a number.
    pub(crate) fn ids(&self) -> std::ops::Range<(&str, u32)> {
        (self.start, 0)..(self.end.as_str(), 0)
    }

    /// Where the rest of the key is a text.
    pub(crate) fn texts(&self) -> std::ops::Range<(&str, &str)> {
        (self.start, "")..(self.end.as_str(), "")
    }
}

/// Snippets and documents of a release are numbered within it.
const ORDINAL_BITS: u32 = 24;
/// More than so many snippets or documents of one release cannot be numbered.
pub(crate) const MAX_ORDINAL: u64 = (1 << ORDINAL_BITS) - 1;

/// The key of snippet or document `ordinal` of `release`.
pub(crate) const fn member(release: u32, ordinal: u64) -> u64 {
    ((release as u64) << ORDINAL_BITS) | (ordinal & MAX_ORDINAL)
}

/// The release and the ordinal of a key.
pub(crate) const fn split_member(key: u64) -> (u32, u64) {
    ((key >> ORDINAL_BITS) as u32, key & MAX_ORDINAL)
}

/// Refuses a release with more members than can be numbered.
pub(crate) fn check_count(what: &'static str, count: usize, limit: usize) -> Result<()> {
    let most = limit.min(usize::try_from(MAX_ORDINAL).unwrap_or(usize::MAX));
    if count > most {
        return Err(Error::limit(
            what,
            format!("a release of {count} {what}: at most {most} are stored"),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_package_share_a_key() {
        let key = |name| package_key(Ecosystem::Cargo, name);
        assert_eq!(key("Async_Std"), key("async-std"));
        assert_eq!(package_key(Ecosystem::Pypi, "Flask.Login"), "p:flask-login");
        assert_ne!(
            package_key(Ecosystem::Npm, "JSONStream"),
            package_key(Ecosystem::Npm, "jsonstream")
        );
        assert_eq!(package_key(Ecosystem::Npm, "@types/node"), "n:@types/node");
    }

    #[test]
    fn letters_and_texts_are_the_same() {
        for ecosystem in Ecosystem::ALL {
            assert_eq!(letter(ecosystem).to_string(), letter_text(ecosystem));
        }
        assert_eq!(source_of(&advisory_row("osv", "A/1")), "osv");
    }

    #[test]
    fn members_sort_by_release_then_ordinal() {
        assert!(member(1, MAX_ORDINAL) < member(2, 0));
        assert_eq!(split_member(member(u32::MAX, 77)), (u32::MAX, 77));
    }

    #[test]
    fn the_end_of_a_prefix_is_behind_all_its_keys() {
        assert!(after_prefix("c:").as_str() > "c:\u{10ffff}");
        assert!(after_prefix("c:").as_str() < "d:");
    }
}
