//! Packages made up by rule: the same number gives the same package on every machine.
//!
//! Words follow Zipf's law; sizes are those of the registries: names of one to three words, 12 words
//! of description, a few keywords, READMEs of 2 kB with the sections and badges all READMEs have,
//! versions, downloads and dependents log-normal, dependencies on and mentions of popular packages,
//! five ecosystems.

mod random;
mod readme;
mod snippet;
mod words;

use registry_store::Bundle;
use registry_types::{
    Dependency, DependencyKind, Document, DocumentFormat, DocumentKind, Ecosystem, Owner, Package,
    Release, Timestamp, VersionEntry,
};

pub use random::Random;
pub use words::Words;

/// A made-up registry.
pub struct Corpus {
    words: Words,
    /// Snippets of each package, on average.
    snippets: usize,
}

/// One package of so many is popular.
const POPULAR_STEP: u64 = 89;
/// So many popular ones are depended on and written about.
const POPULAR: u64 = 2_000;

impl Corpus {
    /// Of so many packages with so many snippets each, on average.
    #[must_use]
    pub fn new(packages: u64, snippets: usize) -> Self {
        // Stores of 100 000 real packages have about 300 000 different words.
        let vocabulary = (10_000 + 3 * packages).min(300_000) as usize;
        Self {
            words: Words::new(vocabulary),
            snippets,
        }
    }

    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The ecosystem of package `number`: about as large as each is beside the others.
    #[must_use]
    pub fn ecosystem(&self, number: u64) -> Ecosystem {
        match Random::new(number).below(20) {
            0..9 => Ecosystem::Npm,
            9..14 => Ecosystem::Pypi,
            14..18 => Ecosystem::Cargo,
            18 => Ecosystem::Hex,
            _ => Ecosystem::Github,
        }
    }

    /// The name of package `number`: one to three words; the number makes it unique.
    #[must_use]
    pub fn name(&self, number: u64) -> String {
        let mut random = Random::new(number);
        let ecosystem = self.ecosystem(number);
        random.next();
        let separator = ["-", "_", "", "-"][random.below(4) as usize];
        let mut parts: Vec<&str> = Vec::new();
        for _ in 0..1 + random.below(3) {
            parts.push(self.words.topical(&mut random));
        }
        if !number.is_multiple_of(3) {
            parts.push(self.words.rare(&mut random));
        }
        // Topical names alone would soon be taken.
        let unique = format!("{}-{}", parts.join(separator), base36(number));
        match ecosystem {
            Ecosystem::Github => format!("{}/{unique}", self.words.rare(&mut random)),
            Ecosystem::Hex => unique.replace('-', "_"),
            Ecosystem::Npm if random.below(4) == 0 => {
                format!("@{}/{unique}", self.words.rare(&mut random))
            }
            _ => unique,
        }
    }

    /// A popular package of this ecosystem, the most popular ones most often.
    fn popular(&self, random: &mut Random, ecosystem: Ecosystem) -> String {
        loop {
            let rank = (random.unit() * (POPULAR as f64).ln()).exp() as u64 - 1;
            let number = rank * POPULAR_STEP;
            if self.ecosystem(number) == ecosystem {
                return self.name(number);
            }
        }
    }

