//! What the command line takes.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use registry_indexer::TreeFormat;
use registry_types::{DependencyKind, Ecosystem, Error, SearchField, SnippetKind};

/// Collects packages from npm, cargo's registry, Hex and PyPI into one file, and answers questions
/// about them from that file, without the network.
///
/// A package is given as a package URL (pkg:cargo/tokio@1.35.0) or as a name with --ecosystem.
#[derive(Debug, Parser)]
#[command(
    name = "package-registry-indexer",
    version,
    max_term_width = 100,
    after_help = "The store is --store, else $PACKAGE_REGISTRY_STORE, else priv/package_cache.redb under the \
                  current directory where it exists, else package-registry-indexer/package_cache.redb in the \
                  user's data directory.\n\nExit status: 0 done, 1 failed, 2 wrong usage."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// The store file.
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) store: Option<PathBuf>,
    /// Print one JSON object per result, and nothing else.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Change a limit, as in archive_bytes=134217728; times are in milliseconds. May be repeated.
    #[arg(long = "limits", global = true, value_name = "NAME=VALUE")]
    pub(crate) limits: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Collect packages into the store.
    #[command(after_help = "Examples:\n  \
        package-registry-indexer collect --ecosystem cargo --package tokio --version 1.35.0\n  \
        package-registry-indexer collect pkg:npm/react@18.2.0 pkg:pypi/requests pkg:hex/plug\n  \
        package-registry-indexer collect --ecosystem npm react@^18 @types/node")]
    Collect(Collect),
    /// Collect a package with its dependencies into the store.
    #[command(after_help = "Example:\n  \
        package-registry-indexer collect-tree pkg:hex/phoenix --no-snippets --depth 3")]
    CollectTree(CollectTree),
    /// Search packages.
    Search(Search),
    /// Find packages like another, in its own ecosystem or in others.
    Similar(Similar),
    /// List what a package offers: functions, types, macros, …
    Snippets(Snippets),
    /// Search functions, types, macros, … of all packages.
    SearchSnippets(SearchSnippets),
    /// Show a package, or one release of it.
    Show(Show),
    /// Show the README and the other documents of a release.
    Docs(Docs),
    /// Show the security advisories of a package, or those that affect one version, and which feeds
    /// were asked. The package need not have been collected.
    Advisories(Advisories),
    /// Import security advisories from a zip export, a directory or a single file: OSV's JSON,
    /// RustSec's Markdown, PyPA's YAML.
    #[command(after_help = "Example:\n  \
        package-registry-indexer import-advisories all.zip --ecosystem npm")]
    ImportAdvisories(ImportAdvisories),
    /// Bring OSV's advisories about whole ecosystems up to date.
    #[command(after_help = "Example:\n  \
        package-registry-indexer refresh-advisories --ecosystem cargo --ecosystem hex")]
    RefreshAdvisories(RefreshAdvisories),
    /// Show what changed in a package's public API between two releases in the store, and what the
    /// ecosystem's version rules say of it.
    #[command(after_help = "Example:\n  \
        package-registry-indexer compare-api pkg:cargo/tokio --from 1.35.0 --to 1.36.0")]
    CompareApi(CompareApi),
    /// Show which version of a package to take, and why not the others.
    #[command(after_help = "Example:\n  \
        package-registry-indexer recommend-version pkg:npm/express --current 4.17.1 --runtime node=18 --cooldown 7d")]
    RecommendVersion(RecommendVersion),
    /// Show the packages to take for a purpose, the best first.
    #[command(after_help = "Example:\n  \
        package-registry-indexer recommend \"http client\" --ecosystem hex --license MIT")]
    Recommend(Recommend),
    /// Show how good a package is, with every figure it rests on.
    Quality(Target),
    /// Show which frameworks a package belongs to, and what tells it.
    Frameworks(Target),
    /// Show what a release requires, and what that requires, as a tree or a picture.
    #[command(after_help = "Examples:\n  \
        package-registry-indexer dependency-chain pkg:hex/phoenix@1.7.0\n  \
        package-registry-indexer dependency-chain pkg:npm/express --format svg > express.svg")]
    DependencyChain(DependencyChain),
    /// Show why a package is there: the ways to it from a release, the shortest first.
    #[command(after_help = "Example:\n  \
        package-registry-indexer dependency-paths pkg:hex/phoenix pkg:hex/ranch")]
    DependencyPaths(DependencyPaths),
    /// List the packages in the store that need a package.
    Dependents(Dependents),
    /// Show which packages to take in place of a dead one, and who says so.
    Replacements(Target),
    /// List the packages in the store.
    List(List),
    /// Count what the store holds.
    Stats,
    /// Delete a release, or a package with all of its releases.
    Delete(Delete),
    /// Build the search index again.
    Reindex,
    /// Verify every record of the store.
    Check,
    /// Give unused space back to the disk.
    Compact,
}

