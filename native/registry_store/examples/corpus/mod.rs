//! Packages made up by rule: the same number gives the same package on every machine. Words follow
//! Zipf's law, sizes those of real registries: about 2 kB of README, 12 words of description, a few
//! keywords, log-normal downloads, five ecosystems.
//!
//! Uses nothing but the standard library and `registry_types`, so that every bench can include it:
//! `#[path = "…/examples/corpus/mod.rs"] mod corpus;`

mod random;
mod words;

use registry_store::Bundle;
use registry_types::{
    Dependency, DependencyKind, Document, DocumentFormat, DocumentKind, Ecosystem, Package,
    Release, Snippet, SnippetKind, Timestamp, VersionEntry, Visibility,
};

pub use random::Random;
pub use words::Words;

/// A made-up registry.
pub struct Corpus {
    words: Words,
    /// Snippets of each package, on average.
    pub snippets: usize,
}

impl Corpus {
    /// `vocabulary`: how many different words there are (real stores of 100 000 packages: 300 000).
    pub fn new(vocabulary: usize, snippets: usize) -> Self {
        Self {
            words: Words::new(vocabulary),
            snippets,
        }
    }

    pub fn words(&self) -> &Words {
        &self.words
    }

    pub fn ecosystem(&self, number: u64) -> Ecosystem {
        let all = Ecosystem::ALL;
        all[Random::new(number).below(all.len() as u64) as usize]
    }

    /// The name of package `number`: one to three words; the number makes it unique.
    pub fn name(&self, number: u64) -> String {
        let mut random = Random::new(number);
        random.below(5);
        let separator = ["-", "_", "", "-"][random.below(4) as usize];
        let count = 1 + random.below(3);
        let mut parts: Vec<&str> = Vec::new();
        for _ in 0..count {
            parts.push(self.words.topical(&mut random));
        }
        let name = parts.join(separator);
        let name = if number.is_multiple_of(3) {
            name
        } else {
            format!("{name}{separator}{}", self.words.rare(&mut random))
        };
        // Topical names alone would soon be taken.
        let unique = format!("{name}-{}", base36(number));
        match self.ecosystem(number) {
            Ecosystem::Github => format!("{}/{unique}", self.words.rare(&mut random)),
            Ecosystem::Hex => unique.replace('-', "_"),
            Ecosystem::Npm if number.is_multiple_of(7) => {
                format!("@{}/{unique}", self.words.topical(&mut random))
            }
            _ => unique,
        }
    }

    /// Everything of package `number`.
    pub fn bundle(&self, number: u64) -> Bundle {
        let mut random = Random::new(number ^ 0x9e37_79b9_7f4a_7c15);
        let ecosystem = self.ecosystem(number);
        let name = self.name(number);
        let topic = self.words.topic(&mut random);
        let mut package = Package::new(ecosystem, name.clone());
        package.description = Some(self.words.sentence(&mut random, topic, 12));
        let keywords = 2 + random.below(6);
        for _ in 0..keywords {
            let word = self.words.of_topic(&mut random, topic).to_owned();
            if !package.keywords.contains(&word) {
                package.keywords.push(word);
            }
        }
        package.license = Some("MIT".into());
        package.repository = Some(format!("https://example.invalid/{name}"));
        package.downloads.recent = Some(random.log_normal(5.0, 3.0));
        package.downloads.total = package.downloads.recent.map(|n| n.saturating_mul(9));
        package.dependents_count = Some(random.log_normal(0.5, 2.0));
        if random.below(40) == 0 {
            package.deprecated = Some("no longer maintained".into());
        }
        let start = 1_400_000_000 + random.below(300_000_000) as i64;
        let count = 1 + random.log_normal(1.5, 1.0).min(200);
        for n in (0..count).rev() {
            package.versions.push(VersionEntry {
                version: format!("{}.{}.{}", n / 20, n / 4 % 5, n % 4),
                published_at: Some(Timestamp::from_seconds(start + n as i64 * 2_000_000)),
                yanked: false,
                deprecated: None,
                retired: None,
                prerelease: false,
            });
        }
        package.versions.dedup_by(|a, b| a.version == b.version);
        let version = package.versions[0].version.clone();
        package.latest_version = Some(version.clone());
        package.latest_stable_version = Some(version.clone());
        let mut release = Release::new(ecosystem, name.clone(), version);
        for _ in 0..random.below(8) {
            release.dependencies.push(Dependency {
                name: self.name(random.below(number.max(1))),
                requirement: "^1.0".into(),
                kind: DependencyKind::Runtime,
                optional: false,
                target: None,
                rename: None,
            });
        }
        let mut bundle = Bundle::new(package, release);
        let words = random.log_normal(5.4, 0.8).clamp(20, 4000) as usize;
        bundle.documents.push(Document {
            kind: DocumentKind::Readme,
            format: DocumentFormat::Markdown,
            path: "README.md".into(),
            title: Some(name.clone()),
            text: self.readme(&mut random, &name, topic, words),
        });
        let count = if self.snippets == 0 {
            0
        } else {
            random.below(2 * self.snippets as u64 + 1)
        };
        for n in 0..count {
            bundle.snippets.push(self.snippet(&mut random, topic, n));
        }
        bundle
    }

    fn readme(&self, random: &mut Random, name: &str, topic: usize, words: usize) -> String {
        let mut text = format!("# {name}\n\n");
        let mut written = 0;
        while written < words {
            let count = 6 + random.below(20) as usize;
            text.push_str(&self.words.sentence(random, topic, count));
            text.push_str(if random.below(4) == 0 { ".\n\n" } else { ". " });
            written += count;
        }
        text
    }

    fn snippet(&self, random: &mut Random, topic: usize, n: u64) -> Snippet {
        let kind = SnippetKind::ALL[random.below(12) as usize];
        let verb = self.words.topical(random).to_owned();
        let name = format!("{verb}_{}", self.words.of_topic(random, topic));
        let argument = self.words.of_topic(random, topic).to_owned();
        let signature = format!("pub fn {name}({argument}: &str, count: usize) -> Result<Self>");
        let doc = self.words.sentence(random, topic, 14);
        Snippet {
            language: "rust".into(),
            kind,
            qualified_name: format!("{}::{name}", self.words.topical(random)),
            source: format!(
                "{signature} {{\n    let {argument} = parse({argument})?;\n    \
                 self.{name}_inner({argument}, count)\n}}"
            ),
            signature,
            name,
            doc: Some(doc),
            visibility: if random.below(5) == 0 {
                Visibility::Internal
            } else {
                Visibility::Public
            },
            aliases: Vec::new(),
            condition: None,
            deprecated: false,
            open: false,
            path: format!("src/{argument}.rs"),
            start_line: 10 * n as u32 + 1,
            end_line: 10 * n as u32 + 5,
        }
    }
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
