//! `cargo run -p asl-examples --example expense_approval`: the states of [`expense_approval`](asl_examples::workflows::expense_approval), and a run of them.

use std::error::Error;
use std::io::{self, Write};

use asl_examples::{report, workflow};

fn main() -> Result<(), Box<dyn Error>> {
    let text = report::run(&workflow("expense_approval")?)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