/// One package, perhaps one version of it.
#[derive(Args, Debug)]
pub(crate) struct Target {
    /// A package URL, or a name, perhaps with @VERSION.
    #[arg(
        value_name = "PACKAGE",
        required_unless_present = "named",
        conflicts_with = "named"
    )]
    pub(crate) package: Option<String>,
    /// The same as PACKAGE.
    #[arg(id = "named", long = "package", short = 'p', value_name = "NAME")]
    pub(crate) named: Option<String>,
    /// npm, cargo, hex, pypi or github. Needed for a bare name that several ecosystems have.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Option<Ecosystem>,
    /// A version, `latest`, or a requirement as the ecosystem writes it.
    #[arg(long, value_name = "VERSION")]
    pub(crate) version: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Collect {
    /// Package URLs, or names, perhaps with @VERSION.
    #[arg(value_name = "PACKAGE", required_unless_present = "named")]
    pub(crate) packages: Vec<String>,
    /// The same as PACKAGE; may be repeated.
    #[arg(id = "named", long = "package", short = 'p', value_name = "NAME")]
    pub(crate) named: Vec<String>,
    /// npm, cargo, hex, pypi or github, for those given by name.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Option<Ecosystem>,
    /// A version, `latest` (the default), or a requirement as the ecosystem writes it; for those
    /// given without one.
    #[arg(long, value_name = "VERSION")]
    pub(crate) version: Option<String>,
    /// Collect again what the store has already.
    #[arg(long)]
    pub(crate) force: bool,
    /// Leave the sources unparsed.
    #[arg(long)]
    pub(crate) no_snippets: bool,
    /// Leave documents out.
    #[arg(long)]
    pub(crate) no_docs: bool,
    /// Do not ask for security advisories.
    #[arg(long)]
    pub(crate) no_advisories: bool,
    /// Do not ask for downloads, owners and stars.
    #[arg(long)]
    pub(crate) no_quality: bool,
    /// How long each package may take: 90s, 1500ms, 2m.
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = duration)]
    pub(crate) timeout: Duration,
    /// How many packages are collected at a time.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) concurrency: u16,
    /// Where a registry is, as in npm=https://npm.example.com; may be repeated. `off` switches an
    /// optional one off.
    #[arg(long = "endpoint", value_name = "NAME=URL")]
    pub(crate) endpoints: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct CollectTree {
    #[command(flatten)]
    pub(crate) collect: Collect,
    /// At most so many steps from the package.
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub(crate) depth: usize,
    /// At most so many collects for each package.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) releases: usize,
    /// What the package itself needs for development as well.
    #[arg(long)]
    pub(crate) dev: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Search {
    /// Words, a name, "a phrase", -without, and conditions: license:MIT depends:tokio has:types
    /// updated:>=2025 is:alive keyword:async name:http ecosystem:cargo.
    #[arg(allow_hyphen_values = true)]
    pub(crate) query: String,
    /// Only this ecosystem; may be repeated.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Vec<Ecosystem>,
    /// Words count only in this field (name, keywords, categories, description, readme, docs,
    /// symbols); may be repeated.
    #[arg(long, short, value_name = "FIELD", value_parser = word::<SearchField>)]
    pub(crate) field: Vec<SearchField>,
    /// Show what each score rests on.
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) page: Page,
}

#[derive(Args, Debug)]
pub(crate) struct Similar {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Look in this ecosystem; may be repeated. Default: its own.
    #[arg(long = "in", value_name = "ECOSYSTEM", value_parser = word::<Ecosystem>)]
    pub(crate) ecosystems: Vec<Ecosystem>,
    /// At most so many results.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Show what each score rests on.
    #[arg(long)]
    pub(crate) explain: bool,
}

