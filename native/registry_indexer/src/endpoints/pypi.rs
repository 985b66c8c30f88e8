//! The Python index: pip's and uv's settings, else what the installed pip was built for.

use std::path::{Path, PathBuf};

use registry_types::{Error, ErrorKind, Result};

use super::endpoint::Endpoint;
use super::environment::Environment;

/// The two faces of an index.
#[derive(Clone, Debug)]
pub struct Pypi {
    /// The simple index: every index has it.
    pub simple: Endpoint,
    /// The base of the JSON API (`pypi/{name}/json` follows), where the address tells it.
    pub json: Option<Endpoint>,
}

impl Pypi {
    /// From the address of the simple index, or of what holds both.
    fn new(setting: &str, value: &str) -> Result<Self> {
        let given = Endpoint::new(setting, value)?;
        let path = given.url.path().trim_end_matches('/').to_owned();
        let at = |path: &str| {
            let mut endpoint = given.clone();
            endpoint.url.set_path(path);
            endpoint
        };
        if let Some(base) = path.strip_suffix("/simple") {
            return Ok(Self {
                json: Some(at(&format!("{base}/"))),
                simple: given,
            });
        }
        // devpi spells it `+simple` and has no JSON API beside it.
        if path.ends_with("simple") {
            return Ok(Self {
                json: None,
                simple: given,
            });
        }
        Ok(Self {
            simple: at(&format!("{path}/simple/")),
            json: Some(given),
        })
    }
}

/// Finds the index.
///
/// # Errors
/// `unconfigured` when no setting names one and there is no pip to ask.
pub fn find(env: &dyn Environment, explicit: Option<&str>) -> Result<Pypi> {
    if let Some(value) = explicit {
        return Pypi::new("endpoints.pypi", value);
    }
    if let Some((name, value)) =
        env.first_var(&["PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL"])
    {
        // uv allows `name=https://…`.
        let value = value
            .split_once("=http")
            .map_or(value.clone(), |(_, rest)| format!("http{rest}"));
        return Pypi::new(name, &value);
    }
    for path in pip_files(env) {
        if let Some(value) = env.read(&path).and_then(|text| from_pip_conf(&text)) {
            return Pypi::new(&path.display().to_string(), &value);
        }
    }
    for path in uv_files(env) {
        if let Some(value) = env.read(&path).and_then(|text| from_uv_toml(&text)) {
            return Pypi::new(&path.display().to_string(), &value);
        }
    }
    let Some(base) = env.pip_default() else {
        let message = "no Python index is configured and there is no pip to ask for its default; \
                       install pip, or set PIP_INDEX_URL or the endpoint `pypi` to the address of \
                       a simple index";
        return Err(Error::new(ErrorKind::Unconfigured, message).with("setting", "pypi"));
    };
    Pypi::new("pip's default", &base)
}

/// The strongest first, as pip has it: the named file, the environment's, the user's, the site's.
fn pip_files(env: &dyn Environment) -> Vec<PathBuf> {
    let named = env.var("PIP_CONFIG_FILE").map(PathBuf::from);
    let inside = env
        .var("VIRTUAL_ENV")
        .map(|dir| Path::new(&dir).join("pip.conf"));
    let user = config_home(env).map(|dir| dir.join("pip/pip.conf"));
    let legacy = env.home().map(|home| home.join(".pip/pip.conf"));
    let site = ["/etc/xdg/pip/pip.conf", "/etc/pip.conf"].map(|p| Some(PathBuf::from(p)));
    [named, inside, user, legacy]
        .into_iter()
        .chain(site)
        .flatten()
        .collect()
}

fn uv_files(env: &dyn Environment) -> Vec<PathBuf> {
    let named = env.var("UV_CONFIG_FILE").map(PathBuf::from);
    let project = env.directory().map(|dir| dir.join("uv.toml"));
    let user = config_home(env).map(|dir| dir.join("uv/uv.toml"));
    let site = Some(PathBuf::from("/etc/uv/uv.toml"));
    [named, project, user, site].into_iter().flatten().collect()
}

