//! PEP 508: one line of `Requires-Dist`.

use std::collections::BTreeMap;

use registry_types::{Dependency, DependencyKind, Ecosystem, normalize_name};

/// A requirement in its parts. The marker is kept as text: what it says depends on where it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// The package as written.
    pub name: String,
    /// The extras asked of it.
    pub extras: Vec<String>,
    /// The version specifiers without parentheses; empty when any version will do.
    pub specifier: String,
    /// The address of a direct reference (`name @ https://…`).
    pub url: Option<String>,
    /// The environment marker.
    pub marker: Option<String>,
}

/// Reads one requirement; `None` if it is none.
///
/// ```
/// use registry_protocols::pypi::requirement;
/// let r = requirement("PySocks[a, b] (!=1.5.7,>=1.5.6) ; extra == 'socks'").unwrap();
/// assert_eq!((r.name.as_str(), r.specifier.as_str()), ("PySocks", "!=1.5.7,>=1.5.6"));
/// assert_eq!(r.extras, ["a", "b"]);
/// assert_eq!(r.marker.as_deref(), Some("extra == 'socks'"));
/// ```
#[must_use]
pub fn requirement(line: &str) -> Option<Requirement> {
    let line = line.trim();
    let end = line
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let edge = |c: char| c.is_ascii_alphanumeric();
    if !name.starts_with(edge) || !name.ends_with(edge) {
        return None;
    }
    let mut rest = rest.trim_start();
    let mut extras = Vec::new();
    if let Some(inner) = rest.strip_prefix('[') {
        let (list, after) = inner.split_once(']')?;
        let list = list.trim();
        if !list.is_empty() {
            for extra in list.split(',') {
                extras.push(identifier(extra.trim())?.to_owned());
            }
        }
        rest = after.trim_start();
    }
    let mut requirement = Requirement {
        name: name.to_owned(),
        extras,
        ..Requirement::default()
    };
    if let Some(direct) = rest.strip_prefix('@') {
        // An address may hold `;`: only one after a space begins the marker.
        let direct = direct.trim_start();
        let (url, after) =
            direct.split_at(direct.find(char::is_whitespace).unwrap_or(direct.len()));
        if url.is_empty() {
            return None;
        }
        requirement.url = Some(url.to_owned());
        let after = after.trim_start();
        if !after.is_empty() {
            requirement.marker = Some(marker(after.strip_prefix(';')?)?);
        }
        return Some(requirement);
    }
    let (specifier, after) = match rest.split_once(';') {
        Some((specifier, after)) => (specifier, Some(after)),
        None => (rest, None),
    };
    requirement.specifier = specifiers(specifier.trim())?;
    requirement.marker = match after {
        Some(after) => Some(marker(after)?),
        None => None,
    };
    Some(requirement)
}

fn identifier(text: &str) -> Option<&str> {
    let edge = |c: char| c.is_ascii_alphanumeric();
    let inner = |c: char| edge(c) || matches!(c, '-' | '_' | '.');
    (text.starts_with(edge) && text.ends_with(edge) && text.chars().all(inner)).then_some(text)
}

fn marker(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The longer ones first: `===` takes any text for a version, even one that looks like an operator.
const OPERATORS: [&str; 8] = ["===", "==", "!=", "<=", ">=", "~=", "<", ">"];

/// Version specifiers, separated by commas, perhaps in parentheses; each begins with an operator.
fn specifiers(text: &str) -> Option<String> {
    let inner = match text.strip_prefix('(') {
        Some(inner) => inner.strip_suffix(')')?.trim(),
        None => text,
    };
    if inner.is_empty() {
        return Some(String::new());
    }
    for part in inner.split(',') {
        let part = part.trim();
        let operator = OPERATORS.iter().find(|known| part.starts_with(**known))?;
        let version = part.strip_prefix(*operator)?.trim();
        let misplaced = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ';');
        let doubled = *operator != "===" && version.starts_with(['=', '<', '>', '!', '~']);
        if version.is_empty() || version.contains(misplaced) || doubled {
            return None;
        }
    }
    Some(inner.to_owned())
}

/// The extras a marker asks for: every `extra == "x"` in it, in either order.
fn asked_extras(marker: &str) -> Vec<String> {
    let tokens = tokens(marker);
    tokens
        .windows(3)
        .filter_map(|three| match three {
            [Token::Word("extra"), Token::Word("=="), Token::Text(text)]
            | [Token::Text(text), Token::Word("=="), Token::Word("extra")] => {
                Some(normalize_name(Ecosystem::Pypi, text))
            }
            _ => None,
        })
        .collect()
}

#[derive(Debug, PartialEq)]
enum Token<'a> {
    /// A quoted text without its quotes.
    Text(&'a str),
    /// A variable, an operator or a parenthesis.
    Word(&'a str),
}

fn tokens(marker: &str) -> Vec<Token<'_>> {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let operator = |c: char| matches!(c, '=' | '<' | '>' | '!' | '~');
    let mut tokens = Vec::new();
    let mut rest = marker.trim_start();
    while let Some(first) = rest.chars().next() {
        let token;
        if matches!(first, '"' | '\'') {
            let inner = rest.get(1..).unwrap_or_default();
            let Some((text, after)) = inner.split_once(first) else {
                return tokens;
            };
            token = Token::Text(text);
            rest = after;
        } else {
            let end = if word(first) {
                rest.find(|c| !word(c))
            } else if operator(first) {
                rest.find(|c| !operator(c))
            } else {
                Some(first.len_utf8())
            };
            let (text, after) = rest.split_at(end.unwrap_or(rest.len()));
            token = Token::Word(text);
            rest = after;
        }
        tokens.push(token);
        rest = rest.trim_start();
    }
    tokens
}

