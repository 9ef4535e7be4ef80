//! The `asl` command: checks, formats, draws and runs AWS Step Functions definitions.
//!
//! Here are arguments, files and exit codes; what a definition means is the library's.

mod arguments;
mod exit;
mod config;
mod levels;
mod parallel;
mod source;
mod report;
mod inputs;
mod findings;
mod fix;
mod command;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use exit::Outcome;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut output = BufWriter::new(io::stdout().lock());
    match run(&arguments.command, &mut output).and_then(|outcome| output.flush().map(|()| outcome)) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            // what is left in the buffer has nowhere to go, and dropping it would try again
            let (_, _) = output.into_parts();
            not_written(&error)
        }
    }
}

fn run(command: &Command, output: &mut dyn Write) -> io::Result<Outcome> {
    match command {
        Command::Check(arguments) => command::check::run(arguments, output),
        Command::Fmt(arguments) => command::fmt::run(arguments, output),
        Command::Graph(arguments) => command::graph::run(arguments, output),
        Command::Run(arguments) => command::run::run(arguments, output),
        Command::TestState(arguments) => command::test_state::run(arguments, output),
        Command::Explain(arguments) => command::explain::run(arguments, output),
    }
}

/// The output could not be written. A reader that has seen enough, as `head` has, is no fault: the exit code is the
/// one that the shell gives a command that such a reader ends.
fn not_written(error: &io::Error) -> ExitCode {
    const READER_LEFT: u8 = 141;
    if error.kind() == ErrorKind::BrokenPipe {
        return ExitCode::from(READER_LEFT);
    }
    report::failure(&format!("cannot write the output: {error}"));
    Outcome::Failed.into()
}
