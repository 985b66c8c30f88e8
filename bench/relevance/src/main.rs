//! The side of `bench/relevance` that opens the store; `relevance.py` runs it.
//!
//! ```text
//! relevance-bench import STORE < packages.jsonl     puts packages into a store
//! relevance-bench export STORE > packages.jsonl     writes a store's packages out, for the other rankers
//! relevance-bench search STORE < queries.jsonl      answers {"ecosystem", "text", "limit", "explain"}
//! ```

mod export;
mod import;
mod row;
mod search;

use std::io::{self, BufReader, BufWriter};
use std::process::ExitCode;

use registry_store::{Store, StoreOptions};

const USAGE: &str = "usage: relevance-bench import|export|search STORE";

fn run(command: &str, path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let store = Store::open(path, &StoreOptions::default())?.store;
    let input = BufReader::new(io::stdin().lock());
    let output = BufWriter::new(io::stdout().lock());
    match command {
        "import" => import::run(&store, input)?,
        "export" => export::run(&store, output)?,
        "search" => search::run(&store, input, output)?,
        _ => return Err(USAGE.into()),
    }
    store.close()?;
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, path] = arguments.as_slice() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(command, path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("relevance-bench {command}: {error}");
            ExitCode::FAILURE
        }
    }
}