fn config_home(env: &dyn Environment) -> Option<PathBuf> {
    env.var("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env.home()?.join(".config")))
}

/// `index-url` of `[install]` or `[global]`; the former is the stronger.
fn from_pip_conf(text: &str) -> Option<String> {
    let (mut section, mut global, mut install) = (String::new(), None, None);
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name.trim().to_owned();
        } else if let Some((key, value)) = line.split_once(['=', ':'])
            && key.trim().replace('_', "-") == "index-url"
        {
            match section.as_str() {
                "global" => global = Some(value.trim().to_owned()),
                "install" => install = Some(value.trim().to_owned()),
                _ => {}
            }
        }
    }
    install.or(global)
}

fn from_uv_toml(text: &str) -> Option<String> {
    let parsed = toml_span::parse(text).ok()?;
    let default_index = parsed
        .pointer("/index")
        .and_then(|i| i.as_array())
        .and_then(|indexes| {
            indexes.iter().find_map(|index| {
                let is_default = index.pointer("/default").and_then(|d| d.as_bool());
                (is_default == Some(true)).then(|| index.pointer("/url")?.as_str())?
            })
        });
    let plain = || {
        ["/index-url", "/pip/index-url"]
            .iter()
            .find_map(|p| parsed.pointer(p)?.as_str())
    };
    default_index.or_else(plain).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::environment::Fake;
    use super::*;

    fn bases(env: &Fake) -> (String, Option<String>) {
        let found = find(env, None).unwrap();
        (
            found.simple.url.to_string(),
            found.json.map(|j| j.url.to_string()),
        )
    }

    #[test]
    fn both_faces_follow_from_either_address() {
        let faces = |value: &str| {
            let found = find(&Fake::default(), Some(value)).unwrap();
            (
                found.simple.url.to_string(),
                found.json.map(|j| j.url.to_string()),
            )
        };
        let both = (
            "https://m.test/r/simple/".to_owned(),
            Some("https://m.test/r/".to_owned()),
        );
        assert_eq!(faces("https://m.test/r/simple"), both);
        assert_eq!(faces("https://m.test/r/"), both);
        assert_eq!(
            faces("https://d.test/u/+simple/"),
            ("https://d.test/u/+simple/".into(), None)
        );
    }

    #[test]
    fn without_any_setting_pip_is_asked() {
        let env = Fake {
            pip: Some("https://pip.test"),
            ..Fake::default()
        };
        assert_eq!(bases(&env).0, "https://pip.test/simple/");
    }

    #[test]
    fn without_pip_the_setting_is_named() {
        let error = find(&Fake::default(), None).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unconfigured);
        assert!(error.message.contains("PIP_INDEX_URL"), "{}", error.message);
    }

    #[test]
    fn settings_are_found_in_their_order() {
        let mut env = Fake {
            pip: Some("https://pip.test"),
            ..Fake::default()
        };
        let simple = |env: &Fake| bases(env).0;
        env.files
            .push(("/etc/uv/uv.toml", "index-url = 'https://uv.test/simple'"));
        assert_eq!(simple(&env), "https://uv.test/simple/");
        env.files.push((
            "/etc/pip.conf",
            "[global]\ncert = x\nindex_url = https://e.test/simple\n",
        ));
        assert_eq!(simple(&env), "https://e.test/simple/");
        let user = "[global]\nindex-url: https://g.test/simple\n[install]\nindex-url = https://i.test/simple";
        env.files.push(("/home/me/.config/pip/pip.conf", user));
        assert_eq!(simple(&env), "https://i.test/simple/");
        env.vars
            .push(("UV_DEFAULT_INDEX", "corp=https://n.test/simple".into()));
        assert_eq!(simple(&env), "https://n.test/simple/");
        env.vars
            .push(("PIP_INDEX_URL", "https://p.test/simple".into()));
        assert_eq!(simple(&env), "https://p.test/simple/");
    }

    #[test]
    fn uv_default_index_table() {
        let toml = "[[index]]\nurl='https://a.test/simple'\n[[index]]\nurl='https://b.test/simple'\ndefault=true";
        assert_eq!(from_uv_toml(toml).as_deref(), Some("https://b.test/simple"));
    }
}
