//! `asl fmt`.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};

use asl_core::decode::decode_slice;
use asl_core::diagnostic::Diagnostic;
use asl_core::encode;

use crate::Outcome;
use crate::arguments::Fmt;
use crate::input::Source;
use crate::report::{Report, failure};

pub(crate) fn run(arguments: &Fmt, output: &mut dyn Write) -> io::Result<Outcome> {
    let mut outcome = Outcome::Good;
    for file in &arguments.files {
        outcome = outcome.max(format(arguments, Source::new(file), output)?);
    }
    Ok(outcome)
}

fn format(arguments: &Fmt, source: Source<'_>, output: &mut dyn Write) -> io::Result<Outcome> {
    let bytes = match source.read() {
        Ok(bytes) => bytes,
        Err(error) => {
            failure(&format!("cannot read {source}: {error}"));
            return Ok(Outcome::Failed);
        }
    };
    let text = match formatted(&bytes, arguments.minify) {
        Ok(text) => text,
        Err(Refusal { report, why }) => {
            report.write_human(source, &mut io::stderr())?;
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
            Ok(if is_changed { Outcome::Bad } else { Outcome::Good })
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
    report: Report,
    why: &'static str,
}

/// The text of a definition in its one layout, or why there is none.
fn formatted(bytes: &[u8], minify: bool) -> Result<String, Refusal> {
    let decoded = decode_slice(bytes)
        .map_err(|error| Refusal { report: Report::of_error(&error), why: "it cannot be read" })?;
    let text = if minify {
        encode::to_string(&decoded.machine) + "\n"
    } else {
        encode::to_string_pretty(&decoded.machine)
    };
    let lost = lost(&decoded.findings, &text);
    if lost.is_empty() {
        return Ok(text);
    }
    Err(Refusal { report: Report::of_findings(bytes, lost), why: "formatting would lose what stands there" })
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
