//! `metadata.config`, the manifest inside a Hex tarball.

use std::collections::BTreeSet;

use registry_types::{Dependency, DependencyKind, Result};

use super::term::{Term, consult};

/// What a Hex package says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetadataConfig {
    /// The package's name.
    pub name: Option<String>,
    /// The release's version.
    pub version: Option<String>,
    /// The OTP application's name.
    pub app: Option<String>,
    /// One or more sentences.
    pub description: Option<String>,
    /// The requirement on Elixir.
    pub elixir: Option<String>,
    /// The files in the package.
    pub files: Vec<String>,
    /// SPDX identifiers, or whatever was given.
    pub licenses: Vec<String>,
    /// Names (deprecated by Hex, found in old packages).
    pub maintainers: Vec<String>,
    /// What the author calls the link, and its address.
    pub links: Vec<(String, String)>,
    /// What the package needs.
    pub requirements: Vec<Dependency>,
    /// `mix`, `rebar3`, `make`, …; guessed from the files when the package does not say.
    pub build_tools: Vec<String>,
}

/// Reads a `metadata.config`: any spelling of binaries, key-value lists or maps, both shapes of
/// requirements, UTF-8 or Latin-1. Unknown keys are ignored; a key given twice counts once.
///
/// # Errors
/// `archive` when it is no list of Erlang terms, `limit_exceeded` beyond 1 MiB.
///
/// ```
/// use registry_protocols::hex::read_metadata_config;
/// let config = read_metadata_config(
///     br#"{<<"name">>,<<"decimal">>}.
///         {<<"requirements">>,[[{<<"name">>,<<"jason">>},{<<"requirement">>,<<"~> 1.0">>}]]}."#,
/// )?;
/// assert_eq!(config.name.as_deref(), Some("decimal"));
/// assert_eq!(config.requirements[0].name, "jason");
/// # Ok::<(), registry_types::Error>(())
/// ```
pub fn read_metadata_config(bytes: &[u8]) -> Result<MetadataConfig> {
    let terms = consult(bytes)?;
    let mut config = MetadataConfig::default();
    let mut seen = BTreeSet::new();
    for (key, value) in terms.iter().filter_map(Term::pair) {
        if !seen.insert(key.clone()) {
            continue;
        }
        match key.as_ref() {
            "name" => config.name = said(value),
            "version" => config.version = said(value),
            "app" => config.app = said(value),
            "description" => config.description = said(value),
            "elixir" => config.elixir = said(value),
            "files" => config.files = names(value),
            "licenses" => config.licenses = names(value),
            "maintainers" => config.maintainers = names(value),
            "build_tools" => config.build_tools = names(value),
            "links" => {
                config.links = value
                    .entries()
                    .into_iter()
                    .filter_map(|(name, link)| Some((name.into_owned(), said(link)?)))
                    .collect();
            }
            "requirements" => config.requirements = requirements(value),
            _ => {}
        }
    }
    if config.build_tools.is_empty() {
        config.build_tools = guess_build_tools(&config.files);
    }
    Ok(config)
}

