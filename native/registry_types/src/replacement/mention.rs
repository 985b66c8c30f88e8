//! What of a text can be the name of a package.

use crate::replacement::page::package_of;
use crate::replacement::tokens::{Kind, Token};
use crate::replacement::words;
use crate::{Ecosystem, Purl, check_name};

/// How sure it is that a token is a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A word like any other.
    Plain,
    /// A word with hyphens.
    Compound,
    /// Marked up, scoped, with an underscore, or a package's page.
    Marked,
}

/// A package named by a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) ecosystem: Ecosystem,
    pub(super) name: String,
    pub(super) strength: Strength,
}

/// The package a token can name.
pub(super) fn mention(token: &Token<'_>, ecosystem: Ecosystem) -> Option<Mention> {
    let marked = |(ecosystem, name)| Mention {
        ecosystem,
        name,
        strength: Strength::Marked,
    };
    match token.kind {
        Kind::Address => package_of(token.text).map(marked),
        Kind::Link(address) => match (package_of(address), name(token.text, ecosystem, true)) {
            // A repository under the name of a package: the package is what can be depended on.
            (Some((Ecosystem::Github, _)), Some(text)) => Some(marked((ecosystem, text))),
            (Some(page), _) => Some(marked(page)),
            (None, text) => text.map(|text| marked((ecosystem, text))),
        },
        Kind::Code => installed(token.text)
            .or(Some(token.text))
            .and_then(|text| name(text, ecosystem, true))
            .map(|name| marked((ecosystem, name))),
        Kind::Quoted => name(token.text, ecosystem, true).map(|name| marked((ecosystem, name))),
        Kind::Word => word(token.text, ecosystem),
        Kind::Punct(_) | Kind::Break => None,
    }
}

fn word(text: &str, ecosystem: Ecosystem) -> Option<Mention> {
    if text.starts_with("pkg:") {
        let purl: Purl = text.parse().ok()?;
        return Some(Mention {
            ecosystem: purl.ecosystem,
            name: purl.name,
            strength: Strength::Marked,
        });
    }
    let name = name(text, ecosystem, false)?;
    let strength = if name.contains('/') || name.contains('_') {
        Strength::Marked
    } else if name.contains('-')
        || name.contains('.')
        || name.contains(|c: char| c.is_ascii_digit())
    {
        Strength::Compound
    } else {
        Strength::Plain
    };
    Some(Mention {
        ecosystem,
        name,
        strength,
    })
}

/// The package which a list item is about: what it begins with.
pub(super) fn heads_item(sentence: &[Token<'_>], ecosystem: Ecosystem) -> Option<Mention> {
    let first = sentence.first()?;
    let mention = mention(first, ecosystem)?;
    let alone = match sentence.get(1).map(|t| t.kind) {
        None | Some(Kind::Punct(_) | Kind::Break) => true,
        Some(Kind::Address) => true,
        _ => sentence
            .get(1)
            .is_some_and(|t| t.is_word("by") || t.is_word("for")),
    };
    (mention.strength == Strength::Marked || alone).then_some(mention)
}

/// What an installer's command installs.
fn installed(command: &str) -> Option<&str> {
    let mut words = command.split_whitespace();
    let (tool, verb) = (words.next()?, words.next()?);
    let installs = matches!(
        (tool, verb),
        ("npm" | "pnpm", "i" | "install" | "add")
            | ("yarn" | "bun" | "cargo" | "uv" | "poetry", "add")
            | ("pip" | "pip3", "install")
    );
    words
        .find(|word| !word.starts_with('-'))
        .filter(|_| installs)
}

/// The text as a name of the ecosystem, if it can be one and is not something else; `marked` is
/// whether markup sets it apart.
fn name(text: &str, ecosystem: Ecosystem, marked: bool) -> Option<String> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
    let text = text.strip_prefix("npm:").unwrap_or(text);
    let scope = usize::from(text.starts_with('@'));
    let bare = text.get(scope..).unwrap_or_default();
    let end = match ecosystem {
        Ecosystem::Npm => bare.find('@'),
        _ => bare.find(['@', '[', '=', '<', '>', '~', '^', '!']),
    };
    let text = end.map_or(text, |end| text.get(..scope + end).unwrap_or(text));
    // Only npm has scopes, wherever they are spoken of.
    let ecosystem = if scope == 1 {
        Ecosystem::Npm
    } else {
        ecosystem
    };
    let is_word = text.len() > 1
        && !text.contains([' ', '(', ':', '\'', '’', '*'])
        && text.contains(|c: char| c.is_ascii_alphabetic())
        && !is_version(text)
        && !is_file(text);
    if !is_word || (scope == 1 && !text.contains('/')) {
        return None;
    }
    let name = match (ecosystem, text.contains(|c: char| c.is_ascii_uppercase())) {
        (_, false) | (Ecosystem::Pypi | Ecosystem::Github, true) => text.to_owned(),
        // "Use Jason": a name at the head of a sentence or written as a title.
        (_, true) => {
            let tail = text.get(1..)?;
            let title = !tail.contains(|c: char| c.is_ascii_uppercase() || matches!(c, '.' | '/'));
            title.then(|| text.to_ascii_lowercase())?
        }
    };
    let is_name = check_name(ecosystem, &name).is_ok()
        && !words::is_ordinary(&name, marked)
        && !words::is_built_in(ecosystem, &name);
    is_name.then_some(name)
}

/// `2.x`, `v3`, `4.1.0-beta`.
fn is_version(text: &str) -> bool {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    digits > 0
        && (rest.is_empty()
            || rest.starts_with(['.', '-', '+'])
            || matches!(rest, "x" | "th" | "nd" | "rd"))
}

/// `CHANGELOG.md`.
fn is_file(text: &str) -> bool {
    let extension = text
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| {
        matches!(
            extension.as_str(),
            "md" | "rst"
                | "txt"
                | "html"
                | "htm"
                | "json"
                | "toml"
                | "yml"
                | "yaml"
                | "exs"
                | "ex"
                | "lock"
                | "css"
                | "rs"
                | "com"
                | "org"
                | "io"
                | "dev"
                | "net"
        ) && text != "socket.io"
    })
}
