//! `asl graph`.

use std::io::{self, Write};

use asl_core::decode::decode_slice;
use asl_core::render;

use crate::Outcome;
use crate::arguments::{Graph, GraphFormat};
use crate::input::Source;
use crate::report::{Report, failure};

pub(crate) fn run(arguments: &Graph, output: &mut dyn Write) -> io::Result<Outcome> {
    let source = Source::new(&arguments.file);
    let bytes = match source.read() {
        Ok(bytes) => bytes,
        Err(error) => {
            failure(&format!("cannot read {source}: {error}"));
            return Ok(Outcome::Failed);
        }
    };
    let machine = match decode_slice(&bytes) {
        Ok(decoded) => decoded.machine,
        Err(error) => {
            Report::of_error(&error).write_human(source, &mut io::stderr())?;
            return Ok(Outcome::Failed);
        }
    };
    let picture = match arguments.format {
        GraphFormat::Mermaid => render::mermaid(&machine),
        GraphFormat::Dot => render::dot(&machine),
    };
    output.write_all(picture.as_bytes())?;
    Ok(Outcome::Good)
}
