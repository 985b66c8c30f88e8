//! Text of one language in a file of another.

#![cfg(feature = "all")]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use package_api::{FileOutline, into_snippets};
use registry_types::outline::Outline;
use registry_types::{ParseFailureKind, Snippet, Visibility};
use universal_parser::{Language, Options, outline_text};

fn outline(path: &str, text: &str) -> Outline {
    outline_text(path, "p", text.as_bytes(), &Options::default()).unwrap()
}

fn snippets(path: &str, text: &str) -> Vec<Snippet> {
    let outline = outline(path, text);
    let path = path.to_owned();
    into_snippets(FileOutline { path, outline }, text.as_bytes())
}

fn find(snippets: &[Snippet], name: &str) -> Snippet {
    let found = snippets.iter().find(|snippet| snippet.name == name);
    found.unwrap().clone()
}

#[test]
fn snippets_carry_their_own_language_and_place() {
    let text =
        "<template/>\r\n<script lang=\"ts\">\r\nexport function draw(): void {}\r\n</script>\r\n";
    let all = snippets("src/Grid.vue", text);
    assert_eq!(find(&all, "Grid").language, "vue");
    let draw = find(&all, "draw");
    assert_eq!(draw.language, "typescript");
    assert_eq!((draw.start_line, draw.end_line), (3, 3));
    assert_eq!(draw.source, "export function draw(): void {}");
    assert_eq!(draw.visibility, Visibility::Public);
}

#[test]
fn scripts_in_html_in_markdown_are_read() {
    let text = "# A\n\n<div>\n<script>\nexport function f() {}\n</script>\n</div>\n";
    let f = find(&snippets("a.md", text), "f");
    assert_eq!((f.language.as_str(), f.start_line), ("javascript", 5));
}

#[test]
fn examples_are_internal_whatever_they_export() {
    let text = "# A\n\n```ts\nexport class B {}\nconst C = 1;\nexport { C };\n```\n";
    for snippet in snippets("a.md", text).iter().skip(1) {
        assert_eq!(snippet.visibility, Visibility::Internal, "{snippet:?}");
    }
}

#[test]
fn what_kills_a_grammar_does_so_in_no_fence() {
    // An astral character in bash; a long heredoc name in Ruby; deep indentation in YAML.
    let yaml = (0..300).fold(String::new(), |mut text, level| {
        let _ = writeln!(text, "{}a:", " ".repeat(level));
        text
    });
    let ruby = format!("<<~\"{}\"\n", "a".repeat(300));
    for (label, code) in [
        ("bash", "{\u{68000}".to_owned()),
        ("ruby", ruby),
        ("yaml", yaml),
    ] {
        let text = format!("# A\n\n```{label}\n{code}\n```\n\n# B\n");
        let names: Vec<_> = snippets("a.md", &text)
            .into_iter()
            .map(|s| s.name)
            .collect();
        assert_eq!(names, ["A", "B"], "{label}");
    }
}

#[test]
fn many_texts_take_no_endless_time() {
    let text = "# A\n\n```rust\nfn a() {}\n```\n\n```js\nfunction b() {}\n```\n".repeat(5_000);
    let start = Instant::now();
    let outline = outline("a.md", &text);
    assert!(outline.truncated);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn data_is_parsed_only_where_asked_for() {
    let text = b"{\"a\": 1}";
    let refused = outline_text("a.json", "p", text, &Options::default()).unwrap_err();
    assert_eq!(refused.kind, ParseFailureKind::UnknownLanguage);
    let all = Options {
        data_files: true,
        ..Options::default()
    };
    assert_eq!(
        outline_text("a.json", "p", text, &all).unwrap().items.len(),
        1
    );
    let chosen = Options {
        language: Language::by_name("json"),
        ..Options::default()
    };
    assert_eq!(
        outline_text("a", "p", text, &chosen).unwrap().items.len(),
        1
    );
}
