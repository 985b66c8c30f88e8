//! Runs the program against a registry on loopback, with a store of its own.

#![allow(dead_code, reason = "each test program uses some of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use registry_fixture::Fixture;
use serde_json::Value;
use tempfile::TempDir;

pub struct Setup {
    pub fixture: Fixture,
    pub directory: TempDir,
}

/// What a run printed, and its exit status.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn new(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The results as JSON; the run must have been good.
    pub fn json(&self) -> Vec<Value> {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The single line on standard error.
    pub fn error(&self) -> &str {
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        self.err.trim_end()
    }
}

impl Setup {
    pub fn new() -> Self {
        Self {
            fixture: Fixture::start(),
            directory: tempfile::tempdir().unwrap(),
        }
    }

    pub fn store(&self) -> PathBuf {
        self.directory.path().join("store.redb")
    }

    /// The program, knowing nothing of the machine it runs on but the fixture and its store.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(self.directory.path());
        command.arg("--store").arg(self.store()).args(arguments);
        if arguments.first() == Some(&"collect") {
            for (name, url) in self.fixture.endpoints() {
                command.arg("--endpoint").arg(format!("{name}={url}"));
            }
            let key = self.directory.path().join("hex.pem");
            std::fs::write(&key, Fixture::hex_public_key()).unwrap();
            command.arg("--endpoint");
            command.arg(format!("hex_public_key={}", key.display()));
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::new(self.command(arguments).output().unwrap())
    }

    /// Runs with `--json`, which must go well.
    pub fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        self.run(&arguments).json()
    }
}

/// The program with an empty environment.
pub fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_package-registry-indexer"));
    command
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .env("UNIVERSAL_PARSER", parser())
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::null());
    command
}

/// The worker program, built if this run of cargo has not built it.
fn parser() -> &'static Path {
    static PARSER: OnceLock<PathBuf> = OnceLock::new();
    PARSER.get_or_init(|| {
        let beside = Path::new(env!("CARGO_BIN_EXE_package-registry-indexer"));
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "-p", "universal_parser"])
            .args(["--bin", "universal-parser"])
            .status()
            .unwrap();
        assert!(built.success());
        beside.with_file_name("universal-parser")
    })
}
