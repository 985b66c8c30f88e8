use url::Url;

/// The `https` address of a source repository, from any of the ways in which manifests write it:
/// `git+https://…`, `git://…`, `ssh://git@…`, `git@host:o/r`, `github:o/r`, `o/r` (GitHub), with or
/// without `www.`, `.git`, a trailing slash, a fragment or a `/tree/…` suffix. Owner and name on
/// GitHub come out in lower case. `None` if it is no address of the web.
///
/// ```
/// use registry_protocols::repository_url;
/// let normal = Some("https://github.com/tokio-rs/tokio".to_owned());
/// assert_eq!(repository_url("git+ssh://git@github.com/Tokio-rs/tokio.git"), normal);
/// assert_eq!(repository_url("github:tokio-rs/tokio"), normal);
/// ```
#[must_use]
pub fn repository_url(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > 2048 || text.contains(|c: char| c.is_control() || c == ' ') {
        return None;
    }
    let url = Url::parse(&spelled_out(text)?).ok()?;
    let host = url
        .host_str()?
        .trim_start_matches("www.")
        .to_ascii_lowercase();
    let mut parts: Vec<&str> = url.path().split('/').filter(|p| !p.is_empty()).collect();
    if host.is_empty() || !host.contains('.') && host != "localhost" {
        return None;
    }
    let forge = matches!(
        host.as_str(),
        "github.com" | "gitlab.com" | "bitbucket.org" | "codeberg.org"
    );
    if forge
        && let Some(end) = parts
            .iter()
            .position(|p| matches!(*p, "tree" | "blob" | "-" | "src"))
    {
        parts.truncate(end.max(2));
    }
    if host == "github.com" {
        parts.truncate(2);
    }
    let mut path = parts.join("/");
    if let Some(stem) = path.strip_suffix(".git") {
        path.truncate(stem.len());
    }
    if host == "github.com" {
        path.make_ascii_lowercase();
    }
    let port = url.port().map(|p| format!(":{p}")).unwrap_or_default();
    let slash = if path.is_empty() { "" } else { "/" };
    Some(format!("https://{host}{port}{slash}{path}"))
}

/// The [`repository_url`] of what a registry says, or its own words if it is none.
pub(crate) fn repository_or_text(text: Option<String>) -> Option<String> {
    text.map(|text| repository_url(&text).unwrap_or(text))
}

/// `owner/name` in lower case, if `text` is the address of a GitHub repository.
#[must_use]
pub fn github_repository(text: &str) -> Option<String> {
    let url = repository_url(text)?;
    let slug = url.strip_prefix("https://github.com/")?;
    let (owner, name) = slug.split_once('/')?;
    let fine = |part: &str| {
        !part.is_empty()
            && !matches!(part, "." | "..")
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    (fine(owner) && fine(name)).then(|| slug.to_owned())
}

/// Shorthands and scp forms as an `https` address; the ssh port of an address is dropped.
fn spelled_out(text: &str) -> Option<String> {
    let text = text.strip_prefix("git+").unwrap_or(text);
    if let Some((scheme, rest)) = text.split_once("://") {
        let rest = rest
            .rsplit_once('@')
            .filter(|(user, _)| !user.contains('/'))
            .map_or(rest, |(_, r)| r);
        return match scheme.to_ascii_lowercase().as_str() {
            "https" | "http" => Some(format!("https://{rest}")),
            // `ssh://git@host:o/r` is written too, although its colon announces a port.
            "git" | "ssh" => {
                let (host, path) = rest.split_once(['/', ':'])?;
                let path = match path.split_once('/') {
                    Some((port, path)) if port.bytes().all(|b| b.is_ascii_digit()) => path,
                    _ => path,
                };
                Some(format!("https://{host}/{path}"))
            }
            _ => None,
        };
    }
    for (prefix, host) in [
        ("github:", "github.com"),
        ("gitlab:", "gitlab.com"),
        ("bitbucket:", "bitbucket.org"),
    ] {
        if let Some(path) = text.strip_prefix(prefix) {
            return Some(format!("https://{host}/{path}"));
        }
    }
    if let Some((host, path)) = text.split_once(':') {
        let host = host.rsplit_once('@').map_or(host, |(_, h)| h);
        return host.contains('.').then(|| format!("https://{host}/{path}"));
    }
    let parts = text.split('/').count();
    let first = text.split('/').next().unwrap_or_default();
    match parts {
        2 if !first.contains('.') => Some(format!("https://github.com/{text}")),
        _ if first.contains('.') && parts >= 2 => Some(format!("https://{text}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_one_repository() {
        for text in [
            "https://github.com/Owner/Name",
            "http://www.github.com/owner/name/",
            "git+https://github.com/owner/name.git",
            "git+https://user:secret@github.com/owner/name.git#main",
            "git://github.com/owner/name.git",
            "git+ssh://git@github.com/owner/name.git",
            "ssh://git@github.com/owner/name",
            "ssh://git@github.com:22/owner/name",
            "ssh://git@github.com:owner/name.git",
            "git@github.com:owner/name.git",
            "github:owner/name",
            "github.com/owner/name",
            "owner/name",
            "https://github.com/owner/name/tree/main/packages/x",
            "https://github.com/owner/name/issues",
            "https://github.com/owner/name?tab=readme#top",
        ] {
            assert_eq!(
                repository_url(text).as_deref(),
                Some("https://github.com/owner/name"),
                "{text}"
            );
            assert_eq!(github_repository(text).as_deref(), Some("owner/name"));
        }
    }

    #[test]
    fn other_hosts_keep_their_case_and_depth() {
        assert_eq!(
            repository_url("https://gitlab.com/Group/Sub/Name.git/-/tree/main").as_deref(),
            Some("https://gitlab.com/Group/Sub/Name")
        );
        assert_eq!(
            repository_url("https://git.example.org:8443/a/b.git").as_deref(),
            Some("https://git.example.org:8443/a/b")
        );
        assert_eq!(github_repository("https://gitlab.com/a/b"), None);
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in [
            "",
            " ",
            "name",
            "none of your business",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "C:\\src",
            "https://",
            "UNKNOWN",
            "a/b/c",
            "\u{0}a/b",
        ] {
            assert_eq!(repository_url(text), None, "{text:?}");
        }
        assert_eq!(github_repository("https://github.com/owner"), None);
        assert_eq!(github_repository("https://github.com/owner/na%20me"), None);
    }
}
