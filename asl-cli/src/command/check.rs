//! `asl check`.

use std::io::{self, Write};

use asl_core::diagnostic::Severity;

use crate::Outcome;
use crate::arguments::{Check, ReportFormat};
use crate::input::Source;
use crate::report::{Report, failure};

pub(crate) fn run(arguments: &Check, output: &mut dyn Write) -> io::Result<Outcome> {
    let mut outcome = Outcome::Good;
    let mut summary = Summary::default();
    for file in &arguments.files {
        let source = Source::new(file);
        let bytes = match source.read() {
            Ok(bytes) => bytes,
            Err(error) => {
                failure(&format!("cannot read {source}: {error}"));
                outcome = Outcome::Failed;
                continue;
            }
        };
        let report = Report::of(&bytes, arguments.workflow_type.into());
        match arguments.format {
            ReportFormat::Human => report.write_human(source, output)?,
            ReportFormat::Json => report.write_json(source, output)?,
        }
        if !report.is_valid() {
            outcome = outcome.max(Outcome::Bad);
        }
        summary.add(&report);
    }
    match arguments.format {
        ReportFormat::Human => summary.write(output)?,
        ReportFormat::Json => {}
    }
    Ok(outcome)
}

#[derive(Default)]
struct Summary {
    files: usize,
    invalid: usize,
    errors: usize,
    warnings: usize,
    a_code: Option<&'static str>,
}

impl Summary {
    fn add(&mut self, report: &Report) {
        self.files += 1;
        self.invalid += usize::from(!report.is_valid());
        self.errors += report.count(Severity::Error);
        self.warnings += report.count(Severity::Warning);
        self.a_code = self.a_code.or(report.first_code());
    }

    /// `3 definitions: 2 valid, 1 invalid (2 errors, 1 warning)`
    fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        if self.files == 0 {
            return Ok(());
        }
        let valid = self.files - self.invalid;
        let definitions = counted(self.files, "definition");
        let verdict = match (valid, self.invalid) {
            (_, 0) => "valid".to_owned(),
            (0, _) => "invalid".to_owned(),
            (valid, invalid) => format!("{valid} valid, {invalid} invalid"),
        };
        let mut found = Vec::new();
        if self.errors > 0 {
            found.push(counted(self.errors, "error"));
        }
        if self.warnings > 0 {
            found.push(counted(self.warnings, "warning"));
        }
        let found = if found.is_empty() { String::new() } else { format!(" ({})", found.join(", ")) };
        writeln!(output, "{definitions}: {verdict}{found}")?;
        if let Some(code) = self.a_code {
            writeln!(output, "`asl explain {code}` tells more about a finding")?;
        }
        Ok(())
    }
}

fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
