use registry_types::Package;

/// What is now known of a package, given what was known: the registry's present word, but figures
/// that could not be had this time keep their earlier value.
pub(crate) fn merge(new: &Package, old: Option<Package>) -> Package {
    let mut package = new.clone();
    let Some(old) = old else {
        return package;
    };
    let earlier = |now: &mut Option<u64>, before| *now = now.or(before);
    earlier(&mut package.downloads.total, old.downloads.total);
    earlier(&mut package.downloads.recent, old.downloads.recent);
    earlier(&mut package.stars, old.stars);
    earlier(&mut package.dependents_count, old.dependents_count);
    package.quality = package.quality.or(old.quality);
    package.created_at = package.created_at.or(old.created_at);
    package.updated_at = package.updated_at.or(old.updated_at);
    package.collected_at = package.collected_at.max(old.collected_at);
    if package.frameworks.is_empty() {
        package.frameworks = old.frameworks;
    }
    if package.owners.is_empty() {
        package.owners = old.owners;
    }
    if package.versions.is_empty() {
        package.versions = old.versions;
        package.latest_version = package.latest_version.or(old.latest_version);
        package.latest_stable_version = package.latest_stable_version.or(old.latest_stable_version);
    }
    package
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::{Ecosystem, Owner};

    #[test]
    fn figures_stay_known_and_words_are_replaced() {
        let mut old = Package::new(Ecosystem::Hex, "plug");
        old.downloads.recent = Some(5);
        old.stars = Some(7);
        old.description = Some("old".into());
        old.owners = vec![Owner {
            name: "jose".into(),
            email: None,
        }];
        let mut new = Package::new(Ecosystem::Hex, "plug");
        new.stars = Some(8);
        let merged = merge(&new, Some(old.clone()));
        assert_eq!(merged.downloads.recent, Some(5));
        assert_eq!(merged.stars, Some(8));
        assert_eq!(merged.description, None);
        assert_eq!(merged.owners, old.owners);
        assert_eq!(merge(&new, None), new);
    }
}