    /// Everything of package `number`.
    #[must_use]
    pub fn bundle(&self, number: u64) -> Bundle {
        let mut random = Random::new(number ^ 0x9e37_79b9_7f4a_7c15);
        let random = &mut random;
        let topic = self.words.topic(random);
        let mut package = self.package(number, topic, random);
        self.versions(&mut package, random);
        let (ecosystem, name) = (package.ecosystem, package.name.clone());
        let version = package.latest_version.clone().unwrap_or_default();
        let mut release = Release::new(ecosystem, name.clone(), version);
        release.description.clone_from(&package.description);
        release.license.clone_from(&package.license);
        release.published_at = package.updated_at;
        release.checksum = Some(format!(
            "sha256:{:016x}{:016x}",
            random.next(),
            random.next()
        ));
        release.size = Some(random.log_normal(9.5, 1.5));
        for _ in 0..random.log_normal(1.0, 0.8).min(40) {
            let dependency = self.popular(random, ecosystem);
            if release.dependencies.iter().all(|d| d.name != dependency) {
                release.dependencies.push(Dependency {
                    name: dependency,
                    requirement: format!("^{}.{}", random.below(5), random.below(20)),
                    kind: match random.below(4) {
                        0 => DependencyKind::Dev,
                        _ => DependencyKind::Runtime,
                    },
                    optional: false,
                    target: None,
                    rename: None,
                });
            }
        }
        let text = self.readme(random, &package, topic);
        let mut bundle = Bundle::new(package, release);
        bundle.release.readme = Some(text.clone());
        bundle.documents.push(Document {
            kind: DocumentKind::Readme,
            format: DocumentFormat::Markdown,
            path: "README.md".into(),
            title: Some(name),
            text,
        });
        for n in 0..random.below(2 * self.snippets as u64 + 1) {
            bundle
                .snippets
                .push(self.snippet(random, ecosystem, topic, n));
        }
        bundle
    }

    fn package(&self, number: u64, topic: usize, random: &mut Random) -> Package {
        let name = self.name(number);
        let mut package = Package::new(self.ecosystem(number), name.clone());
        package.description = Some(self.words.sentence(random, topic, 12));
        for _ in 0..random.below(8) {
            let word = self.words.of_topic(random, topic).to_owned();
            if !package.keywords.contains(&word) {
                package.keywords.push(word);
            }
        }
        let license = [
            "MIT",
            "MIT OR Apache-2.0",
            "Apache-2.0",
            "ISC",
            "BSD-3-Clause",
        ];
        package.license = Some(license[random.below(5) as usize].into());
        let owner = self.words.rare(random).to_owned();
        package.repository = Some(format!("https://github.com/{owner}/{}", short(&name)));
        package.owners.push(Owner {
            name: owner,
            email: None,
        });
        let mut downloads = random.log_normal(5.5, 2.2);
        let mut dependents = random.log_normal(-0.5, 1.2);
        if number.is_multiple_of(POPULAR_STEP) {
            let rank = 1 + number / POPULAR_STEP;
            downloads += 200_000_000 / rank;
            dependents += 20_000 / rank;
        }
        package.downloads.recent = Some(downloads);
        package.downloads.total = Some(downloads.saturating_mul(9));
        package.dependents_count = Some(dependents);
        if random.below(40) == 0 {
            package.deprecated = Some("no longer maintained".into());
        }
        package
    }

    /// A median of 4 versions, now and then hundreds.
    fn versions(&self, package: &mut Package, random: &mut Random) {
        let start = 1_400_000_000 + random.below(300_000_000) as i64;
        let count = 1 + random.log_normal(1.2, 1.25).min(1000);
        let (mut major, mut minor, mut patch) = (0, 1, 0);
        for n in 0..count {
            match random.below(20) {
                0 => (major, minor, patch) = (major + 1, 0, 0),
                1..6 => (minor, patch) = (minor + 1, 0),
                _ => patch += 1,
            }
            let time = start + n as i64 * 2_000_000 + random.below(1_000_000) as i64;
            package.versions.push(VersionEntry {
                version: format!("{major}.{minor}.{patch}"),
                published_at: Some(Timestamp::from_seconds(time)),
                yanked: false,
                deprecated: None,
                retired: None,
                prerelease: false,
            });
        }
        package.versions.reverse();
        let newest = package.versions.first();
        package.latest_version = newest.map(|v| v.version.clone());
        package
            .latest_stable_version
            .clone_from(&package.latest_version);
        package.updated_at = newest.and_then(|v| v.published_at);
        package.created_at = package.versions.last().and_then(|v| v.published_at);
        package.collected_at = Some(Timestamp::from_seconds(1_795_000_000));
    }
}

/// A name without its scope or owner.
#[must_use]
pub fn short(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize] as char);
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}
