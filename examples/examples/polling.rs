//! `cargo run -p asl-examples --example polling`: the states of [`polling`](asl_examples::workflows::polling), and a run of them.

use std::error::Error;
use std::io::{self, Write};

use asl_examples::{report, workflow};

fn main() -> Result<(), Box<dyn Error>> {
    let text = report::run(&workflow("polling")?)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
