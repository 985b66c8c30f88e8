//! Hex's two addresses by Hex's own settings.

use std::path::PathBuf;

use erl_tokenize::TokenKind;
use registry_types::Result;

use super::endpoint::Endpoint;
use super::environment::Environment;

const API: &str = "https://hex.pm/api";
const REPOSITORY: &str = "https://repo.hex.pm";

/// The API: packages' downloads and owners.
///
/// # Errors
/// `unconfigured` for a setting that is no address.
pub fn api(env: &dyn Environment) -> Result<Endpoint> {
    let endpoint = match env.first_var(&["HEX_API_URL", "HEX_API"]) {
        Some((name, value)) => Endpoint::new(name, &value),
        None => match from_config(env, &["api_url"]) {
            Some(value) => Endpoint::new("hex.config", &value),
            None => Endpoint::new("default", API),
        },
    };
    Ok(endpoint?.with_secret(env.var("HEX_API_KEY")))
}

/// The repository: signed registry and tarballs.
///
/// # Errors
/// `unconfigured` for a setting that is no address.
pub fn repository(env: &dyn Environment) -> Result<Endpoint> {
    const NAMES: [&str; 5] = [
        "HEX_TRUSTED_MIRROR_URL",
        "HEX_TRUSTED_MIRROR",
        "HEX_MIRROR_URL",
        "HEX_MIRROR",
        "HEX_CDN",
    ];
    if let Some((name, value)) = env.first_var(&NAMES) {
        return Endpoint::new(name, &value);
    }
    match from_config(env, &["trusted_mirror_url", "mirror_url", "cdn_url"]) {
        Some(value) => Endpoint::new("hex.config", &value),
        None => Endpoint::new("default", REPOSITORY),
    }
}

fn from_config(env: &dyn Environment, keys: &[&str]) -> Option<String> {
    let home = env
        .var("HEX_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env.home()?.join(".hex")))?;
    let text = env.read(&home.join("hex.config"))?;
    keys.iter().find_map(|key| value_of(&text, key))
}

/// The text in `{key,<<"text">>}` or `{key,"text"}`.
fn value_of(text: &str, key: &str) -> Option<String> {
    let tokens = erl_tokenize::scan_tokens(text).ok()?;
    let mut tokens = tokens.into_iter().filter(|t| t.kind().is_lexical());
    while let Some(token) = tokens.next() {
        if token.kind() != TokenKind::Atom || token.text(text).trim_matches('\'') != key {
            continue;
        }
        let comma = tokens.next()?;
        let mut value = tokens.next()?;
        if value.text(text) == "<<" {
            value = tokens.next()?;
        }
        if comma.text(text) == "," && value.kind() == TokenKind::String {
            return Some(value.text(text).trim_matches('"').to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::environment::Fake;
    use super::*;

    #[test]
    fn defaults_files_and_variables() {
        let mut env = Fake::default();
        assert_eq!(
            repository(&env).unwrap().url.as_str(),
            "https://repo.hex.pm/"
        );
        let config = "{'$api_key',<<\"abc\">>}.\n{api_url,<<\"https://a.test/api\">>}.\n\
                      {mirror_url,\"https://m.test\"}.\n";
        env.files.push(("/home/me/.hex/hex.config", config));
        assert_eq!(api(&env).unwrap().url.as_str(), "https://a.test/api/");
        assert_eq!(repository(&env).unwrap().url.as_str(), "https://m.test/");
        env.vars.push(("HEX_MIRROR", "https://v.test".into()));
        env.vars.push(("HEX_API_KEY", "hunter2".into()));
        assert_eq!(repository(&env).unwrap().url.as_str(), "https://v.test/");
        assert!(api(&env).unwrap().has_secret() && !repository(&env).unwrap().has_secret());
    }

    #[test]
    fn a_broken_config_is_no_config() {
        for text in ["{api_url,", "{api_url,<<1>>}.", "\"", "api_url"] {
            assert_eq!(value_of(text, "api_url"), None, "{text}");
        }
    }
}
