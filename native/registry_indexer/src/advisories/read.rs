//! A file's bytes, and the advisories in it.

use registry_protocols::{osv, rustsec};
use registry_types::{Advisory, Ecosystem, Error, Result};

/// How much memory one record may become: it is repeated for each package it speaks of.
const RECORD_MEMORY: usize = 256 * 1024 * 1024;

/// A record that was read.
pub(super) struct Read {
    /// Its id.
    pub(super) id: String,
    /// The feed it belongs to, where nobody says otherwise.
    pub(super) source: &'static str,
    /// What it says of each package of our ecosystems.
    pub(super) advisories: Vec<(Ecosystem, String, Advisory)>,
}

/// The forms of advisories, by the names of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// OSV's schema.
    Json,
    /// OSV's schema as PyPA writes it.
    Yaml,
    /// RustSec's.
    Markdown,
}

impl Form {
    /// The form of the file at `path`; `None` for what is no advisory by its name.
    pub(super) fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "md" | "toml" => Some(Self::Markdown),
            _ => None,
        }
    }

    /// Reads a record.
    pub(super) fn read(self, bytes: &[u8]) -> Result<Read> {
        match self {
            Self::Json => of_osv(bytes),
            Self::Yaml => of_osv(&json_of_yaml(bytes)?),
            Self::Markdown => {
                let record = rustsec::parse(bytes)?;
                Ok(Read {
                    id: record.advisory.id.clone(),
                    source: "rustsec",
                    advisories: vec![(Ecosystem::Cargo, record.package, record.advisory)],
                })
            }
        }
    }
}

fn of_osv(bytes: &[u8]) -> Result<Read> {
    let record = osv::Record::parse(bytes)?;
    if record.packages().len().saturating_mul(bytes.len()) > RECORD_MEMORY {
        return Err(Error::limit(
            "record_bytes",
            "it is too long for the number of packages it speaks of",
        ));
    }
    Ok(Read {
        advisories: record.advisories(),
        id: record.id,
        source: super::OSV,
    })
}

/// The budget of the library's default keeps aliases from unfolding into more than was written.
fn json_of_yaml(bytes: &[u8]) -> Result<Vec<u8>> {
    let bad = |e: &dyn std::fmt::Display| Error::protocol(format!("this YAML cannot be read: {e}"));
    let text = std::str::from_utf8(bytes).map_err(|e| bad(&e))?;
    let value: serde_json::Value = serde_saphyr::from_str(text).map_err(|e| bad(&e))?;
    serde_json::to_vec(&value).map_err(|e| bad(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read() {
        let json = br#"{"id":"GHSA-1","affected":[{"package":{"ecosystem":"npm","name":"a"}}]}"#;
        let read = Form::of("x/GHSA-1.json").unwrap().read(json).unwrap();
        assert_eq!(
            (read.id.as_str(), read.source, read.advisories.len()),
            ("GHSA-1", "osv", 1)
        );
        let yaml = b"id: PYSEC-1\nmodified: 2024-01-02T03:04:05Z\ndetails: |\n  Two\n  lines\naffected:\n\
                     - package:\n    ecosystem: PyPI\n    name: Foo.Bar\n  ranges:\n  - type: ECOSYSTEM\n\
                     \x20   events:\n    - introduced: \"0\"\n    - fixed: \"1.10\"\n  versions:\n  - \"1.0\"\n";
        let read = Form::of("PYSEC-1.yaml").unwrap().read(yaml).unwrap();
        let (ecosystem, name, advisory) = &read.advisories[0];
        assert_eq!((*ecosystem, name.as_str()), (Ecosystem::Pypi, "foo-bar"));
        assert!(
            advisory.affects(Ecosystem::Pypi, "1.9") && !advisory.affects(Ecosystem::Pypi, "1.10")
        );
        assert_eq!(
            advisory.modified_at.map(|t| t.to_string()).as_deref(),
            Some("2024-01-02T03:04:05Z")
        );
        assert_eq!(Form::of("crates/x/RUSTSEC-1.md"), Some(Form::Markdown));
        assert_eq!(Form::of("LICENSE"), None);
    }

    #[test]
    fn hostile_yaml_is_refused() {
        let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for n in b'b'..=b'k' {
            let (name, before) = (char::from(n), char::from(n - 1));
            let list = vec![format!("*{before}"); 10].join(",");
            bomb.push_str(&format!("{name}: &{name} [{list}]\n"));
        }
        assert!(Form::Yaml.read(bomb.as_bytes()).is_err());
        let deep = format!("a: {}", "[".repeat(100_000));
        assert!(Form::Yaml.read(deep.as_bytes()).is_err());
        assert!(Form::Json.read("[".repeat(1_000_000).as_bytes()).is_err());
    }
}