fn said(term: &Term) -> Option<String> {
    let text = term.text()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Texts of a list; of `{Text, _}` pairs (old file lists) the first.
fn names(term: &Term) -> Vec<String> {
    let text = |item: &Term| said(item).or_else(|| item.pair().map(|(name, _)| name.into_owned()));
    term.items().iter().filter_map(text).collect()
}

/// `[[{<<"name">>,…},…]]` as mix writes it, or name to properties as rebar3 does.
fn requirements(term: &Term) -> Vec<Dependency> {
    let named = term
        .entries()
        .into_iter()
        .map(|(name, properties)| (Some(name.into_owned()), properties));
    let listed = term
        .items()
        .iter()
        .filter(|item| matches!(item, Term::List(_) | Term::Map(_)))
        .map(|properties| (None, properties));
    named
        .chain(listed)
        .filter_map(|(name, properties)| requirement(name, properties))
        .collect()
}

fn requirement(name: Option<String>, properties: &Term) -> Option<Dependency> {
    let entries = properties.entries();
    let find = |key: &str| entries.iter().find(|(k, _)| k == key).map(|(_, v)| *v);
    // `{<<"jason">>, <<"~> 1.0">>}`: the oldest packages give the requirement alone.
    let requirement = find("requirement")
        .and_then(said)
        .or_else(|| said(properties));
    let name = name.or_else(|| find("name").and_then(said))?;
    let app = find("app").and_then(said);
    Some(dependency(
        name,
        requirement,
        find("optional") == Some(&Term::Atom("true".to_owned())),
        app,
    ))
}

/// A dependency as every source of Hex describes it.
pub(super) fn dependency(
    name: String,
    requirement: Option<String>,
    optional: bool,
    app: Option<String>,
) -> Dependency {
    Dependency {
        requirement: requirement.unwrap_or_else(|| ">= 0.0.0".to_owned()),
        kind: DependencyKind::Runtime,
        optional,
        target: None,
        rename: app.filter(|app| !app.is_empty() && *app != name),
        name,
    }
}

/// As hex_core guesses: from files in the root.
fn guess_build_tools(files: &[String]) -> Vec<String> {
    const TOOLS: [(&str, &[&str]); 3] = [
        ("mix", &["mix.exs"]),
        ("rebar3", &["rebar.config", "rebar"]),
        ("make", &["Makefile", "Makefile.win"]),
    ];
    TOOLS
        .iter()
        .filter(|(_, marks)| files.iter().any(|file| marks.contains(&file.as_str())))
        .map(|(tool, _)| (*tool).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> MetadataConfig {
        read_metadata_config(text.as_bytes()).unwrap()
    }

    #[test]
    fn both_shapes_of_requirements() {
        let listed = read(
            r#"{<<"requirements">>,
               [[{<<"name">>,<<"a_pkg">>},{<<"app">>,<<"a">>},{<<"optional">>,true},
                 {<<"requirement">>,<<"~> 1.0">>},{<<"repository">>,<<"hexpm">>}],
                [{<<"name">>,<<"b">>},{<<"app">>,<<"b">>},{<<"requirement">>,nil}]]}."#,
        );
        let named = read(
            r#"{<<"requirements">>,
               [{<<"a_pkg">>,[{<<"app">>,<<"a">>},{<<"optional">>,true},
                              {<<"requirement">>,<<"~> 1.0">>}]},
                {<<"b">>,[{<<"app">>,<<"b">>},{<<"optional">>,false}]}]}."#,
        );
        assert_eq!(listed.requirements, named.requirements);
        assert_eq!(
            listed.requirements,
            [
                dependency(
                    "a_pkg".into(),
                    Some("~> 1.0".into()),
                    true,
                    Some("a".into())
                ),
                dependency("b".into(), None, false, None),
            ]
        );
        assert_eq!(listed.requirements[0].rename.as_deref(), Some("a"));
        let maps =
            read(r#"{<<"requirements">>,#{<<"c">> => #{<<"requirement">> => <<"== 1.0.0">>}}}."#);
        assert_eq!(maps.requirements[0].requirement, "== 1.0.0");
        let bare = read(r#"{<<"requirements">>,[{<<"d">>,<<"~> 2.0">>}]}."#);
        assert_eq!(bare.requirements[0].requirement, "~> 2.0");
        assert!(read(r#"{<<"requirements">>,[]}."#).requirements.is_empty());
    }

    #[test]
    fn build_tools_are_guessed_only_when_missing() {
        let files = |names: &str| read(&format!(r#"{{<<"files">>,[{names}]}}."#)).build_tools;
        assert_eq!(files(r#"<<"mix.exs">>,<<"lib/Makefile">>"#), ["mix"]);
        assert_eq!(
            files(r#"<<"rebar.config">>,<<"Makefile">>"#),
            ["rebar3", "make"]
        );
        assert_eq!(files(r#"<<"src/x.erl">>"#), [""; 0]);
        let said = read(r#"{<<"files">>,[<<"mix.exs">>]}. {<<"build_tools">>,[<<"gleam">>]}."#);
        assert_eq!(said.build_tools, ["gleam"]);
    }

    #[test]
    fn everything_else_a_package_says() {
        let config = read(
            r#"{<<"name">>,<<"x">>}. {<<"version">>,<<"1.0.0">>}. {<<"app">>,<<"x">>}.
               {<<"description">>,<<"Größe"/utf8>>}. {<<"elixir">>,<<"~> 1.14">>}.
               {<<"licenses">>,[<<"MIT">>,<<"Apache-2.0">>]}. {<<"maintainers">>,[<<"A">>]}.
               {<<"links">>,[{<<"GitHub">>,<<"https://github.com/o/r">>},{<<"Docs">>,<<>>}]}.
               {<<"extra">>,[{<<"k">>,[1,2,3]}]}. {<<"name">>,<<"second">>}."#,
        );
        assert_eq!(config.name.as_deref(), Some("x"));
        assert_eq!(config.description.as_deref(), Some("Größe"));
        assert_eq!(config.elixir.as_deref(), Some("~> 1.14"));
        assert_eq!(config.licenses, ["MIT", "Apache-2.0"]);
        assert_eq!(
            config.links,
            [("GitHub".to_owned(), "https://github.com/o/r".to_owned())]
        );
    }

    #[test]
    fn values_of_another_kind_are_left_out() {
        let config = read(
            r#"{<<"description">>,[1]}. {<<"licenses">>,<<"MIT">>}. {<<"links">>,x}.
               {<<"elixir">>,undefined}. {<<"requirements">>,[x,{1,2},[{<<"app">>,<<"a">>}]]}. 5."#,
        );
        assert_eq!(config, MetadataConfig::default());
    }
}