/// Dependencies and extras (name to what each adds) out of `Requires-Dist` and `Provides-Extra`.
/// A line that cannot be read is given back in the third list.
pub(crate) fn dependencies<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    provided: impl IntoIterator<Item = &'a str>,
) -> (Vec<Dependency>, BTreeMap<String, Vec<String>>, Vec<String>) {
    let mut features: BTreeMap<String, Vec<String>> = provided
        .into_iter()
        .map(|extra| (normalize_name(Ecosystem::Pypi, extra), Vec::new()))
        .collect();
    let mut dependencies = Vec::new();
    let mut unread = Vec::new();
    for line in lines {
        let Some(requirement) = requirement(line) else {
            unread.push(line.to_owned());
            continue;
        };
        let extras = requirement
            .marker
            .as_deref()
            .map(asked_extras)
            .unwrap_or_default();
        let optional = !extras.is_empty();
        for extra in extras {
            let entry = features.entry(extra).or_default();
            let text = requirement.without_marker();
            if !entry.contains(&text) {
                entry.push(text);
            }
        }
        dependencies.push(Dependency {
            requirement: match &requirement.url {
                Some(url) => format!("@ {url}"),
                None => requirement.specifier,
            },
            name: requirement.name,
            kind: if optional {
                DependencyKind::Optional
            } else {
                DependencyKind::Runtime
            },
            optional,
            target: requirement.marker,
            rename: None,
        });
    }
    (dependencies, features, unread)
}

impl Requirement {
    fn without_marker(&self) -> String {
        let mut text = self.name.clone();
        if !self.extras.is_empty() {
            text.push_str(&format!("[{}]", self.extras.join(",")));
        }
        match &self.url {
            Some(url) => text.push_str(&format!(" @ {url}")),
            None => text.push_str(&self.specifier),
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(String, String, String, String)> {
        let r = requirement(line)?;
        let url = r.url.map(|u| format!("@{u}")).unwrap_or(r.specifier);
        Some((
            r.name,
            r.extras.join(","),
            url,
            r.marker.unwrap_or_default(),
        ))
    }

    #[test]
    fn every_form_of_a_line() {
        let cases = [
            ("A", ("A", "", "", "")),
            ("A.B-C_D", ("A.B-C_D", "", "", "")),
            ("aa>=3", ("aa", "", ">=3", "")),
            ("name<=1, !=2", ("name", "", "<=1, !=2", "")),
            ("name (>=3,<2)", ("name", "", ">=3,<2", "")),
            ("name()", ("name", "", "", "")),
            ("name[]", ("name", "", "", "")),
            (
                "name [fred,bar] >=3 ; python_version<'2.7'",
                ("name", "fred,bar", ">=3", "python_version<'2.7'"),
            ),
            ("name@http://foo.com", ("name", "", "@http://foo.com", "")),
            (
                "pip @ file:///x;y#sha1=da ; os_name=='a'",
                ("pip", "", "@file:///x;y#sha1=da", "os_name=='a'"),
            ),
            ("name;extra=='x'", ("name", "", "", "extra=='x'")),
            ("n===weird_text", ("n", "", "===weird_text", "")),
            ("n~=1.4.2,==1.4.*", ("n", "", "~=1.4.2,==1.4.*", "")),
        ];
        for (line, (name, extras, specifier, marker)) in cases {
            let expected = (
                name.to_owned(),
                extras.to_owned(),
                specifier.to_owned(),
                marker.to_owned(),
            );
            assert_eq!(parts(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_is_no_requirement() {
        for line in [
            "",
            " ",
            "-a",
            "a-",
            "_a",
            "a b",
            "a >",
            "a 1.0",
            "a (>=1",
            "a [x",
            "a [x,,y]",
            "a [-x]",
            "a @",
            "a @ u os_name=='a'",
            "a;",
            "a>=1 <2",
            "a=1",
            "é>=1",
            "a>=1)",
            "a >=1,",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }

    #[test]
    fn extras_become_features() {
        let (dependencies, features, unread) = dependencies(
            [
                "idna (<4,>=2.5)",
                "PySocks[x] (!=1.5.7,>=1.5.6) ; extra == 'Socks_5'",
                "chardet; (python_version < \"3\") and 'use-chardet' == extra or extra=='socks.5'",
                "tomli; python_version < '3.11'",
                "broken requirement line",
            ],
            ["socks-5", "empty"],
        );
        assert_eq!(unread, ["broken requirement line"]);
        assert_eq!(
            dependencies
                .iter()
                .map(|d| (d.name.as_str(), d.kind, d.optional, d.target.is_some()))
                .collect::<Vec<_>>(),
            [
                ("idna", DependencyKind::Runtime, false, false),
                ("PySocks", DependencyKind::Optional, true, true),
                ("chardet", DependencyKind::Optional, true, true),
                ("tomli", DependencyKind::Runtime, false, true),
            ]
        );
        assert_eq!(
            features.into_iter().collect::<Vec<_>>(),
            [
                ("empty".to_owned(), vec![]),
                (
                    "socks-5".to_owned(),
                    vec!["PySocks[x]!=1.5.7,>=1.5.6".to_owned(), "chardet".to_owned()]
                ),
                ("use-chardet".to_owned(), vec!["chardet".to_owned()]),
            ]
        );
    }

    #[test]
    fn odd_markers_name_no_extra() {
        for marker in [
            "extra",
            "extra ==",
            "extra == 'x",
            "extra != 'x'",
            "'extra' == 'x'",
            "my_extra == 'x'",
            "é == 'x'",
        ] {
            assert_eq!(asked_extras(marker), [""; 0], "{marker}");
        }
    }
}
