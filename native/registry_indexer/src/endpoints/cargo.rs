//! The cargo index: source replacement in cargo's own configuration, else the constant that the
//! `tame-index` crate publishes.

use std::path::{Path, PathBuf};

use registry_types::{Error, ErrorKind, Result};
use toml_span::Value;

use super::endpoint::Endpoint;
use super::environment::Environment;

/// The name under which cargo's configuration knows the default registry.
const DEFAULT: &str = "crates-io";
const REPLACEMENTS: usize = 8;

/// Finds the index.
///
/// # Errors
/// `unsupported` for a git index or a local directory, `unconfigured` for a broken setting.
pub fn find(env: &dyn Environment) -> Result<Endpoint> {
    let files = config_files(env);
    let mut name = DEFAULT.to_owned();
    for _ in 0..REPLACEMENTS {
        let Some(next) = lookup(&files, &["source", &name, "replace-with"]) else {
            return index_of(env, &files, &name);
        };
        name = next;
    }
    let message = "cargo's configuration replaces source crates-io in a circle: fix `replace-with`";
    Err(Error::new(ErrorKind::Unconfigured, message))
}

fn index_of(env: &dyn Environment, files: &[String], name: &str) -> Result<Endpoint> {
    let variable = |what: &str| {
        format!(
            "CARGO_REGISTRIES_{}_{what}",
            name.to_uppercase().replace('-', "_")
        )
    };
    let from_env = variable("INDEX");
    let found = env
        .var(&from_env)
        .map(|v| (from_env, v))
        .or_else(|| {
            Some((
                "source".into(),
                lookup(files, &["source", name, "registry"])?,
            ))
        })
        .or_else(|| {
            Some((
                "registries".into(),
                lookup(files, &["registries", name, "index"])?,
            ))
        });
    let (from, index) = match found {
        // Naming the git index of the default registry is how old configurations spell "default".
        Some((_, index)) if index == tame_index::CRATES_IO_INDEX => default(),
        Some((from, index)) => (format!("cargo configuration ({from} {name})"), index),
        None if name == DEFAULT => default(),
        None => {
            let message = format!(
                "cargo's configuration replaces the registry by {name:?}, which has no `registry` \
                 address (a vendored or local copy cannot be asked); set the endpoint `cargo` to \
                 a sparse index"
            );
            return Err(Error::new(ErrorKind::Unsupported, message).with("setting", "cargo"));
        }
    };
    let Some(address) = index.strip_prefix("sparse+") else {
        let message = format!(
            "{from}: the index is a git repository, and only sparse indexes are read; set the \
             endpoint `cargo` to a sparse index"
        );
        return Err(Error::new(ErrorKind::Unsupported, message).with("setting", "cargo"));
    };
    let token = env
        .var(&variable("TOKEN"))
        .or_else(|| credentials(env, name));
    Ok(Endpoint::new(from, address)?.with_secret(token.filter(|_| name != DEFAULT)))
}

fn default() -> (String, String) {
    (
        "default".into(),
        tame_index::CRATES_IO_HTTP_INDEX.to_owned(),
    )
}

fn cargo_home(env: &dyn Environment) -> Option<PathBuf> {
    env.var("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env.home()?.join(".cargo")))
}

/// The texts of all configuration files, nearest first.
fn config_files(env: &dyn Environment) -> Vec<String> {
    let read = |dir: &Path| {
        ["config", "config.toml"]
            .into_iter()
            .find_map(|name| env.read(&dir.join(name)))
    };
    let directory = env.directory().unwrap_or_default();
    let mut files: Vec<String> = directory
        .ancestors()
        .filter_map(|dir| read(&dir.join(".cargo")))
        .collect();
    files.extend(cargo_home(env).and_then(|home| read(&home)));
    files
}

fn credentials(env: &dyn Environment, name: &str) -> Option<String> {
    let home = cargo_home(env)?;
    let file = ["credentials.toml", "credentials"]
        .into_iter()
        .find_map(|n| env.read(&home.join(n)));
    lookup(&[file?], &["registries", name, "token"])
}

fn lookup(files: &[String], path: &[&str]) -> Option<String> {
    files.iter().find_map(|text| {
        let parsed = toml_span::parse(text).ok()?;
        let mut at: &Value<'_> = &parsed;
        for key in path {
            at = at.as_table()?.get(*key)?;
        }
        at.as_str().map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::super::environment::Fake;
    use super::*;

    fn with(config: &'static str) -> Result<Endpoint> {
        find(&Fake {
            files: vec![("/work/.cargo/config.toml", config)],
            ..Fake::default()
        })
    }

    #[test]
    fn nothing_configured_is_the_published_constant() {
        let endpoint = find(&Fake::default()).unwrap();
        assert_eq!(
            format!("sparse+{}", endpoint.url),
            tame_index::CRATES_IO_HTTP_INDEX
        );
        assert_eq!(endpoint.from, "default");
    }

    #[test]
    fn a_replacement_is_followed_through_sources_and_registries() {
        let chain = "[source.crates-io]\nreplace-with = 'a'\n[source.a]\nreplace-with = 'b'\n\
                     [registries.b]\nindex = 'sparse+https://mirror.test/index/'";
        assert_eq!(
            with(chain).unwrap().url.as_str(),
            "https://mirror.test/index/"
        );
    }

    #[test]
    fn a_circle_and_a_git_index_are_told() {
        let circle = "[source.crates-io]\nreplace-with='a'\n[source.a]\nreplace-with='crates-io'";
        assert_eq!(with(circle).unwrap_err().kind, ErrorKind::Unconfigured);
        let git = "[source.crates-io]\nreplace-with='a'\n[source.a]\nregistry='https://g.test/i'";
        assert_eq!(with(git).unwrap_err().kind, ErrorKind::Unsupported);
        let vendored = "[source.crates-io]\nreplace-with='v'\n[source.v]\ndirectory='vendor'";
        assert_eq!(with(vendored).unwrap_err().kind, ErrorKind::Unsupported);
    }

    #[test]
    fn a_private_index_gets_its_own_token() {
        let config = "[source.crates-io]\nreplace-with='corp'\n\
                      [registries.corp]\nindex='sparse+https://c.test/'";
        let env = Fake {
            files: vec![("/home/me/.cargo/config.toml", config)],
            vars: vec![("CARGO_REGISTRIES_CORP_TOKEN", "secret".into())],
            ..Fake::default()
        };
        assert!(find(&env).unwrap().has_secret());
    }
}
