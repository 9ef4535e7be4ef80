//! `asl graph`.

use std::io::{self, Write};

use asl_core::decode::{decode, decode_slice};
use asl_core::render;

use crate::arguments::{Graph, GraphFormat};
use crate::exit::Outcome;
use crate::report::{FileReport, Lines, failure, human};
use crate::source::{File, Source};

pub(crate) fn run(arguments: &Graph, output: &mut dyn Write) -> io::Result<Outcome> {
    let source = Source::new(&arguments.file);
    let file = match File::read(&source) {
        Ok(file) => file,
        Err(error) => {
            failure(&format!("cannot read {source}: {error}"));
            return Ok(Outcome::Failed);
        }
    };
    let mut report = FileReport::of_text(&source, &file.bytes);
    let lines = String::from_utf8_lossy(&file.bytes);
    let lines = Lines::of(&lines);
    if let Some((bytes, fault)) = file.fault {
        report.add(lines.location(bytes), fault, None);
        io::stderr().write_all(human::short(&report).as_bytes())?;
        return Ok(Outcome::Failed);
    }
    let [definition] = &file.definitions[..] else {
        let count = file.definitions.len();
        failure(&format!("{source} holds {count} definitions; a picture is of one"));
        return Ok(Outcome::Failed);
    };
    let decoded = match &definition.transcript {
        None => decode_slice(&file.bytes).map_err(|error| (error.location.clone(), error)),
        Some(json) => {
            decode(json.text()).map_err(|error| (lines.location(json.place(&error.location.bytes)), error))
        }
    };
    let machine = match decoded {
        Ok(decoded) => decoded.machine,
        Err((location, error)) => {
            report.add(location, error.to_diagnostic(), None);
            io::stderr().write_all(human::short(&report).as_bytes())?;
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
