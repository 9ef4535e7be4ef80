//! `cargo run -p asl-examples --example expand -- order_saga`: which line of a workflow function became which states.

use std::error::Error;
use std::io::{self, Write};

use asl_examples::{report, workflow};

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "onboarding".to_owned());
    let text = report::expand(&workflow(&name)?)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
