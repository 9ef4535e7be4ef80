//! `cargo run -p asl-examples --example onboarding`: the states of [`onboarding`](asl_examples::workflows::onboarding), and a run of them.

use std::error::Error;
use std::io::{self, Write};

use asl_examples::{report, workflow};

fn main() -> Result<(), Box<dyn Error>> {
    let text = report::run(&workflow("onboarding")?)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