/// Which part of a long answer.
#[derive(Args, Debug)]
pub(crate) struct Page {
    /// At most so many results.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Leave out the first so many.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
}

/// Which snippets.
#[derive(Args, Debug)]
pub(crate) struct Filter {
    /// function, method, class, struct, enum, trait, interface, module, type, constant, macro or
    /// field.
    #[arg(long, short, value_parser = word::<SnippetKind>)]
    pub(crate) kind: Option<SnippetKind>,
    /// Only this language: rust, typescript, …
    #[arg(long, short)]
    pub(crate) language: Option<String>,
    /// Internal ones too.
    #[arg(long)]
    pub(crate) internal: bool,
    /// Print the source text as well.
    #[arg(long)]
    pub(crate) source: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Snippets {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// At most so many results (all by default).
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Leave out the first so many.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
}

#[derive(Args, Debug)]
pub(crate) struct SearchSnippets {
    /// Words of a name or a doc comment, a path as in tokio::spawn, a signature as in
    /// "fn(&str) -> Result", "phrases", -word, and the fields package: version: language: kind:
    /// ecosystem: visibility: before a value.
    #[arg(allow_hyphen_values = true)]
    pub(crate) query: String,
    /// Only this ecosystem; may be repeated.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Vec<Ecosystem>,
    /// Only this package: a name or a package URL.
    #[arg(long, short, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// Only this version of it.
    #[arg(long, value_name = "VERSION", requires = "package")]
    pub(crate) version: Option<String>,
    /// Show what each score rests on.
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) filter: Filter,
    #[command(flatten)]
    pub(crate) page: Page,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Show the README of a release as well.
    #[arg(long)]
    pub(crate) readme: bool,
}

#[derive(Args, Debug)]
pub(crate) struct CompareApi {
    /// A package URL, or a name.
    #[arg(
        value_name = "PACKAGE",
        required_unless_present = "named",
        conflicts_with = "named"
    )]
    pub(crate) package: Option<String>,
    /// The same as PACKAGE.
    #[arg(id = "named", long = "package", short = 'p', value_name = "NAME")]
    pub(crate) named: Option<String>,
    /// npm, cargo, hex, pypi or github. Needed for a bare name that several ecosystems have.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Option<Ecosystem>,
    /// The former version, or a requirement as the ecosystem writes it.
    #[arg(long, value_name = "VERSION")]
    pub(crate) from: String,
    /// The later one.
    #[arg(long, value_name = "VERSION", default_value = "latest")]
    pub(crate) to: String,
}

/// What a version must do.
#[derive(Args, Debug)]
pub(crate) struct Wants {
    /// What it must run on, as in node=18, rust=1.70, python=3.9 or elixir=1.14; may be repeated.
    #[arg(long, value_name = "NAME=VERSION")]
    pub(crate) runtime: Vec<String>,
    /// How old a version must be: 7d, 36h, 2w.
    #[arg(long, value_name = "AGE")]
    pub(crate) cooldown: Option<String>,
    /// Take prereleases like any other version.
    #[arg(long)]
    pub(crate) allow_prerelease: bool,
}

#[derive(Args, Debug)]
pub(crate) struct RecommendVersion {
    #[command(flatten)]
    pub(crate) target: Target,
    /// The version in use; the same as the target's version.
    #[arg(long, value_name = "VERSION")]
    pub(crate) current: Option<String>,
    #[command(flatten)]
    pub(crate) wants: Wants,
    /// At most so many rows of the table.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) candidates: usize,
}

#[derive(Args, Debug)]
pub(crate) struct Recommend {
    /// What the package is for.
    pub(crate) purpose: String,
    /// Only this ecosystem; may be repeated.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Vec<Ecosystem>,
    /// A licence that will do, by its beginning; may be repeated.
    #[arg(long, value_name = "LICENCE")]
    pub(crate) license: Vec<String>,
    #[command(flatten)]
    pub(crate) wants: Wants,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) limit: usize,
}

/// How far a dependency tree goes.
#[derive(Args, Debug)]
pub(crate) struct Chain {
    /// At most so many steps from the root.
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub(crate) depth: usize,
    /// At most so many releases.
    #[arg(long, value_name = "N", default_value_t = 5000)]
    pub(crate) nodes: usize,
    /// Which dependencies are followed: runtime, build, peer, optional (those too that a release works
    /// without), dev (of the root). May be repeated.
    #[arg(long = "kind", value_name = "KIND", value_parser = word::<DependencyKind>,
          default_values = ["runtime", "build", "peer"])]
    pub(crate) kinds: Vec<DependencyKind>,
}

