use registry_types::{DocumentFormat, DocumentKind};

/// Directories whose texts are written for the package's users.
const GUIDE_DIRECTORIES: [&str; 13] = [
    "doc",
    "docs",
    "documentation",
    "guide",
    "guides",
    "book",
    "manual",
    "tutorial",
    "tutorials",
    "pages",
    "livebooks",
    "howto",
    "wiki",
];

/// Directories of which nothing is a document of this package.
const FOREIGN_DIRECTORIES: [&str; 24] = [
    "node_modules",
    "bower_components",
    "vendor",
    "vendored",
    "_vendor",
    "_vendored",
    "third_party",
    "third-party",
    "thirdparty",
    "deps",
    "test",
    "tests",
    "__tests__",
    "spec",
    "specs",
    "testdata",
    "fixture",
    "fixtures",
    "__fixtures__",
    "example",
    "examples",
    "licenses",
    "site-packages",
    "templates",
];

/// Stems of texts that say nothing about the package.
const NOT_ABOUT_IT: [&str; 15] = [
    "license",
    "licence",
    "copying",
    "copyright",
    "unlicense",
    "notice",
    "patents",
    "code_of_conduct",
    "code-of-conduct",
    "pull_request_template",
    "issue_template",
    "bug_report",
    "feature_request",
    "requirements",
    "cmakelists",
];

/// Instructions to programs that work on the project's own repository: not for its users, and not
/// to be shown to another program as if they were.
const FOR_AGENTS: [&str; 4] = ["agents", "claude", "gemini", "copilot-instructions"];

const CHANGELOGS: [&str; 10] = [
    "changelog",
    "changes",
    "change_log",
    "history",
    "news",
    "releases",
    "release_notes",
    "release-notes",
    "releasenotes",
    "changelogs",
];

/// What the path of a document tells about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) kind: DocumentKind,
    pub(super) format: DocumentFormat,
    /// A README in another language than English.
    pub(super) translated: bool,
}

/// The format that an extension stands for; none means plain text.
pub(super) fn format(extension: Option<&str>) -> Option<DocumentFormat> {
    Some(match extension {
        Some("md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdx" | "livemd" | "cheatmd") => {
            DocumentFormat::Markdown
        }
        Some("rst" | "rest") => DocumentFormat::Rst,
        Some("adoc" | "asciidoc" | "asc") => DocumentFormat::Asciidoc,
        Some("html" | "htm") => DocumentFormat::Html,
        None | Some("txt" | "text" | "org" | "rdoc" | "textile" | "pod") => DocumentFormat::Plain,
        Some(_) => return None,
    })
}

/// Says what kind of document lies at `path`, or `None` where there is none.
pub(super) fn classify(path: &str) -> Option<Class> {
    let lower = path.to_lowercase();
    let (directory, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    if directory
        .split('/')
        .any(|part| FOREIGN_DIRECTORIES.contains(&part))
    {
        return None;
    }
    let (stem, extension) = split_name(name);
    let format = format(extension)?;
    let class = |kind| Class {
        kind,
        format,
        translated: false,
    };
    if matches!(directory, "" | "docs" | "doc" | ".github") {
        if let Some(rest) = stem.strip_prefix("readme") {
            return readme(rest, format);
        }
        if directory != ".github" && CHANGELOGS.iter().any(|name| is_changelog(stem, name)) {
            return (format != DocumentFormat::Html).then(|| class(DocumentKind::Changelog));
        }
    }
    if directory.is_empty() && FOR_AGENTS.contains(&stem) {
        return None;
    }
    if NOT_ABOUT_IT.iter().any(|name| stem.starts_with(name)) || name.starts_with('.') {
        return None;
    }
    let guide = match format {
        DocumentFormat::Markdown | DocumentFormat::Rst | DocumentFormat::Asciidoc => {
            directory.is_empty() || in_guides(directory)
        }
        DocumentFormat::Plain => extension.is_some() && in_guides(directory),
        // Pages built by a documentation tool, not written by anyone.
        DocumentFormat::Html => false,
    };
    guide.then(|| class(DocumentKind::Guide))
}

/// `README`, `README.zh-CN`, `README_ja`; but `readme-generator.md` is a guide.
fn readme(rest: &str, format: DocumentFormat) -> Option<Class> {
    let translated = match rest.strip_prefix(['.', '_', '-']) {
        None if rest.is_empty() => false,
        Some(tag) if is_language(tag) => true,
        _ => {
            return (format != DocumentFormat::Html).then_some(Class {
                kind: DocumentKind::Guide,
                format,
                translated: false,
            });
        }
    };
    Some(Class {
        kind: DocumentKind::Readme,
        format,
        translated,
    })
}

/// `de`, `zh`, `zh-cn`, `pt_br`, `zh-hans`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split(['-', '_', '.']);
    let language = parts.next().unwrap_or_default();
    let is_word = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    is_word(language, 2..=3)
        && parts.next().is_none_or(|region| is_word(region, 2..=4))
        && parts.next().is_none()
}

