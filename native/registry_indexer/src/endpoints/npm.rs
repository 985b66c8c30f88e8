//! The npm registry by npm's own rules, as `deno_npmrc` reads them.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use deno_npmrc::{NpmRc, NpmRegistryUrl, RegistryConfig, ResolvedNpmRc};
use registry_types::{Error, ErrorKind, Result};
use sys_traits::BaseEnvVar;
use url::Url;

use super::endpoint::{Endpoint, basic};
use super::environment::Environment;

/// Which registry has which package, and who may ask it.
pub struct Npm {
    rc: ResolvedNpmRc,
    from: String,
}

/// Variables as `deno_npmrc` asks for them: npm itself also takes the lower-case spelling.
struct Vars<'a>(&'a dyn Environment);

impl BaseEnvVar for Vars<'_> {
    fn base_env_var_os(&self, key: &OsStr) -> Option<OsString> {
        let key = key.to_str()?;
        let lower = || key.starts_with("NPM_CONFIG_").then(|| key.to_lowercase());
        self.0
            .var(key)
            .or_else(|| self.0.var(&lower()?))
            .map(Into::into)
    }
}

impl Npm {
    /// Reads npm's configuration; an `explicit` registry takes the place of all others.
    ///
    /// # Errors
    /// `unconfigured` when a registry's address cannot be read.
    pub fn find(env: &dyn Environment, explicit: Option<&str>) -> Result<Self> {
        let vars = Vars(env);
        let mut rc = NpmRc::parse(&vars, &files(env)).unwrap_or_default();
        let mut default = NpmRegistryUrl::for_npm(&vars);
        let mut from = match (default.from_env, &rc.registry) {
            (true, _) => "NPM_CONFIG_REGISTRY",
            (false, Some(_)) => ".npmrc",
            (false, None) => "default",
        };
        if let Some(text) = explicit {
            from = "endpoints.npm";
            default = NpmRegistryUrl {
                url: Endpoint::new(from, text)?.url,
                from_env: true,
            };
            rc.scope_registries.clear();
        }
        let rc = rc.as_resolved(&default).map_err(|e| {
            Error::new(ErrorKind::Unconfigured, format!("npm's configuration: {e}"))
                .with("setting", "registry")
        })?;
        Ok(Self {
            rc,
            from: from.to_owned(),
        })
    }

    /// The registry of the package `name`, which may be scoped.
    ///
    /// # Errors
    /// `unconfigured` when its address is no web address.
    pub fn registry(&self, name: &str) -> Result<Endpoint> {
        let url = self.rc.get_registry_url(name);
        let endpoint = Endpoint::new(self.from.clone(), url.as_str())?;
        Ok(endpoint.with_secret(secret(self.rc.get_registry_config(name))))
    }

    /// Where the tarball of `name` is fetched, and with which credentials: npm's
    /// `replace-registry-host` and the credentials of the longest matching path.
    ///
    /// # Errors
    /// `protocol` when the address is no web address.
    pub fn tarball(&self, name: &str, tarball: Url) -> Result<Endpoint> {
        let url = self.rc.replace_tarball_url(tarball, name);
        let config = self.rc.tarball_config_for_package(&url, name);
        let mut endpoint = Endpoint::new("dist.tarball", url.as_str())
            .map_err(|e| Error::protocol(format!("{name}: {}", e.message)))?;
        endpoint.url = url;
        Ok(endpoint.with_secret(config.and_then(|c| secret(c))))
    }
}

/// The downloads API which belongs to a registry: `api.X` beside `registry.X`; others have none.
pub fn downloads_beside(registry: &Url) -> Option<Endpoint> {
    let parent = registry.host_str()?.strip_prefix("registry.")?;
    parent.contains('.').then_some(())?;
    let url = format!("{}://api.{parent}/", registry.scheme());
    Endpoint::new("beside the npm registry", &url).ok()
}

/// npm's files, the strongest last. One that cannot be read as INI is passed over.
fn files(env: &dyn Environment) -> String {
    let vars = Vars(env);
    let named = |name: &str| vars.base_env_var_os(OsStr::new(name)).map(PathBuf::from);
    let global = named("NPM_CONFIG_GLOBALCONFIG").unwrap_or_else(|| "/etc/npmrc".into());
    let user = named("NPM_CONFIG_USERCONFIG").or_else(|| Some(env.home()?.join(".npmrc")));
    let project = env.directory().map(|d| d.join(".npmrc"));
    let mut all = String::new();
    for path in [Some(global), user, project].into_iter().flatten() {
        if let Some(text) = env.read(&path)
            && NpmRc::parse(&vars, &text).is_ok()
        {
            all.push_str(&text);
            all.push('\n');
        }
    }
    all
}

