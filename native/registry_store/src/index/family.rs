//! Near duplicates and forks: packages that share their description, or their repository.

use registry_types::Package;
use xxhash_rust::xxh3::xxh3_64;

/// Shorter descriptions are alike by chance.
const SHORTEST: usize = 20;

/// Two numbers, one of the description and one of the repository, 0 where there is none.
#[expect(clippy::cast_possible_truncation, reason = "half of a hash")]
pub(crate) fn family(package: &Package) -> u64 {
    let text = package.description.as_deref().unwrap_or_default();
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let half = |text: &str| u64::from(xxh3_64(text.to_lowercase().as_bytes()) as u32 | 1);
    let description = if letters.len() < SHORTEST {
        0
    } else {
        half(&letters)
    };
    let repository = package.repository.as_deref().map_or(0, |address| {
        half(address.trim_end_matches('/').trim_end_matches(".git"))
    });
    (description << 32) | repository
}

/// The description's number.
pub(crate) const fn description(family: u64) -> u64 {
    family >> 32
}

/// The repository's number.
pub(crate) const fn repository(family: u64) -> u64 {
    family & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::Ecosystem;

    fn of(description: &str, repository: Option<&str>) -> u64 {
        let mut package = Package::new(Ecosystem::Npm, "x");
        package.description = Some(description.into());
        package.repository = repository.map(Into::into);
        family(&package)
    }

    #[test]
    fn the_same_words_are_one_family() {
        let one = of("Promise based HTTP client.", Some("https://h.example/a/b"));
        let fork = of("promise-based http client", Some("https://h.example/c/b/"));
        assert_eq!(description(one), description(fork));
        assert_ne!(repository(one), repository(fork));
        assert_eq!(
            repository(one),
            repository(of("", Some("https://h.example/a/b.git")))
        );
        assert_eq!(of("A library", None), 0);
    }
}
