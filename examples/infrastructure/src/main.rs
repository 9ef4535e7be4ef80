//! Prints the template of a stage: `cargo run -q -p infrastructure-snapshots -- prod > template.json`.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use infrastructure_snapshots::{Stack, Stage};

fn main() -> ExitCode {
    let stage = std::env::args().nth(1).unwrap_or_else(|| "dev".to_owned());
    match print_template(&stage) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // nobody is left to tell if standard error is gone as well
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn print_template(stage: &str) -> Result<(), Box<dyn Error>> {
    let stage: Stage = stage.parse()?;
    let template = Stack::new(stage)?.template();
    writeln!(io::stdout(), "{template:#}")?;
    Ok(())
}
