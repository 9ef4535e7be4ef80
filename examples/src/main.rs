//! Prints the patterns: `cargo run -p asl-examples -- saga`, `… -- saga --graph`, and without an argument their names.

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use asl_core::render;
use asl_examples::PATTERNS;

fn main() -> io::Result<ExitCode> {
    let (flags, names): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|it| it.starts_with('-'));
    let as_graph = match flags.as_slice() {
        [] => false,
        [flag] if flag == "--graph" => true,
        _ => return usage(),
    };
    let mut output = io::stdout().lock();
    match names.as_slice() {
        [] if !as_graph => {
            for pattern in PATTERNS {
                writeln!(output, "{:<26}{}", pattern.name, pattern.about)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        [name] => {
            let Some(pattern) = PATTERNS.iter().find(|pattern| pattern.name == name) else {
                writeln!(io::stderr(), "there is no pattern `{name}`; without an argument all are listed")?;
                return Ok(ExitCode::FAILURE);
            };
            let machine = (pattern.written)();
            let text = if as_graph { render::mermaid(&machine) } else { machine.to_json_pretty() };
            output.write_all(text.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        _ => usage(),
    }
}

fn usage() -> io::Result<ExitCode> {
    writeln!(io::stderr(), "usage: asl-examples [PATTERN [--graph]]")?;
    Ok(ExitCode::from(2))
}
