//! `cargo run -p asl-examples --example nightly_etl`: the states of [`nightly_etl`](asl_examples::workflows::nightly_etl), and a run of them.

use std::error::Error;
use std::io::{self, Write};

use asl_examples::{report, workflow};

fn main() -> Result<(), Box<dyn Error>> {
    let text = report::run(&workflow("nightly_etl")?)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
