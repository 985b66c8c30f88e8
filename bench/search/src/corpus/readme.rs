use registry_types::{Ecosystem, Package};

use super::{Corpus, Random, short};

impl Corpus {
    /// A README of 2 kB on average: what it says, and what all of them say.
    pub(super) fn readme(&self, random: &mut Random, package: &Package, topic: usize) -> String {
        let name = package.name.as_str();
        let repository = package.repository.as_deref().unwrap_or_default();
        let mut text = format!("# {name}\n\n");
        if random.below(2) == 0 {
            text.push_str(&format!(
                "[![CI]({repository}/actions/workflows/ci.yml/badge.svg)]({repository}/actions)\n\n"
            ));
        }
        let words = random.log_normal(4.8, 0.8).clamp(10, 3000) as usize;
        self.prose(random, package.ecosystem, topic, words, &mut text);
        if random.below(4) > 0 {
            let line = match package.ecosystem {
                Ecosystem::Npm => format!("npm install {name}"),
                Ecosystem::Cargo => format!("cargo add {name}"),
                Ecosystem::Hex => format!("{{:{name}, \"~> 1.0\"}}"),
                Ecosystem::Pypi => format!("pip install {name}"),
                Ecosystem::Github => format!("git clone {repository}.git"),
            };
            text.push_str(&format!(
                "## Installation\n\n```sh\n{line}\n```\n\n## Usage\n\n```\n"
            ));
            for _ in 0..1 + random.below(8) {
                text.push_str(&format!(
                    "{}.{}({}, {})\n",
                    short(name).replace('-', "_"),
                    self.words.topical(random),
                    self.words.of_topic(random, topic),
                    random.below(100)
                ));
            }
            text.push_str("```\n\n");
        }
        let words = random.log_normal(4.2, 0.9).clamp(0, 2000) as usize;
        self.prose(random, package.ecosystem, topic, words, &mut text);
        if random.below(3) > 0 {
            text.push_str(
                "## Contributing\n\nIssues and pull requests are welcome.\n\n## License\n\n",
            );
            text.push_str(package.license.as_deref().unwrap_or_default());
            text.push('\n');
        }
        text
    }

    /// Sentences; one in a dozen mentions another package.
    fn prose(
        &self,
        random: &mut Random,
        ecosystem: Ecosystem,
        topic: usize,
        words: usize,
        text: &mut String,
    ) {
        let mut written = 0;
        while written < words {
            let count = 6 + random.below(20) as usize;
            text.push_str(&self.words.sentence(random, topic, count));
            if random.below(12) == 0 {
                text.push_str(&format!(" like `{}`", self.popular(random, ecosystem)));
            }
            text.push_str(if random.below(4) == 0 { ".\n\n" } else { ". " });
            written += count;
        }
        text.push_str("\n\n");
    }
}
