//! `package.json`: which files a package's users enter by, and under which names.

mod target;

use serde::Deserialize;

pub(super) use target::Target;

/// Larger manifests are not read.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Entries of one package.
const MAX_ENTRIES: usize = 20_000;
/// What a TypeScript program asks for, importing and requiring.
const IMPORT: [&str; 6] = ["types", "typings", "import", "node", "module", "default"];
const REQUIRE: [&str; 5] = ["types", "typings", "require", "node", "default"];

/// The fields that say where a package begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Manifest {
    name: Target,
    exports: Target,
    imports: Target,
    types: Target,
    typings: Target,
    module: Target,
    main: Target,
    #[serde(rename = "typesVersions")]
    types_versions: Target,
    workspaces: Target,
}

/// Where users may enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What follows the package's name: `""`, `/sub`, `/sub/*`.
    pub subpath: String,
    /// Files as the manifest names them, the best first; each may hold one `*`.
    pub files: Vec<String>,
}

impl Manifest {
    /// Deep ones fail: the reader bounds the nesting.
    pub fn read(text: &[u8]) -> Option<Self> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        Some(text)
            .filter(|text| text.len() <= MAX_BYTES)
            .and_then(|text| serde_json::from_slice(text).ok())
    }

    /// The package's own name.
    pub fn name(&self) -> Option<&str> {
        self.name.path()
    }

    /// A repository of several packages: its own manifest describes none.
    pub fn is_workspace(&self) -> bool {
        !matches!(self.workspaces, Target::None)
    }

    /// Whether users may name files that are not listed.
    pub fn is_open(&self) -> bool {
        matches!(self.exports, Target::None)
    }

    /// The entries, the main one first; patterns last.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = match &self.exports {
            Target::None => return self.without_exports(),
            Target::Map(map) if map.iter().any(|(key, _)| key.starts_with('.')) => map
                .iter()
                .filter(|(key, _)| key.starts_with('.'))
                .take(MAX_ENTRIES)
                .map(|(key, target)| entry(key.get(1..).unwrap_or_default(), target))
                .collect(),
            target => vec![entry("", target)],
        };
        if let Some(main) = entries.iter_mut().find(|entry| entry.subpath.is_empty()) {
            let mut files = self.typed();
            files.append(&mut main.files);
            // `exports` is what counts; `types` beside it is for older compilers.
            files.rotate_left(self.typed().len());
            main.files = files;
        }
        entries.retain(|entry| !entry.subpath.ends_with(".json"));
        entries.sort_by_key(|entry| (entry.subpath.contains('*'), entry.subpath.len()));
        entries
    }

    fn without_exports(&self) -> Vec<Entry> {
        let mut files = self.typed();
        files.extend([&self.main, &self.module].into_iter().filter_map(owned));
        files.push("index".to_owned());
        let mut entries = vec![Entry {
            subpath: String::new(),
            files,
        }];
        let sub = |(key, target): &(String, Target)| {
            (!key.contains('*') && !key.starts_with('.') && key != "index")
                .then(|| entry(&format!("/{key}"), target))
        };
        if let Some(map) = self.newest() {
            entries.extend(map.iter().take(MAX_ENTRIES).filter_map(sub));
        }
        entries
    }

    fn typed(&self) -> Vec<String> {
        let given: Vec<String> = [&self.types, &self.typings]
            .into_iter()
            .filter_map(owned)
            .collect();
        let mut files = Vec::new();
        for (key, target) in self.newest().into_iter().flatten().take(MAX_ENTRIES) {
            for file in &given {
                let file = file.trim_start_matches("./");
                if let Some(star) = target::matches(key, file) {
                    let to = target.leaves();
                    files.extend(to.into_iter().map(|to| to.replacen('*', star, 1)));
                }
            }
        }
        files.extend(given);
        files
    }

    /// The table of `typesVersions` for the newest compilers.
    fn newest(&self) -> Option<&[(String, Target)]> {
        let Target::Map(versions) = &self.types_versions else {
            return None;
        };
        let newest = versions
            .iter()
            .find(|(range, _)| range == "*" || range.trim_start().starts_with('>'));
        match newest {
            Some((_, Target::Map(table))) => Some(table),
            _ => None,
        }
    }

    /// The files that a `#name` stands for inside of the package.
    pub fn imported(&self, specifier: &str) -> Vec<String> {
        let Target::Map(map) = &self.imports else {
            return Vec::new();
        };
        let found = map
            .iter()
            .take(MAX_ENTRIES)
            .find_map(|(key, target)| Some((target::matches(key, specifier)?.to_owned(), target)));
        let Some((star, target)) = found else {
            return Vec::new();
        };
        let files = candidates(target);
        files.iter().map(|to| to.replacen('*', &star, 1)).collect()
    }
}

fn owned(target: &Target) -> Option<String> {
    target
        .path()
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
}

fn entry(subpath: &str, target: &Target) -> Entry {
    Entry {
        subpath: subpath.trim_end_matches('/').to_owned(),
        files: candidates(target),
    }
}

/// What an importing program gets, then a requiring one, then whatever else is named.
fn candidates(target: &Target) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    let picked = [target.pick(&IMPORT), target.pick(&REQUIRE)];
    for path in picked.into_iter().flatten().chain(target.leaves()) {
        if files.len() < 16 && !files.iter().any(|known| known == path) {
            files.push(path.to_owned());
        }
    }
    files
}
