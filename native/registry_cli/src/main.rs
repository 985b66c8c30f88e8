//! `package-registry-indexer`: collects packages and answers questions about them.
//!
//! Exit status: 0 done, 1 failed, 2 wrong usage. Errors are one line on standard error; with
//! `--json` standard output holds one JSON object per result and nothing else.

mod arguments;
mod commands;
mod failure;
mod limits;
mod locate;
mod output;
mod progress;
mod target;

use std::process::ExitCode;

use clap::Parser;

use arguments::Cli;
use failure::Failure;
use output::Output;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error),
    };
    let mut output = Output::stdout(cli.global.json);
    let result = commands::run(cli, &mut output).and_then(|()| output.finish());
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has read enough: `… | head` is no failure.
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            // What was found before the failure is shown all the same.
            let _unheard = output.finish();
            failure.report()
        }
    }
}