/// `changelog`, `changelog-1.x`, `changes_old`; but `newsletter.md` is a guide.
fn is_changelog(stem: &str, name: &str) -> bool {
    stem.strip_prefix(name)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic()))
}

fn in_guides(directory: &str) -> bool {
    directory
        .split('/')
        .any(|part| GUIDE_DIRECTORIES.contains(&part))
}

fn split_name(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        // `README.zh` without a format, `CHANGES.0`, and the like have no extension we know.
        Some((stem, extension)) if !stem.is_empty() && format(Some(extension)).is_some() => {
            (stem, Some(extension))
        }
        Some((stem, extension)) if stem == "readme" && is_language(extension) => (name, None),
        Some((stem, extension)) if !stem.is_empty() => (stem, Some(extension)),
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DocumentFormat::{Asciidoc, Html, Markdown, Plain, Rst};
    use DocumentKind::{Changelog, Guide, Readme};

    #[test]
    fn documents_are_told_by_their_paths() {
        for (path, kind, format) in [
            ("README.md", Readme, Markdown),
            ("readme.markdown", Readme, Markdown),
            ("ReadMe.rst", Readme, Rst),
            ("README", Readme, Plain),
            ("README.adoc", Readme, Asciidoc),
            ("README.html", Readme, Html),
            ("docs/README.md", Readme, Markdown),
            (".github/README.md", Readme, Markdown),
            ("CHANGELOG.md", Changelog, Markdown),
            ("CHANGES", Changelog, Plain),
            ("HISTORY.rst", Changelog, Rst),
            ("NEWS.txt", Changelog, Plain),
            ("docs/changelog.md", Changelog, Markdown),
            ("CHANGELOG-1.x.md", Changelog, Markdown),
            ("RELEASES.md", Changelog, Markdown),
            ("UPGRADING.md", Guide, Markdown),
            ("newsletter.md", Guide, Markdown),
            ("readme-generator.md", Guide, Markdown),
            ("docs/intro.rst", Guide, Rst),
            ("docs/agents.md", Guide, Markdown),
            ("docs/api/index.txt", Guide, Plain),
            ("guides/introduction/Up and Running.md", Guide, Markdown),
            ("packages/core/docs/use.adoc", Guide, Asciidoc),
        ] {
            let class = classify(path).unwrap_or_else(|| panic!("{path}"));
            assert_eq!((class.kind, class.format), (kind, format), "{path}");
            assert!(!class.translated, "{path}");
        }
    }

    #[test]
    fn translated_readmes() {
        for path in [
            "README.zh.md",
            "README.zh-CN.md",
            "README_ja.md",
            "readme-pt_BR.md",
            "README.zh-Hans.md",
            "README.de",
        ] {
            let class = classify(path).unwrap_or_else(|| panic!("{path}"));
            assert!(class.translated && class.kind == Readme, "{path}");
        }
    }

    #[test]
    fn what_is_no_document() {
        for path in [
            "LICENSE",
            "LICENSE.md",
            "docs/licence.txt",
            "COPYING",
            "CODE_OF_CONDUCT.md",
            "requirements.txt",
            "docs/requirements.txt",
            "CMakeLists.txt",
            "robots.txt",
            "Makefile",
            "src/notes.md",
            "node_modules/a/README.md",
            "test/fixtures/README.md",
            "tests/docs/a.md",
            "vendor/x/docs/a.md",
            "docs/index.html",
            "docs/logo.png",
            ".github/PULL_REQUEST_TEMPLATE.md",
            "package.json",
            "index.d.ts",
            "AGENTS.md",
            "CLAUDE.md",
        ] {
            assert_eq!(classify(path), None, "{path}");
        }
    }
}
