//! `cargo run -p asl-examples --example order_saga`: the states of [`order_saga`](asl_examples::workflows::order_saga), and a run of them.

use std::error::Error;
use std::io::{self, Write};

use asl_examples::{report, workflow};

fn main() -> Result<(), Box<dyn Error>> {
    let text = report::run(&workflow("order_saga")?)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
