//! Prints the definition that the build script wrote; where it is and what the deployment fills in go to standard
//! error, so that the definition alone can be piped on.

use std::io::{self, Write};

use asl_core::emit::placeholders;
use asl_macros::include_asl;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/definitions/order-workflow.asl.json");

fn main() -> io::Result<()> {
    let machine = include_asl!("../definitions/order-workflow.asl.json");
    let mut notes = io::stderr().lock();
    writeln!(notes, "# {FILE}")?;
    io::stdout().write_all(machine.to_json_pretty().as_bytes())?;
    writeln!(notes, "\n# what template.yaml fills in")?;
    write!(notes, "{}", placeholders(&machine).to_cloudformation())
}