#[derive(Args, Debug)]
pub(crate) struct DependencyChain {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) chain: Chain,
    /// tree, mermaid, dot, svg or json.
    #[arg(long, default_value = "tree", value_parser = word::<TreeFormat>)]
    pub(crate) format: TreeFormat,
}

#[derive(Args, Debug)]
pub(crate) struct DependencyPaths {
    /// Where the ways begin: a package URL, or a name, perhaps with @VERSION.
    #[arg(value_name = "FROM")]
    pub(crate) from: String,
    /// The package they lead to, likewise.
    #[arg(value_name = "TO")]
    pub(crate) to: String,
    /// npm, cargo, hex, pypi or github, for those given by name.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Option<Ecosystem>,
    #[command(flatten)]
    pub(crate) chain: Chain,
    /// At most so many ways.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}

#[derive(Args, Debug)]
pub(crate) struct Dependents {
    #[command(flatten)]
    pub(crate) target: Target,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: usize,
}

#[derive(Args, Debug)]
pub(crate) struct Advisories {
    #[command(flatten)]
    pub(crate) target: Target,
    /// With --json: one object with the status, the advisories by what they are, and the feeds.
    #[arg(long)]
    pub(crate) report: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ImportAdvisories {
    /// A zip, a directory or a file.
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Only records about this ecosystem; may be repeated.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Vec<Ecosystem>,
    /// The feed under which they are kept (osv, or rustsec for RustSec's form).
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// This is not all the feed has: what it does not speak of stays unknown.
    #[arg(long)]
    pub(crate) partial: bool,
    /// Change a limit of the import: entries, bytes, unpacked_bytes, compression_ratio or
    /// record_bytes. May be repeated.
    #[arg(long = "import-limit", value_name = "NAME=VALUE")]
    pub(crate) import_limits: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct RefreshAdvisories {
    /// Of which ecosystem; may be repeated. All that OSV has by default.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Vec<Ecosystem>,
    /// Load the whole exports again.
    #[arg(long)]
    pub(crate) full: bool,
    /// Change a limit of the import, as for import-advisories. May be repeated.
    #[arg(long = "import-limit", value_name = "NAME=VALUE")]
    pub(crate) import_limits: Vec<String>,
    /// Where the exports are, as in osv_export=https://mirror.example.com; may be repeated.
    #[arg(long = "endpoint", value_name = "NAME=URL")]
    pub(crate) endpoints: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Docs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Only the titles and paths.
    #[arg(long, conflicts_with = "path")]
    pub(crate) list: bool,
    /// Only the document with this path.
    #[arg(long, value_name = "PATH")]
    pub(crate) path: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct List {
    /// Only this ecosystem.
    #[arg(long, short, value_parser = word::<Ecosystem>)]
    pub(crate) ecosystem: Option<Ecosystem>,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: usize,
    /// Go on where the last list ended.
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Delete {
    #[command(flatten)]
    pub(crate) target: Target,
    /// All releases.
    #[arg(long, conflicts_with = "version")]
    pub(crate) all: bool,
}

/// One of a list of words; the message names them.
fn word<T: FromStr<Err = Error>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: Error| error.message)
}

/// `90s`, `1500ms`, `2m`; a bare number is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits
        .parse()
        .map_err(|_| "use a number with a unit, such as 90s, 1500ms or 2m".to_owned())?;
    let unit = text.get(digits.len()..).unwrap_or_default();
    let milliseconds = match unit {
        "ms" => 1,
        "" | "s" => 1000,
        "m" | "min" => 60_000,
        other => return Err(format!("unknown unit {other:?}: use ms, s or m")),
    };
    number
        .checked_mul(milliseconds)
        .map(Duration::from_millis)
        .ok_or_else(|| "too long".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn times() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("90"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("1500ms"), Ok(Duration::from_millis(1500)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        for bad in [
            "",
            "s",
            "-1s",
            "1h",
            "1.5s",
            "99999999999999999999",
            "9999999999999999999m",
        ] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
