//! Search side by side: builds the same packages into every engine, asks all the same questions, and
//! prints one table.
//!
//! `search_bench [--packages 100000] [--snippets 20] [--questions 500] [--dir DIR] [--out FILE]`
//! `[--engines ours,elixir,sqlite,postgres,tantivy] [--skip-upkeep]`
//!
//! `search_bench kill [--kills 1000]` is the long form of the store's test of crashes; `search_bench
//! puts` puts the packages one by one, for `fsyncs`.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use lexopt::prelude::{Long, Value, ValueExt};
use search_bench::Result;
use search_bench::engines::LIMIT;
use search_bench::question::{self, Class};
use search_bench::steps::{self, Found, Plan};
use search_bench::table::{self, Column};

/// As in the native library: all engines of this process have it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

struct Arguments {
    command: Vec<String>,
    plan: Plan,
    questions: usize,
    engines: Vec<String>,
    upkeep: bool,
    out: Option<PathBuf>,
    kills: u64,
    first: u64,
}

fn arguments() -> Result<Arguments> {
    let mut given = Arguments {
        command: Vec::new(),
        plan: Plan {
            packages: 100_000,
            snippets: 20,
            directory: PathBuf::new(),
        },
        questions: 500,
        engines: ["ours", "elixir", "sqlite", "postgres", "tantivy"]
            .map(str::to_owned)
            .into(),
        upkeep: true,
        out: None,
        kills: 1000,
        first: 1,
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("packages") => given.plan.packages = parser.value()?.parse()?,
            Long("snippets") => given.plan.snippets = parser.value()?.parse()?,
            Long("dir") => given.plan.directory = parser.value()?.into(),
            Long("questions") => given.questions = parser.value()?.parse()?,
            Long("engines") => {
                let names = parser.value()?.string()?;
                given.engines = names.split(',').map(str::to_owned).collect();
            }
            Long("skip-upkeep") => given.upkeep = false,
            Long("out") => given.out = Some(parser.value()?.into()),
            Long("kills") => given.kills = parser.value()?.parse()?,
            Long("first") => given.first = parser.value()?.parse()?,
            Value(word) => given.command.push(word.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(given)
}

fn main() -> Result<()> {
    let mut given = arguments()?;
    let temporary = tempfile::tempdir()?;
    if given.plan.directory.as_os_str().is_empty() {
        given.plan.directory = temporary.path().to_owned();
        // The server of PostgreSQL runs as another user.
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(temporary.path(), open)?;
    }
    std::fs::create_dir_all(&given.plan.directory)?;
    given.plan.directory = given.plan.directory.canonicalize()?;
    let plan = &given.plan;
    let words: Vec<&str> = given.command.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => all(&given),
        ["step", step] => steps::write(&steps::run(step, plan)?, &plan.answers(step)),
        ["kill"] => {
            println!("{}", steps::kill(plan, given.kills)?);
            Ok(())
        }
        ["puts"] => steps::puts(plan),
        ["child"] => steps::write_until_killed(plan, given.first),
        other => Err(format!("unknown: {other:?}").into()),
    }
}

/// Runs a step in a process of its own.
fn apart(step: &str, plan: &Plan) -> Result<Found> {
    eprintln!("{step} …");
    let status = Command::new(std::env::current_exe()?)
        .args(["step", step, "--packages", &plan.packages.to_string()])
        .args(["--snippets", &plan.snippets.to_string(), "--dir"])
        .arg(&plan.directory)
        .status()?;
    if !status.success() {
        return Err(format!("{step}: {status}").into());
    }
    steps::read(&plan.answers(step))
}

/// Asks our store from Elixir.
fn elixir(plan: &Plan) -> Result<Found> {
    eprintln!("elixir …");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let answers = plan.answers("elixir");
    let status = Command::new("mix")
        .args(["run", "bench/search/ask.exs"])
        .arg(plan.store())
        .arg(plan.questions())
        .arg(&answers)
        .current_dir(root)
        .status()?;
    if !status.success() {
        return Err(format!("mix run bench/search/ask.exs: {status}").into());
    }
    steps::read(&answers)
}

fn all(given: &Arguments) -> Result<()> {
    let plan = &given.plan;
    let wanted = |name: &str| given.engines.iter().any(|e| e == name);
    let corpus = plan.corpus();
    let questions = question::questions(&corpus, plan.packages, given.questions);
    question::write(&plan.questions(), &questions)?;
    let mut columns = Vec::new();
    let mut facts = String::new();
    let mut note = |title: &str, found: &Found| facts.push_str(&table::facts(title, found));
    if wanted("ours") {
        if !plan.store().exists() {
            note("ours", &apart("build:ours", plan)?);
            note("ours", &apart("tables", plan)?);
        }
        if wanted("elixir") {
            let found = elixir(plan)?;
            note("ours, Elixir", &found);
            columns.push(Column {
                title: "ours, Elixir",
                found,
            });
        }
        let found = apart("ask:ours", plan)?;
        note("ours, Rust", &found);
        columns.push(Column {
            title: "ours, Rust",
            found,
        });
        if given.upkeep {
            note("ours", &apart("upkeep", plan)?);
        }
    }
    let peers: [(&str, &[(&str, &'static str)]); 3] = [
        ("tantivy", &[("tantivy", "tantivy, OR")]),
        (
            "sqlite",
            &[("sqlite-or", "FTS5, OR"), ("sqlite-and", "FTS5, AND")],
        ),
        ("postgres", &[("postgres", "PostgreSQL, AND")]),
    ];
    for (engine, asked) in peers {
        if !wanted(engine) {
            continue;
        }
        if !plan.answers(&format!("build:{engine}")).exists() {
            note(engine, &apart(&format!("build:{engine}"), plan)?);
        }
        for (name, title) in asked {
            let found = apart(&format!("ask:{name}"), plan)?;
            note(title, &found);
            columns.push(Column { title, found });
        }
    }
    let classes = Class::ALL.map(Class::as_str);
    let mut report = format!(
        "{} packages, {} snippets each, {} questions of each kind, {LIMIT} results\n\n",
        plan.packages, plan.snippets, given.questions
    );
    let _ = writeln!(report, "{}", table::timings(&columns, &classes));
    let _ = writeln!(report, "{}", table::ratios(&columns));
    let _ = writeln!(report, "Results on average:\n\n{}", table::hits(&columns));
    let _ = writeln!(report, "| engine | what | figure |\n|---|---|---|\n{facts}");
    print!("{report}");
    if let Some(path) = &given.out {
        std::fs::write(path, report)?;
    }
    Ok(())
}