fn secret(config: &RegistryConfig) -> Option<String> {
    if let Some(token) = &config.auth_token {
        return Some(format!("Bearer {token}"));
    }
    if let Some(auth) = &config.auth {
        return Some(format!("Basic {auth}"));
    }
    let name = config.username.as_ref().or(config.email.as_ref())?;
    let password = STANDARD.decode(config.password.as_ref()?).ok()?;
    Some(basic(name, &String::from_utf8_lossy(&password)))
}

#[cfg(test)]
mod tests {
    use super::super::environment::Fake;
    use super::*;

    const RC: &str = "registry=https://mirror.test/npm/\n@corp:registry=https://corp.test/\n\
                      //corp.test/:_authToken=${TOKEN}\n//mirror.test/npm/:_auth=dTpw\n";

    fn env() -> Fake {
        Fake {
            files: vec![("/home/me/.npmrc", RC)],
            vars: vec![("TOKEN", "hunter2".into())],
            ..Fake::default()
        }
    }

    #[test]
    fn nothing_configured_is_the_published_constant() {
        let npm = Npm::find(&Fake::default(), None).unwrap();
        let url = npm.registry("x").unwrap().url;
        assert_eq!(
            url.as_str().trim_end_matches('/'),
            deno_npmrc::NPM_DEFAULT_REGISTRY
        );
        assert!(
            downloads_beside(&url).is_some(),
            "the public registry has a downloads API"
        );
    }

    #[test]
    fn scopes_have_their_own_registry_and_secret() {
        let npm = Npm::find(&env(), None).unwrap();
        assert_eq!(
            npm.registry("x").unwrap().url.as_str(),
            "https://mirror.test/npm/"
        );
        let corp = npm.registry("@corp/x").unwrap();
        assert_eq!(corp.url.as_str(), "https://corp.test/");
        assert!(corp.has_secret() && !format!("{corp:?}").contains("hunter2"));
    }

    #[test]
    fn an_explicit_registry_takes_the_place_of_all() {
        let npm = Npm::find(&env(), Some("http://127.0.0.1:4873")).unwrap();
        for name in ["x", "@corp/x"] {
            let endpoint = npm.registry(name).unwrap();
            assert_eq!(endpoint.url.as_str(), "http://127.0.0.1:4873/");
            assert!(!endpoint.has_secret(), "{name}");
        }
    }

    #[test]
    fn the_variable_wins_in_both_spellings() {
        for name in ["NPM_CONFIG_REGISTRY", "npm_config_registry"] {
            let mut env = env();
            env.vars.push((name, "https://v.test/".into()));
            let npm = Npm::find(&env, None).unwrap();
            assert_eq!(
                npm.registry("x").unwrap().url.as_str(),
                "https://v.test/",
                "{name}"
            );
        }
    }

    #[test]
    fn a_tarball_on_another_host_gets_no_secret() {
        let npm = Npm::find(&env(), None).unwrap();
        let at = |url: &str| npm.tarball("@corp/x", Url::parse(url).unwrap()).unwrap();
        assert!(at("https://corp.test/x/-/x-1.tgz").has_secret());
        assert!(!at("https://cdn.test/x/-/x-1.tgz").has_secret());
        let own = format!("{}/x/-/x-1.tgz", deno_npmrc::NPM_DEFAULT_REGISTRY);
        assert_eq!(at(&own).url.as_str(), "https://corp.test/x/-/x-1.tgz");
    }

    #[test]
    fn only_a_registry_host_has_an_api_host_beside_it() {
        let beside = |u: &str| downloads_beside(&Url::parse(u).unwrap()).map(|e| e.url.to_string());
        assert_eq!(
            beside("https://registry.corp.test/").as_deref(),
            Some("https://api.corp.test/")
        );
        assert_eq!(beside("https://npm.corp.test/"), None);
        assert_eq!(beside("http://127.0.0.1:1/"), None);
    }
}
