//! `cargo run -p asl-examples --example event_processing`: the states of [`event_processing`](asl_examples::workflows::event_processing), and a run of them.

use std::error::Error;
use std::io::{self, Write};

use asl_examples::{report, workflow};

fn main() -> Result<(), Box<dyn Error>> {
    let text = report::run(&workflow("event_processing")?)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
