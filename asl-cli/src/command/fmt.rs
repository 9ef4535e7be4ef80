//! `asl fmt`.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};

use asl_core::decode::{Location, SourceMap, decode_slice};
use asl_core::diagnostic::Diagnostic;
use asl_core::encode;

use crate::arguments::Fmt;
use crate::exit::Outcome;
use crate::report::{FileReport, failure, human};
use crate::source::{File, Kind, Source, discover};

pub(crate) fn run(arguments: &Fmt, output: &mut dyn Write) -> io::Result<Outcome> {
    let mut outcome = Outcome::Good;
    let found = discover(&arguments.files);
    for message in &found.failures {
        failure(message);
        outcome = Outcome::Failed;
    }
    for source in &found.sources {
        // what was found in a folder was not asked for by name
        let is_named = arguments.files.iter().any(|argument| source == &Source::new(argument));
        outcome = outcome.max(format(arguments, source, is_named, output)?);
    }
    Ok(outcome)
}

fn format(arguments: &Fmt, source: &Source, is_named: bool, output: &mut dyn Write) -> io::Result<Outcome> {
    let file = match File::read(source) {
        Ok(file) => file,
        Err(error) => {
            failure(&format!("cannot read {source}: {error}"));
            return Ok(Outcome::Failed);
        }
    };
    let foreign = match file.kind {
        Kind::Json => None,
        Kind::Yaml => Some("`asl fmt` formats definitions in JSON, this is YAML"),
        Kind::Template => Some("`asl fmt` formats definitions, this is a template"),
    };
    if let Some(why) = foreign {
        if is_named {
            failure(&format!("{source} is left as it was: {why}"));
        }
        return Ok(Outcome::Good);
    }
    let bytes = file.bytes;
    let text = match formatted(&bytes, arguments.minify) {
        Ok(text) => text,
        Err(Refusal { findings, why }) => {
            let mut report = FileReport::of_text(source, &bytes);
            for (location, finding) in findings {
                report.add(location, finding, None);
            }
            report.sort();
            io::stderr().write_all(human::short(&report).as_bytes())?;
            failure(&format!("{source} is left as it was: {why}"));
            return Ok(Outcome::Failed);
        }
    };
    let is_changed = text.as_bytes() != bytes;
    match source {
        _ if arguments.check => {
            if is_changed {
                writeln!(output, "{source}")?;
            }
            Ok(Outcome::bad_if(is_changed))
        }
        Source::StandardInput => {
            output.write_all(text.as_bytes())?;
            Ok(Outcome::Good)
        }
        Source::File(path) => {
            if is_changed && let Err(error) = fs::write(path, text) {
                failure(&format!("cannot write {source}: {error}"));
                return Ok(Outcome::Failed);
            }
            Ok(Outcome::Good)
        }
    }
}

struct Refusal {
    findings: Vec<(Location, Diagnostic)>,
    why: &'static str,
}

/// The text of a definition in its one layout, or why there is none.
fn formatted(bytes: &[u8], minify: bool) -> Result<String, Refusal> {
    let decoded = decode_slice(bytes).map_err(|error| Refusal {
        findings: vec![(error.location.clone(), error.to_diagnostic())],
        why: "it cannot be read",
    })?;
    let text = if minify {
        encode::to_string(&decoded.machine) + "\n"
    } else {
        encode::to_string_pretty(&decoded.machine)
    };
    let lost = lost(&decoded.findings, &text);
    if lost.is_empty() {
        return Ok(text);
    }
    let locations = SourceMap::new(&String::from_utf8_lossy(bytes)).locate_all(&lost);
    let findings = locations.into_iter().zip(lost).collect();
    Err(Refusal { findings, why: "formatting would lose what stands there" })
}

/// The findings of the old text that say what the new text has lost.
///
/// What reading reports is a number that changes, or a key that stands twice. The model holds some of the latter, as
/// two states of one name, and then the new text has the key twice as well.
fn lost(findings: &[Diagnostic], text: &str) -> Vec<Diagnostic> {
    if findings.is_empty() {
        return Vec::new();
    }
    let kept = asl_core::decode(text).map(|decoded| decoded.findings).unwrap_or_default();
    let mut counts: HashMap<_, usize> = HashMap::new();
    for finding in &kept {
        *counts.entry((finding.code, &finding.at)).or_default() += 1;
    }
    let mut lost = Vec::new();
    for finding in findings {
        match counts.get_mut(&(finding.code, &finding.at)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => lost.push(finding.clone()),
        }
    }
    lost
}
