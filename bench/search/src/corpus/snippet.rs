use registry_types::{Ecosystem, Snippet, SnippetKind, Visibility};

use super::{Corpus, Random};

impl Corpus {
    /// A snippet with a signature, a doc comment of 14 words and about 400 bytes of source.
    pub(super) fn snippet(
        &self,
        random: &mut Random,
        ecosystem: Ecosystem,
        topic: usize,
        n: u64,
    ) -> Snippet {
        let kind = SnippetKind::ALL[random.below(SnippetKind::ALL.len() as u64) as usize];
        let verb = self.words.topical(random).to_owned();
        let name = format!("{verb}_{}", self.words.of_topic(random, topic));
        let argument = self.words.of_topic(random, topic).to_owned();
        let other = self.words.topical(random).to_owned();
        let module = self.words.topical(random).to_owned();
        let (language, signature, path) = match ecosystem {
            Ecosystem::Npm => (
                "typescript",
                format!(
                    "export function {name}({argument}: string, {other}?: number): Promise<{verb}>"
                ),
                format!("src/{module}.ts"),
            ),
            Ecosystem::Cargo => (
                "rust",
                format!("pub fn {name}({argument}: &str, {other}: usize) -> Result<Self>"),
                format!("src/{module}.rs"),
            ),
            Ecosystem::Hex => (
                "elixir",
                format!("def {name}({argument}, {other} \\\\ [])"),
                format!("lib/{module}.ex"),
            ),
            Ecosystem::Pypi => (
                "python",
                format!("def {name}({argument}: str, {other}: int = 0) -> {verb}"),
                format!("src/{module}.py"),
            ),
            Ecosystem::Github => (
                "go",
                format!("func {name}({argument} string, {other} int) ({verb}, error)"),
                format!("pkg/{module}.go"),
            ),
        };
        let mut source = format!("{signature} {{\n");
        while source.len() < 300 + (random.below(200) as usize) {
            source.push_str(&format!(
                "    let {} = {argument}.{}({}, {other});\n",
                self.words.of_topic(random, topic),
                self.words.topical(random),
                random.below(1000)
            ));
        }
        source.push_str("}\n");
        let line = 20 * n as u32 + 1;
        Snippet {
            language: language.into(),
            kind,
            qualified_name: format!("{module}::{name}"),
            signature,
            name,
            doc: Some(self.words.sentence(random, topic, 14)),
            visibility: if random.below(5) == 0 {
                Visibility::Internal
            } else {
                Visibility::Public
            },
            aliases: Vec::new(),
            condition: None,
            deprecated: false,
            open: false,
            path,
            start_line: line,
            end_line: line + source.lines().count() as u32 - 1,
            source,
        }
    }
}
