//! Prints the patterns: `cargo run -p asl-examples -- saga`, `… -- saga --graph`, and without an argument their names.

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use asl_core::render;
use asl_examples::PATTERNS;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (name, as_graph) = match arguments[..] {
        [] => {
            let lines = PATTERNS.iter().map(|pattern| format!("{:<26}{}\n", pattern.name, pattern.about));
            io::stdout().write_all(lines.collect::<String>().as_bytes())?;
            return Ok(ExitCode::SUCCESS);
        }
        [name, "--graph"] | ["--graph", name] => (name, true),
        [name] if !name.starts_with('-') => (name, false),
        _ => {
            writeln!(io::stderr(), "usage: asl-examples [PATTERN [--graph]]")?;
            return Ok(ExitCode::from(2));
        }
    };
    let Some(pattern) = PATTERNS.iter().find(|pattern| pattern.name == name) else {
        writeln!(io::stderr(), "there is no pattern `{name}`; without an argument all are listed")?;
        return Ok(ExitCode::FAILURE);
    };
    let machine = (pattern.written)();
    let text = if as_graph { render::mermaid(&machine) } else { machine.to_json_pretty() };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
